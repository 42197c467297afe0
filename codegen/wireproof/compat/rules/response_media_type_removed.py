"""A media type is no longer sent.

What
    A response may come in a media type in the base that the head neither lists nor covers
    with a range.

Why
    Clients that ask for it, or can read nothing else, get 406 or a body that they cannot
    read.

Upgrade
    request: Answer in one of the media types that are left.
    response: Ask for, and read, one of the media types that are left.

Bad
    base:
      paths:
        /orders:
          post:
            responses: {"200": {description: d, content: {text/csv: {}}}}
    head:
      paths:
        /orders:
          post:
            responses: {"200": {description: d, content: {application/json: {}}}}

Good
    base:
      paths:
        /orders:
          post:
            responses: {"200": {description: d, content: {application/json: {}}}}
    head:
      paths:
        /orders:
          post:
            responses: {"200": {description: d, content: {Application/JSON: {}}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.pairing import covered
from wireproof.compat.places import spot
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each media type of a response that the head does not cover."""
    for kept in comparison.changed():
        for pair in kept.successes:
            if pair.base is None or pair.head is None:
                continue
            head = [media.media_type for media in pair.head.content]
            for media in pair.base.content:
                if not covered(media.media_type, head):
                    yield finding(
                        RULE.id,
                        RULE.tier,
                        _verdict(media.media_type, head, inverted=kept.inverted),
                        f"the response {pair.base.status} no longer comes as {media.media_type!r}",
                        operation=kept.label,
                        side=kept.response,
                        base=media.origin,
                        spots=(None, spot(pair.head.origin, [("content",)])),
                        detail=f"{pair.base.status} {media.media_type}",
                    )


def _verdict(name: str, head: list[str], *, inverted: bool) -> Verdict:
    """A range of which a part is left is a narrower promise; a receiver's range is not."""
    left = not inverted and any(covered(other, [name]) for other in head)
    return Verdict.COMPATIBLE if left else Verdict.BREAKING


RULE = Rule("response-media-type-removed", Tier.WIRE, "response", "remove", check)
