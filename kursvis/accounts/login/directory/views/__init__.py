"""Pages: in by a directory, what somebody is called there, and its set-up."""
