"""Layout: nested calls and tuples as Python source, in its final form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from wireproof.emit.python.text import WIDTH, quoted


@dataclass(frozen=True, slots=True)
class Call:
    """A call with positional and keyword arguments."""

    name: str
    positional: tuple[object, ...] = ()
    keywords: Mapping[str, object] = field(default_factory=dict)


def call(name: str, /, *positional: object, **keywords: object) -> Call:
    """A call; keyword arguments that are None are left out."""
    return Call(name, positional, {k: v for k, v in keywords.items() if v is not None})


def layout(expression: object, indent: int = 0, used: int = 0) -> str:
    """Source of an expression.

    Args:
        expression: A string is source as it stands; `Call`, sequences (tuples) and mappings nest.
        indent: Columns before the lines that follow the first.
        used: Columns that are taken on the first line, before and behind the expression.
    """
    return _laid_out(expression, indent, used, {})


def _laid_out(expression: object, indent: int, used: int, known: dict[int, str]) -> str:
    flat = _flat(expression, known)
    if indent + used + len(flat) <= WIDTH:
        return flat
    opening, parts, closing = _parts(expression)
    if not parts:
        return flat
    inner = indent + 4
    lines = [
        f"{' ' * inner}{prefix}{_laid_out(part, inner, len(prefix) + 1, known)},"
        for prefix, part in parts
    ]
    return "\n".join([opening, *lines, f"{' ' * indent}{closing}"])


def _flat(expression: object, known: dict[int, str]) -> str:
    """Source on one line; `known` by identity, because every part of a part is asked for again."""
    if isinstance(expression, str):
        return expression
    if id(expression) not in known:
        opening, parts, closing = _parts(expression)
        inside = ", ".join(f"{prefix}{_flat(part, known)}" for prefix, part in parts)
        comma = "," if opening == "(" and len(parts) == 1 else ""
        known[id(expression)] = f"{opening}{inside}{comma}{closing}"
    return known[id(expression)]


def _parts(expression: object) -> tuple[str, list[tuple[str, object]], str]:
    if isinstance(expression, Call):
        parts: list[tuple[str, object]] = [("", part) for part in expression.positional]
        parts += [(f"{name}=", part) for name, part in expression.keywords.items()]
        return f"{expression.name}(", parts, ")"
    if isinstance(expression, Mapping):
        return "{", [(f"{quoted(key)}: ", part) for key, part in expression.items()], "}"
    if isinstance(expression, Sequence) and not isinstance(expression, str):
        return "(", [("", part) for part in expression], ")"
    return str(expression), [], ""
