"""A change of one schema, and the rules that find and name such changes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from wireproof.compat.finding import Side, Tier
from wireproof.compat.places import Way
from wireproof.compat.rule import Action
from wireproof.ir.contract import Lifecycle
from wireproof.ir.schema import Schema
from wireproof.source.node import Json


class _Gone(Enum):
    """The type of `GONE`."""

    GONE = "gone"


GONE = _Gone.GONE
"""As a keyword's value in an edit: the keyword is deleted."""


@dataclass(frozen=True, slots=True)
class Edit:
    """This change alone, as an edit of one contract's schema: keyword -> value.

    With `of="base"` the edit makes the change (base against edited base shows its effect); with
    `of="head"` it takes the change back (edited head against head). Additions are taken back,
    so that an edit never brings references to the other contract's components.

    Attributes:
        of: Whose schema is edited.
        keywords: Keyword -> its new value, or `GONE`.
        foreign: Whether the values are the other document's own and their meaning depends on
            its version of OpenAPI.
    """

    of: Literal["base", "head"]
    keywords: Mapping[str, Json]
    foreign: bool = False


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two matched schemas.

    Attributes:
        detail: Tells it from other changes that the same rule finds at the same place.
        message: One sentence without the place.
        edit: The change alone; None where it cannot be told apart from its neighbours.
        breaks: For rules that judge by nature: the sides that the change breaks.
        announces: What it announces, where a policy decides whether that is soon enough.
        at: Ways from the schema to what changed, the best first; where there are none, or none
            exists, it is at those of the rule's keywords that differ.
    """

    detail: str
    message: str
    edit: Edit | None = field(default=None, compare=False)
    breaks: tuple[Side, ...] = ()
    announces: Lifecycle | None = None
    at: tuple[Way, ...] = field(default=(), compare=False)


Judgement = Literal["proof", "nature"]
"""How changes are judged: by a proof about the schemas, or by what they are."""


@dataclass(frozen=True, slots=True)
class SchemaRule:
    """A kind of change inside schemas.

    Attributes:
        id: Kebab-case, the module's name with dashes.
        tier: What a break under this rule hits.
        action: Whether it is about something added, removed or changed.
        fields: Fields of `Schema` whose differences it accounts for.
        detect: Yields the changes between two matched schemas.
        judgement: How its changes are judged.
        raw: Whether it looks at the schemas as written, also where no field differs.
    """

    id: str
    tier: Tier
    action: Action
    fields: tuple[str, ...]
    detect: Callable[[Schema, Schema], Iterator[Change]]
    judgement: Judgement = "proof"
    raw: bool = False

    @property
    def area(self) -> str:
        """All of them look at schemas."""
        return "schema"


def transplant(head: Schema, *keywords: str) -> Edit:
    """The edit that gives the base the head's values of some keywords without references."""
    new = head.origin.value if isinstance(head.origin.value, dict) else {}
    edit = {keyword: new.get(keyword, GONE) for keyword in keywords}
    return Edit("base", edit, foreign="$ref" in keywords)  # only 3.1 reads what stands beside it
