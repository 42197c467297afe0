"""An enum or a union of the SDKs lost a member.

What
    A value of an enum, its name (`x-enum-varnames`), or an arm of a union is missing in the head.

Why
    Source code that names it no longer compiles.

Upgrade
    Stop using the member.

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
          Order: {type: string, enum: [a, b]}
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
          Order: {type: string, enum: [a]}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Finding, Tier, Verdict
from wireproof.compat.rule import Comparison, Rule, finding
from wireproof.compat.surface import declared, spelled, told
from wireproof.ir.contract import Contract
from wireproof.ir.types import EnumDecl, TypeDecl, UnionDecl


def check(comparison: Comparison) -> Iterator[Finding]:
    """One finding for each member that the head lacks."""
    for found in declared(comparison):
        if type(found.base) is not type(found.head):
            continue
        left = set(_members(found.head, comparison.head))
        for member in _members(found.base, comparison.base):
            if member not in left:
                yield finding(
                    RULE.id,
                    RULE.tier,
                    Verdict.BREAKING,
                    f"{found.name} no longer has the member {told(member)}",
                    base=found.base.origin,
                    head=found.head.origin,
                    at=(("enum",), ("oneOf",), ("anyOf",)),
                    detail=member,
                )


def _members(declaration: TypeDecl, contract: Contract) -> list[str]:
    match declaration:
        case EnumDecl(members=members):
            return [one.name or str(one.value) for one in members]
        case UnionDecl(arms=arms):
            return [spelled(arm.type, contract) for arm in arms]
        case _:
            return []


RULE = Rule("sdk-member-removed", Tier.SDK, "schema", "remove", check)
