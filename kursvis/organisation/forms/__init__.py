"""Parsing what people type about the set-up of a municipality; the rules decide in the services."""
