"""What the API offers, one module a resource."""
