"""Which changes break: one proof at the top, then down to the lowest schemas that are refuted.

The verdict on a whole body is a proof about its two root schemas. Only where that proof fails
is blame looked for: in changed schemas below that fail as well, and there in each change alone
(an edited copy of one contract asks about nothing else). What a proven root contains is harmless
there, whatever it would be elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from wireproof.compat.finding import Side, Verdict
from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.compat.schemas.differences import Differences
from wireproof.compat.schemas.lockstep import SchemaPair
from wireproof.compat.schemas.trials import Trials, fails, reasons
from wireproof.compat.subsume.verdicts import Decision, Proven
from wireproof.ir.contract import Lifecycle

_UNEXPLAINED = {
    Verdict.BREAKING: "other values are possible now, and no single change accounts for it",
    Verdict.UNPROVEN: "whether other values are possible now is open",
}
_SHARED_PLACE = "it cannot be told apart from another breaking change of the same schema"


@dataclass(frozen=True, slots=True)
class Judged:
    """A change with its verdict.

    Attributes:
        rule: What names it.
        change: What differs.
        pair: Where.
        verdict: The judgement.
        proof: What a break was concluded from.
        reason: Why it is unproven.
        about: The schemas that fail, where they are not those that changed.
    """

    rule: SchemaRule
    change: Change
    pair: SchemaPair
    verdict: Verdict
    proof: Decision | None = None
    reason: str = ""
    about: SchemaPair | None = None

    @property
    def failing(self) -> SchemaPair:
        """The schemas that tell base and head apart."""
        return self.about or self.pair


@dataclass(frozen=True, slots=True)
class _Memo:
    """What many roots ask about the same pair."""

    own: dict[tuple[SchemaPair, Side, bool], tuple[Judged, ...]] = field(default_factory=dict)
    harmless: dict[tuple[SchemaPair, Side], tuple[Judged, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Explainer:
    """Judges pairs of root schemas for one comparison of two contracts.

    Attributes:
        differences: Where schemas differ, and in what.
        trials: Asks about pairs of schemas and single changes of them.
        hasty: Whether an announcement leaves too little time.
        fallback: Names what no other rule does.
    """

    differences: Differences
    trials: Trials
    hasty: Callable[[Lifecycle], bool]
    fallback: SchemaRule
    memo: _Memo = field(default_factory=_Memo)

    def explain(self, root: SchemaPair, side: Side) -> tuple[Judged, ...]:
        """Every change below a pair of root schemas, judged for one side; () if none."""
        root = self.differences.peeled(root)
        if self.differences.alike(root):
            return ()
        below = self.differences.below(root)
        proofs: dict[SchemaPair, Decision] = dict.fromkeys(self.differences.same(below), Proven())
        if root not in proofs:
            proofs[root] = self.trials.whole(root, side)
        if isinstance(proofs[root], Proven):
            return tuple(self._harmless(below, side))
        live = self._live(root, below, proofs, side)
        rows = tuple(self._blame(root, below, live, proofs, side))
        return (*rows, *self._unexplained(root, rows, proofs[root]))

    def _unexplained(
        self, root: SchemaPair, rows: Iterable[Judged], proof: Decision
    ) -> Iterator[Judged]:
        """The proof itself, where nothing that was found accounts for it: never silence."""
        verdict = Verdict.BREAKING if fails(proof) else Verdict.UNPROVEN
        if any(row.verdict is verdict and row.rule.judgement == "proof" for row in rows):
            return
        shown = proof if verdict is Verdict.BREAKING else None
        change = Change("", _UNEXPLAINED[verdict])
        yield Judged(self.fallback, change, root, verdict, shown, reasons(proof))

    def _live(
        self,
        root: SchemaPair,
        below: Mapping[SchemaPair, tuple[SchemaPair, ...]],
        proofs: dict[SchemaPair, Decision],
        side: Side,
    ) -> list[SchemaPair]:
        """Pairs that fail and whose parents fail, parents first."""
        live: dict[SchemaPair, None] = {}
        queue = [root]
        while queue:
            pair = queue.pop()
            if pair in live:
                continue
            if pair not in proofs:
                proofs[pair] = self.trials.whole(pair, side)
            if not isinstance(proofs[pair], Proven):
                live[pair] = None
                queue.extend(reversed(below[pair]))
        return list(live)

    def _blame(
        self,
        root: SchemaPair,
        below: Mapping[SchemaPair, tuple[SchemaPair, ...]],
        live: list[SchemaPair],
        proofs: Mapping[SchemaPair, Decision],
        side: Side,
    ) -> Iterator[Judged]:
        """Judge the changes of live pairs, children before parents; all others are harmless."""
        explained: set[SchemaPair] = set()
        rows: dict[SchemaPair, tuple[Judged, ...]] = {}
        certain = fails(proofs[root])
        for pair in reversed(live):
            known = any(child in explained for child in below[pair])
            key = (pair, side, known)
            if key not in self.memo.own:
                own = self._own(pair, below[pair], proofs[pair], side, known=known)
                self.memo.own[key] = tuple(own)
            rows[pair] = self.memo.own[key]
            if known or any(row.verdict is Verdict.BREAKING for row in rows[pair]):
                explained.add(pair)
        for pair in below:
            for row in rows.get(pair) or self._harmless([pair], side):
                yield row if certain else _doubted(row, proofs[root])

    def _own(
        self,
        pair: SchemaPair,
        children: Sequence[SchemaPair],
        proof: Decision,
        side: Side,
        *,
        known: bool,
    ) -> Iterator[Judged]:
        """Judge the changes of one failing pair, each alone where that can be asked.

        `known` says that something below is to blame already. If nothing is, and no change
        breaks alone, they do together; and if the pair itself says nothing new, a child does
        that matters only here (`readOnly` of a required property).
        """
        judged, suspects = [], []
        changes = self.differences.changes(pair)
        questions = sum(rule.judgement == "proof" for rule, _ in changes)
        sole = questions == 1 and not children
        for rule, change in changes:
            if rule.judgement != "proof":
                judged.append(self._by_nature(rule, change, pair, side))
                continue
            alone = proof if sole else self.trials.alone(pair, change, side)
            if fails(alone):
                judged.append(Judged(rule, change, pair, Verdict.BREAKING, alone))
            elif isinstance(alone, Proven):
                judged.append(Judged(rule, change, pair, Verdict.COMPATIBLE))
            else:
                suspects.append((rule, change))
        yield from judged
        known = known or any(row.verdict is Verdict.BREAKING for row in judged)
        if fails(proof) and not known:
            together = [(pair, *suspect) for suspect in suspects]
            together = together or list(self._proof_changes([pair]))
            for where, rule, change in together or self._proof_changes(children):
                yield Judged(rule, change, where, Verdict.BREAKING, proof, about=pair)
            return
        if suspects and self._repaired(pair, judged, side):
            for rule, change in suspects:
                yield Judged(rule, change, pair, Verdict.COMPATIBLE)
            return
        for rule, change in suspects:
            reason = _SHARED_PLACE if fails(proof) else reasons(proof)
            yield Judged(rule, change, pair, Verdict.UNPROVEN, reason=reason)

    def _repaired(self, pair: SchemaPair, judged: Iterable[Judged], side: Side) -> bool:
        """Whether taking back one of the breaks leaves nothing that fails.

        Then the other changes of the schema are innocent, although they cannot be asked about
        alone.
        """
        return any(
            isinstance(self.trials.without(pair, row.change.edit, side), Proven)
            for row in judged
            if row.verdict is Verdict.BREAKING and row.rule.judgement == "proof"
        )

    def _proof_changes(
        self, pairs: Iterable[SchemaPair]
    ) -> Iterator[tuple[SchemaPair, SchemaRule, Change]]:
        for pair in pairs:
            for rule, change in self.differences.changes(pair):
                if rule.judgement == "proof":
                    yield pair, rule, change

    def _harmless(self, pairs: Iterable[SchemaPair], side: Side) -> Iterator[Judged]:
        """Changes that no proof speaks against."""
        for pair in pairs:
            key = (pair, side)
            if key not in self.memo.harmless:
                self.memo.harmless[key] = tuple(
                    self._by_nature(rule, change, pair, side)
                    for rule, change in self.differences.changes(pair)
                )
            yield from self.memo.harmless[key]

    def _by_nature(self, rule: SchemaRule, change: Change, pair: SchemaPair, side: Side) -> Judged:
        breaks = side in change.breaks or (
            change.announces is not None and self.hasty(change.announces)
        )
        return Judged(rule, change, pair, Verdict.BREAKING if breaks else Verdict.COMPATIBLE)


def _doubted(row: Judged, root: Decision) -> Judged:
    """A break inside something undecided is no more than a suspicion."""
    if row.verdict is not Verdict.BREAKING or row.rule.judgement != "proof":
        return row
    reason = f"alone it breaks, within the whole it is open: {reasons(root)}"
    return replace(row, verdict=Verdict.UNPROVEN, reason=reason)
