"""A part of a form is written differently.

What
    The effective content type, `style`, `explode`, `allowReserved` or the headers of a
    property's encoding differ in a form or multipart body.

Why
    The same value is other bytes. A request part in a content type that the head does not list
    is refused, a header that it newly requires is missing.

Upgrade
    request: Write the part as it is encoded now.
    response: Read the part as it is encoded now.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                multipart/form-data:
                  schema: {type: object, properties: {file: {type: string}}}
                  encoding: {file: {contentType: 'image/png, image/jpeg'}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                multipart/form-data:
                  schema: {type: object, properties: {file: {type: string}}}
                  encoding: {file: {contentType: image/png}}
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                multipart/form-data:
                  schema: {type: object, properties: {file: {type: string}}}
                  encoding: {file: {contentType: image/png}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                multipart/form-data:
                  schema: {type: object, properties: {file: {type: string}}}
                  encoding: {file: {contentType: 'image/png, image/jpeg'}}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from wireproof.compat.finding import Finding, Side, Tier, Verdict
from wireproof.compat.pairing import Pair, covered, headers, match, media_types
from wireproof.compat.rule import Comparison, Kept, Rule, finding
from wireproof.ir.contract import Contract, Encoding, Header, MediaType


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each difference of a part's encoding."""
    for kept in comparison.changed():
        for side, base, head in _bodies(kept):
            before, after = _Body(comparison.base, base), _Body(comparison.head, head)
            for part in match(base.encoding, head.encoding, lambda e: e.property_name):
                name = part.present.property_name
                for what, told, breaks in _differences(before, after, name, side):
                    yield finding(
                        RULE.id,
                        RULE.tier,
                        Verdict.BREAKING if breaks else Verdict.COMPATIBLE,
                        f"{what} of the part {name!r} {told}",
                        operation=kept.label,
                        side=side,
                        base=base.origin,
                        head=head.origin,
                        at=(("encoding", name), ("encoding",)),
                        detail=f"{name} {what}",
                    )


def _bodies(kept: Kept) -> Iterator[tuple[Side, MediaType, MediaType]]:
    if kept.base.request is not None and kept.head.request is not None:
        for pair in media_types(kept.base.request.content, kept.head.request.content):
            if pair.base is not None and pair.head is not None:
                yield kept.request, pair.base, pair.head
    for both in kept.responses:
        if both.base is not None and both.head is not None:
            for pair in media_types(both.base.content, both.head.content):
                if pair.base is not None and pair.head is not None:
                    yield kept.response, pair.base, pair.head


class _Body(NamedTuple):
    """A form or multipart body and the contract that it is of."""

    contract: Contract
    media: MediaType

    def encoding(self, name: str) -> Encoding | None:
        """What is stated about a part."""
        return next((one for one in self.media.encoding if one.property_name == name), None)

    def types(self, name: str) -> tuple[str, ...]:
        """The content types of a part: those stated, else the schema's (Encoding Object)."""
        encoding = self.encoding(name)
        stated = encoding.content_type if encoding and encoding.content_type else ""
        found = tuple(one.strip().lower() for one in stated.split(",") if one.strip())
        return found or self._default(name)

    def _default(self, name: str) -> tuple[str, ...]:
        schemas = self.contract.schemas
        part = schemas[self.media.schema].properties.get(name) if self.media.schema else None
        if part is None:
            return ()
        schema = schemas[part]
        if schema.types == frozenset({"array"}) and schema.items is not None:
            schema = schemas[schema.items]
        if schema.types == frozenset({"object"}):
            return ("application/json",)
        plain = schema.types is not None and schema.types <= _PLAIN
        if plain and schema.content_encoding is None and schema.content_media_type is None:
            return ("text/plain",)
        return (schema.content_media_type or "application/octet-stream",) if plain else ()


_PLAIN = frozenset({"string", "number", "integer", "boolean"})


def _differences(
    base: _Body, head: _Body, name: str, side: Side
) -> Iterator[tuple[str, str, bool]]:
    """What differs, how it is told, and whether the receiver may be unable to read it.

    A type that nothing states is none that a receiver insists on.
    """
    sent, read = (base, head) if side is Side.REQUEST else (head, base)
    gives, takes = sent.types(name), read.types(name)
    if set(gives) != set(takes):
        told = f"is {_listed(head.types(name))} now; it was {_listed(base.types(name))}"
        breaks = bool(takes) and not all(covered(one, takes) for one in gives)
        yield "the content type", told, breaks
    before, after = base.encoding(name), head.encoding(name)
    for what, old, new in zip(_WRITTEN, _written(before), _written(after), strict=True):
        if old != new:
            yield what, f"is {new} now; it was {old}", True
    for pair in headers(before.headers if before else (), after.headers if after else ()):
        if not _same(pair):
            now, was = (pair.head, pair.base) if side is Side.REQUEST else (pair.base, pair.head)
            needs = now is not None and now.required and not (was and was.required)
            other = bool(now and was and (now.schema, now.explode) != (was.schema, was.explode))
            yield f"the header {pair.present.name!r}", _fate(pair), needs or other


def _same(pair: Pair[Header]) -> bool:
    both = pair.both
    return both is not None and both[0] == both[1] and both[0].type == both[1].type


def _fate(pair: Pair[Header]) -> str:
    if pair.base is None or pair.head is None:
        return "was added" if pair.base is None else "was removed"
    if pair.base.required != pair.head.required:
        return f"became {'required' if pair.head.required else 'optional'}"
    return "is written differently"


_WRITTEN = ("the style", "the explosion", "the escaping")


def _written(encoding: Encoding | None) -> tuple[str, str, str]:
    """The effective style, explode and allowReserved (Encoding Object, `style`)."""
    style = (encoding.style if encoding else None) or "form"
    explode = encoding.explode if encoding and encoding.explode is not None else style == "form"
    reserved = bool(encoding and encoding.allow_reserved)
    return (
        style,
        "on" if explode else "off",
        "of all but reserved characters" if reserved else "of every reserved character",
    )


def _listed(types: tuple[str, ...]) -> str:
    return ", ".join(sorted(types)) or "any"


RULE = Rule("encoding-changed", Tier.WIRE, "body", "change", check)
