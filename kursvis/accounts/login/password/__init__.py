"""User name and password."""
