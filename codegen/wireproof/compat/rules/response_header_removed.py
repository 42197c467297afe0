"""A response header is gone.

What
    A header that a response of the base declares and the head does not.

Why
    Clients that read it find nothing. If it was required they could rely on it; if it was
    optional they had to do without, but what it carried is lost all the same.

Upgrade
    Stop reading the header.

Bad
    base:
      paths:
        /orders:
          post:
            responses:
              "200":
                description: d
                headers: {ETag: {required: true, schema: {type: string}}}
    head:
      paths:
        /orders:
          post:
            responses: {"200": {description: ok}}

Good
    base:
      paths:
        /orders:
          post:
            responses:
              "200":
                description: d
                headers: {ETag: {required: true, schema: {type: string}}}
    head:
      paths:
        /orders:
          post:
            responses:
              "200":
                description: d
                headers: {etag: {required: true, schema: {type: string}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.pairing import headers
from wireproof.compat.places import spot
from wireproof.compat.rule import Comparison, Rule, finding


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each header that only the base's response declares."""
    for kept in comparison.changed():
        for pair in kept.successes:
            if pair.base is None or pair.head is None:
                continue
            for header in headers(pair.base.headers, pair.head.headers):
                if header.base is not None and header.head is None:
                    yield finding(
                        RULE.id,
                        RULE.tier,
                        Verdict.COMPATIBLE if kept.inverted else Verdict.BREAKING,
                        f"the response header {header.base.name!r} was removed",
                        operation=kept.label,
                        side=kept.response,
                        base=header.base.origin,
                        spots=(None, spot(pair.head.origin, [("headers",)])),
                        detail=f"{pair.base.status} {header.base.name.lower()}",
                    )


RULE = Rule("response-header-removed", Tier.BEHAVIOUR, "header", "remove", check)
