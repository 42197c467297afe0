"""The engine: one walk over the contract, every node shown to the rules that asked for its kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from wireproof.diagnostics import Diagnostic, Related, Severity
from wireproof.lint.facts import Facts
from wireproof.lint.identity import fingerprint
from wireproof.lint.rule import Check, Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.lint.settings import Settings, check_names
from wireproof.lint.suppress import KEY, Suppressions
from wireproof.lint.trail import Trails
from wireproof.source.grammar import Kind
from wireproof.source.node import Node
from wireproof.source.parse import collector_paused
from wireproof.source.validate import validate
from wireproof.source.workspace import Workspace

SUPPRESSION = "suppression"
"""The rule under which flaws of `x-wireproof-ignore` are told; it cannot be suppressed."""


@dataclass(frozen=True, slots=True)
class Found:
    """A finding, and what keeps it the same while lines move."""

    diagnostic: Diagnostic
    fingerprint: str


def lint(workspace: Workspace, rules: Sequence[Rule], settings: Settings) -> tuple[Found, ...]:
    """All findings, in the order of their places.

    Raises:
        UsageError: The settings name rules or options that there are none of.
    """
    check_names(settings, rules)
    with collector_paused():
        return _Run(workspace, rules, settings).findings()


class _Run:
    """One contract under one set of rules."""

    def __init__(self, workspace: Workspace, rules: Sequence[Rule], settings: Settings) -> None:
        self._workspace = workspace
        self._rules = {rule.id: rule for rule in rules}
        self._active = [rule for rule in rules if settings.active(rule)]
        self._settings = settings
        self._facts = Facts(workspace.contract)
        self._suppressions = Suppressions()
        self._trails = Trails(self._facts)

    def findings(self) -> tuple[Found, ...]:
        found = [*self._conformance(), *self._design()]
        if SUPPRESSION in self._rules:
            rule = self._rules[SUPPRESSION]
            holders = [
                node
                for node, _ in self._facts.visited
                if isinstance(node.value, dict) and KEY in node.value
            ]
            flaws = self._suppressions.flaws(
                holders, self._rules, {each.id for each in self._active}
            )
            found += self._told(rule, flaws)
        unique = dict.fromkeys(found)
        return tuple(sorted(unique, key=lambda one: one.diagnostic.sort_key()))

    def _conformance(self) -> Iterator[Found]:
        """What loading and validation found, at the levels of the rules of the same names."""
        for diagnostic in validate(self._workspace, self._facts.visited):
            rule = self._rules.get(diagnostic.rule)
            node = self._workspace.contract.at(diagnostic.pointer)
            severity: Severity | None = diagnostic.severity
            if rule is not None and node is not None:
                level = self._level(rule, node, diagnostic.span.file if diagnostic.span else "")
                if level is None or self._suppressions.covers(rule.id, node):
                    continue
                severity = min(diagnostic.severity, level)
            elif rule is not None:
                usual = self._settings.level(rule)
                severity = None if usual is None else min(diagnostic.severity, usual)
            if severity is None:
                continue
            print_of = Problem(node or self._workspace.contract.root, diagnostic.message)
            yield Found(
                Diagnostic(
                    diagnostic.rule,
                    severity,
                    diagnostic.message,
                    diagnostic.span,
                    diagnostic.pointer,
                    diagnostic.help,
                    diagnostic.related,
                ),
                fingerprint(diagnostic.rule, print_of),
            )

    def _design(self) -> Iterator[Found]:
        seen: list[tuple[Rule, Problem]] = []
        table = self._table()
        for node, kind in self._facts.visited:
            value = node.value
            if not isinstance(value, dict):
                continue
            seen_as = "reference" if "$ref" in value and isinstance(value["$ref"], str) else kind
            for rule, check, scope in table.get(seen_as, ()):
                if not rule.keys or not rule.keys.isdisjoint(value):
                    for problem in check(node, scope):
                        seen.append((rule, problem))  # noqa: PERF401 - most checks yield nothing
        for rule, problem in seen:
            yield from self._told(rule, [problem])

    def _table(self) -> dict[Kind, list[tuple[Rule, Check, Scope]]]:
        table: dict[Kind, list[tuple[Rule, Check, Scope]]] = {}
        for rule in self._active:
            if rule.check is not None:
                options = {**rule.options, **self._settings.options.get(rule.id, {})}
                for kind in rule.visits:
                    entry = (rule, rule.check, Scope(self._facts, options))
                    table.setdefault(kind, []).append(entry)
        return table

    def _told(self, rule: Rule, problems: Iterable[Problem]) -> Iterator[Found]:
        for problem in problems:
            if rule.id != SUPPRESSION and self._suppressions.covers(rule.id, problem.node):
                continue
            span = problem.node.key_span if problem.key else problem.node.span
            level = self._level(rule, problem.node, span.file)
            if level is None:
                continue
            places = tuple(Related(text, node.span) for text, node in problem.related)
            yield Found(
                Diagnostic(
                    rule.id,
                    level,
                    problem.message,
                    span,
                    problem.node.pointer,
                    problem.help,
                    places + self._trails.to(problem.node),
                ),
                fingerprint(rule.id, problem),
            )

    def _level(self, rule: Rule, node: Node, file: str) -> Severity | None:
        if not self._settings.overrides:
            return self._settings.level(rule)
        path = node.path
        api_path = str(path[1]) if len(path) > 1 and path[0] in ("paths", "webhooks") else ""
        return self._settings.level_at(rule, api_path, file)
