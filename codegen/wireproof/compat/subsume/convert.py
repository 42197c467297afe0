"""The original schemas as one 2020-12 document that standard validators understand.

This starts from the raw document, not from the IR and not from the solver's formulas, so that a
mistake there cannot confirm itself. Only what a schema reaches is converted. The readings of
`reading.py` are spelled out: names that are not sent, discriminator tags, formats that no
validator knows.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from wireproof.compat.subsume import formats
from wireproof.compat.subsume.reading import Reading
from wireproof.compat.subsume.twins import root_of
from wireproof.ir.samples.searching import searcher
from wireproof.ir.schema import SchemaId
from wireproof.source.node import Json, escape

_SCHEMAS = ("additionalProperties", "propertyNames", "unevaluatedProperties")
_ITEMS = ("items", "contains", "unevaluatedItems")
_IN_PLACE = ("not", "if", "then", "else")
_LISTS = ("allOf", "anyOf", "oneOf")
_NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
_COUNTS = (
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minContains",
    "maxContains",
    "minProperties",
    "maxProperties",
)
_NATIVE = (formats.LANGUAGES.keys() - formats.INJECTED) | formats.PREDICATES

DEFINITIONS = "#/$defs/"
Key = tuple[str, frozenset[str]]


class Conversion:
    """Converts what is reached, each pointer once for each set of names that is not sent."""

    def __init__(self, reading: Reading) -> None:
        self._reading = reading
        self._is_30: bool | None = None
        self._names: dict[Key, str] = {}
        self._waiting: dict[str, tuple[Key, Json]] = {}
        self._definitions: dict[str, Json] = {}
        self._uses: dict[str, list[str]] = {}
        self._used: list[str] = []

    def name(self, schema_id: SchemaId) -> str:
        """The name of a schema's definition."""
        schema = self._reading.schemas[schema_id]
        if self._is_30 is None:
            root = root_of(schema.origin).value
            version = root.get("openapi", "") if isinstance(root, dict) else ""
            self._is_30 = str(version).startswith("3.0")
        reference = self._reference(str(schema_id), schema.origin.value, frozenset())
        return str(reference["$ref"]).removeprefix(DEFINITIONS)

    def definition(self, name: str) -> Json:
        """A definition, converted when it is first asked for."""
        if name not in self._definitions:
            key, raw = self._waiting.pop(name)
            self._used = self._uses[name] = []
            self._definitions[name] = self._schema(raw, *key)
        return self._definitions[name]

    def uses(self, name: str) -> list[str]:
        """The definitions that one refers to."""
        self.definition(name)
        return self._uses[name]

    def closure(self, name: str) -> dict[str, Json]:
        """A definition and all that it needs."""
        found, queue = {name: self.definition(name)}, [name]
        while queue:
            for used in self.uses(queue.pop()):
                if used not in found:
                    found[used] = self.definition(used)
                    queue.append(used)
        return found

    def _reference(self, pointer: str, raw: Json, unsent: frozenset[str]) -> dict[str, Json]:
        key = (pointer, unsent)
        if key not in self._names:
            self._names[key] = f"s{len(self._names)}"
            self._waiting[self._names[key]] = (key, raw)
        self._used.append(self._names[key])
        return {"$ref": f"{DEFINITIONS}{self._names[key]}"}

    def _target(self, pointer: Json, unsent: frozenset[str]) -> Json:
        """The schema that a `$ref` names; one that names nothing admits anything."""
        if not isinstance(pointer, str):
            return True
        schema = self._reading.schemas.get(SchemaId(pointer))
        if schema is None:
            return True
        return self._reference(str(schema.id), schema.origin.value, unsent)

    def _schema(self, raw: Json, pointer: str, unsent: frozenset[str]) -> Json:
        if not isinstance(raw, dict):
            return raw if isinstance(raw, bool) else True
        if "$ref" in raw and (self._is_30 or len(raw) == 1):
            return self._target(raw["$ref"], unsent)
        hidden = unsent | self._hidden(raw, pointer)
        found = _assertions(raw)
        also: list[Json] = []
        if "$ref" in raw:
            also.append(self._target(raw["$ref"], hidden))
        self._children(raw, pointer, hidden, found)
        self._exclusive(raw, found)
        self._enum(raw, found)
        self._required(raw, hidden, found)
        self._unions(raw, pointer, hidden, found, also)
        also += _formats(raw, found)
        if also:
            found["allOf"] = [*found.get("allOf", []), *also]
        return self._nullable(raw, found)

    def _hidden(self, raw: dict[str, Json], pointer: str) -> frozenset[str]:
        if not any(key in raw for key in ("properties", "allOf", "$ref")):
            return frozenset()
        schema = self._reading.schemas.get(SchemaId(pointer))
        return frozenset() if schema is None else self._reading.hidden(schema.id)

    def _children(
        self, raw: dict[str, Json], pointer: str, hidden: frozenset[str], found: dict[str, Json]
    ) -> None:
        none: frozenset[str] = frozenset()
        for keyword in (*_SCHEMAS, *_ITEMS, *_IN_PLACE):
            if isinstance(raw.get(keyword), dict | bool):
                names = hidden if keyword in _IN_PLACE else none
                found[keyword] = self._schema(raw[keyword], f"{pointer}/{keyword}", names)
        for keyword in ("properties", "patternProperties", "dependentSchemas"):
            if isinstance(raw.get(keyword), dict):
                names = hidden if keyword == "dependentSchemas" else none
                found[keyword] = {
                    name: (keyword == "properties" and name in hidden)
                    or self._schema(child, f"{pointer}/{keyword}/{escape(name)}", names)
                    for name, child in raw[keyword].items()
                    if keyword != "patternProperties" or searcher(name)
                }
        for keyword in ("prefixItems", "items"):
            if isinstance(raw.get(keyword), list):
                found["prefixItems"] = [
                    self._schema(child, f"{pointer}/{keyword}/{index}", none)
                    for index, child in enumerate(raw[keyword])
                ]

    def _exclusive(self, raw: dict[str, Json], found: dict[str, Json]) -> None:
        """3.0's boolean `exclusiveMinimum` beside `minimum`."""
        for exclusive, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            if raw.get(exclusive) is True and plain in found:
                found[exclusive] = found.pop(plain)

    def _enum(self, raw: dict[str, Json], found: dict[str, Json]) -> None:
        extensible = raw.get("x-extensible-enum")
        if isinstance(extensible, list) and "enum" not in raw:
            found["enum"] = exactly(extensible)
        is_open = extensible is not None and extensible is not False
        if is_open and self._reading.receives_open:
            found.pop("enum", None)
            found.pop("const", None)

    def _required(
        self, raw: dict[str, Json], hidden: frozenset[str], found: dict[str, Json]
    ) -> None:
        if isinstance(raw.get("required"), list):
            names = [name for name in raw["required"] if isinstance(name, str)]
            found["required"] = [name for name in dict.fromkeys(names) if name not in hidden]

    def _unions(
        self,
        raw: dict[str, Json],
        pointer: str,
        hidden: frozenset[str],
        found: dict[str, Json],
        also: list[Json],
    ) -> None:
        for keyword in _LISTS:
            if isinstance(raw.get(keyword), list) and raw[keyword]:
                found[keyword] = [
                    self._schema(child, f"{pointer}/{keyword}/{index}", hidden)
                    for index, child in enumerate(raw[keyword])
                ]
        schema = self._reading.schemas.get(SchemaId(pointer)) if "discriminator" in raw else None
        if schema is not None and schema.discriminator is not None:
            name = schema.discriminator.property_name
            for keyword, arms in (("anyOf", schema.any_of), ("oneOf", schema.one_of)):
                for index, tags in enumerate(self._reading.arm_tags(schema, arms)):
                    if tags:
                        arm = found[keyword][index]
                        found[keyword][index] = {"allOf": [arm, _tagged(name, tags)]}
        if self._reading.lenient and "oneOf" in found:
            also.append({"anyOf": found.pop("oneOf")})

    def _nullable(self, raw: dict[str, Json], found: dict[str, Json]) -> Json:
        kinds = raw.get("type")
        if kinds is None:
            return {"anyOf": [{"type": "null"}, found]} if raw.get("nullable") is True else found
        listed = list(kinds) if isinstance(kinds, list) else [kinds]
        if raw.get("nullable") is True and "null" not in listed:
            listed.append("null")
        found["type"] = listed
        return found


def _assertions(raw: dict[str, Json]) -> dict[str, Json]:
    """The keywords that stand for themselves. What has no usable value says nothing."""
    found: dict[str, Json] = {}
    for keyword in (*_NUMBERS, *_COUNTS):
        value = exactly(raw.get(keyword))
        if isinstance(value, int | Decimal) and not isinstance(value, bool):
            found[keyword] = value
    if found.get("multipleOf") == 0:
        del found["multipleOf"]
    if isinstance(raw.get("enum"), list):
        found["enum"] = exactly(raw["enum"])
    if "const" in raw:
        found["const"] = exactly(raw["const"])
    if isinstance(raw.get("pattern"), str) and searcher(raw["pattern"]):
        found["pattern"] = raw["pattern"]
    if raw.get("uniqueItems") is True:
        found["uniqueItems"] = True
    if isinstance(raw.get("dependentRequired"), dict):
        found["dependentRequired"] = raw["dependentRequired"]
    return found


def _tagged(name: str, tags: tuple[str, ...]) -> Json:
    """An object carries one of the tags. The double `not` keeps the tag from being evaluated."""
    tagged = {"required": [name], "properties": {name: {"enum": list(tags)}}}
    return {"not": {"not": tagged}}


def _formats(raw: Mapping[str, Json], found: dict[str, Json]) -> list[Json]:
    """`format` as far as validators know it, otherwise what it stands for."""
    name = raw.get("format")
    also: list[Json] = []
    if isinstance(name, str):
        if name in _NATIVE:
            found["format"] = name
        elif name in formats.RANGES:
            low, high = formats.RANGES[name]
            also.append(exactly({"minimum": low, "maximum": high}))
        elif name in formats.INJECTED:
            also.append({"pattern": formats.LANGUAGES[name]})
    if raw.get("contentEncoding") == "base64":
        also.append({"pattern": formats.LANGUAGES["byte"]})
    return also


def exactly(value: Json) -> Json:
    """Floats as the decimals they were written as, whole decimals as integers."""
    if isinstance(value, float):
        return Decimal(repr(value))
    if isinstance(value, Decimal) and value == value.to_integral_value():
        return int(value)
    if isinstance(value, dict):
        return {key: exactly(item) for key, item in value.items()}
    if isinstance(value, list):
        return [exactly(item) for item in value]
    return value
