"""Schemas that one side wraps: `X` here, `anyOf: [X, null]` or `allOf: [X]` with more there.

Compared keyword by keyword, all of X would be gone where it was wrapped, or new where it was
unwrapped. So X is taken for the same wrapper with nothing else in it, which is what it means.
"""

from __future__ import annotations

from collections.abc import Mapping

from wireproof.compat.schemas.arms import KEYWORDS, WORDS, Arm, arms, assertions
from wireproof.compat.subsume.twins import root_of
from wireproof.ir.schema import Schema, SchemaId
from wireproof.source.document import follow
from wireproof.source.node import Json, Node


def same_shape(base: Schema, head: Schema) -> tuple[Schema, Schema]:
    """Both schemas, one of them wrapped as the other wraps it."""
    if (field := _holding(head, base)) is not None:
        return _wrapped(base, field), head
    if (field := _holding(base, head)) is not None:
        return base, _wrapped(head, field)
    return base, head


def content(schema: Schema) -> SchemaId | None:
    """What a schema is that says nothing of its own but words."""
    within = (*schema.all_of, *((schema.ref,) if schema.ref else ()))
    silent = len(within) == 1 and set(schema.origin.value) <= WORDS | {"allOf", "$ref"}
    return within[0] if silent else None


def places(base: Schema, head: Schema) -> tuple[Node, Node]:
    """Where both stand: a component that is only wrapped on the other side where it is named."""
    if _holding(head, base) is not None:
        return _naming(base, head), head.origin
    if _holding(base, head) is not None:
        return base.origin, _naming(head, base)
    return base.origin, head.origin


def _naming(component: Schema, wrapper: Schema) -> Node:
    node = follow(root_of(component.origin), wrapper.origin.pointer)
    names = node is not None and isinstance(node.value, dict) and "$ref" in node.value
    return node if names and node is not None else component.origin


def _holding(outer: Schema, inner: Schema) -> str | None:
    """The field under which a schema has another one as an arm."""
    if outer.ref is not None and outer.ref == inner.id:
        return "ref"
    said = assertions(inner.origin.value)
    for field in KEYWORDS if said else ():
        if any(_is(arm, inner, said) for arm in arms(outer, field)):
            return field
    return None


def _is(arm: Arm, schema: Schema, said: Mapping[str, Json]) -> bool:
    return assertions(arm.value) == said if arm.inline else arm.id == schema.id


def _wrapped(schema: Schema, field: str) -> Schema:
    at = schema.origin
    reference = {"$ref": str(schema.id)}
    value: Json = reference if field == "ref" else {KEYWORDS[field]: [reference]}
    arms_of: object = schema.id if field == "ref" else (schema.id,)
    origin = Node(value, at.document, at.parent, at.key)
    return Schema.stating({"id": schema.id, "origin": origin, field: arms_of})
