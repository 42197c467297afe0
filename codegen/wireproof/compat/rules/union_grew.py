"""Answers may have one more alternative.

What
    `oneOf` or `anyOf` of a response has more arms than before. Scalars do not count: whether
    one of them admits anything new is proven by `union-changed`.

Why
    Programs choose what to do by the alternative, and a new one falls through, even where
    the schemas of the old ones happen to admit its values. What the schemas refuse is shown
    by `union-changed`, with a witness.

Upgrade
    request: Nothing: more is accepted.
    response: Handle the new alternative, and any that you do not know.

Bad
    base:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json:
                    schema:
                      anyOf: [{type: object}, {type: string}]
    head:
      paths:
        /orders:
          get:
            responses:
              "200":
                description: ok
                content:
                  application/json:
                    schema:
                      anyOf: [{type: object}, {type: string}, {type: object, required: [a]}]

Good
    base:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    anyOf: [{type: object}, {type: string}]
            responses: {"200": {description: ok}}
    head:
      paths:
        /orders:
          post:
            requestBody:
              content:
                application/json:
                  schema:
                    anyOf: [{type: object}, {type: string}, {type: object, required: [a]}]
            responses: {"200": {description: ok}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.compat.finding import Side, Tier
from wireproof.compat.schemas.arms import arms, types_of
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.ir.schema import Schema

SCALARS = frozenset({"null", "boolean", "integer", "number", "string"})


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each union that has more arms of unforeseen members than before."""
    for name in RULE.fields:
        before, after = _arms(base, name), _arms(head, name)
        if 0 < before < after:
            message = f"there are {after} alternatives now; there were {before}"
            yield Change(name, message, breaks=(Side.RESPONSE,))


def _arms(schema: Schema, name: str) -> int:
    """Alternatives that a reader may not know; whether a scalar is new is a question of values."""
    types = [types_of(arm.value) for arm in arms(schema, name)]
    return sum(not stated or not stated <= SCALARS for stated in types)


RULE = SchemaRule(
    "union-grew",
    Tier.BEHAVIOUR,
    "add",
    ("any_of", "one_of"),
    detect,
    judgement="nature",
)
