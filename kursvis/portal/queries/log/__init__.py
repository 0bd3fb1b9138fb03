"""The log as its readers see it: what reaches whom, in words, and the rows that it is about."""
