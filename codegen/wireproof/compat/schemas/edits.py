"""Contracts as they would be with one change: the material of single questions."""

from __future__ import annotations

from wireproof.compat.schemas.change import GONE, Edit
from wireproof.compat.subsume.verdicts import SchemaRef
from wireproof.ir.build import schema_table
from wireproof.ir.schema import Schema
from wireproof.source.document import Document
from wireproof.source.node import Json, Node


def edited(schema: Schema, edit: Edit) -> SchemaRef | None:
    """The schema after an edit, within a copy of its contract that shares all the rest.

    None where the schema is no mapping and has no keywords to edit.
    """
    node = schema.origin
    if not isinstance(node.value, dict):
        return None
    value = dict(node.value)
    for keyword, new in edit.keywords.items():
        if new is GONE:
            value.pop(keyword, None)
        else:
            value[keyword] = new
    document = Document(node.document.name, _with(node, value))
    return SchemaRef(schema_table(document), schema.id)


def _with(node: Node, value: Json) -> Json:
    """The root's value with another value at one node; only the way there is copied."""
    while node.parent is not None:
        above = node.parent.value
        copied: Json = list(above) if isinstance(above, list) else dict(above)
        copied[node.key] = value
        node, value = node.parent, copied
    return value
