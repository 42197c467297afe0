"""What a schema means in one direction, beyond JSON Schema's own rules.

The proof and the conversion for the validators share these readings and nothing else:

- names that are not sent (`readOnly` in requests, `writeOnly` in responses) are optional and
  free, also where another branch of the same `allOf` requires them;
- the arms of a union with a `discriminator` are told apart by its tag;
- `oneOf` is exclusive, unless `lenient` says to read it as `anyOf`; so does who takes text, which
  is a string to one arm and a number to the other;
- an unknown format admits the values that are listed beside it;
- an extensible enum restricts the sender of it, and the receiver of requests only.
"""

from __future__ import annotations

from collections.abc import Mapping

from wireproof.compat.subsume.verdicts import Flow
from wireproof.ir.schema import Schema, SchemaId

CIRCULAR = "a schema refers to itself for the same value"

_COMPONENTS = "#/components/schemas/"
_COMPOUND = frozenset({"array", "object"})


class Reading:
    """One contract's schemas, read in one direction by the sender or by the receiver."""

    def __init__(
        self,
        schemas: Mapping[SchemaId, Schema],
        flow: Flow,
        *,
        receives: bool,
        lenient: bool = False,
        text: bool = False,
    ) -> None:
        self.schemas = schemas
        self.flow = flow
        self.receives = receives
        self.lenient = lenient
        self.takes_text = receives and text
        self._hidden: dict[SchemaId, frozenset[str]] = {}
        self._circular: dict[SchemaId, bool | None] = {}
        self._unsent: dict[SchemaId, bool] = {}

    def plain(self) -> Reading:
        """The same for who takes values as they are."""
        if not self.takes_text:
            return self
        return Reading(self.schemas, self.flow, receives=self.receives, lenient=self.lenient)

    def in_place(self, schema_id: SchemaId) -> list[Schema]:
        """The schema and all that must hold with it at the same place: `$ref` and `allOf`."""
        first = self.schemas[schema_id]
        if not first.all_of and first.ref is None:
            return [first]
        found: dict[SchemaId, Schema] = {}
        queue = [schema_id]
        while queue:
            current = queue.pop()
            if current not in found:
                schema = found[current] = self.schemas[current]
                queue.extend(schema.all_of)
                if schema.ref is not None:
                    queue.append(schema.ref)
        return list(found.values())

    def is_unsent(self, schema_id: SchemaId) -> bool:
        """Whether a property with this schema does not travel in this direction."""
        known = self._unsent.get(schema_id)
        if known is None:
            known = self._unsent[schema_id] = any(
                schema.read_only if self.flow is Flow.REQUEST else schema.write_only
                for schema in self.in_place(schema_id)
            )
        return known

    def hidden(self, schema_id: SchemaId) -> frozenset[str]:
        """Names declared here, or in this schema's `allOf`, that are not sent."""
        known = self._hidden.get(schema_id)
        if known is None:
            known = self._hidden[schema_id] = frozenset(
                name
                for schema in self.in_place(schema_id)
                for name, child in schema.properties.items()
                if self.is_unsent(child)
            )
        return known

    def is_circular(self, schema_id: SchemaId) -> bool:
        """Whether a schema applies itself to the same value, which means nothing.

        JSON Schema 2020-12, section 9.4.1. Of every such circle one schema at least is told.
        """
        known = self._circular.get(schema_id)
        return self._circles(schema_id) if known is None else known

    def _circles(self, first: SchemaId) -> bool:
        """Follow what applies to the same value, depth first; what is on the way is None."""
        self._circular[first] = None
        circle: set[SchemaId] = set()
        way = [(first, iter(beside(self.schemas[first])))]
        while way:
            current, following = way[-1]
            for each in following:
                if each not in self._circular:
                    self._circular[each] = None
                    way.append((each, iter(beside(self.schemas[each]))))
                    break
                if self._circular[each] is None:
                    ids = [schema_id for schema_id, _ in way]
                    circle.update(ids[ids.index(each) :])
            else:
                way.pop()
                self._circular[current] = current in circle
        return bool(self._circular[first])

    def types(self, schema_id: SchemaId) -> frozenset[str] | None:
        """JSON types that `type` admits here and in all that must hold as well; None: any."""
        found: frozenset[str] | None = None
        for schema in self.in_place(schema_id):
            if schema.types is not None:
                stated = frozenset("number" if n == "integer" else n for n in schema.types)
                found = stated if found is None else found & stated
        return found

    def differ_in_type(self, arms: tuple[SchemaId, ...]) -> bool:
        """Whether no two arms of a union share a type of scalars, by what `type` says."""
        seen = frozenset[str]()
        for arm in arms:
            types = self.types(arm)
            if types is None or not (types & seen) <= _COMPOUND:
                return False
            seen |= types
        return True

    def enum_binds(self, schema: Schema) -> bool:
        """Whether `enum` restricts values for this reader."""
        return schema.enum is not None and not (schema.extensible_enum and self.receives_open)

    @property
    def receives_open(self) -> bool:
        """Whether an extensible enum's unlisted values have to be taken."""
        return self.receives and self.flow is Flow.RESPONSE

    def arm_tags(self, schema: Schema, arms: tuple[SchemaId, ...]) -> list[tuple[str, ...]]:
        """For each arm of a union, the tags that choose it; () where its tag says nothing.

        An arm whose own schema lists its tag needs no further reading.
        """
        found: list[tuple[str, ...]] = []
        discriminator = schema.discriminator
        for arm in arms:
            if discriminator is None or self._lists_tag(arm, discriminator.property_name):
                found.append(())
                continue
            tags = tuple(tag for tag, target in discriminator.mapping.items() if target == arm)
            if not tags and arm.startswith(_COMPONENTS) and "/" not in arm[len(_COMPONENTS) :]:
                name = arm[len(_COMPONENTS) :].replace("~1", "/").replace("~0", "~")
                tags = (name,)
            found.append(tags)
        return found

    def _lists_tag(
        self, arm: SchemaId, name: str, within: frozenset[SchemaId] = frozenset()
    ) -> bool:
        """Whether an arm lists its tag's values itself; a union does if all of its arms do."""
        if arm in within:
            return False
        schemas = self.in_place(arm)
        declared = [schema.properties[name] for schema in schemas if name in schema.properties]
        if any(self._lists_values(child) for child in declared):
            return True
        unions = [arms for schema in schemas for arms in (schema.any_of, schema.one_of) if arms]
        return any(
            all(self._lists_tag(each, name, within | {arm}) for each in arms) for arms in unions
        )

    def _lists_values(self, schema_id: SchemaId) -> bool:
        """Whether a schema lists what it admits, be it beside null."""
        schemas = self.in_place(schema_id)
        arms = [arm for schema in schemas for arm in (*schema.any_of, *schema.one_of)]
        return any(
            schema.enum is not None for arm in (schema_id, *arms) for schema in self.in_place(arm)
        )


def beside(schema: Schema) -> tuple[SchemaId, ...]:
    """The schemas that a schema applies to the same value."""
    single = (schema.ref, schema.not_, schema.if_, schema.then, schema.else_)
    lists = (*schema.all_of, *schema.any_of, *schema.one_of, *schema.dependent_schemas.values())
    return *(each for each in single if each is not None), *lists
