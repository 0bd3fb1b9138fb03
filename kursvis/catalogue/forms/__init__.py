"""Parsing what people type: filters, the offer, the rounds."""
