"""A media type is newly sent.

What
    A response may come in a media type in the head that the base does not list.

Why
    Content negotiation keeps old clients on what they ask for. Where the base sent no body
    at all, its clients read none. A range in place of what it covers is another matter: clients
    can no longer know what they get.

Upgrade
    State in `Accept` which media type you read.

Bad
    base:
      paths:
        /orders:
          post:
            responses: {"200": {description: d, content: {application/json: {}}}}
    head:
      paths:
        /orders:
          post:
            responses: {"200": {description: d, content: {application/*: {}}}}

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
            responses:
              "200":
                description: d
                content: {application/json: {}, text/csv: {}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.pairing import covered
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each media type of a response that the base does not cover."""
    for kept in comparison.changed():
        for pair in kept.successes:
            if pair.base is None or pair.head is None:
                continue
            base = [media.media_type for media in pair.base.content]
            for media in pair.head.content:
                if not covered(media.media_type, base):
                    yield finding(
                        RULE.id,
                        RULE.tier,
                        Verdict.COMPATIBLE if kept.inverted else _verdict(media.media_type, base),
                        f"the response {pair.head.status} may come as {media.media_type!r}",
                        operation=kept.label,
                        side=kept.response,
                        head=media.origin,
                        detail=f"{pair.head.status} {media.media_type}",
                    )


def _verdict(name: str, base: list[str]) -> Verdict:
    """A range in place of what it covers: readers can no longer know what they get."""
    return Verdict.BREAKING if any(covered(old, [name]) for old in base) else Verdict.COMPATIBLE


RULE = Rule("response-media-type-added", Tier.WIRE, "response", "add", check)
