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
baseline: lint-baseline.json
rule-files: [lint/our_rule.py]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Literal, cast

from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.lint.rule import Rule
from wireproof.source.node import Json

Level = Severity | None
"""None is off."""

Base = Literal["recommended", "all", "none"]

_LEVELS: Mapping[str, Level] = {
    "off": None,
    "info": Severity.INFO,
    "warning": Severity.WARNING,
    "error": Severity.ERROR,
}
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
    """

    base: Base = "recommended"
    levels: Mapping[str, Level] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Json]] = field(default_factory=dict)
    overrides: tuple[Override, ...] = ()
    baseline: Path | None = None
    rule_files: tuple[Path, ...] = ()

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


def read_settings(raw: Mapping[str, Json], root: Path) -> Settings:
    """Settings as configured; paths relative to `root`. Raises UsageError."""
    _known(raw, _KEYS, "lint")
    base = raw.get("extends", "recommended")
    if base not in ("recommended", "all", "none"):
        raise _wrong(f"lint.extends is {base!r}", "write recommended, all or none")
    levels, options = _rules(raw.get("rules", {}), "lint.rules")
    baseline = raw.get("baseline")
    return Settings(
        base=cast("Base", base),
        levels=levels,
        options=options,
        overrides=tuple(_override(one) for one in _list(raw.get("overrides"), "lint.overrides")),
        baseline=root / str(baseline) if baseline else None,
        rule_files=tuple(
            root / str(name) for name in _list(raw.get("rule-files"), "lint.rule-files")
        ),
    )


def check_names(settings: Settings, rules: Sequence[Rule]) -> None:
    """Every configured rule must exist and know its options. Raises UsageError."""
    known = {rule.id: rule for rule in rules}
    named = [*settings.levels, *settings.options]
    named += [name for override in settings.overrides for name in override.levels]
    for name in named:
        if name not in known:
            near = get_close_matches(name, known, n=1)
            hint = f"did you mean {near[0]}?" if near else "see `wireproof rules lint`"
            raise _wrong(f"lint names a rule {name!r} that does not exist", hint)
    for name, given in settings.options.items():
        _known(given, tuple(known[name].options), f"lint.rules.{name}")


def _rules(raw: Json, where: str) -> tuple[dict[str, Level], dict[str, Mapping[str, Json]]]:
    if not isinstance(raw, dict):
        raise _wrong(f"{where} must be a mapping", "write rule-id: level")
    levels: dict[str, Level] = {}
    options: dict[str, Mapping[str, Json]] = {}
    for name, value in raw.items():
        rest = dict(value) if isinstance(value, dict) else {"level": value}
        if "level" in rest:
            levels[name] = _level(rest.pop("level"), f"{where}.{name}")
        if rest:
            options[name] = rest
    return levels, options


def _level(value: Json, where: str) -> Level:
    word = "off" if value is False else value
    if word not in _LEVELS:
        raise _wrong(f"{where} has the level {value!r}", f"levels are {', '.join(_LEVELS)}")
    return _LEVELS[word]


def _override(raw: Json) -> Override:
    if not isinstance(raw, dict):
        raise _wrong("each of lint.overrides must be a mapping", "write paths or files, and rules")
    _known(raw, _OVERRIDE_KEYS, "lint.overrides")
    levels, options = _rules(raw.get("rules", {}), "lint.overrides.rules")
    if options:
        raise _wrong("lint.overrides sets levels only", "set options under lint.rules")
    paths = tuple(map(str, _list(raw.get("paths"), "lint.overrides.paths")))
    files = tuple(map(str, _list(raw.get("files"), "lint.overrides.files")))
    if not paths and not files:
        raise _wrong("an override says neither paths nor files", "say where it is meant")
    return Override(paths, files, levels)


def _list(raw: Json, where: str) -> list[Json]:
    if raw is None:
        return []
    if not isinstance(raw, list):
        raise _wrong(f"{where} must be a list", "write it in [brackets]")
    return raw


def _known(raw: Mapping[str, Json], keys: Sequence[str], where: str) -> None:
    for key in raw:
        if key not in keys:
            raise _wrong(f"{where} has no setting {key!r}", _near(key, keys))


def _near(name: str, known: Mapping[str, object] | Sequence[str]) -> str:
    near = get_close_matches(name, list(known), n=1)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(known) or 'none'}"


def _wrong(message: str, hint: str) -> UsageError:
    return UsageError(Diagnostic("config", Severity.ERROR, message, help=hint))
