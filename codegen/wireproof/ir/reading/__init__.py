"""Reading a document that may be wrong: nodes, and the schemas in them."""
