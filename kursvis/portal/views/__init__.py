"""Pages that show several processes, by sub-process."""
