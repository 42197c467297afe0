"""A field of a model is of another type.

What
    The type of a property differs, or it may be missing where it was always there (in what is
    received), or must be given where it could be left out (in what is sent).

Why
    Source code that reads or sets it no longer compiles.

Upgrade
    Use the field with its new type.

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
          Order: {type: object, properties: {a: {type: string}}}
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
          Order: {type: object, properties: {a: {type: integer}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.compat.surface import declared, fields, spelled, told


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each field whose type or presence differs."""
    for found in declared(comparison):
        for before, after in fields(found):
            if after is None:
                continue
            old = spelled(before.type, comparison.base)
            new = spelled(after.type, comparison.head)
            lost = found.received and before.required and not after.required
            needed = found.sent and after.required and not before.required
            if old != new or lost or needed:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING,
                    f"{found.name}.{before.name} is {_mark(told(new), after.required)} now; "
                    f"it was {_mark(told(old), before.required)}",
                    base=found.base.origin,
                    head=found.head.origin,
                    at=(("properties", before.name),),
                    detail=before.name,
                )


def _mark(said: str, required: bool) -> str:  # noqa: FBT001 - one flag, one meaning
    return said if required else f"{said} or missing"


RULE = Rule("sdk-field-type-changed", Tier.SDK, "schema", "change", check)
