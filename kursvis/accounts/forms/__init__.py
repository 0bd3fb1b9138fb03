"""Parsing what people type about accounts, by sub-process; the rules decide in the services."""
