"""The type view of all schemas, built when first asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from wireproof.ir.contract import Operation
from wireproof.ir.inference.declare import declare, documented
from wireproof.ir.inference.enums import enumeration
from wireproof.ir.inference.facts import Facts, gather, shapes, weighs
from wireproof.ir.inference.families import Families
from wireproof.ir.inference.forms import Choice, Form, Plain, Record, without_null
from wireproof.ir.inference.structure import structure
from wireproof.ir.inference.unions import choice
from wireproof.ir.inference.walk import declared_in, operation_types
from wireproof.ir.reading.reader import Reader
from wireproof.ir.reading.schemas import ANYTHING, COMPONENTS, SchemaTable
from wireproof.ir.schema import Schema, SchemaId
from wireproof.ir.types import (
    AnyType,
    NamedType,
    NullableType,
    Scalar,
    ScalarType,
    Type,
    TypeDecl,
    TypeView,
    UnionArm,
)
from wireproof.source.node import Node, escape

_T = TypeVar("_T")
_NULL = ScalarType(Scalar.NULL)


class _CircleError(Exception):
    """Inline schemas that contain themselves; one of them has to be declared."""

    def __init__(self, chosen: SchemaId) -> None:
        super().__init__(chosen)
        self.chosen = chosen


class TypeTable(TypeView):
    """Declarations by id, uses by schema, everything remembered."""

    def __init__(self, schemas: SchemaTable, reader: Reader) -> None:
        self.schemas = schemas
        self.reader = reader
        self.families = Families(schemas, schemas.components)
        self._forms: dict[SchemaId, Form] = {}
        self._facts: dict[SchemaId, Facts] = {}
        self._uses: dict[SchemaId, Type] = {}
        self._nulls: dict[SchemaId, bool] = {}
        self._declarations: dict[SchemaId, TypeDecl] = {}
        self._named: set[SchemaId] = set(schemas.components)
        self._working: dict[SchemaId, None] = {}
        self._roots: list[Type] = []
        self._unread: list[Operation] = []
        self._order: tuple[SchemaId, ...] | None = None

    def __getitem__(self, type_id: SchemaId) -> TypeDecl:
        found = self._declarations.get(type_id)
        if found is None:
            if type_id not in self:
                raise KeyError(type_id)
            form = self._outermost(self._form, type_id)
            found = self._declarations[type_id] = declare(self, type_id, form)
        return found

    def __iter__(self) -> Iterator[SchemaId]:
        return iter(self._in_order())

    def __len__(self) -> int:
        return len(self._in_order())

    def _in_order(self) -> tuple[SchemaId, ...]:
        if self._order is None:
            self._order = ()  # for who is asked on the way
            self._read_roots()
            self._order = tuple(declared_in(self, self.schemas.components, self._roots))
        return self._order

    def __contains__(self, type_id: object) -> bool:
        if type_id in self._named:
            return True
        if not isinstance(type_id, str):
            return False
        if type_id not in self._facts and type_id not in self.schemas:
            self._in_order()  # types that no schema states are known when their owners are
            if type_id not in self._facts:
                return False
        return without_null(self.use(SchemaId(type_id))) == NamedType(SchemaId(type_id))

    def add_roots(self, operations: Iterable[Operation]) -> None:
        """Let iteration reach the inline types of these operations."""
        self._order = None
        self._unread.extend(operations)

    def use(self, schema_id: SchemaId) -> Type:
        """The type of a value of this schema."""
        found = self._uses.get(schema_id)
        if found is None:
            found = self._uses[schema_id] = self._outermost(self._use, schema_id)
        return found

    def _outermost(self, work: Callable[[SchemaId], _T], schema_id: SchemaId) -> _T:
        """What `work` gives; it begins anew for each circle that has to be broken by a name."""
        if self._working:
            return work(schema_id)
        self._read_roots()
        while True:
            try:
                return work(schema_id)
            except _CircleError as circle:
                self._working.clear()
                self._named.add(circle.chosen)

    def _read_roots(self) -> None:
        """All that operations hold, in document order, before anything else is asked for.

        Whoever asks first must not decide which schema of a circle gets a name.
        """
        unread, self._unread = self._unread, []
        for operation in unread:
            self._roots.extend(operation_types(operation))

    def _use(self, schema_id: SchemaId) -> Type:
        if schema_id in self._named:
            type_: Type = NamedType(schema_id)
        else:
            form = self._form(schema_id)
            type_ = form.type if isinstance(form, Plain) else NamedType(schema_id)
        if type_ == _NULL or isinstance(type_, AnyType | NullableType):
            return type_
        return NullableType(type_) if self.null(schema_id) else type_

    def facts(self, schema_id: SchemaId) -> Facts:
        """The merged statements of a schema."""
        found = self._facts.get(schema_id)
        if found is None:
            found = self._facts[schema_id] = gather((schema_id,), self.schemas, schema_id)
            if found.conflict:
                self._report_conflict(found)
        return found

    def peek(self, schema_id: SchemaId) -> Form | None:
        """The form of a schema; None while it is being worked out."""
        if schema_id in self._working:
            return None
        return self._outermost(self._form, schema_id)

    def synthesise(self, facts: Facts) -> Type:
        """The type of merged facts that no schema states in one place."""
        if facts.conflict:
            self._report_conflict(facts)
        for remembered in (self._forms, self._uses, self._nulls, self._declarations):
            remembered.pop(facts.id, None)  # what the arm was by itself
        self._facts[facts.id] = facts
        return without_null(self.use(facts.id))

    def declare_union(self, union_id: SchemaId, types: tuple[Type, ...]) -> Type:
        """A union that no schema states in one place: the items of a tuple."""
        plain = tuple(dict.fromkeys(without_null(type_) for type_ in types))
        self._facts[union_id] = Facts(union_id, chain=dict(self._first_chain(union_id)))
        self._forms[union_id] = Choice(tuple(UnionArm(type_) for type_ in plain))
        self._named.add(union_id)
        is_null = any(isinstance(type_, NullableType) for type_ in types)
        return NullableType(NamedType(union_id)) if is_null else NamedType(union_id)

    def _first_chain(self, type_id: SchemaId) -> dict[SchemaId, Schema]:
        owner = SchemaId(type_id.rpartition("/")[0])
        return {owner: self.schemas[owner]} if owner in self.schemas else self.facts(owner).chain

    def is_component(self, schema_id: SchemaId) -> bool:
        """Whether a schema stands directly under components/schemas."""
        return schema_id.startswith(COMPONENTS) and "/" not in schema_id[len(COMPONENTS) :]

    def anything(self, owner: SchemaId, name: str) -> SchemaId:
        """The schema of a property that is required, but nowhere declared."""
        origin = documented(self, owner).origin
        node = Node(ANYTHING, origin.document, origin, "required")
        return self.schemas.adopt(node, SchemaId(f"{owner}/properties/{escape(name)}"))

    def null(self, schema_id: SchemaId) -> bool:
        """Whether null is among a schema's values."""
        found = self._nulls.get(schema_id)
        if found is None:
            self._nulls[schema_id] = False  # answers alternatives that contain themselves
            found = self._nulls[schema_id] = self._admits_null(self.facts(schema_id))
        return found

    def _admits_null(self, facts: Facts) -> bool:
        if facts.null is not None:
            return facts.null
        return bool(facts.alternatives) and all(
            any(self.null(arm) for arm in alternatives.arms) for alternatives in facts.alternatives
        )

    def _form(self, schema_id: SchemaId) -> Form:
        found = self._forms.get(schema_id)
        if found is None:
            if schema_id in self._working:
                circle = list(self._working)
                raise _CircleError(min(circle[circle.index(schema_id) :]))
            self._working[schema_id] = None
            found = self._find_form(schema_id)
            del self._working[schema_id]
            self._forms[schema_id] = found
        return found

    def _find_form(self, schema_id: SchemaId) -> Form:
        family = self._family(schema_id)
        if family is not None:
            return family
        facts = self.facts(schema_id)
        if len(facts.chain) > 1 and schema_id in facts.chain:
            target = self._same_as(facts.chain[schema_id])
            if target is not None:
                return Plain(without_null(self.use(target)))
        return self.examine(facts)

    def examine(self, facts: Facts) -> Form:
        """The form that merged facts make."""
        values = enumeration(facts, declared=facts.id in self._named)
        if values is not None:
            return values
        if facts.alternatives:
            chosen = choice(self, facts)
            if chosen is not None:
                return chosen
        return structure(self, facts)

    def _same_as(self, schema: Schema) -> SchemaId | None:
        """The schema that this one only refers to, adding nothing to its type."""
        if shapes(schema):
            return None
        parts = [] if schema.ref is None else [schema.ref]
        parts.extend(
            member
            for member in schema.all_of
            if weighs(self.schemas[member], self.schemas, frozenset({schema.id}))
        )
        if len(parts) != 1 or parts[0].startswith(f"{schema.id}/"):
            return None
        if schema.id in self.families.members(parts[0]):
            return None  # a member that adds nothing to its base is a type of its own
        return parts[0]

    def _family(self, schema_id: SchemaId) -> Form | None:
        if not schema_id.startswith(COMPONENTS) or schema_id not in self._named:
            return None
        members = self.families.members(schema_id)
        if not members:
            return None
        discriminator = self.schemas[schema_id].discriminator
        default = None if discriminator is None else discriminator.default
        arms = []
        for member, tags in members.items():
            type_: Type = NamedType(member)
            if member == schema_id:
                base_id = SchemaId(f"{schema_id}/discriminator")
                facts = gather((schema_id,), self.schemas, base_id)
                self._facts[base_id] = facts
                self._forms[base_id] = Record(facts)
                type_ = NamedType(base_id)
            arms.append(UnionArm(type_, tags, default=member == default))
        tag = None if discriminator is None else discriminator.property_name
        return Choice(tuple(arms), tag, open=True)

    def _report_conflict(self, facts: Facts) -> None:
        schema = self.schemas.get(facts.id) or next(iter(facts.chain.values()))
        self.reader.report(
            "contradictory-all-of",
            schema.origin,
            f"the parts of allOf exclude each other in `{facts.conflict}`; the last one is used",
            "no value can satisfy all of them: correct one",
        )
