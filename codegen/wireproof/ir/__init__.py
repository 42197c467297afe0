"""The contract as frozen dataclasses, free of any language and of any wire's spelling."""
