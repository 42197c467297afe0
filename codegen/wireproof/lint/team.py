"""A team's own rules: Python files of the same shape as the built-in ones.

They are named in wireproof.yaml, and each is called as its file:

    lint:
      rule-files: [lint/path_version.py]
      rules: {path-version: {level: warning, prefix: /v1/}}

The file's docstring is what `wireproof explain` shows. `check` is called with each node of the
kinds that the rule visits, `openapi` for the root once, and gives problems:

    \"\"\"Paths begin with a version.\"\"\"
    from wireproof.diagnostics import Severity
    from wireproof.lint.rule import Problem, Rule

    def check(root, scope):
        for path, node in scope.facts.names("paths").items():
            if not path.startswith(scope.text("prefix")):
                yield Problem(node, f"{path} has no version", "begin it with /v1/", key=True)

    RULE = Rule("path-version", Severity.ERROR, ("openapi",), check, options={"prefix": "/v1/"})
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from wireproof.diagnostics import Diagnostic, Severity, Span, UsageError, WireproofError
from wireproof.lint.rule import Check, Problem, Rule
from wireproof.lint.rules import ALL
from wireproof.lint.scope import Scope
from wireproof.source.expect import near
from wireproof.source.grammar import FIELDS
from wireproof.source.node import Node

_KINDS = ("reference", *FIELDS)
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
        raise _wrong(path, f"{type(error).__name__}: {error}", _line(error, path)) from error
    rule = getattr(module, "RULE", None)
    if not isinstance(rule, Rule):
        raise _wrong(path, "it defines no RULE = Rule(...)")
    if rule.id != path.stem.replace("_", "-"):
        raise _wrong(path, f"its rule is called {rule.id}, not as its file")
    if not isinstance(rule.severity, Severity):
        raise _wrong(path, f"its severity is {rule.severity!r}: write Severity.WARNING")
    visits: object = rule.visits
    listed = visits if isinstance(visits, tuple) else (visits,)
    unknown = [kind for kind in listed if kind not in _KINDS]
    if listed is not visits or unknown:
        hint = near(str(unknown[0] if unknown else visits), _KINDS)
        raise _wrong(path, f"it visits {visits!r}: write a tuple of kinds; {hint}")
    if not callable(rule.check):
        raise _wrong(path, "its check is no function")
    return rule


def _guarded(rule: Rule, path: Path) -> Check | None:
    """The rule's check, whose crash is told as a flaw of the rule's file."""
    check = rule.check
    if check is None:
        return None

    def guarded(node: Node, scope: Scope) -> Iterator[Problem]:
        try:
            for problem in check(node, scope):
                if not isinstance(problem, Problem) or not isinstance(problem.node, Node):
                    raise TypeError(f"its check gave {problem!r}, which is no Problem(node, ...)")  # noqa: TRY301 - told below, as every other mistake of the file
                yield problem
        except WireproofError:
            raise
        except Exception as error:
            what = f"it failed at {node.document.name}#{node.pointer}: {error!r}"
            raise _wrong(path, what, _line(error, path)) from error

    return guarded


def documentation(rule: Rule) -> str:
    """The docstring of the module that a rule was written in."""
    stem = rule.id.replace("-", "_")
    for name in (f"wireproof.lint.rules.{stem}", f"{_PACKAGE}.{stem}"):
        if name in sys.modules:
            return (sys.modules[name].__doc__ or "").strip()
    return ""


def _line(error: Exception, path: Path) -> int:
    """Where in the file an error came from; 1 where it came from elsewhere."""
    if isinstance(error, SyntaxError) and error.filename == str(path):
        return error.lineno or 1
    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno or 1 for f in reversed(frames) if f.filename == str(path)), 1)


def _wrong(path: Path, what: str, line: int = 1) -> UsageError:
    return UsageError(
        Diagnostic(
            "rule-file",
            Severity.ERROR,
            f"the rule file {path} cannot be used: {what}",
            Span.point(str(path), line),
            help="`wireproof explain own-rules` has one to begin with",
        )
    )
