"""What may travel where a base schema with a discriminator is named: its heirs.

OpenAPI's older way to say "one of": `Pet` has the discriminator, `Cat` is `allOf: [Pet, ...]`, and
operations name `Pet` alone. Validators look no further than the base; readers, and generated code,
read the heir that the tag names. So changes of heirs are asked about wherever their base stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from wireproof.compat.rule import Comparison
from wireproof.compat.schemas.lockstep import SchemaPair, children
from wireproof.compat.schemas.positions import Position, positions
from wireproof.ir.contract import Contract
from wireproof.ir.inference.families import Families
from wireproof.ir.schema import SchemaId
from wireproof.source.node import Json, escape

_COMPONENTS = "#/components/schemas/"

Heirs = Mapping[SchemaId, tuple[SchemaId, ...]]
"""Base schema -> the heirs that both contracts have, if one of them differs."""


def inherited(comparison: Comparison) -> Iterator[Position]:
    """Every changed heir at every place where its base, or what leads to it, stands."""
    heirs = _changed(comparison)
    if not heirs:
        return
    known: dict[SchemaPair, tuple[SchemaId, ...]] = {}
    for position in positions(comparison.kept()):
        if position.textual:
            continue
        if position.roots not in known:
            known[position.roots] = tuple(_below(comparison, position.roots, heirs))
        for heir in known[position.roots]:
            part = f"{heir.removeprefix(_COMPONENTS)} in the {position.part}"
            yield replace(position, part=part, roots=SchemaPair(heir, heir), heir=True)


def _changed(comparison: Comparison) -> Heirs:
    base, head = comparison.base, comparison.head
    candidates = _candidates(base) & _candidates(head)
    if not candidates:
        return {}
    before, after = _families(base), _families(head)
    found: dict[SchemaId, tuple[SchemaId, ...]] = {}
    for name in sorted(candidates):
        members = before.members(name).keys() & after.members(name).keys()
        kept = tuple(sorted(heir for heir in members if heir != name))
        if any(not comparison.twins.alike(base.schemas[h], head.schemas[h]) for h in kept):
            found[name] = kept
    return found


def _candidates(contract: Contract) -> set[SchemaId]:
    """Components that state a discriminator and no choice, found without building any."""
    return {
        name
        for name, value in _components(contract).items()
        if isinstance(value, dict)
        and "discriminator" in value
        and not {"oneOf", "anyOf"} & value.keys()
    }


def _families(contract: Contract) -> Families:
    return Families(contract.schemas, tuple(_components(contract)))


def _components(contract: Contract) -> dict[SchemaId, Json]:
    root = contract.origin.value
    components = root.get("components") if isinstance(root, dict) else None
    schemas = components.get("schemas") if isinstance(components, dict) else None
    written = schemas if isinstance(schemas, dict) else {}
    return {SchemaId(_COMPONENTS + escape(name)): value for name, value in written.items()}


def _below(comparison: Comparison, root: SchemaPair, heirs: Heirs) -> Iterator[SchemaId]:
    """Heirs of the bases that a root leads to, and of those that the heirs lead to."""
    base, head = comparison.base.schemas, comparison.head.schemas
    seen, queue = {root}, [root]
    said: set[SchemaId] = set()
    while queue:
        pair = queue.pop()
        found = list(children(base[pair.base], head[pair.head]))
        for heir in heirs.get(pair.head, ()) if pair.base == pair.head else ():
            found.append(SchemaPair(heir, heir))
            if heir not in said:
                said.add(heir)
                yield heir
        queue.extend(one for one in found if one not in seen)
        seen.update(found)
