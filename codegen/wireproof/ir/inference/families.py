"""Families: a base schema with a discriminator, and the components that inherit from it by allOf.

OpenAPI's older way to say "one of": `Pet` has the discriminator, `Cat` is `allOf: [Pet, ...]`.
"""

from __future__ import annotations

from collections.abc import Mapping

from wireproof.ir.inference.facts import Schemas
from wireproof.ir.schema import SchemaId

Members = Mapping[SchemaId, tuple[str, ...]]
"""Member component -> the tags that choose it."""


class Families:
    """Members of every family, found with one pass over the components."""

    def __init__(self, schemas: Schemas, components: tuple[SchemaId, ...]) -> None:
        self._schemas = schemas
        self._components = components
        self._children: dict[SchemaId, list[SchemaId]] | None = None
        self._members: dict[SchemaId, Members] = {}

    def members(self, base: SchemaId) -> Members:
        """What may stand where the base is named; empty where it is no base of a family."""
        if base not in self._members:
            self._members[base] = self._find(base)
        return self._members[base]

    def _find(self, base: SchemaId) -> Members:
        schema = self._schemas[base]
        discriminator = schema.discriminator
        if discriminator is None or schema.one_of or schema.any_of:
            return {}
        found: dict[SchemaId, list[str]] = {}
        for tag, target in discriminator.mapping.items():
            found.setdefault(target, []).append(tag)
        if found.keys() <= {base}:
            for child in self._descendants(base):
                found[child] = [child.rpartition("/")[2]]
        if found.keys() <= {base}:
            return {}
        if discriminator.default is not None:
            found.setdefault(discriminator.default, [discriminator.default.rpartition("/")[2]])
        return {member: tuple(tags) for member, tags in found.items()}

    def _descendants(self, base: SchemaId) -> list[SchemaId]:
        children = self._inheritance()
        found: dict[SchemaId, None] = {}
        pending = list(children.get(base, ()))
        while pending:
            child = pending.pop(0)
            if child not in found and child != base:
                found[child] = None
                pending.extend(children.get(child, ()))
        return list(found)

    def _inheritance(self) -> dict[SchemaId, list[SchemaId]]:
        if self._children is None:
            self._children = {}
            for component in self._components:
                for parent in self._schemas[component].all_of:
                    self._children.setdefault(parent, []).append(component)
        return self._children
