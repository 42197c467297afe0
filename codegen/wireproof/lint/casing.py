"""Styles of names: which one a name is in, which one a contract is in, and how to change over."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from wireproof.lint.rule import Problem
from wireproof.lint.standard_names import STANDARD
from wireproof.source.node import Node

_STYLES = {
    style: re.compile(pattern)
    for style, pattern in {
        "snake": r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*\Z",
        "camel": r"[a-z][a-zA-Z0-9]*\Z",
        "pascal": r"[A-Z][a-zA-Z0-9]*\Z",
        "kebab": r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*\Z",
        "screaming": r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\Z",
    }.items()
}
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+|[^\W\d_a-zA-Z]+")
_MAJORITY = 0.8
_ALIKE = ("snake", "camel", "kebab")
"""Styles that `orders` is in, all at once."""

CONSISTENT = "consistent"
"""The style that at least four of five names of the contract are in already, whichever it is."""


STYLES = (*_STYLES, CONSISTENT)
"""What a rule's option `style` may be."""


def fits(name: str, style: str) -> bool:
    """Whether a name is in a style. KeyError where there is no such style."""
    return _STYLES[style].match(name) is not None


def restyled(name: str, style: str) -> str:
    """The name in another style."""
    words = [word.lower() for word in _WORD.findall(name)]
    if style in ("camel", "pascal"):
        joined = "".join(word.capitalize() for word in words)
        return joined if style == "pascal" else joined[:1].lower() + joined[1:]
    text = ("-" if style == "kebab" else "_").join(words)
    return text.upper() if style == "screaming" else text


def majority(names: Iterable[str]) -> str | None:
    """The style of a contract: what at least four of five names fit; None for a mixture.

    Names of one small word are in several styles at once and tell nothing: where there are
    others, four of five of those have to fit as well.
    """
    listed = list(dict.fromkeys(names))
    telling = [name for name in listed if not all(fits(name, style) for style in _ALIKE)]
    asked = telling or listed
    best = max(_STYLES, key=lambda style: sum(fits(name, style) for name in asked))
    return best if all(_most(group, best) for group in (asked, listed)) else None


def _most(names: list[str], style: str) -> bool:
    return sum(fits(name, style) for name in names) >= _MAJORITY * len(names)


def deviants(
    named: Iterable[tuple[str, Node]], style: str, noun: str, *, key: bool = False
) -> Iterator[Problem]:
    """A problem for each first use of a name that is not in the style.

    Args:
        named: Names with the nodes to point at; those that a standard fixes are let pass.
        style: A style, or `consistent`.
        noun: How messages call the names' bearers: `operationId`.
        key: Point at keys.
    """
    first: dict[str, Node] = {}
    for name, node in named:
        if name not in STANDARD:
            first.setdefault(name, node)
    common = majority(first) if style == CONSISTENT else style
    if common is None:
        return
    why = (
        f"unlike most, is not in {common} case"
        if style == CONSISTENT
        else f"is not in {common} case"
    )
    for name, node in first.items():
        if not fits(name, common):
            better = restyled(name, common)
            hint = f"call it {better}" if better and better != name else "rename it"
            yield Problem(
                node,
                f"the {noun} {name}, {why}" if style == CONSISTENT else f"the {noun} {name} {why}",
                f"{hint}, if it has no users yet: to rename it breaks them",
                key=key,
            )
