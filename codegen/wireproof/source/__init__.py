"""Text to nodes with positions: load YAML and JSON, resolve `$ref`, bundle, git revisions."""
