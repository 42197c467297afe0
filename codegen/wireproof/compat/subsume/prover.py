"""Subsumption with witnesses: the question that the compatibility gate asks."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from wireproof.compat.subsume import formats
from wireproof.compat.subsume.atoms import (
    Literal,
    opposite,
)
from wireproof.compat.subsume.blame import Blame
from wireproof.compat.subsume.graph import Graph, Side
from wireproof.compat.subsume.outcome import Outcome, OutOfSteps, Sat, Unknown, Unsat, goal
from wireproof.compat.subsume.reading import Reading
from wireproof.compat.subsume.sameness import Kinship
from wireproof.compat.subsume.search import candidates
from wireproof.compat.subsume.shorten import Shortener
from wireproof.compat.subsume.solver import Solver
from wireproof.compat.subsume.text import readings
from wireproof.compat.subsume.twins import Alike
from wireproof.compat.subsume.validate import MAX_DEPTH, Judges, Unjudged
from wireproof.compat.subsume.values import depth_of
from wireproof.compat.subsume.verdicts import (
    Claimed,
    Decision,
    Flow,
    Options,
    Proven,
    Reason,
    Refuted,
    SchemaRef,
    Unproven,
    Verdict,
)
from wireproof.ir.schema import Schema, SchemaId
from wireproof.source.node import Json, escape

log = logging.getLogger(__name__)

_ONE_OF_AS_ANY_OF = "oneOf was read as anyOf: its arms overlap, so that it admits no value"
SHORT = 2
"""Witnesses that nest no more than this are not shortened."""
SHORTENING = 10_000
"""Budget of one search for a shorter witness, in steps: there is one already."""


def prove(
    sender: SchemaRef, receiver: SchemaRef, *, flow: Flow, options: Options | None = None
) -> Verdict:
    """Whether every value that the sender may send is accepted by the receiver.

    For requests the sender is the old contract and the receiver the new one; for responses the
    other way round. Asking many questions about the same two contracts? Keep a `Prover`.
    """
    return Prover(sender.schemas, receiver.schemas, flow, options).prove(sender.id, receiver.id)


class Prover:
    """Proofs about two contracts in one direction, sharing all that has been found out.

    Attributes:
        rejected: Witnesses that a validator did not confirm although nothing was in doubt. Each
            is a bug of the solver; the verdict says unproven, and tests ask for none.
    """

    def __init__(
        self,
        sender: Mapping[SchemaId, Schema],
        receiver: Mapping[SchemaId, Schema],
        flow: Flow,
        options: Options | None = None,
        *,
        lenient: bool = False,
        alike: Alike | None = None,
    ) -> None:
        self._options = options or Options()
        self._readings = (
            Reading(sender, flow, receives=False, lenient=lenient),
            Reading(receiver, flow, receives=True, lenient=lenient, text=self._options.text),
        )
        self._graph = Graph(*self._readings)
        self._kin = Kinship(self._graph, alike)
        world = self._options.open_world
        self._solver = Solver(self._graph, self._kin, open_world=world)
        self._shortener = Shortener(self._solver)
        self._judges = (Judges(self._readings[0]), Judges(self._readings[1]))
        self._decisions: dict[tuple[SchemaId, SchemaId], Decision] = {}
        self._short: dict[tuple[SchemaId, SchemaId], Sat] = {}
        self._confirmed: dict[tuple[SchemaId, SchemaId], Verdict] = {}
        self._lenient: Prover | None = None
        self.rejected: list[tuple[SchemaId, SchemaId, Json]] = []

    def prove(self, sender: SchemaId, receiver: SchemaId) -> Verdict:
        """Whether all values of the sender's schema are values of the receiver's."""
        decision = self.decide(sender, receiver)
        return decision.confirm() if isinstance(decision, Claimed) else decision

    def decide(self, sender: SchemaId, receiver: SchemaId) -> Decision:
        """The same, but what the solver refutes without a doubt is not confirmed yet."""
        key = (sender, receiver)
        if key not in self._decisions:
            decision = self._decide(sender, receiver)
            if isinstance(decision, Proven) and decision.vacuous and not self._is_lenient():
                decision = self._decide_leniently(sender, receiver) or decision
            self._decisions[key] = decision
        return self._decisions[key]

    def smallest(self, sender: SchemaId) -> Json | None:
        """A small value that the sender's schema admits; None where none was found."""
        outcome = self._ask([self._graph.literal(Side.SENDER, sender)])
        return outcome.value if isinstance(outcome, Sat) else None

    def _is_lenient(self) -> bool:
        return self._readings[0].lenient

    def _decide_leniently(self, sender: SchemaId, receiver: SchemaId) -> Refuted | None:
        """A schema that admits nothing is mostly a `oneOf` whose arms overlap: take it as meant."""
        if self._lenient is None:
            schemas = (self._readings[0].schemas, self._readings[1].schemas)
            flow = self._readings[0].flow
            self._lenient = Prover(*schemas, flow, self._options, lenient=True)
        verdict = self._lenient.prove(sender, receiver)
        self.rejected += self._lenient.rejected
        self._lenient.rejected.clear()
        if not isinstance(verdict, Refuted):
            return None
        return replace(verdict, readings=(*verdict.readings, _ONE_OF_AS_ANY_OF))

    def _decide(self, sender: SchemaId, receiver: SchemaId) -> Decision:
        schemas = (self._readings[0].schemas[sender], self._readings[1].schemas[receiver])
        if self._kin.equal(*schemas):
            return Proven()
        ours, not_theirs = self._literals(sender, receiver)
        outcome = self._ask([ours, not_theirs])
        match outcome:
            case Unsat():
                return Proven(vacuous=isinstance(self._ask([ours]), Unsat))
            case Sat(doubts=doubts):
                confirm = partial(self._confirm_once, sender, receiver, outcome)
                value = partial(self._shortest, sender, receiver, outcome)
                return confirm() if doubts else Claimed(confirm, value)
            case Unknown(reasons):
                return self._search(sender, receiver) or _unproven(reasons)

    def _literals(self, sender: SchemaId, receiver: SchemaId) -> tuple[Literal, Literal]:
        """What a refutation satisfies: the sender's schema, and not the receiver's."""
        ours = self._graph.literal(Side.SENDER, sender)
        return ours, opposite(self._graph.literal(Side.RECEIVER, receiver))

    def _confirm_once(self, sender: SchemaId, receiver: SchemaId, found: Sat) -> Verdict:
        key = (sender, receiver)
        if key not in self._confirmed:
            self._confirmed[key] = self._confirmation(sender, receiver, found)
        return self._confirmed[key]

    def _confirmation(self, sender: SchemaId, receiver: SchemaId, found: Sat) -> Verdict:
        """The verdict on a value that the solver found."""
        shortest = self._shorter(sender, receiver, found)
        confirmed = self._confirm(sender, receiver, shortest.value)
        if isinstance(confirmed, Refuted):
            return confirmed
        if not shortest.doubts and confirmed == _UNCONFIRMED:
            self.rejected.append((sender, receiver, shortest.value))
            log.error("rejected witness for %s -> %s: %r", sender, receiver, shortest.value)
        return self._search(sender, receiver) or _unproven(shortest.doubts | {confirmed})

    def _ask(self, literals: list[Literal]) -> Outcome:
        asked = goal(literals)
        if asked is None:
            return Unsat()
        self._solver.steps = self._options.steps
        return self._solver.solve(asked)

    def _shortest(self, sender: SchemaId, receiver: SchemaId, found: Sat) -> Json:
        return self._shorter(sender, receiver, found).value

    def _shorter(self, sender: SchemaId, receiver: SchemaId, found: Sat) -> Sat:
        """A witness that nests less, if there is one: the first one found may be far-fetched."""
        key = (sender, receiver)
        if key not in self._short:
            self._short[key] = self._shortened(sender, receiver, found)
        return self._short[key]

    def _shortened(self, sender: SchemaId, receiver: SchemaId, found: Sat) -> Sat:
        asked = goal(self._literals(sender, receiver))
        if asked is None or depth_of(found.value, SHORT + 1) <= SHORT:
            return found
        self._solver.steps = min(self._options.steps, SHORTENING)
        try:
            return self._shortener.shorten(asked) or found
        except OutOfSteps:
            return found

    def refutes(self, sender: SchemaId, receiver: SchemaId, value: Json) -> Refuted | None:
        """The refutation that a value is, if both validators say so."""
        confirmed = self._confirm(sender, receiver, value)
        return confirmed if isinstance(confirmed, Refuted) else None

    def _confirm(self, sender: SchemaId, receiver: SchemaId, value: Json) -> Refuted | Reason:
        """The refutation, if both validators accept the value there and refuse it here."""
        try:
            accepted = self._judges[0].accept(sender, value)
            taken = [self._judges[1].accept(receiver, each) for each in self._read(value)]
        except Unjudged as problem:
            return Reason(f"{_UNJUDGED}: {problem}")
        if accepted == (True, True) and all(each == (False, False) for each in taken):
            return self._refuted(sender, receiver, value)
        split = any(one != other for one, other in (accepted, *taken))
        return _DISAGREED if split else _UNCONFIRMED

    def _read(self, value: Json) -> list[Json]:
        """What the receiver may take a value for."""
        return readings(value) if self._options.text else [value]

    def _refuted(self, sender: SchemaId, receiver: SchemaId, value: Json) -> Refuted:
        blame = Blame(self._graph)
        ours = self._graph.literal(Side.SENDER, sender)
        theirs = [
            self._graph.literal(Side.RECEIVER, receiver, plain=as_is) for as_is in (False, True)
        ]
        fault = blame.fault(theirs[0], value) or blame.fault(theirs[1], value)
        path = fault.path if fault else ()
        node = self._graph.nodes[fault.node].schema if fault else None
        where = blame.schema_at(ours, value, path)
        return Refuted(
            witness=value,
            pointer="".join(f"/{escape(token)}" for token in path),
            keyword=fault.keyword if fault else "",
            sender=where,
            receiver=node.id if node is not None else receiver,
            error=self._judges[1].error(receiver, value),
            readings=self._formats(where, node),
        )

    def _formats(self, sender: SchemaId | None, receiver: Schema | None) -> tuple[str, ...]:
        """How the formats at the place of a fault were read."""
        schemas = [self._readings[0].schemas[sender]] if sender is not None else []
        names = [schema.format for schema in (*schemas, receiver) if schema is not None]
        return tuple(dict.fromkeys(formats.reading(name) for name in names if name))

    def _search(self, sender: SchemaId, receiver: SchemaId) -> Refuted | None:
        """Try values that are likely to tell the two apart."""
        base = self.smallest(sender)
        if base is None or depth_of(base, MAX_DEPTH + 1) > MAX_DEPTH:
            return None
        sides = [(self._readings[0], sender), (self._readings[1], receiver)]
        for value in candidates(base, sides, self._options.candidates):
            try:
                tells = self._judges[0].quick(sender, value) and not any(
                    self._judges[1].quick(receiver, each) for each in self._read(value)
                )
            except Unjudged:
                return None
            if tells:
                confirmed = self._confirm(sender, receiver, value)
                if isinstance(confirmed, Refuted):
                    return confirmed
        return None


def _unproven(reasons: frozenset[Reason]) -> Unproven:
    return Unproven(tuple(sorted(reasons, key=lambda reason: (reason.text, reason.schemas))))


_UNJUDGED = "not confirmed"
_UNCONFIRMED = Reason("a witness was found that the validators do not confirm")
_DISAGREED = Reason("a witness was found about which the two validators disagree")
