"""Brackets: `filter[price][gte]=1&filter[tags][]=a&items[0][id]=7` as JSON data.

OpenAPI's `deepObject` describes members of one level. What is deeper is read as servers and
libraries with brackets have it (Stripe, PHP, Rack, qs): members nest, `[]` appends, `[0]` numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .plan import Shape
from .problem import Detail, malformed
from .scalars import MISSING
from .styles import Decoder, value_reader

_DEEPEST = 16

Query = Mapping[str, list[str]]
"""Parameters by decoded name, their values as they arrived."""


@dataclass(slots=True)
class _Tree:
    """The texts that stand at one place, and what stands in brackets behind it."""

    texts: list[str] = field(default_factory=list[str])
    inner: dict[str, _Tree] = field(default_factory=dict[str, "_Tree"])


def read_brackets(name: str, query: Query, shape: Shape, decoder: Decoder, place: str) -> object:
    """The parameter of this name, `MISSING` where the query does not have it.

    Raises:
        Problem: 400 for a single value that was sent twice, and for brackets without end.
    """
    root = _Tree()
    for key, values in query.items():
        if key == name:
            root.texts += values
        elif key.startswith(f"{name}[") and key.endswith("]"):
            _planted(root, key[len(name) + 1 : -1].split("]["), place).texts += values
    if not root.inner and (not root.texts or shape.items is None):
        return MISSING
    return _value(root, shape, decoder, place)


def _planted(tree: _Tree, path: list[str], place: str) -> _Tree:
    if len(path) > _DEEPEST:
        raise malformed(Detail(place, "object", f"brackets nest deeper than {_DEEPEST} levels"))
    for key in path:
        tree = tree.inner.setdefault(key, _Tree())
    return tree


def _value(tree: _Tree, shape: Shape, decoder: Decoder, place: str) -> Any:  # noqa: ANN401 - JSON data
    if shape.items is not None or (not shape.members and tree.inner and _is_list(tree)):
        return _list(tree, shape.items or Shape(), decoder, place)
    if tree.inner:
        members = shape.members or {}
        return {
            key: _value(inner, members.get(key, Shape()), decoder, f"{place}[{key}]")
            for key, inner in tree.inner.items()
        }
    if len(tree.texts) != 1:
        raise malformed(Detail(place, "duplicate", "this parameter was sent more than once"))
    return value_reader(shape, decoder)(tree.texts[0])


def _is_list(tree: _Tree) -> bool:
    return not tree.texts and all(not key or _is_index(key) for key in tree.inner)


def _is_index(key: str) -> bool:
    return key.isascii() and key.isdigit()


def _list(tree: _Tree, item: Shape, decoder: Decoder, place: str) -> Any:  # noqa: ANN401 - JSON data
    """Numbered items by their number, then what was appended; gaps close."""
    if any(key and not _is_index(key) for key in tree.inner):
        return _value(tree, Shape(members={}), decoder, place)  # no list: validation says so
    numbered = sorted((key for key in tree.inner if key), key=lambda key: (len(key), key))
    found = [_value(tree.inner[key], item, decoder, f"{place}[{key}]") for key in numbered]
    appended = tree.inner.get("", _Tree())
    read = value_reader(item, decoder)
    found += [read(text) for text in (*tree.texts, *appended.texts)]
    if appended.inner:
        found.append(_value(_Tree(inner=appended.inner), item, decoder, f"{place}[]"))
    return found
