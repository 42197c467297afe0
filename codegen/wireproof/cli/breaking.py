"""`wireproof breaking`: may this contract follow that one?"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from wireproof.cli.formats import Output, parse

_FAIL_ON = ("breaking", "unproven", "never")
_TIERS = ("wire", "behaviour", "sdk")


@click.command("breaking")
@click.argument("head", required=False)
@click.option("--against", metavar="BASE", help="Path, '-', REV[:path]; default: latest release.")
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="wireproof.yaml.")
@click.option(
    "--tier",
    "tiers",
    type=click.Choice(_TIERS),
    multiple=True,
    help="What gates, everywhere; repeatable. Default: compat.tiers, else wire and behaviour.",
)
@click.option(
    "--fail-on",
    type=click.Choice(_FAIL_ON),
    help="What gives exit status 1. Default: compat.fail-on, else breaking.",
)
@click.option("--strict/--no-strict", default=None, help="Unproven findings are errors.")
@click.option(
    "--open-world/--closed-world", default=None, help="Judge undeclared properties strictly."
)
@click.option(
    "--waivers",
    type=click.Path(path_type=Path),
    help="Accepted breaks; default: compat.waivers, else waivers.yaml beside the contract.",
)
@click.option("--today", type=click.DateTime(["%Y-%m-%d"]), help="Day for sunset dates.")
@click.option(
    "--format",
    "outputs",
    callback=parse,
    multiple=True,
    metavar="NAME[=FILE]",
    help="text, json, sarif, junit, github, gitlab or markdown; repeatable, =FILE writes there.",
)
@click.option("--replay", is_flag=True, help="Try the witnesses on mocks of both contracts.")
@click.option("--all", "everything", is_flag=True, help="Show compatible changes too.")
def command(
    head: str | None,
    *,
    against: str | None,
    config_path: Path | None,
    tiers: tuple[str, ...],
    fail_on: str | None,
    strict: bool | None,
    open_world: bool | None,
    waivers: Path | None,
    today: datetime | None,
    outputs: tuple[Output, ...],
    replay: bool,
    everything: bool,
) -> None:
    """Judge whether HEAD may follow BASE, with a proof or a witness for each change.

    HEAD is the configured contract by default. Of a git revision alone (`--against main`) the
    contract is what stands at the same path there. `compat:` in wireproof.yaml holds a project's
    policy: fail-on, tiers (overrides: for some paths), strict, open-world, notice (days from a
    deprecation to its sunset) and waivers; see `wireproof explain compat`. Exit status: 0 nothing
    gates, 1 something does, 2 a contract cannot be read.
    """
    from wireproof.cli.gating import Asked, run  # noqa: PLC0415 - keeps --help fast

    day = today.date() if today else date.today()  # noqa: DTZ011 - sunset dates are local days
    asked = Asked(
        head=head,
        against=against,
        config=config_path,
        tiers=tiers,
        fail_on=fail_on,
        strict=strict,
        open_world=open_world,
        waivers=waivers,
        today=day,
        outputs=outputs,
        replay=replay,
        everything=everything,
    )
    raise SystemExit(run(asked))
