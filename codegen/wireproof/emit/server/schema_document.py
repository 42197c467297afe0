"""The schema document: the contract's own schemas as JSON Schema 2020-12, for the validators.

Written from the raw schemas, not from the IR, so that every keyword counts. OpenAPI 3.0 is
rewritten (`nullable`, boolean `exclusiveMinimum`, siblings of `$ref`). Each schema exists per
direction: a request need not carry read-only members, a response may hold values of an enum that
the contract declares open. Annotations are left out; integers of a sized format get its bounds.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Literal
from urllib.parse import quote

import jsonschema_rs
import orjson

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.ir.contract import Contract
from wireproof.ir.schema import SchemaId
from wireproof.source.document import Document
from wireproof.source.node import Json, Node

Direction = Literal["in", "out"]

_SCHEMA = (
    "additionalProperties",
    "contains",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
)
_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
_MAPS = ("dependentSchemas", "patternProperties", "properties")
_NUMBERS = ("exclusiveMaximum", "exclusiveMinimum", "maximum", "minimum", "multipleOf")
_COUNTS = (
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
)
_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
_MOST = (1 << 63) - 1
_SIZED = {
    "int32": (-(1 << 31), (1 << 31) - 1),
    "int64": (-(1 << 63), (1 << 63) - 1),
    "uint32": (0, (1 << 32) - 1),
    "uint64": (0, (1 << 64) - 1),
}


class SchemaDocument:
    """Collects the schemas that operations need, with all that they refer to."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        document = contract.origin.document
        assert isinstance(document, Document)  # noqa: S101 - contracts are built from documents
        self._document = document
        self._old = contract.spec_version.startswith("3.0")
        self._found: dict[str, Json] = {}
        self._pending: list[tuple[str, Node, Direction]] = []
        self._patterns: dict[str, bool] = {}
        self._keys: dict[tuple[SchemaId, Direction], str | None] = {}
        self.diagnostics: list[Diagnostic] = []

    def key(self, schema: SchemaId, direction: Direction) -> str | None:
        """The key of a schema under `$defs`; None where it admits anything."""
        asked = (schema, direction)
        if asked not in self._keys:
            self._keys[asked] = self._keyed(schema, direction)
        return self._keys[asked]

    def _keyed(self, schema: SchemaId, direction: Direction) -> str | None:
        node = self._document.at(schema)
        if node is None:
            return None
        key = self._enqueue(node, direction)
        self._drain()
        return None if self._found[key] in ({}, True) else key

    def at(self, key: str) -> Json:
        """The schema under a key, as it was written into the document."""
        return self._found[key]

    def render(self) -> bytes:
        """The document's bytes, sorted by key."""
        return orjson.dumps(
            {"$defs": _storable(dict(sorted(self._found.items())))},
            default=_exact,
            option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
        )

    def _enqueue(self, node: Node, direction: Direction) -> str:
        key = f"{direction}.{_short(node.pointer)}"
        if key not in self._found:
            self._found[key] = True  # until it is drained; recursion finds it here
            self._pending.append((key, node, direction))
        return key

    def _drain(self) -> None:
        while self._pending:
            key, node, direction = self._pending.pop()
            schema = self._schema(node, direction)
            if not jsonschema_rs.meta.is_valid(schema):
                self._complain(node, "the schema is malformed; nothing is validated by it")
                schema = True
            self._found[key] = schema

    def _schema(self, node: Node, direction: Direction) -> Json:
        value = node.value
        if isinstance(value, bool) or not isinstance(value, dict):
            return value if isinstance(value, bool) else True
        reference = value.get("$ref")
        schema: dict[str, Json] = {}
        if isinstance(reference, str):
            target = self._document.at(reference)
            if target is None:
                return True  # reported where the contract was read
            pointer = self._enqueue(target, direction).replace("~", "~0").replace("/", "~1")
            schema["$ref"] = f"#/$defs/{_uri(pointer)}"
            if self._old:
                return schema
        self._assertions(node, schema, direction)
        self._children(node, schema, direction)
        self._discriminator(node, schema)
        return self._nullable(value, schema) if self._old else schema

    def _assertions(self, node: Node, schema: dict[str, Json], direction: Direction) -> None:
        value = node.value
        self._type(value, schema)
        self._bounds(value, schema)
        if isinstance(pattern := value.get("pattern"), str) and self._compiles(pattern, node):
            schema["pattern"] = pattern
        if isinstance(format_ := value.get("format"), str):
            schema["format"] = format_
            _size(schema, format_)
        open_ = direction == "out" and value.get("x-extensible-enum") is True
        if isinstance(enum := value.get("enum"), list) and enum and not open_:
            schema["enum"] = list(
                {orjson.dumps(_storable(v), default=_exact): v for v in enum}.values()
            )
        if "const" in value and not self._old:
            schema["const"] = value["const"]
        if value.get("uniqueItems") is True:
            schema["uniqueItems"] = True
        self._required(node, schema, direction)

    def _type(self, value: dict[str, Json], schema: dict[str, Json]) -> None:
        stated = value.get("type")
        kinds = stated if isinstance(stated, list) else [stated]
        known = [kind for kind in dict.fromkeys(map(str, kinds)) if kind in _TYPES]
        if known:
            schema["type"] = known[0] if len(known) == 1 else known

    def _bounds(self, value: dict[str, Json], schema: dict[str, Json]) -> None:
        for name in _COUNTS:
            if isinstance(count := value.get(name), int) and not isinstance(count, bool):
                schema[name] = min(max(count, 0), _MOST)
        for name in _NUMBERS:
            bound = value.get(name)
            if isinstance(bound, int | float | Decimal) and not isinstance(bound, bool):
                schema[name] = bound
        if not self._old:
            return
        for flag, name in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
            if value.get(flag) is True and name in schema:
                schema[flag] = schema.pop(name)

    def _required(self, node: Node, schema: dict[str, Json], direction: Direction) -> None:
        required = node.value.get("required")
        if isinstance(required, list):
            marker = "readOnly" if direction == "in" else "writeOnly"
            names = [n for n in dict.fromkeys(required) if isinstance(n, str)]
            schema["required"] = [n for n in names if not self._marked(node, n, marker)]
        dependent = node.value.get("dependentRequired")
        if isinstance(dependent, dict) and all(isinstance(v, list) for v in dependent.values()):
            schema["dependentRequired"] = dependent

    def _marked(self, node: Node, name: str, marker: str) -> bool:
        """Whether a property is marked `readOnly` or `writeOnly`, itself or where it leads."""
        properties = node.get("properties")
        member = properties.get(name) if properties is not None else None
        if member is None or not isinstance(member.value, dict):
            return False
        target = self._document.resolve(member)
        resolved = target.value if target is not None and isinstance(target.value, dict) else {}
        return member.value.get(marker) is True or resolved.get(marker) is True

    def _children(self, node: Node, schema: dict[str, Json], direction: Direction) -> None:
        for name in _SCHEMA:
            child = node.get(name)
            if child is not None and isinstance(child.value, dict | bool):
                schema[name] = self._schema(child, direction)
        for name in _LISTS:
            child = node.get(name)
            if child is not None and isinstance(child.value, list) and child.value:
                schema[name] = [self._schema(element, direction) for element in child.elements()]
        for name in _MAPS:
            child = node.get(name)
            if child is not None and isinstance(child.value, dict):
                schema[name] = {
                    key: self._schema(member, direction)
                    for key, member in child.items()
                    if name != "patternProperties" or self._compiles(key, node)
                }

    def _discriminator(self, node: Node, schema: dict[str, Json]) -> None:
        """Tag -> place of the arm in `oneOf` or `anyOf`, for refusals that say what was meant."""
        keyword = next((name for name in ("oneOf", "anyOf") if name in schema), "")
        arms, stated = node.get(keyword), node.value.get("discriminator")
        if arms is None or not isinstance(stated, dict):
            return
        name, mapping = stated.get("propertyName"), stated.get("mapping")
        places = {
            ref: place
            for place, arm in enumerate(arms.elements())
            if isinstance(arm.value, dict) and isinstance(ref := arm.value.get("$ref"), str)
        }
        told = _by_tag(mapping, places) if isinstance(mapping, dict) else {}
        if not told:
            told = {ref.rpartition("/")[2]: place for ref, place in places.items()}
        if isinstance(name, str) and told and None not in told.values():
            schema["discriminator"] = {"propertyName": name, "mapping": told}

    @staticmethod
    def _nullable(value: dict[str, Json], schema: dict[str, Json]) -> dict[str, Json]:
        if value.get("nullable") is not True:
            return schema
        if "enum" in schema and None not in schema["enum"]:
            schema["enum"] = [*schema["enum"], None]
        if "type" not in schema:
            return {"anyOf": [schema, {"type": "null"}]} if schema else schema
        kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        plain = {**schema, "type": list(dict.fromkeys([*kinds, "null"]))}
        if any(name in schema for name in (*_LISTS, "not", "$ref")):
            return {"anyOf": [schema, {"type": "null"}]}
        return plain

    def _compiles(self, pattern: str, node: Node) -> bool:
        if pattern not in self._patterns:
            try:
                jsonschema_rs.Draft202012Validator({"pattern": pattern})
            except (jsonschema_rs.ValidationError, ValueError) as error:
                self._patterns[pattern] = False
                reason = str(error).split("\n", 1)[0][:120]
                self._complain(node, f"the pattern {pattern[:60]!r} cannot be compiled: {reason}")
            else:
                self._patterns[pattern] = True
        return self._patterns[pattern]

    def _complain(self, node: Node, message: str) -> None:
        self.diagnostics.append(
            Diagnostic(
                "server-schema",
                Severity.WARNING,
                message,
                node.span,
                node.pointer,
                help="correct the schema; the generated server skips this check",
            )
        )


def _size(schema: dict[str, Json], format_: str) -> None:
    """Bounds of a sized integer, where the schema does not state its own."""
    kinds = schema.get("type")
    names = kinds if isinstance(kinds, list) else [kinds]
    if format_ not in _SIZED or "integer" not in names:
        return
    low, high = _SIZED[format_]
    if "minimum" not in schema and "exclusiveMinimum" not in schema:
        schema["minimum"] = low
    if "maximum" not in schema and "exclusiveMaximum" not in schema:
        schema["maximum"] = high


def _by_tag(mapping: dict[str, Json], places: dict[str, int]) -> dict[str, int | None]:
    """Tag -> place of its arm; a mapping names a schema by reference or by its plain name."""
    return {
        tag: places.get(str(said), places.get(f"#/components/schemas/{said}"))
        for tag, said in mapping.items()
    }


def _short(pointer: str) -> str:
    return pointer.removeprefix("#").removeprefix("/components/schemas/").removeprefix("/")


def _uri(text: str) -> str:
    return quote(text, safe="~.")


def _storable(value: Json) -> Json:
    """A value that orjson writes exactly: integers beyond 64 bits become decimals."""
    if isinstance(value, dict):
        return {key: _storable(child) for key, child in value.items()}
    if isinstance(value, list):
        return [_storable(child) for child in value]
    if isinstance(value, int) and not -(1 << 63) <= value < 1 << 64:
        return Decimal(value)
    return value


def _exact(value: object) -> object:
    if isinstance(value, Decimal):
        return orjson.Fragment(format(value, "f"))
    raise TypeError(f"{type(value).__name__} is not JSON")
