"""`wireproof breaking`: may this contract follow that one?"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import click

from wireproof.cli.config import read_config
from wireproof.cli.findings import gate_report
from wireproof.cli.output import report, style
from wireproof.cli.revisions import base_ref, head_ref, names, read_contract, waivers_for
from wireproof.compat.finding import Finding, Tier
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.compat.waivers import waive
from wireproof.diagnostics import Severity
from wireproof.ir.contract import Contract
from wireproof.report import findings_json, findings_text

_FAIL_ON = {"breaking": Severity.ERROR, "unproven": Severity.WARNING, "never": None}
_TIERS = tuple(tier.value for tier in Tier)


@click.command("breaking")
@click.argument("head", required=False)
@click.option("--against", metavar="BASE", help="Path, '-', REV:path; default: latest release.")
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="wireproof.yaml.")
@click.option(
    "--tier",
    "tiers",
    type=click.Choice(_TIERS),
    multiple=True,
    default=("wire", "behaviour"),
    show_default=True,
    help="What gates; repeatable.",
)
@click.option("--fail-on", type=click.Choice(list(_FAIL_ON)), default="breaking")
@click.option("--strict", is_flag=True, help="Unproven findings are errors.")
@click.option("--open-world", is_flag=True, help="Judge undeclared properties strictly.")
@click.option(
    "--waivers",
    type=click.Path(path_type=Path),
    help="Accepted breaks; default: waivers.yaml beside the contract.",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Day for sunset dates.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--replay", is_flag=True, help="Send the witnesses to mocks of both contracts.")
@click.option("--all", "everything", is_flag=True, help="Show compatible changes too.")
def command(
    head: str | None,
    *,
    against: str | None,
    config_path: Path | None,
    tiers: tuple[str, ...],
    fail_on: str,
    strict: bool,
    open_world: bool,
    waivers: Path | None,
    today: datetime | None,
    form: str,
    replay: bool,
    everything: bool,
) -> None:
    """Judge whether HEAD may follow BASE, with a proof or a witness for each change.

    HEAD is the configured contract by default. Exit status: 0 nothing gates, 1 something does,
    2 a contract cannot be read.
    """
    config = read_config(config_path)
    base, new = base_ref(against, config), head_ref(head, config)
    old_contract, new_contract = read_contract(base), read_contract(new)
    day = today.date() if today else date.today()  # noqa: DTZ011 - sunset dates are local days
    policy = Policy(today=day, open_world=open_world, strict=strict, sdk="sdk" in tiers)
    chosen = frozenset(map(Tier, tiers))
    found = [f for f in judge(old_contract, new_contract, policy) if f.tier in chosen]
    findings, complaints = waive(found, waivers_for(waivers, config), day)
    answer = gate_report(findings, *names(old_contract, new_contract))
    if form == "json":
        click.echo(findings_json.render(answer), nl=False)
    else:
        text = findings_text.render(answer, style(sys.stdout.isatty()), quiet=not everything)
        click.echo(text, nl=False)
        if replay:
            _replay(findings, old_contract, new_contract)
    report(complaints)
    if complaints or _gates(findings, _FAIL_ON[fail_on]):
        raise SystemExit(1)


def _replay(findings: Sequence[Finding], base: Contract, head: Contract) -> None:
    from wireproof.cli.replay import replay  # noqa: PLC0415 - mocks are rarely asked for

    for line in replay(findings, base, head, names(base, head)):
        click.echo(line)


def _gates(findings: Sequence[Finding], threshold: Severity | None) -> bool:
    return threshold is not None and any(f.severity >= threshold for f in findings)
