"""A team's own rules: Python files of the same shape as the built-in ones."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from wireproof.diagnostics import Diagnostic, Severity, Span, UsageError, WireproofError
from wireproof.lint.rule import Check, Problem, Rule
from wireproof.lint.rules import ALL
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_PACKAGE = "wireproof_team_rules"


def rules(files: Iterable[Path]) -> tuple[Rule, ...]:
    """The built-in rules, then those of the files. Raises UsageError."""
    found = list(ALL)
    for path in files:
        rule = _load(path)
        if any(rule.id == other.id for other in found):
            raise _wrong(path, f"its rule {rule.id} exists already")
        found.append(replace(rule, check=_guarded(rule, path)))
    return tuple(found)


def _load(path: Path) -> Rule:
    name = f"{_PACKAGE}.{path.stem}"
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None or not path.is_file():
        raise _wrong(path, "there is no such Python file")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        raise _wrong(path, f"{type(error).__name__}: {error}") from error
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise _wrong(path, "it defines no RULE = Rule(...)")
    if rule.id != path.stem.replace("_", "-"):
        raise _wrong(path, f"its rule is called {rule.id}, not as its file")
    return rule


def _guarded(rule: Rule, path: Path) -> Check | None:
    """The rule's check, whose crash is told as a flaw of the rule's file."""
    check = rule.check
    if check is None:
        return None

    def guarded(node: Node, scope: Scope) -> Iterator[Problem]:
        try:
            yield from check(node, scope)
        except WireproofError:
            raise
        except Exception as error:
            what = f"it failed at {node.document.name}#{node.pointer}: {error!r}"
            raise _wrong(path, what) from error

    return guarded


def documentation(rule: Rule) -> str:
    """The docstring of the module that a rule was written in."""
    stem = rule.id.replace("-", "_")
    for name in (f"wireproof.lint.rules.{stem}", f"{_PACKAGE}.{stem}"):
        if name in sys.modules:
            return (sys.modules[name].__doc__ or "").strip()
    return ""


def _wrong(path: Path, what: str) -> UsageError:
    return UsageError(
        Diagnostic(
            "rule-file",
            Severity.ERROR,
            f"the rule file {path} cannot be used: {what}",
            Span.point(str(path)),
            help="see `lint: rule-files` in the guide, and any file of wireproof/lint/rules",
        )
    )
