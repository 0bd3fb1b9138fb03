"""Pages of accounts, by sub-process."""
