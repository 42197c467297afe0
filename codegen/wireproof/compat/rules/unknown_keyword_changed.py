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

from collections.abc import Iterator

from wireproof.compat.finding import Tier
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.ir.schema import Schema
from wireproof.source.node import Json


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change for each unknown keyword that only one side has."""
    for name in sorted({*base.unmodelled, *head.unmodelled}):
        if _value(base, name) != _value(head, name):
            yield Change(name, f"the unknown keyword {name!r} changed", at=((name,),))


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
