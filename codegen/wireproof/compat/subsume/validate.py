"""Two validators that share no code judge a witness on the original schemas."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any

import jsonschema
import jsonschema_rs
from jsonschema.validators import extend

from wireproof.compat.subsume import regex
from wireproof.compat.subsume.convert import Conversion
from wireproof.compat.subsume.reading import Reading
from wireproof.compat.subsume.strings import pattern_judge
from wireproof.compat.subsume.values import depth_of, exact
from wireproof.ir.schema import SchemaId
from wireproof.source.node import Json

MAX_DEPTH = 60
"""Values that nest deeper are not judged: validators in Python recurse."""


_Validator = Any
"""A validator of jsonschema, whose class is made at run time."""


class Unjudged(Exception):  # noqa: N818 - a finding about the value, not an error
    """The validators cannot judge; the message says why."""


class Judges:
    """Both validators for schemas of one contract, read by one side.

    Compiling what a schema reaches costs the most, and schemas of one contract reach much the
    same. So one document is compiled for all of them: it admits `{name: value}` where the value
    satisfies the definition of that name.
    """

    def __init__(self, reading: Reading) -> None:
        self._conversion = Conversion(reading)
        self._compiled: dict[str, tuple[jsonschema_rs.Draft202012Validator, _Validator]] = {}
        self._names: dict[SchemaId, str] = {}

    def accept(self, schema_id: SchemaId, value: Json) -> tuple[bool, bool]:
        """What jsonschema-rs and jsonschema say. Raises Unjudged."""
        name, (rust, python) = self._validators(schema_id)
        if depth_of(value, MAX_DEPTH + 1) > MAX_DEPTH:
            raise Unjudged(f"the witness nests deeper than {MAX_DEPTH} levels")
        try:
            return rust.is_valid({name: value}), python.is_valid({name: value})
        except (RecursionError, ValueError, ArithmeticError) as problem:
            raise Unjudged(f"a validator gave up: {problem}") from None

    def quick(self, schema_id: SchemaId, value: Json) -> bool:
        """What the fast one of them says. Raises Unjudged."""
        name, (rust, _) = self._validators(schema_id)
        try:
            return rust.is_valid({name: value})
        except (RecursionError, ValueError) as problem:
            raise Unjudged(f"a validator gave up: {problem}") from None

    def error(self, schema_id: SchemaId, value: Json) -> str:
        """The first complaint about a value."""
        name, (rust, _) = self._validators(schema_id)
        return next((error.message for error in rust.iter_errors({name: value})), "")

    def _validators(
        self, schema_id: SchemaId
    ) -> tuple[str, tuple[jsonschema_rs.Draft202012Validator, _Validator]]:
        name = self._names.get(schema_id)
        if name is None or name not in self._compiled:
            name, definitions = self._conversion.definitions(schema_id)
            self._names[schema_id] = name
            if name not in self._compiled:
                both = _compile(definitions)
                for each in definitions:
                    self._compiled.setdefault(each, both)
        return name, self._compiled[name]


def _compile(
    definitions: dict[str, Json],
) -> tuple[jsonschema_rs.Draft202012Validator, _Validator]:
    properties = {name: {"$ref": f"#/$defs/{name}"} for name in definitions}
    document = {"properties": properties, "$defs": definitions}
    try:
        rust = jsonschema_rs.Draft202012Validator(document, validate_formats=True)
    except (ValueError, RecursionError) as problem:
        raise Unjudged(f"a validator refuses the schema: {problem}") from None
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return rust, _Exact(document, format_checker=checker)


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
