"""A media type is newly accepted.

What
    The head takes request bodies in a media type that the base does not list.

Why
    Nobody sends it yet. Of a webhook it is the server that sends it, and what receives the
    webhook was never asked which media types it reads.

Upgrade
    response: Read bodies in the new media type.

Bad
    base:
      webhooks:
        filled:
          post:
            requestBody: {content: {application/json: {}}}
            responses: {"200": {description: ok}}
    head:
      webhooks:
        filled:
          post:
            requestBody: {content: {application/json: {}, application/xml: {}}}
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
            requestBody:
              content: {application/json: {}, text/csv: {}}
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.pairing import covered
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each media type that the base's body does not cover."""
    for kept in comparison.changed():
        if kept.base.request is None or kept.head.request is None:
            continue
        base = [media.media_type for media in kept.base.request.content]
        for media in kept.head.request.content:
            if not covered(media.media_type, base):
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING if kept.inverted else Verdict.COMPATIBLE,
                    f"request bodies in {media.media_type!r} are accepted",
                    operation=kept.label,
                    side=kept.request,
                    head=media.origin,
                    detail=media.media_type,
                )


RULE = Rule("request-media-type-added", Tier.WIRE, "body", "add", check)
