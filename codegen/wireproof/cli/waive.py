"""`wireproof waive`: accept a break, with a reason and an end."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from pathlib import Path

import click

_DAYS = 90


@click.command("waive")
@click.argument("fingerprints", nargs=-1, required=True, metavar="FINGERPRINT...")
@click.option("--reason", required=True, help="Why callers can live with it.")
@click.option(
    "--expires",
    type=click.DateTime(["%Y-%m-%d"]),
    help=f"Until when; default: {_DAYS} days from now.",
)
@click.option("--against", metavar="BASE", help="As of `wireproof breaking`.")
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="wireproof.yaml.")
@click.option("--waivers", type=click.Path(path_type=Path), help="File to add to.")
def command(
    *,
    fingerprints: tuple[str, ...],
    reason: str,
    expires: datetime | None,
    against: str | None,
    config_path: Path | None,
    waivers: Path | None,
) -> None:
    """Add breaks to the waivers, by the fingerprints that `wireproof breaking` shows.

    A waiver covers the change that was looked at, and no later one at the same place. Once it has
    expired, or nothing needs it any more, the gate says so. Exit status: 0 added, 2 there is no
    such finding, or the file is no list of waivers.
    """
    from wireproof.cli.waiving import Accepted, add  # noqa: PLC0415 - keeps --help fast

    today = date.today()  # noqa: DTZ011 - waivers end on local days
    end = expires.date() if expires else today + timedelta(days=_DAYS)
    if end < today:
        raise click.BadParameter(f"{end} is over", param_hint="--expires")
    path, count = add(
        Accepted(fingerprints, " ".join(reason.split()), end), against, config_path, waivers, today
    )
    click.echo(f"added {count} to {path}, until {end}", err=True)
