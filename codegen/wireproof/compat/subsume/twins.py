"""Schemas that are written alike in two documents, everything that they refer to included.

Nothing is interpreted here: raw values are compared and searched for references as the JSON texts
that orjson writes. What is alike is compatible without a proof, which is why two versions of a
large contract cost little more than what changed between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from urllib.parse import unquote

import orjson

from wireproof.compat.subsume.values import freeze
from wireproof.ir.schema import Schema
from wireproof.source.node import Json, Node

Pair = tuple[str, str]
"""Ids in the one and in the other document: pointers with a leading `#`."""

_VALUES = frozenset({"enum", "const", "default"})
_REFERENCE = re.compile(rb'"\$ref":("(?:[^"\\]|\\.)*")')
"""A reference in JSON without blanks; within a string its quotes would be escaped."""


Alike = Callable[[Schema, Schema], bool]
"""Whether a schema of one document is written like one of the other."""


def root_of(node: Node) -> Node:
    """The root of a node's document."""
    while node.parent is not None:
        node = node.parent
    return node


class Twins:
    """Decides likeness for pairs of parts of two documents, and remembers."""

    def __init__(self, left: Json, right: Json) -> None:
        self._roots = (left, right)
        self._comparable = _dialect(left) == _dialect(right)
        self._known: dict[Pair, bool] = {}

    def alike(self, left: Schema, right: Schema) -> bool:
        """Whether two schemas are written alike, with all that they refer to."""
        return self.same(left.id, left.origin.value, right.id, right.origin.value)

    def turned(self, right: Schema, left: Schema) -> bool:
        """The same, asked from the other side."""
        return self.alike(left, right)

    def same(self, first: str, left: Json, second: str, right: Json) -> bool:
        """Whether two parts of the documents are written alike; each with its id."""
        if not self._comparable:
            return False
        known = self._known.get((first, second))
        if known is None:
            if self._roots[0] is self._roots[1] and left is right:
                return True
            self._settle((first, second), left, right)
            known = self._known[(first, second)]
        return known

    def _settle(self, first: Pair, left: Json, right: Json) -> None:
        """Decide everything reachable at once: unlike is what reaches something unlike."""
        users: dict[Pair, list[Pair]] = {first: []}
        unlike: list[Pair] = []
        queue: list[tuple[Pair, Json, Json]] = [(first, left, right)]
        while queue:
            pair, one, other = queue.pop()
            references = _references(one, other) if one == other else None
            if references is None:
                unlike.append(pair)
                continue
            for reference in references:
                target = (reference, reference)
                known = self._known.get(target)
                if known is None:
                    if target not in users:
                        users[target] = []
                        queue.append((target, *self._resolve(reference)))
                    users[target].append(pair)
                elif not known:
                    unlike.append(pair)
        marked = set(unlike)
        while unlike:
            for user in users[unlike.pop()]:
                if user not in marked:
                    marked.add(user)
                    unlike.append(user)
        self._known.update({pair: pair not in marked for pair in users})

    def _resolve(self, reference: str) -> tuple[Json, Json]:
        """What a reference names in both documents; two unequal things where it is unknown."""
        found = [_follow(root, reference) for root in self._roots]
        return (found[0], found[1]) if _MISSING not in found else (_MISSING, None)


_MISSING = object()


def _dialect(root: Json) -> str:
    version = root.get("openapi") if isinstance(root, dict) else None
    return "3.0" if isinstance(version, str) and version.startswith("3.0") else "2020-12"


def _follow(root: Json, reference: str) -> Json:
    if reference != "#" and not reference.startswith("#/"):
        return _MISSING
    value = root
    for token in reference.split("/")[1:]:
        key = unquote(token).replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isdecimal() and int(key) < len(value):
            value = value[int(key)]
        else:
            return _MISSING
    return value


def _references(left: Json, right: Json) -> list[str] | None:
    """The references in two equal values; None where they are equal to Python only (1 and true)."""
    try:
        text = orjson.dumps(left)
        if text == orjson.dumps(right):
            return [orjson.loads(found) for found in dict.fromkeys(_REFERENCE.findall(text))]
    except TypeError:  # a number that orjson does not write
        pass
    return _walked(left, right)


def _walked(left: Json, right: Json) -> list[str] | None:
    """The same, part by part."""
    found: dict[str, None] = {}
    stack: list[Iterator[tuple[Json, Json]]] = [iter([(left, right)])]
    while stack:
        for one, other in stack[-1]:
            if isinstance(one, dict):
                if isinstance(one.get("$ref"), str):
                    found[one["$ref"]] = None
                if any(key in one and not _same_values(one[key], other[key]) for key in _VALUES):
                    return None
                inner = [
                    (value, other[key])
                    for key, value in one.items()
                    if isinstance(value, dict | list)
                ]
                stack.append(iter(inner))
                break
            if isinstance(one, list):
                stack.append(zip(one, other, strict=True))
                break
            if isinstance(one, bool) != isinstance(other, bool):
                return None
        else:
            stack.pop()
    return list(found)


def _same_values(one: Json, other: Json) -> bool:
    if isinstance(one, str) or isinstance(other, str):
        return True  # equal already
    return freeze(one) == freeze(other)
