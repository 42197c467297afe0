"""Versions of the tables that all shards share."""
