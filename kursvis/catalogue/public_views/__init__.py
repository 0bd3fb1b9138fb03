"""The open course catalogue, without login: one module a page."""
