"""A response header became optional, or required.

What
    `required` of a response header differs.

Why
    Clients that rely on a header break when it may be missing.

Upgrade
    request: Send the header in every answer.
    response: Handle its absence.

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
            responses:
              "200":
                description: d
                headers: {ETag: {required: false, schema: {type: string}}}

Good
    base:
      paths:
        /orders:
          post:
            responses:
              "200":
                description: d
                headers: {ETag: {required: false, schema: {type: string}}}
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
    """One finding for each response header whose `required` differs."""
    for kept in comparison.changed():
        for pair in kept.successes:
            if pair.base is None or pair.head is None:
                continue
            for header in headers(pair.base.headers, pair.head.headers):
                before, after = header.base, header.head
                if before is None or after is None or before.required == after.required:
                    continue
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.COMPATIBLE if after.required is not kept.inverted else Verdict.BREAKING,
                    f"the response header {after.name!r} became "
                    f"{'required' if after.required else 'optional'}",
                    operation=kept.label,
                    side=kept.response,
                    base=before.origin,
                    head=after.origin,
                    at=(("required",),),
                    detail=f"{pair.head.status} {after.name.lower()}",
                )


RULE = Rule("response-header-requiredness-changed", Tier.WIRE, "header", "change", check)
