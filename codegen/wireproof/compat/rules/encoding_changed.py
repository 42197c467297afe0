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

from wireproof.compat.finding import Finding, Side, Tier, Verdict
from wireproof.compat.pairing import headers, match, media_types
from wireproof.compat.rule import Comparison, Kept, Rule, finding
from wireproof.ir.contract import Encoding, MediaType


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each difference of a part's encoding."""
    for kept in comparison.changed():
        for side, base, head in _bodies(kept):
            for part in match(base.encoding, head.encoding, lambda e: e.property_name):
                name = part.present.property_name
                for what, breaks in _differences(part.base, part.head, side):
                    yield finding(
                        RULE.id,
                        RULE.tier,
                        Verdict.BREAKING if breaks else Verdict.COMPATIBLE,
                        f"{what} of the part {name!r} changed",
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


def _differences(
    base: Encoding | None, head: Encoding | None, side: Side
) -> Iterator[tuple[str, bool]]:
    """What differs, and whether the receiver may be unable to read it."""
    sent, read = (base, head) if side is Side.REQUEST else (head, base)
    before, after = _types(sent), _types(read)
    if before != after:
        yield "the content type", bool(after) and not before <= after
    for what, old, new in zip(_WRITTEN, _written(base), _written(head), strict=True):
        if old != new:
            yield what, True
    for pair in headers(base.headers if base else (), head.headers if head else ()):
        if pair.base != pair.head:
            now, was = (pair.head, pair.base) if side is Side.REQUEST else (pair.base, pair.head)
            needs = now is not None and now.required and not (was and was.required)
            other = bool(now and was and (now.schema, now.explode) != (was.schema, was.explode))
            yield f"the header {pair.present.name!r}", needs or other


_WRITTEN = ("the style", "the explosion", "the escaping")


def _written(encoding: Encoding | None) -> tuple[str, bool, bool]:
    """The effective style, explode and allowReserved (Encoding Object, `style`)."""
    style = (encoding.style if encoding else None) or "form"
    explode = encoding.explode if encoding and encoding.explode is not None else style == "form"
    return style, explode, bool(encoding and encoding.allow_reserved)


def _types(encoding: Encoding | None) -> frozenset[str]:
    stated = encoding.content_type if encoding and encoding.content_type else ""
    return frozenset(name.strip().lower() for name in stated.split(",") if name.strip())


RULE = Rule("encoding-changed", Tier.WIRE, "body", "change", check)
