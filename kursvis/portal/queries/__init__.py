"""Page data across processes: one module a page."""
