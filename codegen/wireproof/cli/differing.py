"""The work behind `wireproof diff`, apart from its options so that `--help` stays fast."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from wireproof.cli.changes import change_rows
from wireproof.cli.config import read_config
from wireproof.cli.findings import gate_listing, gate_report, trails
from wireproof.cli.formats import Output, publish
from wireproof.cli.revisions import both_refs, names, read_contract
from wireproof.compat.gate import judge
from wireproof.compat.settings import read_settings
from wireproof.report import changelog, findings_json, formats


def run(
    base: str,
    head: str,
    config_path: Path | None,
    outputs: tuple[Output, ...],
    *,
    open_world: bool | None,
) -> None:
    """Compare and report.

    Raises:
        UsageError: The configuration or the options are wrong.
        LoadError: A contract cannot be read.
    """
    config = read_config(config_path)
    settings = read_settings(config.compat, config.root)
    if open_world is not None:
        settings = replace(settings, open_world=open_world)
    old, new = map(read_contract, both_refs(head, base, config))
    day = date.today()  # noqa: DTZ011 - sunset dates are local days
    findings = judge(old, new, settings.policy(day))
    answer = gate_report(findings, *names(old, new), trails(old, new))

    def make(name: str, _terminal: bool) -> str:  # noqa: FBT001 - the shape that publish asks for
        if name == "json":
            return findings_json.render(answer)
        if name == "text":
            return changelog.text(change_rows(findings), answer.base, answer.head, answer.semver)
        if name == "markdown":
            return changelog.markdown(change_rows(findings))
        return formats.render(name, gate_listing(answer, "diff", quiet=False))

    publish(outputs or (Output("text"),), make)
