"""The keywords of a schema object, one reader each: raw value in, field of `Schema` out."""

from __future__ import annotations

from collections.abc import Callable

from wireproof.ir.reading.draft import Draft
from wireproof.ir.reading.numbers import as_number
from wireproof.ir.schema import JsonType
from wireproof.source.node import Json

JSON_TYPES: tuple[JsonType, ...] = (
    "null",
    "boolean",
    "integer",
    "number",
    "string",
    "array",
    "object",
)
NO_CONTRACT = frozenset(
    {"$anchor", "$comment", "$defs", "$schema", "definitions", "externalDocs", "id", "summary"}
)
"""Keywords that state nothing about values: documentation, and homes of definitions."""


KeywordReader = Callable[[Draft, str, Json], None]


def _count(name: str) -> KeywordReader:
    def read(draft: Draft, keyword: str, raw: Json) -> None:
        number = as_number(raw)
        if number is None or number < 0 or number != number.to_integral_value():
            draft.wrong(keyword, "a whole number, zero or more")
        else:
            draft.fields[name] = int(number)

    return read


def _number(name: str) -> KeywordReader:
    def read(draft: Draft, keyword: str, raw: Json) -> None:
        number = as_number(raw)
        if number is None:
            draft.wrong(keyword, "a number")
        else:
            draft.fields[name] = number

    return read


def _text(name: str) -> KeywordReader:
    def read(draft: Draft, keyword: str, raw: Json) -> None:
        if isinstance(raw, str):
            draft.fields[name] = raw
        elif raw is not None:
            draft.wrong(keyword, "text")

    return read


def _format(draft: Draft, keyword: str, raw: Json) -> None:
    """The format; generators that have none to tell write `format: ""`, which says nothing."""
    if raw != "":
        _text("format")(draft, keyword, raw)


def _flag(name: str) -> KeywordReader:
    def read(draft: Draft, keyword: str, raw: Json) -> None:
        if isinstance(raw, bool):
            draft.fields[name] = raw
        elif raw is not None:
            draft.wrong(keyword, "true or false")

    return read


def _schema(name: str) -> KeywordReader:
    def read(draft: Draft, keyword: str, raw: Json) -> None:
        if isinstance(raw, dict | bool):
            draft.fields[name] = draft.edge(keyword)
        elif raw is not None:
            draft.wrong(keyword, "a schema")

    return read


def _schemas(name: str) -> KeywordReader:
    def read(draft: Draft, keyword: str, raw: Json) -> None:
        if isinstance(raw, list):
            draft.fields[name] = tuple(draft.edge(keyword, index) for index in range(len(raw)))
        elif raw is not None:
            draft.wrong(keyword, "a sequence of schemas")

    return read


def _schema_map(name: str) -> KeywordReader:
    def read(draft: Draft, keyword: str, raw: Json) -> None:
        if isinstance(raw, dict):
            draft.fields[name] = {
                key: draft.edge(keyword, key) for key in raw if isinstance(key, str)
            }
        elif raw is not None:
            draft.wrong(keyword, "a mapping of schemas")

    return read


def _exclusive(name: str) -> KeywordReader:
    """Number (2020-12), or a boolean that turns its companion exclusive (3.0)."""
    companion = name.removeprefix("exclusive_")

    def read(draft: Draft, keyword: str, raw: Json) -> None:
        if not isinstance(raw, bool):
            _number(name)(draft, keyword, raw)
            return
        bound = as_number(draft.node.value.get(companion)) if raw else None
        if bound is not None:
            draft.fields[name] = bound
            draft.fields[companion] = None

    return read


def _inclusive(name: str) -> KeywordReader:
    """`minimum` and `maximum`, unless `_exclusive` has already taken their value."""
    plain = _number(name)

    def read(draft: Draft, keyword: str, raw: Json) -> None:
        if name not in draft.fields:
            plain(draft, keyword, raw)

    return read


def _type(draft: Draft, keyword: str, raw: Json) -> None:
    names = raw if isinstance(raw, list) else [raw]
    known = [name for name in names if name in JSON_TYPES]
    if len(known) != len(names):
        draft.linker.reader.report(
            "unknown-type",
            draft.node,
            f"`{keyword}: {raw!r}` names no JSON type; the unknown part is ignored",
            f"use one of {', '.join(JSON_TYPES)}",
        )
    if known:
        if "number" in known:
            known = [name for name in known if name != "integer"]
        draft.fields["types"] = frozenset(known)


def _items(draft: Draft, keyword: str, raw: Json) -> None:
    """`items`; a sequence is the old spelling of `prefixItems`."""
    if isinstance(raw, list):
        _schemas("prefix_items")(draft, keyword, raw)
    else:
        _schema("items")(draft, keyword, raw)


def _required(draft: Draft, keyword: str, raw: Json) -> None:
    if isinstance(raw, list):
        names = [name for name in raw if isinstance(name, str)]
        draft.fields["required"] = tuple(dict.fromkeys(names))
        if len(names) != len(raw):
            draft.wrong(keyword, "a sequence of property names")
    elif raw is not None:
        draft.wrong(keyword, "a sequence of property names")


def _dependent_required(draft: Draft, keyword: str, raw: Json) -> None:
    if not isinstance(raw, dict):
        draft.wrong(keyword, "a mapping of property names")
        return
    draft.fields["dependent_required"] = {
        key: tuple(name for name in names if isinstance(name, str))
        for key, names in raw.items()
        if isinstance(key, str) and isinstance(names, list)
    }


def _enum(draft: Draft, keyword: str, raw: Json) -> None:
    if isinstance(raw, list):
        draft.fields.setdefault("enum", tuple(raw))
    elif raw is not None:
        draft.wrong(keyword, "a sequence of values")


def _const(draft: Draft, _keyword: str, raw: Json) -> None:
    """An `enum` of one; where another `enum` stands beside it, what both list."""
    listed = draft.node.value.get("enum")
    refused = isinstance(listed, list) and not any(_equal(raw, each) for each in listed)
    draft.fields["enum"] = () if refused else (raw,)


def _equal(left: Json, right: Json) -> bool:
    return left == right and isinstance(left, bool) == isinstance(right, bool)


def _extensible(draft: Draft, _keyword: str, raw: Json) -> None:
    draft.fields["extensible_enum"] = raw is not False and raw is not None
    if isinstance(raw, list) and "enum" not in draft.node.value:
        draft.fields["enum"] = tuple(raw)


def _default(draft: Draft, _keyword: str, raw: Json) -> None:
    draft.fields["default"] = raw
    draft.fields["has_default"] = True


def _example(draft: Draft, _keyword: str, raw: Json) -> None:
    draft.fields["examples"] = (raw, *draft.fields.get("examples", ()))


def _examples(draft: Draft, keyword: str, raw: Json) -> None:
    if isinstance(raw, list):
        draft.fields["examples"] = (*draft.fields.get("examples", ()), *raw)
    elif raw is not None:
        draft.wrong(keyword, "a sequence of values")


def _nothing(_draft: Draft, _keyword: str, _raw: Json) -> None:
    """Read elsewhere: `$ref`, `nullable` and `discriminator` look at the whole schema."""


READERS: dict[str, KeywordReader] = {
    "$ref": _nothing,
    "additionalProperties": _schema("additional_properties"),
    "allOf": _schemas("all_of"),
    "anyOf": _schemas("any_of"),
    "const": _const,
    "contains": _schema("contains"),
    "contentEncoding": _text("content_encoding"),
    "contentMediaType": _text("content_media_type"),
    "contentSchema": _schema("content_schema"),
    "default": _default,
    "dependentRequired": _dependent_required,
    "dependentSchemas": _schema_map("dependent_schemas"),
    "deprecated": _flag("deprecated"),
    "description": _text("description"),
    "discriminator": _nothing,
    "else": _schema("else_"),
    "enum": _enum,
    "example": _example,
    "examples": _examples,
    "exclusiveMaximum": _exclusive("exclusive_maximum"),
    "exclusiveMinimum": _exclusive("exclusive_minimum"),
    "format": _format,
    "if": _schema("if_"),
    "items": _items,
    "maxContains": _count("max_contains"),
    "maxItems": _count("max_items"),
    "maxLength": _count("max_length"),
    "maxProperties": _count("max_properties"),
    "maximum": _inclusive("maximum"),
    "minContains": _count("min_contains"),
    "minItems": _count("min_items"),
    "minLength": _count("min_length"),
    "minProperties": _count("min_properties"),
    "minimum": _inclusive("minimum"),
    "multipleOf": _number("multiple_of"),
    "not": _schema("not_"),
    "nullable": _nothing,
    "oneOf": _schemas("one_of"),
    "pattern": _text("pattern"),
    "patternProperties": _schema_map("pattern_properties"),
    "prefixItems": _schemas("prefix_items"),
    "properties": _schema_map("properties"),
    "propertyNames": _schema("property_names"),
    "readOnly": _flag("read_only"),
    "required": _required,
    "then": _schema("then"),
    "title": _text("title"),
    "type": _type,
    "unevaluatedItems": _schema("unevaluated_items"),
    "unevaluatedProperties": _schema("unevaluated_properties"),
    "uniqueItems": _flag("unique_items"),
    "writeOnly": _flag("write_only"),
    "x-extensible-enum": _extensible,
}
