"""A case: a conjunction of literals and atoms while it grows."""

from __future__ import annotations

from dataclasses import dataclass, field

from wireproof.compat.subsume.atoms import Among, Atom, Literal
from wireproof.compat.subsume.formula import Or
from wireproof.compat.subsume.members import MemberDemands


@dataclass(slots=True)
class Case:
    """A conjunction while it grows."""

    literals: set[Literal] = field(default_factory=set)
    canonical: set[Literal] = field(default_factory=set)
    held: list[Literal] = field(default_factory=list)  # the positive ones of `literals`
    denied: list[Literal] = field(default_factory=list)  # negative, not unfolded yet
    plain: list[Literal] = field(default_factory=list)  # positive, and not a mere combination
    atoms: list[Atom] = field(default_factory=list)
    choices: list[Or] = field(default_factory=list)
    has: set[str] = field(default_factory=set)
    lacks: set[str] = field(default_factory=set)
    among: Among | None = None
    members: tuple[int, MemberDemands] | None = None  # and how many atoms it was made from
    truths: tuple[int, dict[Literal, bool | None]] = field(default_factory=lambda: (-1, {}))

    def copy(self) -> Case:
        """An independent copy."""
        return Case(
            set(self.literals),
            set(self.canonical),
            list(self.held),
            list(self.denied),
            list(self.plain),
            list(self.atoms),
            list(self.choices),
            set(self.has),
            set(self.lacks),
            self.among,
            self.members,
        )
