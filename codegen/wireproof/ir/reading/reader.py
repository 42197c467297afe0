"""Reading nodes of a document that may be wrong: what is unusable is reported and left out.

Reports keep the node and become Diagnostics only when somebody asks, because a Span costs a pass
over the file and most contracts have nothing to report.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wireproof.diagnostics import Diagnostic, Severity, ordered
from wireproof.source.document import Document
from wireproof.source.node import Json, Node


@dataclass(frozen=True, slots=True)
class Report:
    """A diagnostic whose place has not been worked out yet."""

    rule: str
    severity: Severity
    message: str
    node: Node
    help: str = ""
    at_key: bool = False

    def diagnostic(self) -> Diagnostic:
        """The diagnostic, with its Span."""
        return Diagnostic(
            self.rule,
            self.severity,
            self.message,
            self.node.key_span if self.at_key else self.node.span,
            self.node.pointer,
            self.help,
        )


class Reader:
    """Typed access to nodes; collects what could not be read."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self._reports: list[Report] = []

    def report(
        self,
        rule: str,
        node: Node,
        message: str,
        help_: str = "",
        severity: Severity = Severity.WARNING,
        *,
        at_key: bool = False,
    ) -> None:
        """Note that something about `node` was not understood."""
        self._reports.append(Report(rule, severity, message, node, help_, at_key))

    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything noted so far, ordered, without repeats."""
        return ordered(report.diagnostic() for report in self._reports)

    def wrong_type(self, node: Node, expected: str) -> None:
        """Note that a value is not of the kind that stands here, and is left out."""
        self.report(
            "wrong-type",
            node,
            f"expected {expected}, found {_kind(node.value)}; it is left out",
        )

    def deref(self, node: Node) -> Node | None:
        """The node, or what its `$ref` points at; None (reported) where that is nothing."""
        value = node.value
        if not isinstance(value, dict) or "$ref" not in value:
            return node
        target = self.document.resolve(node)
        if target is None:
            self.unresolved(node, value["$ref"])
        return target

    def unresolved(self, node: Node, ref: Json) -> None:
        """Note that a reference leads nowhere."""
        self.report(
            "unresolved-ref",
            node.get("$ref") or node,
            f"`$ref` {ref!r} points at nothing that can be used here",
            "correct the pointer, or add what it names",
            Severity.ERROR,
        )

    def mapping(self, node: Node | None) -> Node | None:
        """The node behind its `$ref`s where it is a mapping; otherwise None (reported)."""
        if node is None:
            return None
        target = self.deref(node)
        if target is None:
            return None
        if not isinstance(target.value, dict):
            self.wrong_type(target, "a mapping")
            return None
        return target

    def entries(self, node: Node, key: str) -> Iterator[tuple[str, Node]]:
        """Members of the mapping under `key`; nothing where it is absent or not a mapping."""
        child = node.get(key)
        if child is None or child.value is None:
            return
        if not isinstance(child.value, dict):
            self.wrong_type(child, "a mapping")
            return
        yield from child.items()

    def elements(self, node: Node, key: str) -> Iterator[Node]:
        """Elements of the sequence under `key`; nothing where it is absent or not a sequence."""
        child = node.get(key)
        if child is None or child.value is None:
            return
        if not isinstance(child.value, list):
            self.wrong_type(child, "a sequence")
            return
        yield from child.elements()

    def text(self, node: Node, key: str) -> str:
        """The text under `key`, "" where there is none. Numbers are taken as written."""
        value = node.value.get(key)
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
        child = node.get(key)
        if child is not None:
            self.wrong_type(child, "text")
        return ""

    def texts(self, node: Node, key: str) -> tuple[str, ...]:
        """The texts in the sequence under `key`."""
        found = []
        for element in self.elements(node, key):
            if isinstance(element.value, str):
                found.append(element.value)
            else:
                self.wrong_type(element, "text")
        return tuple(found)

    def flag(self, node: Node, key: str, *, default: bool = False) -> bool:
        """The boolean under `key`."""
        value = node.value.get(key)
        if value is None:
            return default
        if isinstance(value, bool):
            return value
        child = node.get(key)
        if child is not None:
            self.wrong_type(child, "true or false")
        return default


def extensions(value: Mapping[str, Json], modelled: frozenset[str]) -> dict[str, Json]:
    """The `x-` members of a mapping that the IR does not model by itself."""
    return {
        key: value[key]
        for key in value
        if isinstance(key, str) and key.startswith("x-") and key not in modelled
    }


def _kind(value: Json) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true or false"
        case dict():
            return "a mapping"
        case list():
            return "a sequence"
        case str():
            return "text"
        case _:
            return "a number"
