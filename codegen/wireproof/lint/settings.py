"""How the linter is set up: levels and options of rules, as `lint:` in wireproof.yaml has them.

lint:
extends: recommended          # or all, or none
rules:
operation-summary: error    # a level: off, info, warning, error
schema-name-style: {level: info, style: pascal}
overrides:
- paths: ["/internal/*"]    # patterns of API paths, of files, or both
files: ["spec/legacy/*.yaml"]
rules: {operation-summary: off}
baseline: lint-baseline.json  # `wireproof lint --update-baseline` writes it
rule-files: [lint/our_rule.py]   # `wireproof explain own-rules`
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, cast

from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.lint.casing import STYLES
from wireproof.lint.rule import Rule
from wireproof.source import expect
from wireproof.source.node import Json, Node

Level = Severity | None
"""None is off."""

Base = Literal["recommended", "all", "none"]

_LEVELS: Mapping[str, Level] = {
    "off": None,
    "info": Severity.INFO,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}
_BASES = ("recommended", "all", "none")
_KEYS = ("extends", "rules", "overrides", "baseline", "rule-files")
_OVERRIDE_KEYS = ("paths", "files", "rules")


@dataclass(frozen=True, slots=True)
class Override:
    """Other levels for some places.

    Attributes:
        paths: Patterns of API paths; empty for any.
        files: Patterns of file names; empty for any.
        levels: Rule id -> level.
    """

    paths: tuple[str, ...]
    files: tuple[str, ...]
    levels: Mapping[str, Level]

    def applies(self, path: str, file: str) -> bool:
        """Whether a finding under an API path (or "") in a file is meant."""
        right_path = not self.paths or any(fnmatchcase(path, each) for each in self.paths)
        right_file = not self.files or any(fnmatchcase(file, each) for each in self.files)
        return right_path and right_file


@dataclass(frozen=True, slots=True)
class Settings:
    """Levels and options for a run.

    Attributes:
        base: Which rules are on where nothing else is said.
        levels: Rule id -> level.
        options: Rule id -> options that differ from the defaults.
        overrides: In order; the last that applies counts.
        baseline: The file of known findings.
        rule_files: The team's own rules.
        places: Where rules are named, in the order of the file; the key of each is the rule's id.
    """

    base: Base = "recommended"
    levels: Mapping[str, Level] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    baseline: Path | None = None
    rule_files: tuple[Path, ...] = ()
    places: tuple[Node, ...] = ()

    def level(self, rule: Rule) -> Level:
        """A rule's level, overrides aside."""
        if rule.id in self.levels:
            return self.levels[rule.id]
        on = self.base == "all" or (self.base == "recommended" and rule.recommended)
        return rule.severity if on else None

    def active(self, rule: Rule) -> bool:
        """Whether a rule has to run at all."""
        return self.level(rule) is not None or any(
            override.levels.get(rule.id) is not None for override in self.overrides
        )

    def level_at(self, rule: Rule, path: str, file: str) -> Level:
        """A rule's level at one place."""
        level = self.level(rule)
        for override in self.overrides:
            if rule.id in override.levels and override.applies(path, file):
                level = override.levels[rule.id]
        return level


def read_settings(node: Node | None, root: Path) -> Settings:
    """Settings as configured; paths relative to `root`.

    Raises:
        UsageError: with the place of the first thing that is wrong.
    """
    if node is None:
        return Settings()
    expect.only(node, _KEYS, "lint", "write extends, rules, overrides")
    base = node.get("extends")
    rules = _rules(node.get("rules"), "lint.rules")
    overrides = tuple(map(_override, _elements(node.get("overrides"))))
    baseline = expect.text(node.get("baseline"), "lint.baseline")
    return Settings(
        base=cast("Base", expect.choice(base, _BASES, "lint.extends")) if base else "recommended",
        levels=rules.levels,
        options=rules.options,
        overrides=tuple(override for override, _ in overrides),
        baseline=root / baseline if baseline else None,
        rule_files=tuple(
            root / name for name in expect.texts(node.get("rule-files"), "lint.rule-files")
        ),
        places=(*rules.places, *(place for _, places in overrides for place in places)),
    )


def check_names(settings: Settings, rules: Sequence[Rule]) -> None:
    """Every configured rule must exist and know its options.

    Raises:
        UsageError: with the place, where it was named in a file.
    """
    known = {rule.id: rule for rule in rules}
    for place in settings.places:
        if place.key not in known:
            message = f"there is no rule {place.key!r}"
            hint = expect.near(str(place.key), known)
            if hint.startswith("known are"):
                hint = "see `wireproof rules lint`"
            raise expect.wrong(place, message, hint, key=True)
        for option, value in place.items():
            if option != "level":
                _check_option(known[str(place.key)], option, value)
    placed = {place.key for place in settings.places}
    for name in (*settings.levels, *settings.options):
        if name not in known and name not in placed:
            raise _unplaced(name, known)


def _check_option(rule: Rule, option: str, value: Node) -> None:
    """An option that the rule has, and a value of the kind of its default."""
    where = f"lint.rules.{rule.id}"
    if option not in rule.options:
        hint = expect.near(option, rule.options)
        raise expect.wrong(value, f"{where} has no option {option!r}", hint, key=True)
    default = rule.options[option]
    if isinstance(default, list | tuple):
        expect.texts(value, f"{where}.{option}")
    elif not isinstance(value.value, type(default)):
        raise expect.wrong(value, f"{where}.{option} is {value.value!r}", f"such as {default!r}")
    elif default in STYLES:
        expect.choice(value, STYLES, f"{where}.{option}")


def _unplaced(name: str, known: Mapping[str, Rule]) -> UsageError:
    """A rule that the command line names."""
    close = get_close_matches(name, known, n=1)
    hint = f"did you mean {close[0]}?" if close else "see `wireproof rules lint`"
    message = f"there is no rule {name!r}"
    return UsageError(Diagnostic("config", Severity.ERROR, message, help=hint))


@dataclass(frozen=True, slots=True)
class _Rules:
    levels: Mapping[str, Level]
    options: Mapping[str, Mapping[str, Json]]
    places: tuple[Node, ...]


def _rules(node: Node | None, where: str) -> _Rules:
    levels: dict[str, Level] = {}
    options: dict[str, Mapping[str, Json]] = {}
    places = []
    for name, entry in expect.entries(node, where, "write rule-id: level"):
        places.append(entry)
        level = entry.get("level") if isinstance(entry.value, dict) else entry
        if level is not None:
            levels[name] = _level(level, f"{where}.{name}")
        if rest := {key: one.value for key, one in entry.items() if key != "level"}:
            options[name] = rest
    return _Rules(levels, options, tuple(places))


def _level(node: Node, where: str) -> Level:
    if node.value is False:  # `off` to a reader of YAML 1.1
        return None
    return _LEVELS[expect.choice(node, _LEVELS, f"the level of {where}")]


def _override(node: Node) -> tuple[Override, tuple[Node, ...]]:
    hint = "write paths or files, and rules"
    where = "an entry of lint.overrides"
    expect.only(node, _OVERRIDE_KEYS, where, hint)
    if not isinstance(node.value, dict):
        raise expect.wrong(node, f"{where} must be a mapping", hint)
    rules = _rules(node.get("rules"), f"rules of {where}")
    for place in rules.places:
        if place.key in rules.options:
            raise expect.wrong(place, f"{where} sets levels only", "set options under lint.rules")
    paths = expect.texts(node.get("paths"), f"paths of {where}")
    files = expect.texts(node.get("files"), f"files of {where}")
    if not paths and not files:
        raise expect.wrong(node, f"{where} says neither paths nor files", "say where it is meant")
    return Override(paths, files, rules.levels), rules.places


def _elements(node: Node | None) -> list[Node]:
    if node is None or node.value is None:
        return []
    if not isinstance(node.value, list):
        raise expect.wrong(node, "lint.overrides must be a list", "write - paths: [...] below it")
    return list(node.elements())
