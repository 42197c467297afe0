"""What a proof is asked, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum

from wireproof.ir.schema import Schema, SchemaId
from wireproof.source.node import Json


class Flow(Enum):
    """Which way the value travels; decides what `readOnly` and `writeOnly` mean."""

    REQUEST = "request"
    RESPONSE = "response"


@dataclass(frozen=True, slots=True)
class SchemaRef:
    """A schema of one contract: `Contract.schemas` and an id in it."""

    schemas: Mapping[SchemaId, Schema]
    id: SchemaId


@dataclass(frozen=True, slots=True)
class Options:
    """Switches of the proof.

    Attributes:
        open_world: Read open objects strictly: the sender may send names that its contract does
            not declare. By default it does not send a name that the receiver newly declares; what
            the receiver demands of names in general (a pattern, all that are undeclared) still
            holds for every name that an open sender may choose.
        text: The value travels as text (a parameter that is not JSON): scalars are what the
            receiver takes them for, so that a string takes every number.
        steps: Budget of one proof. Steps, not seconds: the same question always ends the same way.
        candidates: How many values the search tries where the proof is undecided.
    """

    open_world: bool = False
    text: bool = False
    steps: int = 300_000
    candidates: int = 2_000


@dataclass(frozen=True, slots=True)
class Proven:
    """Every value that the sender may send is accepted by the receiver.

    `vacuous` is set where the sender's schema admits no value at all.
    """

    vacuous: bool = False
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refuted:
    """A value that the sender may send and the receiver rejects; two validators agree.

    Attributes:
        witness: The value.
        pointer: RFC 6901 pointer into the witness, to the part that is refused ("" the whole).
        keyword: The keyword of the receiver's schema that refuses it, as JSON Schema spells it.
        sender: The sender's schema for that part (None where it says nothing about it).
        receiver: The receiver's schema that holds the keyword.
        error: A validator's message.
        readings: How formats and other switches were read on the way.
    """

    witness: Json
    pointer: str
    keyword: str
    sender: SchemaId | None
    receiver: SchemaId
    error: str
    readings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something was not decided, and the schemas in which it stands."""

    text: str
    schemas: tuple[SchemaId, ...] = ()


@dataclass(frozen=True, slots=True)
class Unproven:
    """Neither; with the reasons, the same ones always in the same order."""

    reasons: tuple[Reason, ...]


Verdict = Proven | Refuted | Unproven


@dataclass(frozen=True, slots=True)
class Claimed:
    """The solver has a value that refutes; validators have not seen it yet.

    Most refutations lead on to smaller ones and are never shown. `confirm` makes the verdict of
    those that are: a shorter value if there is one, judged by both validators. The same claim is
    confirmed once. `value` is that shorter value, not judged yet.
    """

    confirm: Callable[[], Verdict]
    value: Callable[[], Json]


Decision = Verdict | Claimed
