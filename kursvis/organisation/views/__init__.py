"""*Inställningar*: what a municipality sets up and decides."""
