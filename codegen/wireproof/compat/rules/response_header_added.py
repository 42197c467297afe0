"""A response header is new.

What
    A header that only the response of the head declares.

Why
    Clients ignore headers that they do not know. A webhook's answer is written by them: a
    header that is required there is one more thing to send.

Upgrade
    request: Send the header in every answer.

Bad
    base:
      webhooks:
        filled:
          post:
            responses: {"200": {description: ok}}
    head:
      webhooks:
        filled:
          post:
            responses:
              "200":
                description: d
                headers: {X-Seen: {required: true, schema: {type: string}}}

Good
    base:
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            responses:
              "200":
                description: d
                headers: {ETag: {required: true, schema: {type: string}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.pairing import headers
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each header that only the head's response declares."""
    for kept in comparison.changed():
        for pair in kept.responses:
            if pair.base is None or pair.head is None:
                continue
            for header in headers(pair.base.headers, pair.head.headers):
                if header.head is not None and header.base is None:
                    breaks = kept.inverted and header.head.required
                    yield finding(
                        RULE.id,
                        RULE.tier,
                        Verdict.BREAKING if breaks else Verdict.COMPATIBLE,
                        f"the response header {header.head.name!r} was added",
                        operation=kept.label,
                        side=kept.response,
                        head=header.head.origin,
                        detail=f"{pair.head.status} {header.head.name.lower()}",
                    )


RULE = Rule("response-header-added", Tier.WIRE, "header", "add", check)
