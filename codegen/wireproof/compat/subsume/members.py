"""Demands on an object's properties, by name, and which names the sender may use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.compat.subsume.atoms import (
    Atom,
    Each,
    EachName,
    Has,
    Lacks,
    Literal,
    Members,
    Names,
    Size,
    Some,
    SomeName,
)

if TYPE_CHECKING:
    from wireproof.compat.subsume.solver import Solver

_UNEVALUATED = "unevaluatedProperties"


class MemberDemands:
    """The atoms of a case about objects, by name."""

    def __init__(self, solver: Solver, atoms: list[Atom]) -> None:
        self.members = [atom for atom in atoms if isinstance(atom, Members)]
        self.each = [atom for atom in atoms if isinstance(atom, Each)]
        self.some = [atom for atom in atoms if isinstance(atom, Some)]
        self.has = dict.fromkeys(atom.name for atom in atoms if isinstance(atom, Has))
        self.lacks = {atom.name for atom in atoms if isinstance(atom, Lacks)}
        self.each_name = [atom.literal for atom in atoms if isinstance(atom, EachName)]
        self.some_name = [atom.literal for atom in atoms if isinstance(atom, SomeName)]
        sizes = [atom for atom in atoms if isinstance(atom, Size)]
        self.low = max((size.low for size in sizes), default=0)
        self.high = min((size.high for size in sizes if size.high is not None), default=None)
        self._declare(solver, atoms)

    def _declare(self, solver: Solver, atoms: list[Atom]) -> None:
        """Work out which names the sender may use (see `Options.open_world`)."""
        senders = [atom for atom in atoms if solver.graph.is_senders_atom(atom)]
        members = [atom for atom in senders if isinstance(atom, Members)]
        self._unsent = frozenset[str]().union(*(atom.hidden for atom in members))
        self._declared = {name for atom in members for name in atom.named} - self._unsent
        self._declared |= {atom.name for atom in senders if isinstance(atom, Has)}
        single = [atom for atom in senders if isinstance(atom, Some | Each)]
        self._declared |= {atom.names.one for atom in single if atom.names.one is not None}
        self._patterns = [pattern for atom in members for pattern, _ in atom.patterns]
        rest_is_typed = any(atom.rest for atom in members) or any(
            isinstance(atom, Each) and atom.keyword == _UNEVALUATED and atom.literal
            for atom in senders
        )
        nothing_said = not (self._declared or self._patterns or self._unsent)
        asked = max((atom.low for atom in senders if isinstance(atom, Size)), default=0)
        scarce = not self._patterns and asked > len(self._declared)
        self._open = solver.open_world or rest_is_typed or nothing_said or scarce
        if solver.open_world:
            self._unsent = frozenset()

    def allowed(self, name: str) -> bool:
        """Whether the sender may use the name. May raise UnsupportedPattern."""
        if name in self._unsent:
            return False
        return (
            self._open
            or name in self._declared
            or any(Names(inside=(pattern,)).has(name) for pattern in self._patterns)
        )

    def literals(self, name: str) -> list[Literal]:
        """What the value under a name must satisfy. May raise UnsupportedPattern."""
        found = [literal for atom in self.members for literal in atom.literals(name)]
        found += [atom.literal for atom in self.each if atom.names.has(name)]
        return found

    def declared(self) -> dict[str, None]:
        """Every name that somebody speaks about, in order."""
        names = {name: None for atom in self.members for name in atom.named}
        names.update({a.names.one: None for a in self.each if a.names.one is not None})
        return names

    def special(self) -> dict[str, None]:
        """Every name that no other name may stand for: the declared ones first."""
        return {**self.declared(), **dict.fromkeys(sorted(self.mentioned()))}

    def patterns(self) -> list[str]:
        """Every pattern that distinguishes names."""
        found = [pattern for atom in self.members for pattern, _ in atom.patterns]
        for atom in self._quantified():
            found += [*atom.names.inside, *atom.names.outside]
        return list(dict.fromkeys(found))

    def _quantified(self) -> list[Each | Some]:
        return [*self.each, *self.some]

    def mentioned(self) -> frozenset[str]:
        """Names that no undeclared name may be taken for."""
        names = set(self.declared()) | self.lacks | set(self.has)
        for atom in self._quantified():
            names |= atom.names.excluded
            if atom.names.one is not None:
                names.add(atom.names.one)
        return frozenset(names)
