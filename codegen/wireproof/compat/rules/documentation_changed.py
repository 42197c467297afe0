"""The words about a value differ.

What
    `title`, `description`, examples or extensions differ.

Why
    Nothing breaks; whoever reads the changelog wants to know.

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


def detect(base: Schema, head: Schema) -> Iterator[Change]:
    """One change that names what differs."""
    names = [name for name in RULE.fields if getattr(base, name) != getattr(head, name)]
    yield Change("", f"{', '.join(names)} changed")


RULE = SchemaRule(
    "documentation-changed",
    Tier.BEHAVIOUR,
    "change",
    ("title", "description", "examples", "extensions"),
    detect,
    judgement="nature",
)
