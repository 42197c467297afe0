"""One schema as formulas: what each of its keywords demands of a value of each JSON type."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from wireproof.compat.subsume.atoms import (
    Contains,
    Each,
    EachName,
    Has,
    Items,
    Lacks,
    Literal,
    Members,
    Multiple,
    Names,
    Opaque,
    Unique,
    opposite,
    positive,
)
from wireproof.compat.subsume.evaluated import (
    Links,
    TooComplex,
    unevaluated_items,
    unevaluated_names,
)
from wireproof.compat.subsume.formula import (
    Formula,
    among,
    conjunction,
    disjunction,
    negate,
)
from wireproof.compat.subsume.reading import CIRCULAR
from wireproof.compat.subsume.scalars import of_number, of_string, sizes
from wireproof.compat.subsume.text import (
    MIXED,
    TEXT,
    listed,
    read_otherwise,
    says_several,
    textual,
)
from wireproof.compat.subsume.twins import root_of
from wireproof.compat.subsume.unmodelled import HARMLESS, meaning_of
from wireproof.compat.subsume.values import Kind
from wireproof.ir.schema import Schema, SchemaId

if TYPE_CHECKING:
    from wireproof.compat.subsume.graph import Graph, Node


OVERLAP = "whether one alternative of a parameter's oneOf holds alone is not decided"


class Translation:
    """One schema on its way to formulas."""

    def __init__(self, graph: Graph, number: int, node: Node, schema: Schema) -> None:
        self.graph = graph
        self.number = number
        self.node = node
        self.schema = schema
        self.reading = graph.reading(node)
        self.hidden = node.unsent | self.reading.hidden(schema.id)

    def of(self, kind: Kind) -> Formula:
        """The demands on a value of this type.

        A text is read in one way by all that is said about it. Where several things are, a value
        that only meets each of them in some way is no value of the schema yet.
        """
        wide = self._demands(kind)
        if isinstance(wide, bool) or not self.reading.takes_text:
            return wide
        if says_several(self.schema, kind):
            plain = self.graph.literal(self.node.side, self.schema.id, self.node.unsent, plain=True)
            several = Opaque(self.number, "type", f"text@{self.number}", MIXED, wanted=True)
            wide = disjunction((plain, conjunction((several, wide))), self.number, TEXT)
        types = self.reading.types(self.schema.id)
        return disjunction((wide, read_otherwise(self.schema, types, self.number, kind)))

    def _demands(self, kind: Kind) -> Formula:
        schema = self.schema
        if self.reading.is_circular(schema.id):
            return Opaque(self.number, "$ref", f"circle@{self.number}", CIRCULAR, wanted=True)
        if schema.or_null and kind == "null":
            return True
        if self.reading.takes_text and self.reading.types(schema.id) == frozenset():
            return False
        parts: list[Formula] = [self._type(kind)]
        if schema.enum is not None and self.reading.enum_binds(schema):
            values = listed(schema) if self.reading.takes_text else schema.enum
            parts.append(among(self.number, "enum", values, kind))
        parts += self._combined(kind)
        parts += self._opaque()
        if self.reading.takes_text and schema.types is not None and not _states(schema, kind):
            return conjunction(parts)  # limits are for those who read the type that is stated
        match kind:
            case "number":
                parts += of_number(schema, self.number)
            case "string":
                parts += of_string(schema, self.number)
            case "array":
                parts += self._array()
            case "object":
                parts += self._object()
        return conjunction(parts)

    def child(self, schema_id: SchemaId) -> Literal:
        """A schema for a part of the value."""
        return self.graph.literal(self.node.side, schema_id, plain=self.node.plain)

    def here(self, schema_id: SchemaId) -> Literal:
        """A schema for the same value: what is not sent stays so."""
        plain = self.node.plain
        return self.graph.literal(self.node.side, schema_id, self.hidden, plain=plain)

    def _type(self, kind: Kind) -> Formula:
        types = self.schema.types
        if types is None or kind in types:
            return True
        if _states(self.schema, kind):
            return Multiple(self.number, "type", Fraction(1), wanted=True)
        if self.reading.takes_text and kind not in {"array", "object"}:
            return textual(self.schema, self.number, kind)
        return False

    def _opaque(self) -> list[Formula]:
        schema = self.schema
        found: list[Formula] = []
        raw = schema.origin.value if isinstance(schema.origin.value, Mapping) else {}
        for keyword in sorted(set(schema.unmodelled) - HARMLESS):
            root = root_of(schema.origin).value
            key = meaning_of(keyword, raw.get(keyword), root, str(self.number))
            reason = f"keyword '{keyword}' is not modelled"
            found.append(Opaque(self.number, keyword, key, reason, wanted=True))
        return found

    def _combined(self, kind: Kind) -> list[Formula]:
        """`$ref`, `allOf`, `anyOf`, `oneOf`, `not`, `if`."""
        schema = self.schema
        parts: list[Formula] = [self.here(member) for member in schema.all_of]
        if schema.ref is not None:
            parts.append(self.here(schema.ref))
        if schema.any_of:
            arms = self._arms(schema, schema.any_of, kind)
            parts.append(disjunction(arms, self.number, "anyOf"))
        if schema.one_of and (self.reading.lenient or self.reading.takes_text):
            arms = self._arms(schema, schema.one_of, kind)
            parts.append(disjunction(arms, self.number, "oneOf"))
            if self._may_share_text(kind):
                key = f"oneOf@{self.number}"
                parts.append(Opaque(self.number, "oneOf", key, OVERLAP, wanted=True))
        elif schema.one_of:
            arms = self._arms(schema, schema.one_of, kind)
            exactly = [
                conjunction((arm, *(negate(other) for j, other in enumerate(arms) if j != i)))
                for i, arm in enumerate(arms)
            ]
            parts.append(disjunction(exactly, self.number, "oneOf"))
        if schema.not_ is not None:
            parts.append(opposite(self.here(schema.not_)))
        if schema.if_ is not None and (schema.then or schema.else_):
            condition = self.here(schema.if_)
            then: Formula = self.here(schema.then) if schema.then else True
            otherwise: Formula = self.here(schema.else_) if schema.else_ else True
            holds = conjunction((condition, then))
            fails = conjunction((opposite(condition), otherwise))
            parts.append(disjunction((holds, fails), self.number, "if"))
        return parts

    def _may_share_text(self, kind: Kind) -> bool:
        """Whether two arms of `oneOf` may be meant for the same text."""
        scalar = self.reading.takes_text and kind not in {"array", "object"}
        return scalar and not self.reading.differ_in_type(self.schema.one_of)

    def _arms(self, owner: Schema, arms: tuple[SchemaId, ...], kind: Kind) -> list[Formula]:
        """The arms of a union, each with its tag where a discriminator tells them apart."""
        found: list[Formula] = []
        tags = self.reading.arm_tags(owner, arms)
        for arm, tag in zip(arms, tags, strict=True):
            literal = self.here(arm)
            discriminator = owner.discriminator
            if kind == "object" and tag and discriminator is not None:
                name = discriminator.property_name
                tagged = Each(
                    self.number, "discriminator", Names(one=name), self.graph.constant(tag)
                )
                has = Has(self.number, "discriminator", name)
                found.append(conjunction((has, tagged, literal)))
            else:
                found.append(literal)
        return found

    def _array(self) -> list[Formula]:
        schema, by = self.schema, self.number
        parts = sizes(by, "Items", schema.min_items, schema.max_items)
        for index, item in enumerate(schema.prefix_items):
            parts.append(Items(by, "prefixItems", index, self.child(item), only=True))
        if schema.items is not None:
            parts.append(Items(by, "items", len(schema.prefix_items), self.child(schema.items)))
        if schema.contains is not None:
            low = 1 if schema.min_contains is None else schema.min_contains
            contains = self.child(schema.contains)
            parts.append(Contains(by, "contains", contains, low, schema.max_contains))
        if schema.unique_items:
            parts.append(Unique(by, "uniqueItems", wanted=True))
        if schema.unevaluated_items is not None:
            parts.append(self._unevaluated("unevaluatedItems"))
        return parts

    def _object(self) -> list[Formula]:
        schema, by = self.schema, self.number
        parts = sizes(by, "Properties", schema.min_properties, schema.max_properties)
        parts += [Has(by, "required", name) for name in schema.required if name not in self.hidden]
        members = self._members()
        if members is not None:
            parts.append(members)
        if schema.property_names is not None:
            parts.append(EachName(by, "propertyNames", self.child(schema.property_names)))
        for name, needed in schema.dependent_required.items():
            wanted = [Has(by, "dependentRequired", other) for other in needed]
            lacks = Lacks(by, "dependentRequired", name)
            parts.append(disjunction((lacks, conjunction(wanted)), by, "dependentRequired"))
        for name, dependent in schema.dependent_schemas.items():
            lacks = Lacks(by, "dependentSchemas", name)
            parts.append(disjunction((lacks, self.here(dependent)), by, "dependentSchemas"))
        if schema.unevaluated_properties is not None:
            parts.append(self._unevaluated("unevaluatedProperties"))
        return parts

    def _members(self) -> Members | None:
        schema = self.schema
        if (
            not (schema.properties or schema.pattern_properties)
            and not schema.additional_properties
        ):
            return None
        named = {
            name: positive(0) if name in self.hidden else self.child(child)
            for name, child in schema.properties.items()
        }
        patterns = tuple(
            (pattern, self.child(child)) for pattern, child in schema.pattern_properties.items()
        )
        rest = schema.additional_properties
        return Members(
            self.number,
            "properties",
            named,
            patterns,
            None if rest is None else self.child(rest),
            self.hidden,
        )

    def _unevaluated(self, keyword: str) -> Formula:
        of_items = keyword == "unevaluatedItems"
        kind: Kind = "array" if of_items else "object"
        links = Links(self.here, lambda owner, arms: self._arms(owner, arms, kind))
        demand = unevaluated_items if of_items else unevaluated_names
        try:
            return demand(self.schema, self.number, links, self.child, self.reading)
        except TooComplex as problem:
            key = f"{keyword}@{self.number}"
            return Opaque(self.number, keyword, key, str(problem), wanted=True)


def _states(schema: Schema, kind: Kind) -> bool:
    """Whether `type` names a JSON type, be it integers only."""
    types = schema.types or frozenset()
    return kind in types or (kind == "number" and "integer" in types)
