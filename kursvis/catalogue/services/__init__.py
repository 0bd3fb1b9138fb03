"""One module a sub-process: register, offer, rounds."""
