"""Migrations of the access database."""
