"""Emitted code, checked in, never edited by hand."""
