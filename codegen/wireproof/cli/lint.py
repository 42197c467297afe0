"""`wireproof lint`: is this contract valid, and does it generate well?"""

from __future__ import annotations

import gc
from pathlib import Path

import click

from wireproof.cli.formats import Output, parse

_FAIL_ON = ("error", "warning", "info", "never")


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
    type=click.Choice(_FAIL_ON),
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
    from wireproof.cli.linting import Asked, run  # noqa: PLC0415 - keeps --help fast
    from wireproof.source.parse import collector_paused  # noqa: PLC0415 - likewise

    asked = Asked(
        specs=specs,
        config=config_path,
        outputs=outputs,
        fail_on=fail_on,
        only=only,
        everything=everything,
        baseline=baseline,
        update_baseline=update_baseline,
        allow_remote=allow_remote,
    )
    with collector_paused():
        outcome = run(asked)
        gc.freeze()  # the process is about to end: what is left need not be looked through
    raise SystemExit(outcome.status)
