"""`wireproof release`: freeze the contract as a version, if it may be one."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("release")
@click.option("--version", "wanted", help="Default: the contract's own info.version.")
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="wireproof.yaml.")
@click.option("--dry-run", is_flag=True, help="Show what would be written; write nothing.")
def command(wanted: str | None, *, config_path: Path | None, dry_run: bool) -> None:
    """Freeze the contract under releases/VERSION.yaml and enter it in CHANGELOG.md.

    It is linted, and the gate judges it against the latest release by the policy under `compat:`
    in wireproof.yaml. A version smaller than the changes allow is refused. The entry says what
    changed and, where something breaks, what callers must do. Exit status: 0 released,
    1 refused, 2 something cannot be read.
    """
    from wireproof.cli.releasing import run  # noqa: PLC0415 - keeps --help fast

    run(wanted, config_path, dry_run=dry_run)
