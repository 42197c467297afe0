"""Compatibility rules, one a file."""
