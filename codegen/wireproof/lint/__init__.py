"""The linter: one walk over the contract as it is written, one file per rule."""
