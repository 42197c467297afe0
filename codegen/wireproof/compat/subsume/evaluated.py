"""`unevaluatedProperties` and `unevaluatedItems` as case splits.

What has been evaluated depends on which branches of the applicators beside the keyword hold. The
cases are enumerated, each with the condition under which it applies; the keyword's demand is then
"in one of the cases, with everything that the case leaves over satisfying the schema".
JSON Schema 2020-12, sections 11.2 and 11.3.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import product

from wireproof.compat.subsume.atoms import (
    Each,
    Has,
    Items,
    Lacks,
    Literal,
    Names,
    opposite,
)
from wireproof.compat.subsume.formula import (
    Formula,
    conjunction,
    disjunction,
    negate,
)
from wireproof.compat.subsume.reading import Reading
from wireproof.ir.schema import Schema, SchemaId

MAX_CASES = 64
MAX_DEPTH = 12
Link = Callable[[SchemaId], Literal]
Arms = tuple[SchemaId, ...]


@dataclass(frozen=True, slots=True)
class Links:
    """What it takes for schemas to hold at the same place.

    Attributes:
        here: Of one schema.
        arms: Of the arms of a schema's union, each with the tag that chooses it.
    """

    here: Link
    arms: Callable[[Schema, Arms], list[Formula]]


class TooComplex(ValueError):  # noqa: N818 - says what the keyword is
    """The cases are too many, or depend on something that is not split."""


@dataclass(frozen=True, slots=True)
class Case:
    """One way in which branches may hold, and what has been evaluated then.

    `items` counts evaluated leading items; None stands for all.
    """

    conditions: tuple[Formula, ...] = ()
    names: frozenset[str] = frozenset()
    patterns: tuple[str, ...] = ()
    all_names: bool = False
    items: int | None = 0

    def joined(self, other: Case) -> Case:
        """Both at once."""
        both = None if self.items is None or other.items is None else max(self.items, other.items)
        return Case(
            (*self.conditions, *other.conditions),
            self.names | other.names,
            tuple(dict.fromkeys((*self.patterns, *other.patterns))),
            self.all_names or other.all_names,
            both,
        )


def unevaluated_names(
    schema: Schema, by: int, links: Links, child: Link, reading: Reading
) -> Formula:
    """The demand of `unevaluatedProperties`. Raises TooComplex."""
    assert schema.unevaluated_properties is not None  # noqa: S101 - the caller's condition
    literal = child(schema.unevaluated_properties)
    keyword = "unevaluatedProperties"
    options: list[Formula] = []
    for case in _Cases(links, reading, items=False).beside(schema):
        rest: Formula = True
        if not case.all_names:
            names = Names(outside=case.patterns, excluded=case.names)
            rest = Each(by, keyword, names, literal)
        options.append(conjunction((*case.conditions, rest)))
    return disjunction(options, by, keyword)


def unevaluated_items(
    schema: Schema, by: int, links: Links, child: Link, reading: Reading
) -> Formula:
    """The demand of `unevaluatedItems`. Raises TooComplex."""
    assert schema.unevaluated_items is not None  # noqa: S101 - the caller's condition
    literal = child(schema.unevaluated_items)
    keyword = "unevaluatedItems"
    options: list[Formula] = []
    for case in _Cases(links, reading, items=True).beside(schema):
        rest: Formula = True if case.items is None else Items(by, keyword, case.items, literal)
        options.append(conjunction((*case.conditions, rest)))
    return disjunction(options, by, keyword)


class _Cases:
    """Enumerates cases."""

    def __init__(self, links: Links, reading: Reading, *, items: bool) -> None:
        self._items = items
        self._links = links
        self._reading = reading
        self._depth = 0

    def beside(self, schema: Schema) -> list[Case]:
        """The cases for a schema, its own `unevaluated*` keywords left aside."""
        return self._all(replace(schema, unevaluated_properties=None, unevaluated_items=None))

    def _of(self, schema_id: SchemaId) -> list[Case]:
        return self._all(self._reading.schemas[schema_id])

    def _all(self, schema: Schema) -> list[Case]:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooComplex("unevaluated keywords look through too many nested schemas")
        if self._items and schema.contains is not None:
            raise TooComplex("unevaluatedItems beside 'contains' is not decided")
        cases = [_own(schema)]
        for member in (*schema.all_of, *((schema.ref,) if schema.ref else ())):
            cases = _cross(cases, self._of(member))
        if schema.any_of:
            cases = _cross(cases, self._any(schema))
        if schema.one_of:
            cases = _cross(cases, self._one(schema))
        if schema.if_ is not None:
            cases = _cross(cases, self._if(schema, schema.if_))
        for name, dependent in () if self._items else schema.dependent_schemas.items():
            absent = Case((Lacks(-1, "dependentSchemas", name),))
            there = Case((Has(-1, "dependentSchemas", name),))
            cases = _cross(cases, [absent, *_cross([there], self._of(dependent))])
        self._depth -= 1
        return cases

    def _any(self, schema: Schema) -> list[Case]:
        """Every subset of the arms that may hold together, but the empty one."""
        options = []
        conditions = self._links.arms(schema, schema.any_of)
        for arm, holds in zip(schema.any_of, conditions, strict=True):
            fails = [Case((negate(holds),))]
            options.append([*_cross([Case((holds,))], self._of(arm)), *fails])
        found: list[Case] = []
        for chosen in _bounded_product(options):
            if any(c is not options[i][-1] for i, c in enumerate(chosen)):
                joined = chosen[0]
                for case in chosen[1:]:
                    joined = joined.joined(case)
                found.append(joined)
        return found

    def _one(self, schema: Schema) -> list[Case]:
        """One arm after the other; that exactly one holds is `oneOf`'s own demand."""
        found: list[Case] = []
        conditions = self._links.arms(schema, schema.one_of)
        for arm, holds in zip(schema.one_of, conditions, strict=True):
            found += _cross([Case((holds,))], self._of(arm))
        return found

    def _if(self, schema: Schema, condition: SchemaId) -> list[Case]:
        literal = self._links.here(condition)
        holds = _cross([Case((literal,))], self._of(condition))
        if schema.then is not None:
            holds = _cross(holds, self._of(schema.then))
        fails = [Case((opposite(literal),))]
        if schema.else_ is not None:
            fails = _cross(fails, self._of(schema.else_))
        return [*holds, *fails]


def _own(schema: Schema) -> Case:
    """What a schema's own keywords evaluate."""
    every_name = (
        schema.additional_properties is not None or schema.unevaluated_properties is not None
    )
    every_item = schema.items is not None or schema.unevaluated_items is not None
    return Case(
        names=frozenset(schema.properties),
        patterns=tuple(schema.pattern_properties),
        all_names=every_name,
        items=None if every_item else len(schema.prefix_items),
    )


def _cross(left: list[Case], right: list[Case]) -> list[Case]:
    if len(left) * len(right) > MAX_CASES:
        raise TooComplex("unevaluated keywords depend on too many combinations of branches")
    return [one.joined(other) for one in left for other in right]


def _bounded_product(options: list[list[Case]]) -> list[tuple[Case, ...]]:
    size = 1
    for cases in options:
        size *= len(cases)
    if size > MAX_CASES:
        raise TooComplex("unevaluated keywords depend on too many combinations of branches")
    return list(product(*options))
