"""From constraints to types: the type view of a contract's schemas."""

from wireproof.ir.inference.table import TypeTable

__all__ = ["TypeTable"]
