"""Showing anew who one is, before a step that wants it (R06; ADR 0018)."""
