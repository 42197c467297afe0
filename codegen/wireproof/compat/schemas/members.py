"""Edits of schemas that add or take away one member."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal

from wireproof.compat.places import Entry, Way
from wireproof.compat.schemas.arms import KEYWORDS, unmatched_arms
from wireproof.compat.schemas.change import GONE, Change, Edit
from wireproof.ir.schema import Schema
from wireproof.source.node import Json

Which = Literal["base", "head"]


def without(schema: Schema, of: Which, name: str) -> Edit:
    """A schema that neither declares nor requires a property."""
    value = schema.origin.value
    required = [other for other in schema.required if other != name]
    return Edit(
        of,
        {
            "properties": _left(value.get("properties"), name),
            "required": required or GONE,
        },
    )


def minus(schema: Schema, of: Which, keyword: str, name: str) -> Edit:
    """A schema without one entry of a keyword that maps names."""
    return Edit(of, {keyword: _left(schema.origin.value.get(keyword), name)})


def requiring(base: Schema, name: str) -> Edit:
    """The base with one more required property."""
    return Edit("base", {"required": [*base.required, name]})


def not_requiring(base: Schema, name: str) -> Edit:
    """The base with one required property less."""
    left = [other for other in base.required if other != name]
    return Edit("base", {"required": left or GONE})


def needing(name: str) -> tuple[Way, ...]:
    """Where a property is required, or declared where it is not."""
    return ("required", Entry(name)), ("properties", name)


def told(value: Json) -> str:
    """A value as messages tell it: text in single quotes, anything else as JSON."""
    return repr(value) if isinstance(value, str) else json.dumps(value, default=str)


def listing(value: Json) -> tuple[Way, ...]:
    """Where a value is listed, or the list that lacks it."""
    keywords = ("enum", "x-extensible-enum", "const")
    return *((keyword, Entry(value)) for keyword in keywords), *((one,) for one in keywords)


def changed_arms(base: Schema, head: Schema, fields: tuple[str, ...]) -> Iterator[Change]:
    """One change for each arm of `all_of`, `any_of` or `one_of` that only one side has."""
    for field in fields:
        keyword = KEYWORDS[field]
        ours, theirs = unmatched_arms(base, head, field)
        for place in theirs:
            arm = getattr(head, field)[place]
            edit = _without_arm(head, "head", keyword, place)
            at = _at(head, keyword, place)
            yield Change(
                f"+{arm}", f"{keyword} has the new arm {_arm(head, field, place)}", edit, at=at
            )
        for place in ours:
            arm = getattr(base, field)[place]
            edit = _without_arm(base, "base", keyword, place)
            at = _at(base, keyword, place)
            yield Change(
                f"-{arm}", f"{keyword} lost the arm {_arm(base, field, place)}", edit, at=at
            )


def _at(schema: Schema, keyword: str, place: int) -> tuple[Way, ...]:
    written = schema.origin.value.get(keyword)
    known = isinstance(written, list) and place < len(written)
    return ((keyword, Entry(written[place])), (keyword,)) if known else ((keyword,),)


def _without_arm(schema: Schema, of: Which, keyword: str, place: int) -> Edit | None:
    written = schema.origin.value.get(keyword)
    if not isinstance(written, list) or place >= len(written):
        return None
    left = [arm for n, arm in enumerate(written) if n != place]
    if not left and keyword != "allOf":
        return None  # a choice of nothing is not the absence of a choice
    return Edit(of, {keyword: left or GONE})


def _left(written: Json, name: str) -> Json:
    if not isinstance(written, dict):
        return GONE
    return {key: value for key, value in written.items() if key != name}


def _arm(schema: Schema, field: str, place: int) -> str:
    """A component by its name, any other by its number."""
    arms = getattr(schema, field)
    name = arms[place].removeprefix("#/components/schemas/")
    if "/" in name:
        return f"{place + 1} of {len(arms)}"
    return str(name.replace("~1", "/").replace("~0", "~"))
