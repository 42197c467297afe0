"""What shows a break that schemas decide: values, confirmed when somebody asks for them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from wireproof.compat.finding import Side, Witness
from wireproof.compat.schemas.explain import Explainer, Judged
from wireproof.compat.schemas.heirs import COMPONENTS
from wireproof.compat.schemas.lockstep import SchemaPair
from wireproof.compat.schemas.positions import Position
from wireproof.compat.subsume.verdicts import Claimed, Decision, Refuted
from wireproof.source.node import Json


@dataclass(frozen=True, slots=True)
class Evidence:
    """The proofs about a change and about the message that it is in."""

    reader: Explainer
    judged: Judged
    position: Position

    def witness(self) -> Witness | None:
        """A value at the place of the change that tells the schemas as they are apart.

        If it can be one that the change alone lets through.
        """
        proof, failing, at = self.judged.proof, self.judged.failing, self.position
        if proof is None:
            return None
        part = at.part if failing == at.roots else place(failing, at)
        own = self.reader.trials.whole(failing, at.side)
        if proof is not own:
            refuted = self.reader.trials.refutes(failing, at.side, _value(proof))
            if refuted is not None:
                return said(refuted, part, at.side)
        return said(own, part, at.side)

    def whole(self, most: int | None = None) -> Witness | None:
        """A whole body or parameter."""
        at = self.position
        if self.judged.proof is None or at.heir:
            return None
        proof = self.reader.trials.whole(at.roots, at.side)
        if isinstance(proof, Claimed) and most is not None and len(str(proof.value())) > most:
            return None
        shown = said(proof, at.part, at.side)
        if shown is None:
            return None
        return replace(shown, operation=at.operation, media_type=at.media_type)


def said(proof: Decision, part: str, side: Side) -> Witness | None:
    """A refutation as the witness of a part of messages; None where nothing confirms it."""
    verdict = proof.confirm() if isinstance(proof, Claimed) else proof
    if not isinstance(verdict, Refuted):
        return None
    accepts, rejects = ("base", "head") if side is Side.REQUEST else ("head", "base")
    return Witness(part, verdict.witness, accepts, rejects, verdict.error)


def _value(proof: Decision) -> Json:
    if isinstance(proof, Claimed):
        return proof.value()
    assert isinstance(proof, Refuted)  # noqa: S101 - only what fails breaks
    return proof.witness


def place(pair: SchemaPair, position: Position) -> str:
    """`Order.side` for what a component owns, else the position and the way from there."""
    pointer = pair.head
    if pointer.startswith(COMPONENTS):
        return _steps(pointer[len(COMPONENTS) :])
    root = position.roots.head
    if pointer.startswith(root):
        way = _steps(pointer[len(root) :].lstrip("/"))
        return f"{position.part}{'' if way[:1] in {'.', '['} else ' '}{way}".rstrip()
    return position.part


def _steps(pointer: str) -> str:
    """`Order/properties/legs/items` -> `Order.legs[]`."""
    words: list[str] = []
    steps = iter(pointer.split("/"))
    for step in steps:
        name = step.replace("~1", "/").replace("~0", "~")
        if name in {"properties", "patternProperties"}:
            words.append("." + next(steps, ""))
        elif name == "items":
            words.append("[]")
        else:
            words.append(f".{name}" if words else name)
    return "".join(words)
