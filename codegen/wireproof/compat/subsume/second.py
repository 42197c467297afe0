"""The second validator: jsonschema, with ECMA-262 patterns and exact multiples.

Python's own patterns and remainders differ from the standard's.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import Any

import jsonschema
from jsonschema.validators import extend

from wireproof.compat.subsume import regex
from wireproof.compat.subsume.automata import PatternLanguage, member
from wireproof.compat.subsume.values import exact
from wireproof.ir.samples.searching import searcher
from wireproof.source.node import Json

_TRIED = 16
_Validator = Any
"""A validator of jsonschema, whose class is made at run time."""


@cache
def _searcher(pattern: str) -> Callable[[str], object]:
    """A test for an ECMA-262 pattern by Python's engine; by the other one where it cannot."""
    try:
        tree = regex.parse(pattern)
        search = re.compile(_to_python(tree)).search
        return partial(_bounded, search, PatternLanguage(pattern)) if _nests(tree) else search
    except regex.UnsupportedPattern:
        pass
    try:
        return re.compile(pattern, re.ASCII).search
    except re.error:
        return searcher(pattern) or (lambda _: True)


def _bounded(search: Callable[[str], object], language: PatternLanguage, text: str) -> object:
    """Python's engine tries nested repetitions in all ways before it says no: 2 to the length."""
    return search(text) if len(text) <= _TRIED else member(language, text)


def _nests(tree: regex.Regex, *, repeated: bool = False) -> bool:
    """Whether what is repeated repeats a part of it any number of times, as `([a-z]+)*` does."""
    match tree:
        case regex.Sequence(parts):
            return any(_nests(part, repeated=repeated) for part in parts)
        case regex.Choice(options):
            return any(_nests(option, repeated=repeated) for option in options)
        case regex.Repeat(body, _, high):
            often = high is None or high > 1
            return (often and repeated) or _nests(body, repeated=repeated or often)
        case _:
            return False


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


def accepts(document: dict[str, Json], value: Json) -> bool:
    """Whether a value is valid, formats included."""
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    return bool(_Exact(document, format_checker=checker).is_valid(value))
