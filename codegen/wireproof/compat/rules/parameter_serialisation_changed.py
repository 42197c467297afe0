"""A parameter is written differently.

What
    The effective `style`, `explode`, `allowReserved` or the media type of the `content`
    form differs.

Why
    The same value is other bytes: `a=1,2` is not `a=1&a=2`. What the base sends is misread
    by the head. Scalars look the same under `explode`, so for them only `style` counts.

Upgrade
    request: Write the parameter in its new form.
    response: Read the parameter in its new form.

Bad
    base:
      paths:
        /orders:
          post:
            parameters:
              - {name: ids, in: query, schema: {type: array}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            parameters:
              - {name: ids, in: query, explode: false, schema: {type: array}}
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            parameters:
              - {name: ids, in: query, schema: {type: array}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            parameters:
              - {name: ids, in: query, style: form, explode: true, schema: {type: array}}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.pairing import normal_media_type
from wireproof.compat.places import differing
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.ir.contract import Contract, Parameter
from wireproof.ir.types import (
    AliasDecl,
    EnumDecl,
    LiteralType,
    NamedType,
    NullableType,
    ScalarType,
    Type,
)

_RESERVED = "with reserved characters"
_KEYWORDS = ("content", "style", "explode", "allowReserved", "schema")


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each parameter whose effective serialisation differs."""
    for kept in comparison.changed():
        for pair in kept.parameters:
            if pair.base is None or pair.head is None or _stated(pair.base) == _stated(pair.head):
                continue  # most are: their types, which take long, need not be known
            sides = (pair.base, comparison.base), (pair.head, comparison.head)
            several = not any(_scalar(one.type, contract) for one, contract in sides)
            objects = all(_objects(one, contract) for one, contract in sides)
            before, after = (
                _serialisation(one, several=several, objects=objects) for one, _ in sides
            )
            freed = pair.head.allow_reserved is not kept.inverted  # readers undo any escaping
            if before != after:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.COMPATIBLE
                    if freed and _form(before) == _form(after)
                    else Verdict.BREAKING,
                    f"the {pair.head.location.value} parameter {pair.head.name!r} is written as "
                    f"{after} now; it was {before}",
                    operation=kept.label,
                    side=kept.request,
                    base=pair.base.origin,
                    head=pair.head.origin,
                    at=differing(pair.base.origin, pair.head.origin, _KEYWORDS),
                    detail=f"{pair.head.location.value}:{pair.head.name}",
                )


def _stated(parameter: Parameter) -> tuple[str | None, str, bool, bool]:
    one = parameter
    return one.media_type, one.style, one.explode, one.allow_reserved


def _serialisation(parameter: Parameter, *, several: bool, objects: bool) -> str:
    """How values are written.

    `several` says whether both contracts may have lists or objects, `objects` the same of objects
    alone: in the style simple a list is written in one way, a deepObject is exploded by itself.
    """
    if parameter.media_type:
        return normal_media_type(parameter.media_type)
    parts = [parameter.style]
    explodes = objects if parameter.style == "simple" else parameter.style != "deepObject"
    if several and explodes:
        parts.append("exploded" if parameter.explode else "not exploded")
    if parameter.allow_reserved:
        parts.append(_RESERVED)
    return ", ".join(parts)


def _objects(parameter: Parameter, contract: Contract) -> bool:
    types = contract.schemas[parameter.schema].types
    return types is None or "object" in types


def _form(serialisation: str) -> str:
    """The serialisation apart from what is escaped."""
    return serialisation.removesuffix(f", {_RESERVED}")


def _scalar(found: Type, contract: Contract) -> bool:
    if isinstance(found, NullableType):
        return _scalar(found.inner, contract)
    if isinstance(found, NamedType):
        declared = contract.types[found.id]
        if isinstance(declared, AliasDecl):
            return _scalar(declared.target, contract)
        return isinstance(declared, EnumDecl)
    return isinstance(found, ScalarType | LiteralType)


RULE = Rule("parameter-serialisation-changed", Tier.WIRE, "parameter", "change", check)
