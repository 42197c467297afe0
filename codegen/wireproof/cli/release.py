"""`wireproof release`: freeze the contract as a version, if it may be one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from wireproof.cli.changes import change_rows
from wireproof.cli.config import Config, read_config
from wireproof.cli.output import report
from wireproof.cli.releasing import entry, insert, refused, unchanged
from wireproof.cli.revisions import (
    base_of_release,
    head_ref,
    releases_folder,
    waivers_for,
)
from wireproof.compat.finding import Finding, Tier
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.compat.semver import Version, smallest
from wireproof.compat.waivers import waive
from wireproof.diagnostics import ContractError, Diagnostic, Severity, UsageError
from wireproof.ir.build import build
from wireproof.report import changelog
from wireproof.source.dump import dump_yaml
from wireproof.source.workspace import Workspace, load

_CHANGELOG = "CHANGELOG.md"


@click.command("release")
@click.option("--version", "wanted", help="Default: the contract's own info.version.")
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="wireproof.yaml.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
def command(wanted: str | None, *, config_path: Path | None, dry_run: bool) -> None:
    """Freeze the contract under releases/VERSION.yaml and enter it in CHANGELOG.md.

    The gate judges it against the latest release. A version smaller than the changes allow is
    refused. Exit status: 0 released, 1 refused, 2 something cannot be read.
    """
    config = read_config(config_path)
    workspace = load(head_ref(None, config))
    _refuse_flaws(workspace)
    _lint(config_path)
    version = _version(wanted, workspace)
    findings, previous = _judged(config, workspace)
    if previous is not None:
        _allowed(version, previous, findings)
    frozen = releases_folder(config) / f"{version}.yaml"
    log = config.root / _CHANGELOG
    text = entry(version, changelog.markdown(change_rows(findings)), previous)
    if dry_run:
        click.echo(f"would write {frozen}\nwould enter in {log}:\n\n{text}", nl=False)
        return
    body = dump_yaml(workspace.contract.root.value)
    written = insert(log.read_text() if log.is_file() else "", version, text)
    frozen.parent.mkdir(parents=True, exist_ok=True)
    frozen.write_text(body)
    log.write_text(written)
    click.echo(f"released {version}: {frozen}, {log}")


def _refuse_flaws(workspace: Workspace) -> None:
    errors = [d for d in workspace.diagnostics if d.severity is Severity.ERROR]
    if errors:
        raise ContractError(*errors)


def _lint(config_path: Path | None) -> None:
    """Run `wireproof lint` on the configured contract; end with its status where it fails."""
    from wireproof.cli.lint import command as lint  # noqa: PLC0415 - keeps --help fast

    arguments = ["--config", str(config_path)] if config_path else []
    try:
        lint.main(arguments, prog_name="wireproof lint", standalone_mode=False)
    except SystemExit as end:
        if end.code:
            raise


def _version(wanted: str | None, workspace: Workspace) -> Version:
    """The version to release. The contract must state the same: it is the source of truth."""
    info = workspace.contract.root.get("info")
    stated = info.get("version") if info else None
    text = wanted or (str(stated.value) if stated else "")
    version = Version.parse(text)
    if version is None:
        raise UsageError(
            Diagnostic(
                "version",
                Severity.ERROR,
                f"{text!r} is no semantic version",
                stated.span if stated and not wanted else None,
                help="write MAJOR.MINOR.PATCH",
            )
        )
    if stated is None or Version.parse(str(stated.value)) != version:
        raise ContractError(
            Diagnostic(
                "version",
                Severity.ERROR,
                f"the contract says {stated.value if stated else 'nothing'}, not {version}",
                stated.span if stated else None,
                help=f"set info.version to {version}",
            )
        )
    return version


def _judged(config: Config, workspace: Workspace) -> tuple[Sequence[Finding], Version | None]:
    latest = base_of_release(config)
    if latest is None:
        return (), None
    version, path = latest
    day = date.today()  # noqa: DTZ011 - sunset dates are local days
    base, head = build(load(str(path)).contract), build(workspace.contract)
    findings, complaints = waive(
        judge(base, head, Policy(today=day)), waivers_for(None, config), day
    )
    if complaints:
        report(complaints)
        raise SystemExit(1)
    return findings, version


def _allowed(version: Version, previous: Version, findings: Sequence[Finding]) -> None:
    """Refuse a version that is not after the previous one, or too small a step."""
    if not findings:
        raise unchanged(previous)
    bump = smallest(finding for finding in findings if finding.tier is not Tier.SDK)
    least = previous.after(bump)
    if version < least or version <= previous:
        raise refused(version, previous, least, bump)
