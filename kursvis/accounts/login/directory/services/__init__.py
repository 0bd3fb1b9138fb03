"""Steps: a login at a directory, the names in it, and its set-up."""
