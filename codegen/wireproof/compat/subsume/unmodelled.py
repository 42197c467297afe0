"""Keywords that the IR does not model: what tells two of them apart.

Nothing is known of what they demand. Two that are written alike demand the same, unless what they
refer to differs: references by pointer are not looked into, and of `$dynamicRef: "#tree"` every
schema of the document that is anchored by this name belongs to the meaning.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from wireproof.source.node import Json

HARMLESS = frozenset({"xml", "$id", "$vocabulary", "$dynamicAnchor"})
"""Keywords that assert nothing about a value."""

_ANCHORS = ("$anchor", "$dynamicAnchor")


def meaning_of(keyword: str, value: Json, root: Json, alone: str) -> str:
    """A text that is equal where a keyword means the same; `alone` makes it equal to none.

    Args:
        keyword: Its name.
        value: Its raw value.
        root: The document that it stands in.
        alone: A text that no other schema has.
    """
    text = f"{keyword}={_spelled(value)}"
    if keyword in {"$dynamicRef", "$recursiveRef"} and isinstance(value, str):
        name = value.partition("#")[2]
        text += "".join(map(_spelled, _anchored(root, name)))
    return f"{text}@{alone}" if "$ref:" in text else text


def _anchored(root: Json, name: str) -> Iterator[Json]:
    """The schemas of a document that carry an anchor's name, in document order."""
    stack = [root]
    while stack:
        value = stack.pop()
        if isinstance(value, Mapping):
            if any(value.get(anchor) == name for anchor in _ANCHORS):
                yield value
            stack.extend(reversed(list(value.values())))
        elif isinstance(value, list):
            stack.extend(reversed(value))


def _spelled(value: Json) -> str:
    """A text that is the same for equal raw values, whatever the order of their keys."""
    if isinstance(value, Mapping):
        members = sorted((str(key), _spelled(item)) for key, item in value.items())
        return "{" + ",".join(f"{key}:{text}" for key, text in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(_spelled, value)) + "]"
    return repr(value)
