"""Alternatives and literal types as Python writes them."""

from __future__ import annotations

from wireproof.emit.python.expressions import split
from wireproof.emit.python.imports import Imports
from wireproof.emit.python.text import literal
from wireproof.source.node import Json


def optional(spelled: str) -> str:
    """The type or None."""
    return union([spelled, "None"])


def union(parts: list[str]) -> str:
    """One of several types, without repeats, None last; `Any` swallows the others."""
    flat = dict.fromkeys(each for part in parts for each in split(part, "|"))
    for everything in ("Any", "object"):
        if everything in flat:
            return everything
    if "None" in flat:
        del flat["None"]
        flat["None"] = None
    return " | ".join(flat)


def literals(values: tuple[Json, ...], imports: Imports) -> str:
    """`Literal[...]` of the values that Python allows there, and the plain type of the others."""
    allowed = [v for v in values if isinstance(v, str | bool | int)]
    parts = []
    if allowed:
        unique = dict.fromkeys(map(literal, allowed))
        parts.append(f"{imports.typing('Literal')}[{', '.join(unique)}]")
    if any(not isinstance(v, str | bool | int) and v is not None for v in values):
        parts.append("float")
    if any(v is None for v in values):
        parts.append("None")
    return union(parts or ["None"])
