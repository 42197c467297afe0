"""What may travel where a base schema with a discriminator is named: its heirs.

OpenAPI's older way to say "one of": `Pet` has the discriminator, `Cat` is `allOf: [Pet, ...]`, and
operations name `Pet` alone. Validators look no further than the base; readers, and generated code,
read the heir that the tag names. So changes of heirs are asked about wherever their base stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from wireproof.compat.rule import Comparison
from wireproof.compat.schemas.lockstep import SchemaPair, children, matched_arms
from wireproof.compat.schemas.positions import Position, positions
from wireproof.ir.contract import Contract
from wireproof.ir.inference.families import Families
from wireproof.ir.schema import SchemaId
from wireproof.source.node import Json, escape

COMPONENTS = "#/components/schemas/"

Tags = Mapping[str, SchemaId]
"""Tag -> the heir that it chooses."""


@dataclass(frozen=True, slots=True)
class Family:
    """A base schema in both contracts, and what its tags choose in each; the two differ."""

    base: SchemaPair
    before: Tags
    after: Tags

    def kept(self) -> Iterator[SchemaPair]:
        """What one tag chooses in both contracts, and heirs that are in both under any tag."""
        same_tag = [
            SchemaPair(self.before[t], self.after[t]) for t in self.before if t in self.after
        ]
        after = set(self.after.values())
        same_name = [SchemaPair(heir, heir) for heir in self.before.values() if heir in after]
        yield from (pair for pair in dict.fromkeys(same_tag + same_name) if pair != self.base)


@dataclass(frozen=True, slots=True)
class Standing:
    """A place of an operation where a base is named, or leads to one."""

    position: Position
    family: Family


def standings(comparison: Comparison) -> tuple[Standing, ...]:
    """Every place where the base of a family that differs is named, in document order."""
    known = comparison.memo.get(standings.__name__)
    if not isinstance(known, tuple):
        known = comparison.memo[standings.__name__] = tuple(_standings(comparison))
    return known


def inherited(comparison: Comparison) -> Iterator[Position]:
    """Every changed heir at every place where its base, or what leads to it, stands."""
    for standing in standings(comparison):
        position = standing.position
        for heirs in standing.family.kept():
            part = f"{named(heirs.head)} in the {position.part}"
            yield replace(position, part=part, roots=heirs, heir=True)


def named(schema: SchemaId) -> str:
    """How reports call a component."""
    return schema.removeprefix(COMPONENTS)


def _standings(comparison: Comparison) -> Iterator[Standing]:
    register = _Register(comparison)
    if not register.differs():
        return
    below: dict[SchemaPair, tuple[Family, ...]] = {}
    for position in positions(comparison.kept()):
        if position.textual:
            continue
        if position.roots not in below:
            below[position.roots] = tuple(register.below(position.roots))
        yield from (Standing(position, family) for family in below[position.roots])


class _Register:
    """The families of two contracts."""

    def __init__(self, comparison: Comparison) -> None:
        self._comparison = comparison
        self._bases = _bases(comparison.base), _bases(comparison.head)
        self._families = _families(comparison.base), _families(comparison.head)
        self._known: dict[SchemaPair, Family | None] = {}

    def differs(self) -> bool:
        """Whether any family can differ; asked first, because most contracts have none."""
        before, after = self._bases
        if not before or not after:
            return False
        return before != after or any(self.family(SchemaPair(name, name)) for name in before)

    def family(self, base: SchemaPair) -> Family | None:
        """The family of a base; None where there is none, or it is the same in both contracts."""
        if base not in self._known:
            self._known[base] = self._find(base)
        return self._known[base]

    def _find(self, base: SchemaPair) -> Family | None:
        if base.base not in self._bases[0] or base.head not in self._bases[1]:
            return None
        before, after = map(_tags, self._members(base))
        family = Family(base, before, after)
        return family if (before or after) and self._differs(family) else None

    def _differs(self, family: Family) -> bool:
        base, head = self._comparison.base.schemas, self._comparison.head.schemas
        before, after = base[family.base.base].discriminator, head[family.base.head].discriminator
        if before != after:
            return before is not None and after is not None
        return family.before != family.after or any(
            not self._comparison.twins.alike(base[heirs.base], head[heirs.head])
            for heirs in family.kept()
        )

    def _members(self, base: SchemaPair) -> tuple[Mapping[SchemaId, tuple[str, ...]], ...]:
        before, after = self._families
        return before.members(base.base), after.members(base.head)

    def below(self, root: SchemaPair) -> Iterator[Family]:
        """Families of the bases that a root leads to, and of those that their heirs lead to."""
        queue = [(root, True)]
        seen = {*queue}
        said: set[SchemaPair] = set()
        while queue:
            pair, is_named = queue.pop()
            found = list(self._below(pair))
            family = self.family(pair) if is_named else None
            if family is not None:
                found += [(heirs, True) for heirs in family.kept()]
                if pair not in said:
                    said.add(pair)
                    yield family
            queue.extend(one for one in found if one not in seen)
            seen.update(found)

    def _below(self, pair: SchemaPair) -> Iterator[tuple[SchemaPair, bool]]:
        """The children of a pair, each with whether it is named there: heirs only extend a base."""
        base, head = (
            self._comparison.base.schemas[pair.base],
            self._comparison.head.schemas[pair.head],
        )
        parents = set(matched_arms(base, head, "all_of"))
        for child in children(base, head):
            extended = child in parents and self._inherits(pair, child)
            yield child, not extended

    def _inherits(self, pair: SchemaPair, base: SchemaPair) -> bool:
        if base.base not in self._bases[0] and base.head not in self._bases[1]:
            return False
        return any(heir in of for heir, of in zip(pair, self._members(base), strict=True))


def _tags(members: Mapping[SchemaId, tuple[str, ...]]) -> dict[str, SchemaId]:
    return {tag: heir for heir, tags in members.items() for tag in tags}


def _bases(contract: Contract) -> frozenset[SchemaId]:
    """Components that state a discriminator and no choice, found without building any."""
    return frozenset(
        name
        for name, value in _components(contract).items()
        if isinstance(value, dict)
        and "discriminator" in value
        and not {"oneOf", "anyOf"} & value.keys()
    )


def _families(contract: Contract) -> Families:
    return Families(contract.schemas, tuple(_components(contract)))


def _components(contract: Contract) -> dict[SchemaId, Json]:
    root = contract.origin.value
    components = root.get("components") if isinstance(root, dict) else None
    schemas = components.get("schemas") if isinstance(components, dict) else None
    written = schemas if isinstance(schemas, dict) else {}
    return {SchemaId(COMPONENTS + escape(name)): value for name, value in written.items()}
