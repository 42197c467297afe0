"""Which definitions a value touches: those that a validator could come to while judging it.

A schema of a large contract reaches hundreds of others, a witness a handful. All that it does not
touch may be left out without changing the judgement, and that is what makes judging cheap.
"""

from __future__ import annotations

from wireproof.compat.subsume.convert import DEFINITIONS, Conversion
from wireproof.compat.subsume.reading import CIRCULAR
from wireproof.source.node import Json

_HERE = ("not", "if", "then", "else")
_HERE_LISTS = ("allOf", "anyOf", "oneOf")
_MEMBERS = ("additionalProperties", "unevaluatedProperties")
_ELEMENTS = ("items", "contains", "unevaluatedItems")


class Circular(ValueError):  # noqa: N818 - says what the schema is
    """A schema refers to itself for the same value; validators would not come to an end."""


def touched(conversion: Conversion, name: str, value: Json) -> dict[str, Json]:
    """The definitions that a value touches, starting from one; the others they name admit all.

    Raises:
        Circular: where judging the value would lead in a circle.
    """
    walk = _Walk(conversion)
    walk.visit({"$ref": f"{DEFINITIONS}{name}"}, value)
    found = {each: conversion.definition(each) for each in walk.touched}
    for each in walk.touched:
        for used in conversion.uses(each):
            found.setdefault(used, True)
    return found


class _Walk:
    """Follows a value through converted schemas."""

    def __init__(self, conversion: Conversion) -> None:
        self._conversion = conversion
        self._seen: set[tuple[str, int]] = set()
        self._open: set[tuple[str, int]] = set()
        self.touched: dict[str, None] = {}

    def visit(self, schema: Json, value: Json) -> None:
        """Note all definitions that `schema` may apply to `value` or to a part of it."""
        if not isinstance(schema, dict):
            return
        reference = schema.get("$ref")
        if reference is not None:
            name = reference.removeprefix(DEFINITIONS)
            key = (name, id(value))
            if key in self._open:
                raise Circular(CIRCULAR)
            if key not in self._seen:
                self._seen.add(key)
                self._open.add(key)
                self.touched[name] = None
                self.visit(self._conversion.definition(name), value)
                self._open.discard(key)
        for keyword in _HERE:
            if keyword in schema:
                self.visit(schema[keyword], value)
        for keyword in _HERE_LISTS:
            for child in schema.get(keyword, ()):
                self.visit(child, value)
        if isinstance(value, dict):
            self._members(schema, value)
        elif isinstance(value, list):
            self._elements(schema, value)

    def _members(self, schema: dict[str, Json], value: dict[str, Json]) -> None:
        for child in schema.get("dependentSchemas", {}).values():
            self.visit(child, value)
        properties = schema.get("properties", {})
        everywhere = [schema[keyword] for keyword in _MEMBERS if keyword in schema]
        everywhere += schema.get("patternProperties", {}).values()
        for name, item in value.items():
            if name in properties:
                self.visit(properties[name], item)
            if "propertyNames" in schema:
                self.visit(schema["propertyNames"], name)
            for child in everywhere:
                self.visit(child, item)

    def _elements(self, schema: dict[str, Json], value: list[Json]) -> None:
        for child, item in zip(schema.get("prefixItems", ()), value, strict=False):
            self.visit(child, item)
        for keyword in _ELEMENTS:
            if keyword in schema:
                for item in value:
                    self.visit(schema[keyword], item)
