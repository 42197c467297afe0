"""A field of a model is gone.

What
    A property of a declared model is missing in the head, or has another name in the SDKs
    (`x-sdk-name`).

Why
    Source code that reads or sets it no longer compiles.

Upgrade
    Stop using the field.

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
          Order: {type: object, properties: {a: {type: string}, b: {type: string}}}
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
          Order: {type: object, properties: {a: {type: string}}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.compat.surface import declared, fields


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each field that the head's model lacks."""
    for found in declared(comparison):
        for before, after in fields(found):
            if after is None or after.sdk_name != before.sdk_name:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING,
                    f"{found.name} no longer has the field {before.sdk_name or before.name}",
                    base=found.base.origin,
                    head=found.head.origin,
                    at=(("properties", before.name), ("properties",)),
                    detail=before.name,
                )


RULE = Rule("sdk-field-removed", Tier.SDK, "schema", "remove", check)
