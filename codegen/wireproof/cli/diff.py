"""`wireproof diff`: everything that changed, as a changelog."""

from __future__ import annotations

from pathlib import Path

import click

from wireproof.cli.formats import Output, parse


@click.command("diff")
@click.argument("base")
@click.argument("head")
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
    "--open-world/--closed-world", default=None, help="Judge undeclared properties strictly."
)
def command(
    base: str,
    head: str,
    *,
    config_path: Path | None,
    outputs: tuple[Output, ...],
    open_world: bool | None,
) -> None:
    """List everything that changed from BASE to HEAD, compatible changes too.

    BASE and HEAD are paths, - for standard input, REV:path, or a git revision alone for the
    configured contract. Changes are judged by the policy
    under `compat:` in wireproof.yaml. The exit status says nothing about the changes: 0, or 2
    where a contract cannot be read.
    """
    from wireproof.cli.differing import run  # noqa: PLC0415 - keeps --help fast

    run(base, head, config_path, outputs, open_world=open_world)
