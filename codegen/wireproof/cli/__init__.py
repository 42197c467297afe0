"""The command line: parse flags, call, print."""
