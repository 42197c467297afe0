"""What the gate says: one finding per change, with its proof, its witness, or its reason."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from enum import Enum, IntEnum
from functools import cached_property
from typing import Protocol

import orjson

from wireproof.diagnostics import Severity, Span
from wireproof.source.node import Json, Node


class Tier(Enum):
    """What a break hits. Members in order, the hardest first."""

    WIRE = "wire"  # bytes are rejected or cannot be read
    BEHAVIOUR = "behaviour"  # same bytes, other meaning: defaults, security, lifecycle
    SDK = "sdk"  # source code that uses a generated SDK stops compiling


class Verdict(IntEnum):
    """How a change was judged; ordered, so that the worst of several is their maximum."""

    COMPATIBLE = 0
    UNPROVEN = 1
    BREAKING = 2

    @property
    def label(self) -> str:
        """The lower-case word used in every output format."""
        return self.name.lower()

    @property
    def severity(self) -> Severity:
        """Its default severity: a break is an error, an open question a warning."""
        return (Severity.INFO, Severity.WARNING, Severity.ERROR)[self]


class Side(Enum):
    """Which message of an exchange a change is in."""

    REQUEST = "request"
    RESPONSE = "response"


@dataclass(frozen=True, slots=True)
class Witness:
    """A concrete message that one contract allows and the other rejects.

    Attributes:
        part: What the value is: `body`, `query parameter 'limit'`, `component Order`.
        value: The JSON value.
        accepted_by: "base" or "head".
        rejected_by: The other one.
        error: What the validator of the rejecting contract says.
        operation: The operation whose message it is; "" for a part of several messages.
        media_type: Of the body, where it is one.
    """

    part: str
    value: Json
    accepted_by: str
    rejected_by: str
    error: str
    operation: str = ""
    media_type: str = ""


class Evidence(Protocol):
    """What shows a break. Values are confirmed when they are asked for, most never are."""

    def witness(self) -> Witness | None:
        """A value at the place of the change; None where the validators do not agree on it."""

    def whole(self, most: int | None = None) -> Witness | None:
        """The same of a message's whole part; None where it has more than `most` characters."""


_UNCONFIRMED = "a witness was found that the validators do not confirm"


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One change and its verdict.

    Attributes:
        rule: Id of the rule that names the change.
        tier: What it hits if it breaks.
        verdict: The judgement.
        severity: The verdict's, unless lifecycle or configuration lowered it.
        message: One sentence.
        side: Request or response; None for what belongs to the exchange as a whole.
        operations: Affected operations, `POST /v1/orders`, sorted.
        subject: Pointer of the changed thing (in head, or in base if it is gone).
        detail: What tells this change from others of the same rule and subject: the property,
            the enum value. Part of the fingerprint.
        content: What it was and what it is, where that can be said in short. Part of the
            fingerprint, so that a waiver covers this change and no later one.
        base: The object that it is about in the base; None if it was added.
        head: The same in the head; None if it was removed.
        base_spot: The place in that object to look at: the keyword, the entry.
        head_spot: The same in the head.
        witness: Set on every breaking finding that a schema decided.
        evidence: How a break that a schema decided is shown.
        reason: Why it is unproven, or why it counts for less than its verdict.
        waived: Whether somebody accepted it for now.
    """

    rule: str
    tier: Tier
    verdict: Verdict
    severity: Severity
    message: str
    side: Side | None = None
    operations: tuple[str, ...] = ()
    subject: str = ""
    detail: str = ""
    content: str = ""
    base: Node | None = field(default=None, compare=False, repr=False)
    head: Node | None = field(default=None, compare=False, repr=False)
    base_spot: Node | None = field(default=None, compare=False, repr=False)
    head_spot: Node | None = field(default=None, compare=False, repr=False)
    witness: Witness | None = None
    evidence: Evidence | None = field(default=None, compare=False, repr=False)
    reason: str = ""
    waived: bool = False

    @property
    def fingerprint(self) -> str:
        """Identity by content, never by the message's wording."""
        side = self.side.value if self.side else ""
        content = orjson.dumps([self.rule, side, self.subject, self.detail, self.content])
        return hashlib.sha256(content).hexdigest()[:16]

    @property
    def place(self) -> Span | None:
        """Where to look: the head, or the base for what is gone."""
        return self.head_place or self.base_place

    @cached_property
    def base_place(self) -> Span | None:
        """Where to look in the base."""
        node = self.base_spot or self.base
        return node.key_span if node is not None else None

    @cached_property
    def head_place(self) -> Span | None:
        """Where to look in the head."""
        node = self.head_spot or self.head
        return node.key_span if node is not None else None

    @property
    def whole(self) -> Witness | None:
        """A witness of the whole body or parameter that the finding is about: it can be sent.

        It is `witness`, or a value that contains such a part.
        """
        return self.whole_within(None)

    def whole_within(self, most: int | None) -> Witness | None:
        """The same, if it has no more than so many characters: long ones are for machines."""
        return self.evidence.whole(most) if self.evidence else None

    def confirmed(self) -> Finding:
        """With its witness, once two validators agree on it; without one it is unproven."""
        if self.evidence is None or self.verdict is not Verdict.BREAKING:
            return self
        witness = self.evidence.witness()
        if witness is not None:
            return replace(self, witness=witness)
        demoted = replace(self, verdict=Verdict.UNPROVEN, reason=_UNCONFIRMED, evidence=None)
        return demoted.lowered(Verdict.UNPROVEN.severity)

    def lowered(self, severity: Severity) -> Finding:
        """The same finding at no more than `severity`."""
        return replace(self, severity=min(self.severity, severity))
