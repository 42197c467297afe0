"""The work behind `wireproof breaking`, apart from its options so that `--help` stays fast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import click

from wireproof.cli.config import read_config
from wireproof.cli.findings import gate_listing, gate_report, trails
from wireproof.cli.formats import Output, publish
from wireproof.cli.output import report, style
from wireproof.cli.revisions import both_refs, names, read_contract, waivers_for
from wireproof.compat.collector import rare_collection
from wireproof.compat.finding import Finding, Tier
from wireproof.compat.gate import judge
from wireproof.compat.settings import Settings, read_settings
from wireproof.compat.waivers import waive
from wireproof.ir.contract import Contract
from wireproof.report import findings_json, findings_markdown, findings_text, formats
from wireproof.report.findings import GateReport, Gating


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the command line asks for; None and () leave it to the configuration."""

    head: str | None = None
    against: str | None = None
    config: Path | None = None
    tiers: tuple[str, ...] = ()
    fail_on: str | None = None
    strict: bool | None = None
    open_world: bool | None = None
    waivers: Path | None = None
    today: date
    outputs: tuple[Output, ...] = ()
    replay: bool = False
    everything: bool = False


def run(asked: Asked, read: Callable[[str], Contract] = read_contract) -> int:
    """Judge and report; the exit status. `read` gets a path, `-` or `REV:path`.

    Raises:
        UsageError: The configuration, the options or the waivers are wrong.
        LoadError: A contract cannot be read.
    """
    with rare_collection():
        return _run(asked, read)


def _run(asked: Asked, read: Callable[[str], Contract]) -> int:
    config = read_config(asked.config)
    settings = _overruled(read_settings(config.compat, config.root), asked)
    waivers = waivers_for(settings.waivers, config)
    base, head = both_refs(asked.head, asked.against, config)
    old, new = read(base), read(head)
    found = judge(old, new, settings.policy(asked.today))
    counted = tuple(filter(settings.counts, found))
    findings, complaints = waive(counted, waivers, asked.today)
    gating = _gating(settings, findings, [one for one in found if not settings.counts(one)])
    outputs = asked.outputs or (Output("text"),)
    quiet = not asked.everything
    loud = quiet and all(one.name != "json" for one in outputs)  # JSON has every finding
    answer = gate_report(findings, *names(old, new), trails(old, new), gating, quiet=loud)
    publish_report(answer, outputs, "breaking", quiet=quiet)
    if asked.replay:
        _replay(findings, old, new, aside=any(one.path is None for one in asked.outputs))
    report(complaints)
    return int(bool(complaints) or any(map(settings.fails, findings)))


def _gating(settings: Settings, findings: Sequence[Finding], others: Sequence[Finding]) -> Gating:
    hidden = Counter(one.tier.value for one in others)
    return Gating(
        blocking=sum(map(settings.fails, findings)),
        waived=sum(one.waived for one in findings),
        tiers=tuple(tier.value for tier in Tier if tier in settings.gating),
        hidden={tier.value: hidden[tier.value] for tier in Tier if hidden[tier.value]},
    )


def publish_report(
    answer: GateReport, outputs: tuple[Output, ...], command: str, *, quiet: bool
) -> None:
    """Write a report of the gate in every format asked for."""

    def make(name: str, terminal: bool) -> str:  # noqa: FBT001 - the shape that publish asks for
        if name == "json":
            return findings_json.render(answer)
        if name == "text":
            return findings_text.render(answer, style(terminal), quiet=quiet)
        listing = gate_listing(answer, command, quiet=quiet)
        if name == "markdown":
            return findings_markdown.render(answer, listing)
        return formats.render(name, listing)

    publish(outputs, make)


def _overruled(settings: Settings, asked: Asked) -> Settings:
    """The configuration's settings, where the command line does not say otherwise."""
    if asked.tiers:
        settings = settings.with_tiers(asked.tiers)
    return replace(
        settings,
        fail_on=asked.fail_on or settings.fail_on,
        strict=settings.strict if asked.strict is None else asked.strict,
        open_world=settings.open_world if asked.open_world is None else asked.open_world,
        waivers=asked.waivers or settings.waivers,
    )


def _replay(findings: Sequence[Finding], base: Contract, head: Contract, *, aside: bool) -> None:
    """To standard error where a report has standard output for itself."""
    from wireproof.cli.replay import replay  # noqa: PLC0415 - mocks are rarely asked for

    for line in replay(findings, base, head, names(base, head)):
        click.echo(line, err=aside)
