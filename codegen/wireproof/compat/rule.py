"""Rules: one file each, named by its id, with its documentation as its docstring.

A rule names a kind of change and judges it. Its module holds `RULE = Rule(...)` and one generator
that takes a `Comparison` and yields `Finding`s, one for each affected operation; the gate joins
findings that mean the same change. The docstring has four sections, *What*, *Why*, *Bad* and
*Good*; the last two are pairs of contracts and are run as tests (`tests/compat/test_rules.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Literal

from wireproof.compat.finding import Evidence, Finding, Side, Tier, Verdict, Witness
from wireproof.compat.pairing import (
    OperationPair,
    Pair,
    answers,
    parameters,
    responses,
    successes,
)
from wireproof.compat.places import Way, spot
from wireproof.compat.subsume.twins import Twins
from wireproof.ir.contract import Contract, Lifecycle, Operation, Parameter, Response
from wireproof.source.node import Json, Node, escape

Action = Literal["add", "remove", "change"]


@dataclass(frozen=True, slots=True)
class Policy:
    """The readings of compatibility that have a switch.

    Attributes:
        open_world: Judge undeclared request properties strictly.
        strict: Unproven findings are errors.
        sdk: Look at types and signatures too, which takes reading all of them.
        today: The day on which sunset dates are judged.
        notice: How many days a sunset date must lie ahead when it is announced, by level of
            stability. Levels that are not listed may do without a date; a date that has passed
            is always too soon.
    """

    today: date
    open_world: bool = False
    strict: bool = False
    sdk: bool = False
    notice: Mapping[str, int] = field(default_factory=dict)

    def hasty(self, life: Lifecycle) -> bool:
        """Whether a deprecation leaves less time than is promised."""
        if not life.deprecated:
            return False
        level = life.stability.value
        if life.sunset is None:
            return level in self.notice
        return (life.sunset - self.today).days < self.notice.get(level, 0)


@dataclass(frozen=True)
class Kept:
    """An operation in both contracts. What is matched below it is matched once for all rules.

    `request` and `response` say which side its request and its responses are judged as: for
    what the server sends (webhooks, callbacks) the two are swapped.
    """

    base: Operation
    head: Operation
    label: str
    request: Side
    response: Side

    @property
    def inverted(self) -> bool:
        """Whether the server sends the request and reads the response."""
        return self.request is Side.RESPONSE

    @cached_property
    def parameters(self) -> tuple[Pair[Parameter], ...]:
        """See `pairing.parameters`."""
        return tuple(parameters(self.base, self.head))

    @cached_property
    def responses(self) -> tuple[Pair[Response], ...]:
        """See `pairing.responses`."""
        return tuple(responses(self.base, self.head))

    @cached_property
    def answers(self) -> tuple[Pair[Response], ...]:
        """See `pairing.answers`."""
        return tuple(answers(self.base, self.head))

    @cached_property
    def successes(self) -> tuple[Pair[Response], ...]:
        """See `pairing.successes`."""
        return tuple(successes(self.base, self.head))


_PARTS = frozenset({"info", "paths", "webhooks", "x-webhooks", "components", "tags"})
_SIDES = (Side.REQUEST, Side.RESPONSE)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two contracts, their operations matched, and how to judge.

    `memo` holds what several rules ask for, by the name of the function that worked it out.
    """

    base: Contract
    head: Contract
    pairs: tuple[OperationPair, ...]
    policy: Policy
    memo: dict[str, object] = field(default_factory=dict, compare=False, repr=False)

    def kept(self) -> Iterator[Kept]:
        """Operations that are in both contracts."""
        for pair in self.pairs:
            if pair.base is not None and pair.head is not None:
                sides = (Side.RESPONSE, Side.REQUEST) if pair.inverted else _SIDES
                yield Kept(pair.base, pair.head, pair.label, *sides)

    def changed(self) -> tuple[Kept, ...]:
        """Those of them that are not written alike, all that they refer to included.

        Where the contracts differ in what holds for every operation, these are all of them.
        """
        known = self.memo.get("changed")
        if not isinstance(known, tuple):
            known = self.memo["changed"] = tuple(self._changed())
        return known

    @property
    def twins(self) -> Twins:
        """What is written alike in both contracts."""
        known = self.memo.get("twins")
        if not isinstance(known, Twins):
            known = self.memo["twins"] = Twins(self.base.origin.value, self.head.origin.value)
        return known

    def _changed(self) -> Iterator[Kept]:
        everywhere = _everywhere(self.base) == _everywhere(self.head)
        for kept in self.kept():
            before, after = kept.base.origin.parent, kept.head.origin.parent
            same = everywhere and kept.base.origin.path == kept.head.origin.path
            if not same or before is None or after is None or not self._alike(before, after):
                yield kept

    def _alike(self, before: Node, after: Node) -> bool:
        return self.twins.same(before.pointer, before.value, after.pointer, after.value)


def _everywhere(contract: Contract) -> dict[str, Json]:
    """What a document says about all of its operations, as written."""
    root = contract.origin
    found = {key: value for key, value in root.value.items() if key not in _PARTS}
    components = root.get("components")
    schemes = components.get("securitySchemes") if components else None
    return {**found, "securitySchemes": schemes.value if schemes else None}


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule is about.

    Attributes:
        id: Kebab-case, the module's name with dashes.
        tier: What a break under this rule hits.
        area: Which part of a contract it looks at: operation, parameter, body, response,
            header, security, schema, lifecycle, server.
        action: Whether it is about something added, removed or changed.
        check: The generator.
    """

    id: str
    tier: Tier
    area: str
    action: Action
    check: Callable[[Comparison], Iterator[Finding]]


def finding(
    rule: str,
    tier: Tier,
    verdict: Verdict,
    message: str,
    *,
    operation: str = "",
    side: Side | None = None,
    base: Node | None = None,
    head: Node | None = None,
    detail: str = "",
    content: str = "",
    witness: Witness | None = None,
    evidence: Evidence | None = None,
    reason: str = "",
    at: Sequence[Way] = (),
    spots: tuple[Node | None, Node | None] = (None, None),
) -> Finding:
    """A finding whose subject is the changed node, wherever it is shared from.

    `at` leads from the changed node to what to look at, in either contract as far as it exists
    there; `spots` are the places themselves, where they lie outside of it.
    """
    return Finding(
        rule=rule,
        tier=tier,
        verdict=verdict,
        severity=verdict.severity,
        message=message,
        side=side,
        operations=(operation,) if operation else (),
        subject=subject(head or base),
        detail=detail,
        content=content,
        base=base,
        head=head,
        base_spot=spots[0] or spot(base, at),
        head_spot=spots[1] or spot(head, at),
        witness=witness,
        evidence=evidence,
        reason=reason,
    )


def subject(node: Node | None) -> str:
    """Pointer of the nearest node that has a name of its own: list positions may shift."""
    if node is None:
        return ""
    path = node.path
    while path and isinstance(path[-1], int):
        path = path[:-1]
    return "".join(f"/{escape(token)}" for token in path)
