"""OpenAPI's objects and what stands in them: enough to know where a `$ref` is a reference.

The union of OpenAPI 3.0, 3.1 and 3.2. Data (`example`, `default`, `enum`, `const`, extensions)
is not in the table, so nothing in it is ever taken for a reference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from wireproof.source.node import Node

Kind = str
"""Name of an OpenAPI object: `pathItem`, `schema`, ..."""

Shape = Literal["one", "list", "map"]

_SCHEMA: Mapping[str, tuple[Shape, Kind]] = {
    **dict.fromkeys(
        (
            "additionalProperties", "contains", "contentSchema", "else", "if", "items", "not",
            "propertyNames", "then", "unevaluatedItems", "unevaluatedProperties",
        ),
        ("one", "schema"),
    ),
    **dict.fromkeys(("allOf", "anyOf", "oneOf", "prefixItems"), ("list", "schema")),
    **dict.fromkeys(
        ("$defs", "definitions", "dependentSchemas", "patternProperties", "properties"),
        ("map", "schema"),
    ),
}  # fmt: skip
_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")
_CARRIER: Mapping[str, tuple[Shape, Kind]] = {
    "schema": ("one", "schema"),
    "content": ("map", "mediaType"),
    "examples": ("map", "example"),
}
_ENCODING: Mapping[str, tuple[Shape, Kind]] = {
    "encoding": ("map", "encoding"),
    "prefixEncoding": ("list", "encoding"),
    "itemEncoding": ("one", "encoding"),
}

SECTIONS: Mapping[Kind, str] = {
    "schema": "schemas",
    "response": "responses",
    "parameter": "parameters",
    "example": "examples",
    "requestBody": "requestBodies",
    "header": "headers",
    "securityScheme": "securitySchemes",
    "link": "links",
    "callback": "callbacks",
    "pathItem": "pathItems",
    "mediaType": "mediaTypes",
}
"""The section of `components` that holds each kind; the kinds that a `$ref` can stand for."""

FIELDS: Mapping[Kind, Mapping[str, tuple[Shape, Kind]]] = {
    "openapi": {
        "paths": ("one", "paths"),
        "webhooks": ("map", "pathItem"),
        "components": ("one", "components"),
    },
    "components": {section: ("map", kind) for kind, section in SECTIONS.items()},
    "pathItem": {
        **dict.fromkeys(_METHODS, ("one", "operation")),
        "additionalOperations": ("map", "operation"),
        "parameters": ("list", "parameter"),
    },
    "operation": {
        "parameters": ("list", "parameter"),
        "requestBody": ("one", "requestBody"),
        "responses": ("one", "responses"),
        "callbacks": ("map", "callback"),
    },
    "parameter": _CARRIER,
    "header": _CARRIER,
    "requestBody": {"content": ("map", "mediaType")},
    "response": {
        "headers": ("map", "header"),
        "content": ("map", "mediaType"),
        "links": ("map", "link"),
    },
    "mediaType": {
        "schema": ("one", "schema"),
        "itemSchema": ("one", "schema"),
        "examples": ("map", "example"),
        **_ENCODING,
    },
    "encoding": {"headers": ("map", "header"), **_ENCODING},
    "schema": _SCHEMA,
    "example": {},
    "link": {},
    "securityScheme": {},
}

COLLECTION = "collection of "
"""Begins the kind of a whole map or list for which a `$ref` stands, as `collection of schema`.

No version of OpenAPI knows such references, nor those for `paths`, `responses` or `components`;
but tools that splice files have always followed them, so many contracts are cut up this way.
"""

_WHOLE = frozenset(("paths", "responses", "components"))

_PATTERNED: Mapping[Kind, Kind] = {
    "paths": "pathItem",
    "callback": "pathItem",
    "responses": "response",
}
"""Objects whose keys are free: each entry is one of these, extensions aside."""


def children(node: Node, kind: Kind) -> Iterator[tuple[Node, Kind]]:
    """The OpenAPI objects that stand directly in one, with their kinds, in document order."""
    value = node.value
    entry = _PATTERNED.get(kind)
    if kind.startswith(COLLECTION):
        entry = kind.removeprefix(COLLECTION)
        yield from ((child, entry) for child in node.elements())
    if not isinstance(value, dict):
        return
    if entry is not None:
        for key, child in node.items():
            if not key.startswith("x-"):
                yield child, entry
        return
    fields = FIELDS[kind]
    for key in value:
        if key not in fields:
            continue
        shape, child_kind = fields[key]
        field = node.get(key)
        assert field is not None  # noqa: S101 - the key was just seen
        if shape != "one" and _stands_for_all(field):
            yield field, f"{COLLECTION}{child_kind}"
        elif shape == "map":
            yield from ((child, child_kind) for _, child in field.items())
        elif shape == "list" or isinstance(field.value, list):
            for child in field.elements():
                yield child, child_kind
        else:
            yield field, child_kind


def walk(node: Node, kind: Kind) -> Iterator[tuple[Node, Kind]]:
    """An OpenAPI object and all that stand in it, parents first, in document order."""
    stack = [(node, kind)]
    while stack:
        current = stack.pop()
        yield current
        stack.extend(reversed(list(children(*current))))


def reference(node: Node, kind: Kind) -> str | None:
    """The `$ref` of an object where it is a reference."""
    if kind in SECTIONS and isinstance(node.value, dict):
        ref = node.value.get("$ref")
        if isinstance(ref, str):
            return ref
    return None


def spliced(node: Node, kind: Kind) -> str | None:
    """The `$ref` that stands, alone, for a whole map or list."""
    if (kind in _WHOLE or kind.startswith(COLLECTION)) and _stands_for_all(node):
        return str(node.value["$ref"])
    return None


def _stands_for_all(node: Node) -> bool:
    value = node.value
    return isinstance(value, dict) and len(value) == 1 and isinstance(value.get("$ref"), str)
