"""`x-wireproof-ignore`: exceptions written where they are made, each with its reason.

    x-wireproof-ignore:
      operation-verb: the path is older than the rule and has users

It holds for the object that it stands in and for all below it, as written: not through `$ref`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from wireproof.lint.rule import Problem
from wireproof.source.node import Node

KEY = "x-wireproof-ignore"


class Suppressions:
    """The exceptions of a contract, and which of them were of use."""

    def __init__(self) -> None:
        self._used: set[tuple[int, str]] = set()

    def covers(self, rule: str, node: Node) -> bool:
        """Whether an exception for the rule stands at the node or above it."""
        current: Node | None = node
        while current is not None:
            value = current.value
            if isinstance(value, dict) and KEY in value and _reason(value[KEY], rule):
                self._used.add((id(value), rule))
                return True
            current = current.parent
        return False

    def flaws(
        self, holders: Iterable[Node], known: Collection[str], ran: Collection[str]
    ) -> Iterator[Problem]:
        """Exceptions without a reason, for no rule, or for nothing; after all rules have run.

        Args:
            holders: The objects that hold exceptions.
            known: The rules that there are.
            ran: Those that were on.
        """
        for holder in holders:
            written = holder.get(KEY)
            if written is None:
                continue
            if not isinstance(written.value, dict):
                yield Problem(
                    written,
                    f"{KEY} must map rules to reasons",
                    "write `rule-id: why it does not hold here`",
                    key=True,
                )
            for rule, node in written.items():
                if rule not in known:
                    yield Problem(node, f"there is no rule {rule}", "see wireproof rules", key=True)
                elif not _reason(written.value, rule):
                    yield Problem(node, f"the exception for {rule} has no reason", "say why")
                elif rule in ran and (id(holder.value), rule) not in self._used:
                    yield Problem(node, f"{rule} finds nothing here", "remove it", key=True)


def _reason(written: object, rule: str) -> bool:
    reason = written.get(rule) if isinstance(written, dict) else None
    return isinstance(reason, str) and bool(reason.strip())
