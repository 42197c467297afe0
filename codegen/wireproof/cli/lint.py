"""`wireproof lint`: is this contract valid, and does it generate well?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import click

from wireproof import __version__
from wireproof.cli.config import Config, read_config
from wireproof.cli.formats import Output, parse, write
from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.lint import baseline as known_findings
from wireproof.lint import team
from wireproof.lint.engine import Found, lint
from wireproof.lint.rule import Rule
from wireproof.lint.settings import Settings, read_settings
from wireproof.report.listing import Entry, Listing, Page
from wireproof.source.workspace import load

_FAIL_ON = {**{one.label: one for one in sorted(Severity, reverse=True)}, "never": None}


@click.command("lint")
@click.argument("specs", nargs=-1, metavar="[SPEC]...")
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="wireproof.yaml.")
@click.option(
    "--format",
    "outputs",
    callback=parse,
    multiple=True,
    metavar="NAME[=FILE]",
    help="text, json, sarif, junit, github, gitlab or markdown; repeatable, =FILE writes there.",
)
@click.option(
    "--fail-on",
    type=click.Choice(list(_FAIL_ON)),
    default="error",
    show_default=True,
    help="The least severity that gives exit status 1.",
)
@click.option("--rule", "only", multiple=True, metavar="RULE", help="Only this one; repeatable.")
@click.option("--all", "everything", is_flag=True, help="Every rule, whatever the configuration.")
@click.option(
    "--baseline",
    "baseline",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Hold back the findings that this file holds.",
)
@click.option("--update-baseline", is_flag=True, help="Write the baseline anew; exit status 0.")
@click.option("--allow-remote", is_flag=True, help="Follow references to http and https.")
def command(
    specs: tuple[str, ...],
    *,
    config_path: Path | None,
    outputs: tuple[Output, ...],
    fail_on: str,
    only: tuple[str, ...],
    everything: bool,
    baseline: Path | None,
    update_baseline: bool,
    allow_remote: bool,
) -> None:
    """Check SPEC against OpenAPI and against rules of design.

    SPEC is a path, - for standard input, or REV:path; by default the configured contract.
    `wireproof explain RULE` tells what a rule is about. Exit status: 0 nothing as bad as
    --fail-on, 1 findings, 2 wrong usage or an unreadable contract.
    """
    config = read_config(config_path)
    settings = read_settings(config.lint, config.root)
    rules = team.rules(settings.rule_files)
    settings = _narrowed(settings, rules, only, everything=everything)
    found: list[Found] = []
    for spec in specs or (_configured(config),):
        found += lint(load(spec, allow_remote=allow_remote), rules, settings)
    file = baseline or settings.baseline
    if update_baseline:
        _update(file, found)
        return
    shown = _held_back(found, file)
    write(outputs, _listing(shown, rules))
    threshold = _FAIL_ON[fail_on]
    if not shown:
        click.echo(f"no findings ({sum(map(settings.active, rules))} rules)", err=True)
    if threshold is not None and any(one.diagnostic.severity >= threshold for one in shown):
        raise SystemExit(1)


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
