"""A type of the SDKs is of another kind.

What
    A declared type is a model, an enum, a union or an alias in the base and another of these
    in the head.

Why
    Source code that builds it or takes it apart no longer compiles.

Upgrade
    Adapt code that names the type.

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
          Order: {type: array, items: {type: string}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.compat.surface import declared


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each declared type of another kind."""
    for found in declared(comparison):
        before, after = (type(one).__name__ for one in (found.base, found.head))
        if before != after:
            yield finding(
                RULE.id,
                RULE.tier,
                Verdict.BREAKING,
                f"{found.name} is {_KINDS[after]} now; it was {_KINDS[before]}",
                base=found.base.origin,
                head=found.head.origin,
            )


_KINDS = {
    "ModelDecl": "a model",
    "EnumDecl": "an enum",
    "UnionDecl": "a union",
    "AliasDecl": "another name of a type",
}


RULE = Rule("sdk-type-kind-changed", Tier.SDK, "schema", "change", check)
