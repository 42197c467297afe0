"""Validation against the contract's own schemas (JSON Schema 2020-12, formats asserted)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any
from urllib.parse import quote, unquote

import jsonschema_rs

from .alternatives import is_ambiguous, listed, meant
from .problem import Detail, pointer

_URI = "urn:contract:schemas"
_MOST_ERRORS = 20
_LONGEST = 200

_UNIONS = frozenset({"oneOf", "anyOf"})

_CODES = {
    "additionalProperties": "unknown_member",
    "unevaluatedProperties": "unknown_member",
    "falseSchema": "not_allowed",
    "oneOf": "no_alternative",
    "anyOf": "no_alternative",
    "const": "constant",
    "minLength": "too_short",
    "maxLength": "too_long",
    "minItems": "too_few",
    "maxItems": "too_many",
    "minimum": "too_small",
    "maximum": "too_large",
    "exclusiveMinimum": "too_small",
    "exclusiveMaximum": "too_large",
    "uniqueItems": "repeated_item",
    "multipleOf": "not_a_multiple",
}

_DECIMAL = re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_DURATION = re.compile(
    r"P(?=\d|T\d)(?:\d+W|(?:\d+Y)?(?:\d+M)?(?:\d+D)?(?:T(?:\d+H)?(?:\d+M)?(?:\d+(?:\.\d+)?S)?)?)",
    re.ASCII,
)


def _whole(low: int, high: int) -> Callable[[str], bool]:
    def check(value: str) -> bool:
        return bool(re.fullmatch(r"-?\d{1,20}", value, re.ASCII)) and low <= int(value) <= high

    return check


def _is_date(value: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", value, re.ASCII):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


FORMATS: Mapping[str, Callable[[str], bool]] = {
    "decimal": lambda value: _DECIMAL.fullmatch(value) is not None,
    "int64": _whole(-(1 << 63), (1 << 63) - 1),
    "uint64": _whole(0, (1 << 64) - 1),
    "date": _is_date,
    "duration": lambda value: _DURATION.fullmatch(value) is not None,
}
"""Formats beyond those that jsonschema-rs asserts itself; they are asked about strings only."""


class Validator:
    """One compiled schema. `is_valid` is the hot path, `errors` explains afterwards."""

    __slots__ = ("_contract", "_location", "_validator", "is_valid")

    def __init__(self, contract: Schemas, key: str) -> None:
        self._contract = contract
        self._validator = contract.compile(key)
        self.is_valid: Callable[[Any], bool] = self._validator.is_valid

    def errors(self, instance: object, *place: str) -> list[Detail]:
        """What is wrong with an instance, the first twenty findings.

        Args:
            instance: JSON data.
            place: Tokens of the pointer to it: `body`, or `query`, `limit`.
        """
        found = islice(self._validator.iter_errors(instance), _MOST_ERRORS)
        details = (one for error in found for one in self._details(error, place))
        return list(islice(details, _MOST_ERRORS))

    def _details(
        self, error: jsonschema_rs.ValidationError, place: tuple[str, ...]
    ) -> Iterator[Detail]:
        """One error, or of a union what is wrong within the arm that was meant."""
        union = error.kind.name in _UNIONS
        arm = meant(error, self._holder(error)) if union else None
        if arm is None:
            yield self._detail(error, place)
        elif arm.types:
            text = f"{shorten(error.message.partition(' is not valid under')[0])} is not of type "
            known = " or ".join(dict.fromkeys(arm.types))
            yield Detail(pointer(*place, *error.instance_path), "type", shorten(text + known))
        elif arm.missing:
            path = pointer(*place, *error.instance_path, arm.tag)
            yield Detail(path, "required", shorten(f'"{arm.tag}" is a required property'))
        elif arm.unknown:
            path = pointer(*place, *error.instance_path, arm.tag)
            sent = listed([_follow(error.instance, [arm.tag])])
            yield Detail(path, "enum", shorten(f"{sent} is not one of {listed(arm.unknown)}"))
        else:
            note = ""
            if arm.tag:
                note = f" (because {arm.tag} is {listed([_follow(error.instance, [arm.tag])])})"
            for each in arm.errors:
                for one in self._details(each, place):
                    yield Detail(one.pointer, one.code, shorten(one.detail, note))

    def _detail(self, error: jsonschema_rs.ValidationError, place: tuple[str, ...]) -> Detail:
        path: list[str | int] = [*place, *error.instance_path]
        kind = error.kind.name
        if kind == "required":
            path.append(getattr(error.kind, "property", ""))
        code = _CODES.get(kind, kind)
        if is_ambiguous(error):
            code = "ambiguous"
        if kind == "type" and self._wants_decimal(error):
            return Detail(
                pointer(*path),
                "number_not_decimal_string",
                'a JSON number was sent where a decimal string is expected: send "0.25", not 0.25',
            )
        return Detail(pointer(*path), code, shorten(error.message))

    def _wants_decimal(self, error: jsonschema_rs.ValidationError) -> bool:
        instance = error.instance
        if isinstance(instance, bool) or not isinstance(instance, int | float):
            return False
        schema = self._holder(error)
        return isinstance(schema, dict) and schema.get("format") == "decimal"

    def _holder(self, error: jsonschema_rs.ValidationError) -> object:
        """The schema that holds the keyword which an error is about."""
        return self._contract.at(error.absolute_keyword_location or "")


class Schemas:
    """The contract's schemas: a document of `$defs`, compiled one by one when first asked for."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self._document = document
        self._registry = jsonschema_rs.Registry(
            [(_URI, dict(document))], draft=jsonschema_rs.Draft202012
        )
        self._validators: dict[str, Validator] = {}

    def __contains__(self, key: object) -> bool:
        return key in self._document["$defs"]

    def __iter__(self) -> Iterator[str]:
        return iter(self._document["$defs"])

    def validator(self, key: str) -> Validator:
        """The validator of `#/$defs/<key>`."""
        if (found := self._validators.get(key)) is None:
            found = self._validators[key] = Validator(self, key)
        return found

    def compile(self, key: str) -> jsonschema_rs.Draft202012Validator:
        """A fresh jsonschema-rs validator of one schema."""
        token = quote(key.replace("~", "~0").replace("/", "~1"), safe="~")
        return jsonschema_rs.Draft202012Validator(
            {"$ref": f"{_URI}#/$defs/{token}"},
            registry=self._registry,
            validate_formats=True,
            formats=dict(FORMATS),
            offline=True,
        )

    def at(self, keyword_location: str) -> object:
        """The schema object that holds the keyword at an absolute location."""
        _, _, fragment = keyword_location.partition("#")
        tokens = [unquote(t).replace("~1", "/").replace("~0", "~") for t in fragment.split("/")]
        return _follow(self._document, tokens[1:-1])


def _follow(value: object, tokens: Iterable[str]) -> object:
    for token in tokens:
        if isinstance(value, dict):
            value = value.get(token)
        elif isinstance(value, list) and token.isdigit() and int(token) < len(value):
            value = value[int(token)]
        else:
            return None
    return value


def shorten(text: str, note: str = "") -> str:
    """A message that does not echo a hostile request at full length; the note stays whole."""
    room = max(_LONGEST - len(note), _LONGEST // 2)
    cut = text if len(text) <= room else f"{text[: room - 1]}…"
    return cut + (note if len(note) <= _LONGEST else "")
