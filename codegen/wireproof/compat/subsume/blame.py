"""Which keyword refuses a value, and where: for people who read a refutation."""

from __future__ import annotations

from dataclasses import dataclass

from wireproof.compat.subsume import text
from wireproof.compat.subsume.atoms import (
    Atom,
    Contains,
    Each,
    EachName,
    Items,
    Literal,
    Members,
    node_of,
    opposite,
)
from wireproof.compat.subsume.evaluate import Evaluation
from wireproof.compat.subsume.formula import (
    And,
    Formula,
    Or,
)
from wireproof.compat.subsume.graph import Graph, Side
from wireproof.compat.subsume.values import kind_of
from wireproof.ir.schema import SchemaId
from wireproof.source.node import Json

Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Fault:
    """A keyword of a node that refuses the part of a value at `path`."""

    path: Path
    keyword: str
    node: int


class Blame:
    """Finds faults."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._evaluation = Evaluation(graph)

    def fault(self, literal: Literal, value: Json, path: Path = ()) -> Fault | None:
        """The first fault of a value under a literal; None where it is not refused."""
        if literal & 1:
            refused = self._evaluation.holds(literal, value) is False
            return (
                Fault(path, "not" if literal > 1 else "false", node_of(literal))
                if refused
                else None
            )
        formula = self._graph.formula(literal, kind_of(value))
        if formula is False:
            return Fault(path, self._of_kind(node_of(literal), value), node_of(literal))
        return self._in(formula, value, path, node_of(literal))

    def _of_kind(self, node: int, value: Json) -> str:
        """Why a type of values is refused as a whole."""
        schema = self._graph.nodes[node].schema
        if schema is None:
            return "const"
        kind = kind_of(value)
        kinds = {"number" if name == "integer" else name for name in schema.types or (kind,)}
        if kind not in kinds:
            return "type"
        return "enum" if schema.enum is not None else "anyOf" if schema.any_of else "oneOf"

    def _in(  # noqa: PLR0911 - one return a case
        self, formula: Formula, value: Json, path: Path, node: int
    ) -> Fault | None:
        match formula:
            case bool():
                return None if formula else Fault(path, "type", node)
            case int():
                if formula & 1:
                    refused = self._evaluation.holds(formula, value) is False
                    return Fault(path, "not", node) if refused else None
                return self.fault(formula, value, path)
            case And(parts):
                faults = (self._in(part, value, path, node) for part in parts)
                return next((fault for fault in faults if fault), None)
            case Or(parts, keyword=text.TEXT):
                return self._in(parts[0], value, path, node)
            case Or():
                return self._choice(formula, value, path, node)
            case _:
                if self._evaluation.true(formula, value) is not False:
                    return None
                return self._atom(formula, value, path, node)

    def _choice(self, choice: Or, value: Json, path: Path, node: int) -> Fault | None:
        """A choice fails as a whole; one branch that comes close is blamed instead."""
        if self._evaluation.true(choice, value) is not False:
            return None
        faults = [self._in(part, value, path, node) for part in choice.parts]
        close = [fault for fault in faults if fault and not self._is_far(fault, path)]
        if len(close) == 1:
            return close[0]
        return Fault(path, choice.keyword or "anyOf", choice.by if choice.by >= 0 else node)

    def _is_far(self, fault: Fault, path: Path) -> bool:
        """Whether a branch is plainly not the one that was meant: another type, another tag."""
        return (fault.path == path and fault.keyword in {"type", "enum", "const", "not"}) or (
            len(fault.path) == len(path) + 1 and fault.keyword in {"enum", "const", "discriminator"}
        )

    def _atom(self, atom: Atom, value: Json, path: Path, node: int) -> Fault:
        by = atom.by if atom.by >= 0 else node
        inner: Fault | None = None
        match atom:
            case Members():
                for part in atom.parts():
                    if self._evaluation.true(part, value) is False:
                        return self._atom(part, value, path, node)
            case Each(names=names, literal=literal):
                for name, item in value.items():
                    if names.has(name):
                        inner = inner or self._within(atom, literal, item, (*path, name))
            case Items(start=start, literal=literal, only=only):
                for index, item in enumerate(value):
                    if index == start if only else index >= start:
                        inner = inner or self._within(atom, literal, item, (*path, index))
            case EachName(literal=literal):
                wrong = [name for name in value if self._evaluation.holds(literal, name) is False]
                return Fault((*path, *wrong[:1]), atom.keyword, by)
            case Contains(low=low, literal=literal):
                counted = sum(bool(self._evaluation.holds(literal, item)) for item in value)
                few = counted < low
                keyword = "maxContains" if not few else "contains" if low <= 1 else "minContains"
                return Fault(path, keyword, by)
        return inner or Fault(path, atom.keyword, by)

    def _within(self, atom: Atom, literal: Literal, item: Json, path: Path) -> Fault | None:
        if literal == 1 or (literal & 1 and literal > 1):
            refused = self._evaluation.holds(literal, item) is False
            return Fault(path, atom.keyword, atom.by) if refused else None
        fault = self.fault(literal, item, path)
        if fault is not None and self._graph.nodes[fault.node].schema is None:
            return Fault(fault.path, atom.keyword, atom.by)
        return fault

    def schema_at(self, literal: Literal, value: Json, path: Path) -> SchemaId | None:
        """The schema of a side that speaks about the part of a value at a path."""
        here: list[Literal] = [literal]
        for token in path:
            here = self._below(self._in_place(here, value), value, token)
            value = value[token]
        for each in self._in_place(here, value):
            schema = self._graph.nodes[node_of(each)].schema
            if schema is not None and self._graph.nodes[node_of(each)].side is Side.SENDER:
                return schema.id
        return None

    def _in_place(self, literals: list[Literal], value: Json) -> list[Literal]:
        """The literals and all that hold with them at the same place."""
        found: dict[Literal, None] = {}
        queue: list[Formula] = list(reversed(literals))
        while queue:
            formula = queue.pop()
            match formula:
                case bool():
                    continue
                case int():
                    if not formula & 1 and formula not in found:
                        found[formula] = None
                        queue.append(self._graph.formula(formula, kind_of(value)))
                case And(parts):
                    queue.extend(reversed(parts))
                case Or(parts):
                    held = [part for part in parts if self._evaluation.true(part, value)]
                    queue.extend(held[:1])
        return list(found)

    def _below(self, literals: list[Literal], value: Json, token: str | int) -> list[Literal]:
        """What literals say about a part."""
        found: list[Literal] = []
        for literal in literals:
            formula = self._graph.formula(literal, kind_of(value))
            for atom in formula.parts if isinstance(formula, And) else (formula,):
                match atom:
                    case Members() if isinstance(token, str):
                        found += atom.literals(token)
                    case Each(names=names, literal=child) if isinstance(token, str):
                        found += [child] if names.has(token) else []
                    case Items(start=start, literal=child, only=only) if isinstance(token, int):
                        fits = token == start if only else token >= start
                        found += [child] if fits else []
        return [each for each in found if each != opposite(0)]
