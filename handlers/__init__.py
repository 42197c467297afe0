"""Northgate's business logic: one module per tag, implementing the generated Protocols."""
