"""A keyword that Wireproof does not know differs.

What
    A keyword that is no part of the OpenAPI version, and no extension, was added, removed or
    changed.

Why
    Nobody can tell what it means, so nothing is proven about it.

Good
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
                      {type: string, description: a}
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
                      {type: string, description: b}
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.ir.schema import Schema
from wireproof.source.node import Json

_LONGEST = 80


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each unknown keyword that only one side has."""
    for name in sorted({*base.unmodelled, *head.unmodelled}):
        if _value(base, name) != _value(head, name):
            after, before = (_told(one, name) for one in (head, base))
            message = f"the unknown keyword {name!r} is {after} now; it was {before}"
            yield Change(name, message, at=((name,),))


def _told(schema: Schema, name: str) -> str:
    value = _value(schema, name)
    text = json.dumps(value[0], default=str) if value else "absent"
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]} ..."


def _value(schema: Schema, name: str) -> list[Json]:
    value = schema.origin.value
    return [value[name]] if isinstance(value, dict) and name in value else []


RULE = SchemaRule(
    "unknown-keyword-changed",
    Tier.WIRE,
    "change",
    ("unmodelled",),
    detect,
    raw=True,
)
