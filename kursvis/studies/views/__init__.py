"""Pages of studies, by sub-process."""
