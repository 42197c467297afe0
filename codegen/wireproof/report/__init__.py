"""Renderings of diagnostics and findings."""
