"""Which arm of a union was meant, so that a refusal can say what is wrong within it.

A validator knows only that no arm fits. People tell arms apart by their tag (the member that the
contract's discriminator names, or one that every arm fixes to other values) and by their type.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import jsonschema_rs

Errors = Sequence[jsonschema_rs.ValidationError]
_FIXED = ("const", "enum")


@dataclass(frozen=True, slots=True)
class Meant:
    """What can be said of a union that no arm of fits.

    Attributes:
        errors: What is wrong within the arm that was meant.
        tag: The member that told which arm; "" where it was the type.
        unknown: Where the tag is none that an arm has: all that they have.
        missing: Whether the tag is not there at all.
        types: Where no arm is of the value's type: those that they are of.
    """

    errors: Errors = ()
    tag: str = ""
    unknown: tuple[object, ...] = ()
    missing: bool = False
    types: tuple[str, ...] = ()


def meant(error: jsonschema_rs.ValidationError, union: object) -> Meant | None:
    """The arm that was meant; None where that cannot be told.

    Args:
        error: What a validator says of `oneOf` or `anyOf`.
        union: The schema that holds the keyword; its `discriminator` maps tags to places of arms.
    """
    arms: Sequence[Errors] | None = getattr(error.kind, "context", None)
    if not arms or is_ambiguous(error):
        return None
    depth = len(error.instance_path)
    declared = union.get("discriminator") if isinstance(union, dict) else None
    if isinstance(declared, dict) and isinstance(error.instance, dict):
        return _by_discriminator(arms, declared, error.instance)
    fitting = [arm for arm in arms if not any(_is_type(one, depth) for one in arm)]
    if not fitting:
        wanted = (one for arm in arms for one in arm if _is_type(one, depth))
        return Meant(types=tuple(name for one in wanted for name in one.kind.as_dict()["types"]))
    return Meant(fitting[0]) if len(fitting) == 1 else _by_constants(fitting, depth)


def is_ambiguous(error: jsonschema_rs.ValidationError) -> bool:
    """Whether several arms of a `oneOf` fit, where exactly one may."""
    arms: Sequence[Errors] = getattr(error.kind, "context", None) or ()
    return error.kind.name == "oneOf" and not all(arms)


def _by_discriminator(
    arms: Sequence[Errors], declared: Mapping[str, object], value: Mapping[str, object]
) -> Meant | None:
    name, places = str(declared["propertyName"]), declared["mapping"]
    if not isinstance(places, dict):
        return None
    if name not in value:
        return Meant(tag=name, missing=True)
    tag = value[name]
    place = places.get(tag) if isinstance(tag, str) else None
    if place is None:
        return Meant(tag=name, unknown=tuple(places))
    return Meant(arms[place], name) if place < len(arms) and arms[place] else None


def _by_constants(arms: Sequence[Errors], depth: int) -> Meant | None:
    """By a member that each arm fixes: those are out of the question in which it is another."""
    fixed = [
        {
            str(one.instance_path[-1]): _values(one)
            for one in arm
            if one.kind.name in _FIXED and len(one.instance_path) == depth + 1
        }
        for arm in arms
    ]
    lacking = set.intersection(*({_lacking(one, depth) for one in arm} for arm in arms)) - {""}
    if lacking:
        return Meant(tag=min(lacking), missing=True)
    names = set.union(*map(set, fixed))
    left = [arm for arm, tags in zip(arms, fixed, strict=True) if not tags]
    told = [tags for tags in fixed if tags]
    common = sorted(name for name in names if all(name in tags for tags in told))
    if len(left) == 1 and common:
        return Meant(left[0], common[0])
    if not left and common:
        values = [value for tags in told for value in tags[common[0]]]
        return Meant(tag=common[0], unknown=tuple(values))
    return None


def _lacking(error: jsonschema_rs.ValidationError, depth: int) -> str:
    """The member of the union's own value that is missing; "" where the error is another."""
    if error.kind.name != "required" or len(error.instance_path) != depth:
        return ""
    return str(error.kind.as_dict()["property"])


def _values(error: jsonschema_rs.ValidationError) -> list[object]:
    kind = error.kind.as_dict()
    return list(kind["options"]) if "options" in kind else [kind.get("expected_value")]


def _is_type(error: jsonschema_rs.ValidationError, depth: int) -> bool:
    return error.kind.name == "type" and len(error.instance_path) == depth


def listed(values: Sequence[object]) -> str:
    """Values as people read them in a sentence, the first eight."""
    shown = [json.dumps(value, default=str) for value in dict.fromkeys(map(_key, values))]
    return ", ".join(shown[:8]) + (", ..." if len(shown) > 8 else "")  # noqa: PLR2004 - see above


def _key(value: object) -> object:
    return value if isinstance(value, str | int | float | bool | None) else str(value)
