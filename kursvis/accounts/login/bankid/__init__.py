"""BankID: the relying party's side of RP API v6."""
