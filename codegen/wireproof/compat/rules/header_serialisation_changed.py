"""A response header is written differently.

What
    `explode` or the media type of the `content` form of a response header differs.

Why
    The same value is other text: `a=1,b=2` is not `a,1,b,2`, and JSON is neither. Readers of the
    base misread it. Scalars and lists look the same under `explode`.

Upgrade
    request: Write the header in its new form.
    response: Read the header in its new form.

Bad
    base:
      paths:
        /orders:
          post:
            responses:
              "200":
                description: ok
                headers: {X-Ids: {schema: {type: object}}}
    head:
      paths:
        /orders:
          post:
            responses:
              "200":
                description: ok
                headers: {X-Ids: {explode: true, schema: {type: object}}}

Good
    base:
      paths:
        /orders:
          post:
            responses:
              "200":
                description: ok
                headers: {X-Ids: {schema: {type: array}}}
    head:
      paths:
        /orders:
          post:
            responses:
              "200":
                description: ok
                headers: {X-Ids: {explode: true, schema: {type: array}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.pairing import headers, normal_media_type
from wireproof.compat.places import differing
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.ir.contract import Contract, Header

_KEYWORDS = ("content", "explode", "schema")


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each response header whose effective serialisation differs."""
    for kept in comparison.changed():
        for both in kept.successes:
            if both.base is None or both.head is None:
                continue
            for pair in headers(both.base.headers, both.head.headers):
                if pair.base is None or pair.head is None:
                    continue
                before = _written(pair.base, comparison.base)
                after = _written(pair.head, comparison.head)
                if before != after:
                    yield finding(
                        RULE.id,
                        RULE.tier,
                        Verdict.BREAKING,
                        f"the response header {pair.head.name!r} is written as {after} now; "
                        f"it was {before}",
                        operation=kept.label,
                        side=kept.response,
                        base=pair.base.origin,
                        head=pair.head.origin,
                        at=differing(pair.base.origin, pair.head.origin, _KEYWORDS),
                        detail=f"{both.head.status} {pair.head.name.lower()}",
                    )


def _written(header: Header, contract: Contract) -> str:
    if header.media_type is not None:
        return normal_media_type(header.media_type)
    types = contract.schemas[header.schema].types
    objects = types is None or "object" in types
    return "exploded text" if header.explode and objects else "text"


RULE = Rule("header-serialisation-changed", Tier.WIRE, "header", "change", check)
