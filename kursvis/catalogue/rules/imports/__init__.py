"""Importing an offer from a file: its table, dates and columns, what a row says, and what would happen to it."""
