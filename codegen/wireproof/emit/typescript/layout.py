"""Layout of expressions: on one line where it fits, otherwise one member a line."""

from __future__ import annotations

from collections.abc import Sequence

from wireproof.emit.typescript.text import WIDTH


def braces(
    entries: Sequence[str],
    *,
    before: str = "",
    indent: str = "",
    after: str = "",
    spare: int = 0,
) -> str:
    """`before{ a, b }after`, broken over lines where it is too long.

    `before` counts for the width and is put in front; `indent` is that of the line it starts on;
    `spare` columns are needed for what the caller puts around it.
    """
    return _enclosed(("{ ", " }"), entries, before, indent, after, WIDTH - spare)


def brackets(entries: Sequence[str], *, before: str = "", indent: str = "", after: str = "") -> str:
    """`before[a, b]after`, broken over lines where it is too long."""
    return _enclosed(("[", "]"), entries, before, indent, after, WIDTH)


def _enclosed(  # noqa: PLR0917 - private, and only called above
    pair: tuple[str, str],
    entries: Sequence[str],
    before: str,
    indent: str,
    after: str,
    width: int,
) -> str:
    opening, closing = pair
    if not entries:
        return f"{before}{opening.strip()}{closing.strip()}{after}"
    line = f"{before}{opening}{', '.join(entries)}{closing}{after}"
    if len(indent) + len(line) <= width and "\n" not in line:
        return line
    # A pattern may not have a comma behind its rest element; an object literal may go without.
    inner = "".join(f"{indent}  {entry},\n" for entry in entries)
    if entries[-1].startswith("..."):
        inner = inner.removesuffix(",\n") + "\n"
    return f"{before}{opening.strip()}\n{inner}{indent}{closing.strip()}{after}"
