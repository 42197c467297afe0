"""The work behind `wireproof release`, apart from its options so that `--help` stays fast."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import click

from wireproof.cli.changes import change_rows, upgrade_rows
from wireproof.cli.config import Config, read_config
from wireproof.cli.linting import Asked
from wireproof.cli.linting import run as lint
from wireproof.cli.output import report
from wireproof.cli.release_notes import entry, insert, refused, unchanged
from wireproof.cli.revisions import base_of_release, head_ref, releases_folder, waivers_for
from wireproof.compat.finding import Finding
from wireproof.compat.gate import judge
from wireproof.compat.semver import Version, smallest
from wireproof.compat.settings import Settings, read_settings
from wireproof.compat.waivers import waive
from wireproof.diagnostics import ContractError, Diagnostic, Severity, UsageError
from wireproof.ir.build import build
from wireproof.report import changelog
from wireproof.source.dump import dump_yaml
from wireproof.source.workspace import Workspace, load

_CHANGELOG = "CHANGELOG.md"


def run(wanted: str | None, config_path: Path | None, *, dry_run: bool) -> None:
    """Lint, judge, then write.

    Raises:
        ContractError: The contract has flaws, does not say this version, or may not be it.
        UsageError: The configuration or the version is wrong, or a file cannot be written.
        LoadError: A contract cannot be read.
        SystemExit: The linter or the waivers failed, and have said why.
    """
    config = read_config(config_path)
    settings = read_settings(config.compat, config.root)
    workspace = load(head_ref(None, config))
    _refuse_flaws(workspace)
    outcome = lint(Asked(config=config_path))
    if outcome.status:
        raise SystemExit(outcome.status)
    version = _version(wanted, workspace)
    findings, previous = _judged(config, settings, workspace)
    if previous is not None:
        _refuse_step(version, previous, findings, settings)
    changes = changelog.markdown(change_rows(findings))
    text = entry(version, previous, changes, changelog.upgrading(upgrade_rows(findings)))
    frozen = releases_folder(config) / f"{version}.yaml"
    log = config.root / _CHANGELOG
    if dry_run:
        click.echo(f"would write {frozen}\nwould enter in {log}:\n\n{text}", nl=False)
        return
    written = insert(log.read_text(encoding="utf-8") if log.is_file() else "", version, text)
    # The changelog first: releasing again replaces its entry, a frozen contract would forbid it.
    _write({log: written, frozen: dump_yaml(workspace.contract.root.value)})
    click.echo(f"released {version}: {frozen}, {log}")


def _write(files: dict[Path, str]) -> None:
    for path, text in files.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise UsageError(
                Diagnostic(
                    "output",
                    Severity.ERROR,
                    f"{path} cannot be written: {error.strerror}",
                    help="check the path and its permissions; then release again",
                )
            ) from None


def _refuse_flaws(workspace: Workspace) -> None:
    errors = [d for d in workspace.diagnostics if d.severity is Severity.ERROR]
    if errors:
        raise ContractError(*errors)


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


def _judged(
    config: Config, settings: Settings, workspace: Workspace
) -> tuple[Sequence[Finding], Version | None]:
    latest = base_of_release(config)
    if latest is None:
        return (), None
    version, path = latest
    day = date.today()  # noqa: DTZ011 - sunset dates are local days
    base, head = build(load(str(path)).contract), build(workspace.contract)
    findings = judge(base, head, settings.policy(day))
    findings, complaints = waive(findings, waivers_for(settings.waivers, config), day)
    if complaints:
        report(complaints)
        raise SystemExit(1)
    return findings, version


def _refuse_step(
    version: Version, previous: Version, findings: Sequence[Finding], settings: Settings
) -> None:
    """Refuse a version that is not after the previous one, or too small a step.

    What does not gate is a change all the same, if no break.
    """
    if not findings:
        raise unchanged(previous)
    counted = (one if settings.counts(one) else one.lowered(Severity.INFO) for one in findings)
    bump = smallest(counted)
    least = previous.after(bump)
    if version < least or version <= previous:
        raise refused(version, previous, least, bump)
