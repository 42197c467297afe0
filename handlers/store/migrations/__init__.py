"""Versions of the journal's tables."""
