"""A type of the SDKs has another name.

What
    The name that the contract asks for (`x-sdk-name`, else the component, else the title) of
    a declared type differs.

Why
    Source code that names it no longer compiles.

Upgrade
    Use the type's new name.

Bad
    base:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json: {schema: {$ref: '#/components/schemas/Order'}}
      components:
        schemas:
          Order: {type: object, x-sdk-name: Order, properties: {a: {type: string}}}
    head:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json: {schema: {$ref: '#/components/schemas/Order'}}
      components:
        schemas:
          Order: {type: object, x-sdk-name: Ticket, properties: {a: {type: string}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.compat.surface import by_place, short, stable
from wireproof.ir.naming import NameHints, contexts


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each declared type whose first choice of a name differs."""
    before, after = contexts(comparison.base), contexts(comparison.head)
    heads = by_place(comparison.head)
    for type_id, hints in before.items():
        place = stable(comparison.base, type_id)
        other = heads.get(place)
        if other is None or other not in after:
            continue
        old, new = _first(hints), _first(after[other])
        if old != new:
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING,
                f"the SDKs call the type {short(place)} {new} now; it was {old}",
                base=comparison.base.types[type_id].origin,
                head=comparison.head.types[other].origin,
                detail=f"{old}->{new}",
            )


def _first(hints: NameHints) -> str:
    return hints.sdk_name or hints.component or hints.title or " ".join(hints.context)


RULE = Rule("sdk-type-renamed", Tier.SDK, "schema", "change", check)
