"""The contract with its schemas in JSON Schema 2020-12, for values of either direction.

Properties that only one side sends (`readOnly`, `writeOnly`) are required of neither. What no
validator can be made of is left out, because a schema that leads to it could not be compiled
either: references that lead nowhere, and patterns that are none. Other rules tell of those.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import quote

import jsonschema_rs

from wireproof.source.document import Document
from wireproof.source.node import Json, Node, escape

_BOUNDS = (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum"))
_OLD = frozenset(("nullable", "exclusiveMinimum", "exclusiveMaximum"))
_CHOOSING = frozenset(("allOf", "anyOf", "oneOf", "not", "enum", "const"))
_DEEPER = "/anyOf/1"
_UNQUOTED = re.compile(r"[\w/~.-]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Relaxed:
    """The relaxed document.

    Attributes:
        root: Its data.
        deeper: The identities of those schemas, as written, that stand at `/anyOf/1` below their
            place now, so that null can stand beside them.
    """

    root: Json
    deeper: frozenset[int]

    def reference(self, schema: Node) -> str:
        """Where a schema stands, as a fragment: `#/components/schemas/Order`."""
        pointer = self._pointer(schema) if self.deeper else schema.pointer
        return f"#{pointer if _UNQUOTED.fullmatch(pointer) else quote(pointer, safe='/~')}"

    def _pointer(self, schema: Node) -> str:
        parts: list[str] = []
        node = schema
        while node.parent is not None:
            parts.append(f"/{escape(node.key)}")
            node = node.parent
            if id(node.value) in self.deeper:
                parts.append(_DEEPER)
        return "".join(reversed(parts))


def relaxed(document: Document, version: str, schemas: Collection[Json]) -> Relaxed:
    """The document, relaxed; `schemas` are the values of all its schemas."""
    edits: dict[int, dict[str, Json]] = {}
    deeper: set[int] = set()
    for schema in schemas:
        if isinstance(schema, dict):
            new = _relaxed_schema(document, schema, version)
            if new is not schema:
                edits[id(schema)] = new
            if new.keys() == {"anyOf"} and new.get("anyOf") is not schema.get("anyOf"):
                deeper.add(id(schema))
    root = document.root.value
    places = Relaxed(root, frozenset(deeper))
    _follow_moves(document, schemas, edits, places)
    return replace(places, root=_rebuilt(root, edits)) if edits else places


def _follow_moves(
    document: Document,
    schemas: Collection[Json],
    edits: dict[int, dict[str, Json]],
    places: Relaxed,
) -> None:
    """References into schemas that stand deeper now lead there again."""
    if not places.deeper:
        return
    for schema in schemas:
        ref = schema.get("$ref") if isinstance(schema, dict) else None
        target = document.at(ref) if isinstance(ref, str) and ref[:2] == "#/" else None
        if isinstance(schema, dict) and target is not None:
            now = places.reference(target)
            if now.count(_DEEPER) != target.pointer.count(_DEEPER):
                edits[id(schema)] = {**edits.get(id(schema), schema), "$ref": now}


@lru_cache(maxsize=1 << 12)
def usable(pattern: str) -> bool:
    """Whether the validator's engine takes a pattern."""
    try:
        jsonschema_rs.Draft202012Validator({"pattern": pattern})
    except ValueError:
        return False
    return True


def _relaxed_schema(document: Document, schema: dict[str, Json], version: str) -> dict[str, Json]:
    """A schema in its new words; itself where the old ones will do."""
    ref = schema.get("$ref")
    if isinstance(ref, str) and ref[:2] == "#/" and document.at(ref) is None:
        schema = {key: value for key, value in schema.items() if key != "$ref"}
    pattern = schema.get("pattern")
    if isinstance(pattern, str) and not usable(pattern):
        schema = {key: value for key, value in schema.items() if key != "pattern"}
    required, properties = schema.get("required"), schema.get("properties")
    if isinstance(required, list) and isinstance(properties, dict):
        kept = [name for name in required if not _one_sided(properties, name)]
        schema = schema if len(kept) == len(required) else {**schema, "required": kept}
    return _modern(schema) if version == "3.0" else schema


def _one_sided(properties: dict[str, Json], name: Json) -> bool:
    found = properties.get(name) if isinstance(name, str) else None
    return isinstance(found, dict) and bool(found.get("readOnly") or found.get("writeOnly"))


def _modern(schema: dict[str, Json]) -> dict[str, Json]:
    """What OpenAPI 3.0 says in words of its own."""
    if "$ref" in schema:  # in 3.0 a reference stands alone
        return {"$ref": schema["$ref"]} if len(schema) > 1 else schema
    if schema.keys().isdisjoint(_OLD):
        return schema
    new = {key: value for key, value in schema.items() if key != "nullable"}
    for exclusive, bound in _BOUNDS:
        if isinstance(schema.get(exclusive), bool):
            del new[exclusive]
            if schema[exclusive] and bound in schema:
                new[exclusive] = new.pop(bound)
    return _nullable(new) if schema.get("nullable") is True else new


def _nullable(schema: dict[str, Json]) -> dict[str, Json]:
    """Null beside what a schema allows; in its place, so that pointers into it hold, if can be."""
    if not schema.keys().isdisjoint(_CHOOSING):
        return {"anyOf": [{"type": "null"}, schema]}
    kind = schema.get("type")
    return {**schema, "type": [kind, "null"]} if isinstance(kind, str) else schema


def _rebuilt(value: Json, edits: dict[int, dict[str, Json]]) -> Json:
    if isinstance(value, dict):
        new = edits.get(id(value), value)
        return {key: _rebuilt(one, edits) for key, one in new.items()}
    return [_rebuilt(one, edits) for one in value] if isinstance(value, list) else value
