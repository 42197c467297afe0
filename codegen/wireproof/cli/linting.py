"""The work behind `wireproof lint`, apart from its options so that `--help` stays fast."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from wireproof import __version__
from wireproof.cli.config import Config, read_config
from wireproof.cli.formats import Output, write
from wireproof.cli.reading import Reading
from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.lint import baseline as known_findings
from wireproof.lint import team
from wireproof.lint.engine import Found, lint
from wireproof.lint.rule import Rule
from wireproof.lint.settings import Settings, read_settings
from wireproof.report.listing import Entry, Listing, Page

_FAIL_ON = {**{one.label: one for one in sorted(Severity, reverse=True)}, "never": None}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for; see the options of `wireproof lint`."""

    specs: tuple[str, ...] = ()
    config: Path | None = None
    outputs: tuple[Output, ...] = ()
    fail_on: str = "error"
    only: tuple[str, ...] = ()
    everything: bool = False
    baseline: Path | None = None
    update_baseline: bool = False
    allow_remote: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """The exit status, and the names of all files that were read."""

    status: int
    files: frozenset[str]


def run(asked: Asked, reading: Reading | None = None) -> Outcome:
    """Lint and report.

    Raises:
        UsageError: The configuration or the options are wrong.
        LoadError: A contract cannot be read.
    """
    config = read_config(asked.config)
    settings = read_settings(config.lint, config.root)
    rules = team.rules(settings.rule_files)
    settings = _narrowed(settings, rules, asked.only, everything=asked.everything)
    specs = asked.specs or (_configured(config),)
    reading = reading or Reading()
    workspaces = [reading.workspace(spec, allow_remote=asked.allow_remote) for spec in specs]
    files = frozenset(name for one in workspaces for name in (one.entry.name, *one.documents))
    found = [each for one in workspaces for each in lint(one, rules, settings)]
    file = asked.baseline or settings.baseline
    if asked.update_baseline:
        _update(file, found)
        return Outcome(0, files)
    shown = _held_back(found, file)
    write(asked.outputs, _listing(shown, rules))
    if not shown:
        active = sum(map(settings.active, rules))
        click.echo(f"no findings ({active} rule{'s' * (active != 1)})", err=True)
    threshold = _FAIL_ON[asked.fail_on]
    failed = threshold is not None and any(one.diagnostic.severity >= threshold for one in shown)
    return Outcome(int(failed), files)


def _narrowed(
    settings: Settings, rules: Sequence[Rule], only: tuple[str, ...], *, everything: bool
) -> Settings:
    if only:
        default = {rule.id: rule.severity for rule in rules}
        levels = {name: settings.levels.get(name) or default.get(name) for name in only}
        return replace(settings, base="none", levels=levels, overrides=())
    if everything:
        return replace(settings, base="all", levels={}, overrides=())
    return settings


def _configured(config: Config) -> str:
    if config.spec:
        return config.spec
    raise UsageError(
        Diagnostic(
            "no-spec",
            Severity.ERROR,
            "which contract?",
            help="give SPEC, or name it in wireproof.yaml as spec:",
        )
    )


def _update(file: Path | None, found: Sequence[Found]) -> None:
    if file is None:
        raise UsageError(
            Diagnostic(
                "baseline",
                Severity.ERROR,
                "which baseline?",
                help="give --baseline FILE, or name it in wireproof.yaml as lint: baseline:",
            )
        )
    known_findings.write(file, found)
    click.echo(f"{file} holds {len(found)} finding{'s' * (len(found) != 1)}", err=True)


def _held_back(found: Sequence[Found], file: Path | None) -> tuple[Found, ...]:
    if file is None:
        return tuple(found)
    compared = known_findings.compare(found, known_findings.read(file))
    if compared.known:
        click.echo(f"{compared.known} known findings held back by {file}", err=True)
    if compared.gone:
        click.echo(f"{compared.gone} of its entries are found no more: --update-baseline", err=True)
    return compared.new


def _listing(found: Iterable[Found], rules: Iterable[Rule]) -> Listing:
    entries = tuple(Entry(one.diagnostic, one.fingerprint) for one in found)
    named = {entry.diagnostic.rule for entry in entries}
    pages = {}
    for rule in rules:
        if rule.id in named:
            text = team.documentation(rule)
            pages[rule.id] = Page(text.partition("\n")[0], text, rule.severity)
    return Listing(entries, pages, __version__)
