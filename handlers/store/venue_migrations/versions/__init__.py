"""One file a version, oldest first by its number."""
