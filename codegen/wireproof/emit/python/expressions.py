"""Long expressions over several lines, as a formatter would lay them out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wireproof.emit.python.text import WIDTH, quoted


def alias_text(name: str, spelled: str) -> str:
    """`Name: TypeAlias = ...` on as many lines as it needs."""
    line = f"{name}: TypeAlias = {spelled}"
    if len(line) <= WIDTH:
        return line
    return f"{name}: TypeAlias = {broken(spelled, '')}"


def broken(spelled: str, indent: str) -> str:
    """A type over several lines: one alternative, or one argument of a subscript, each."""
    alternatives = split(spelled, "|")
    if len(alternatives) > 1:
        inner = f"{indent}    "
        lines = [
            f"{inner}{'| ' if index else ''}{_fitting(part, inner)}"
            for index, part in enumerate(alternatives)
        ]
        return "\n".join(["(", *lines, f"{indent})"])
    return _broken_subscript(spelled, indent)


def _fitting(part: str, indent: str) -> str:
    return part if len(indent) + len(part) + 3 <= WIDTH else _broken_subscript(part, indent)


def _broken_subscript(spelled: str, indent: str) -> str:
    if not spelled.endswith("]"):
        return spelled
    head, _, rest = spelled.partition("[")
    lines = [f"{head}["]
    for argument in split(rest[:-1], ","):
        inner = f"{indent}    "
        fits = len(inner) + len(argument) + 1 <= WIDTH
        lines.append(f"{inner}{argument if fits else _broken_argument(argument, inner)},")
    return "\n".join([*lines, f"{indent}]"])


def _broken_argument(argument: str, indent: str) -> str:
    if argument.startswith("Tagged("):
        return spread(argument, indent)
    return broken(argument, indent)


_OPENING = frozenset("([{")

_PIECE = re.compile(r"""r?"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[\[\](){},|]|[^\[\](){},|"']+""")


def split(text: str, separator: str) -> list[str]:
    """The parts between separators that are neither nested nor quoted."""
    depth = 0
    parts = [""]
    for piece in _PIECE.findall(text):
        depth += (piece in "[({") - (piece in "])}") if len(piece) == 1 else 0
        if piece == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += piece
    return [part.strip() for part in parts if part.strip()]


def quoted_alias(name: str, spelled: str, indent: str = "") -> str:
    """The alias of a string, for what names types that come later or that only checkers import."""
    line = f"{indent}{name}: TypeAlias = {quoted(spelled)}"
    if len(line) <= WIDTH:
        return line
    escaped = broken(spelled, indent).replace("\\", "\\\\")
    return f'{indent}{name}: TypeAlias = """{escaped}"""'


def ring_alias(name: str, spelled: str) -> str:
    """An alias that is made of itself: one for type checkers, one that Pydantic can follow."""
    lazy = quoted_alias("", spelled, "    ").partition(" = ")[2]
    return "\n".join(
        [
            "if TYPE_CHECKING:",
            quoted_alias(name, spelled, "    "),
            "else:",
            f"    {name} = TypeAliasType({quoted(name)}, {lazy})",
        ]
    )


def row(key: str, value: str) -> Iterable[str]:
    """One keyword argument of a descriptor, over several lines where it is long."""
    line = f"    {key}={value},"
    if len(line) <= WIDTH or value[:1] in {'"', "'"}:
        return [line]
    return [f"    {key}={spread(value, '    ')},"]


def spread(value: str, indent: str) -> str:
    """A bracketed expression with one element a line, as deep as needed."""
    opening = min((i for i in map(value.find, _OPENING) if i >= 0), default=-1)
    if opening < 0:
        return value
    head, inner, closing = value[: opening + 1], value[opening + 1 : -1], value[-1]
    deeper = f"{indent}    "
    lines = [f"{deeper}{_element(part, deeper)}," for part in split(inner, ",")]
    return "\n".join([head, *lines, f"{indent}{closing}"])


def _element(part: str, indent: str) -> str:
    """One element of a bracketed expression, itself spread where it is too long."""
    if len(indent) + len(part) + 1 <= WIDTH:
        return part
    name, separator, nested = part.partition(": ")
    if separator and name[:1] not in _OPENING and nested[:1] in _OPENING:
        return f"{name}: {spread(nested, indent)}"
    return spread(part, indent)
