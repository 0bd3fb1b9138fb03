"""What the open data looks like: one module a format. Pure reading of rows that a query has fetched."""
