"""Two validators that share no code judge a witness on the original schemas."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import jsonschema
import jsonschema_rs
from jsonschema.validators import extend

from wireproof.compat.subsume import regex
from wireproof.compat.subsume.convert import DEFINITIONS, Conversion
from wireproof.compat.subsume.reading import Reading
from wireproof.compat.subsume.strings import pattern_judge
from wireproof.compat.subsume.touch import touched
from wireproof.compat.subsume.values import depth_of, exact
from wireproof.ir.schema import SchemaId
from wireproof.source.node import Json

MAX_DEPTH = 60
"""Values that nest deeper are not judged: validators in Python recurse."""


_Validator = Any
"""A validator of jsonschema, whose class is made at run time."""


class Unjudged(Exception):  # noqa: N818 - a finding about the value, not an error
    """The validators cannot judge; the message says why."""


@dataclass(frozen=True, slots=True)
class _Fitting:
    """A document made for one schema and one value."""

    schema_id: SchemaId
    value: Json
    document: dict[str, Json]
    compiled: jsonschema_rs.Draft202012Validator


class Judges:
    """Both validators for schemas of one contract, read by one side."""

    def __init__(self, reading: Reading) -> None:
        self._conversion = Conversion(reading)
        self._whole: dict[SchemaId, jsonschema_rs.Draft202012Validator] = {}
        self._last: _Fitting | None = None

    def accept(self, schema_id: SchemaId, value: Json) -> tuple[bool, bool]:
        """What jsonschema-rs and jsonschema say. Raises Unjudged."""
        if depth_of(value, MAX_DEPTH + 1) > MAX_DEPTH:
            raise Unjudged(f"the witness nests deeper than {MAX_DEPTH} levels")
        try:
            fitting = self._fitting(schema_id, value)
            checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
            python = _Exact(fitting.document, format_checker=checker)
            return fitting.compiled.is_valid(value), python.is_valid(value)
        except (RecursionError, ValueError, ArithmeticError) as problem:
            raise Unjudged(f"a validator gave up: {problem}") from None

    def quick(self, schema_id: SchemaId, value: Json) -> bool:
        """What the fast one of them says, made for many values. Raises Unjudged."""
        validator = self._whole.get(schema_id)
        if validator is None:
            name = self._conversion.name(schema_id)
            definitions = self._conversion.closure(name)
            document = {"$ref": f"{DEFINITIONS}{name}", "$defs": definitions}
            validator = self._whole[schema_id] = _compile(document)
        try:
            return validator.is_valid(value)
        except (RecursionError, ValueError) as problem:
            raise Unjudged(f"a validator gave up: {problem}") from None

    def error(self, schema_id: SchemaId, value: Json) -> str:
        """The first complaint about a value."""
        errors = self._fitting(schema_id, value).compiled.iter_errors(value)
        return next((error.message for error in errors), "")

    def _fitting(self, schema_id: SchemaId, value: Json) -> _Fitting:
        """The validator for a value; who judges a value asks for its error next."""
        last = self._last
        if last is None or last.schema_id != schema_id or last.value is not value:
            document = self._document(schema_id, value)
            last = self._last = _Fitting(schema_id, value, document, _compile(document))
        return last

    def _document(self, schema_id: SchemaId, value: Json) -> dict[str, Json]:
        """As much of a schema as a value touches."""
        name = self._conversion.name(schema_id)
        definitions = touched(self._conversion, name, value)
        return {"$ref": f"{DEFINITIONS}{name}", "$defs": definitions}


def _compile(document: dict[str, Json]) -> jsonschema_rs.Draft202012Validator:
    try:
        return jsonschema_rs.Draft202012Validator(document, validate_formats=True)
    except (ValueError, RecursionError) as problem:
        raise Unjudged(f"a validator refuses the schema: {problem}") from None


@cache
def _searcher(pattern: str) -> Callable[[str], object]:
    """A test for an ECMA-262 pattern by Python's engine; by the other one where it cannot."""
    try:
        return re.compile(_to_python(regex.parse(pattern))).search
    except regex.UnsupportedPattern:
        pass
    try:
        return re.compile(pattern, re.ASCII).search
    except re.error:
        return pattern_judge(pattern) or (lambda _: True)


def _to_python(tree: regex.Regex) -> str:
    """The pattern in Python's dialect: same language, other spelling."""
    match tree:
        case regex.Chars(members):
            spans = "".join(f"{_escaped(low)}-{_escaped(high)}" for low, high in members)
            return f"[{spans}]" if spans else r"[^\0-\U0010ffff]"
        case regex.Sequence(parts):
            return "".join(map(_to_python, parts))
        case regex.Choice(options):
            return "(?:" + "|".join(map(_to_python, options)) + ")"
        case regex.Repeat(body, low, high):
            return f"(?:{_to_python(body)}){{{low},{'' if high is None else high}}}"
        case regex.Anchor(start):
            return r"\A" if start else r"\Z"


def _escaped(point: int) -> str:
    return f"\\U{min(point, sys.maxunicode):08x}"


def _pattern(
    validator: _Validator, pattern: str, instance: Json, _schema: Json
) -> Iterator[jsonschema.ValidationError]:
    if validator.is_type(instance, "string") and not _searcher(pattern)(instance):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


def _pattern_properties(
    validator: _Validator, patterns: Mapping[str, Json], instance: Json, _schema: Json
) -> Iterator[jsonschema.ValidationError]:
    if validator.is_type(instance, "object"):
        for pattern, child in patterns.items():
            for name, item in instance.items():
                if _searcher(pattern)(name):
                    yield from validator.descend(item, child, path=name, schema_path=pattern)


def _additional(
    validator: _Validator, child: Json, instance: Json, schema: Mapping[str, Json]
) -> Iterator[jsonschema.ValidationError]:
    if validator.is_type(instance, "object"):
        patterns = schema.get("patternProperties", {})
        for name, item in instance.items():
            known = name in schema.get("properties", {})
            if not known and not any(_searcher(pattern)(name) for pattern in patterns):
                yield from validator.descend(item, child, path=name)


def _multiple_of(
    validator: _Validator, step: Json, instance: Json, _schema: Json
) -> Iterator[jsonschema.ValidationError]:
    if validator.is_type(instance, "number") and exact(instance) % exact(step):
        yield jsonschema.ValidationError(f"{instance!r} is not a multiple of {step!r}")


_Exact: _Validator = extend(  # type: ignore[no-untyped-call]  # jsonschema leaves it untyped
    jsonschema.Draft202012Validator,
    {
        "pattern": _pattern,
        "patternProperties": _pattern_properties,
        "additionalProperties": _additional,
        "multipleOf": _multiple_of,
    },
)
"""jsonschema with ECMA-262 patterns and exact multiples: Python's own differ from the standard."""
