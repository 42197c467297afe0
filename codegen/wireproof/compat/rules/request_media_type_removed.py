"""A media type is no longer accepted.

What
    The request body of the base may come in a media type that the head does not list, nor
    cover with a range.

Why
    Clients that send it get 415. (Of a webhook the server just no longer sends it.)

Upgrade
    Send the body as one of the media types that are left.

Bad
    base:
      paths:
        /orders:
          post:
            requestBody: {content: {application/xml: {}}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody: {content: {application/json: {}}}
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            requestBody: {content: {application/json: {}}}
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody: {content: {application/*: {}}}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.pairing import covered
from wireproof.compat.places import spot
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each media type that the head's body does not cover."""
    for kept in comparison.changed():
        if kept.base.request is None or kept.head.request is None:
            continue
        head = [media.media_type for media in kept.head.request.content]
        for media in kept.base.request.content:
            if not covered(media.media_type, head):
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.COMPATIBLE if kept.inverted else Verdict.BREAKING,
                    f"request bodies in {media.media_type!r} are no longer accepted",
                    operation=kept.label,
                    side=kept.request,
                    base=media.origin,
                    spots=(None, spot(kept.head.request.origin, [("content",)])),
                    detail=media.media_type,
                )


RULE = Rule("request-media-type-removed", Tier.WIRE, "body", "remove", check)
