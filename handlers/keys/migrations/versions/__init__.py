"""One module for each version of the access database."""
