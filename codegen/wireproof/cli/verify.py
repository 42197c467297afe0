"""`wireproof verify`: does a running server keep its contract?"""

from __future__ import annotations

from pathlib import Path

import click

from wireproof.cli.config import Config, read_config
from wireproof.cli.formats import Output, parse, write
from wireproof.diagnostics import Diagnostic, Severity, UsageError


def _headers(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    found = {}
    for value in values:
        name, colon, text = value.partition(":")
        if not colon or not name.strip():
            raise click.BadParameter(f"{value!r} is no header: write 'Name: value'")
        found[name.strip()] = text.strip()
    return found


@click.command("verify")
@click.argument("url")
@click.option("--spec", metavar="SPEC", help="Contract; default: the configured one.")
@click.option(
    "-H", "--header", "headers", multiple=True, callback=_headers, help="'Name: value'; repeatable."
)
@click.option(
    "--auth",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Python file with `auth(request)`: signs each request that is about to be sent.",
)
@click.option("--max-examples", type=click.IntRange(1), default=20, show_default=True)
@click.option("--seed", type=int, default=1, show_default=True, help="Same seed, same requests.")
@click.option(
    "--format",
    "outputs",
    multiple=True,
    callback=parse,
    metavar="NAME[=FILE]",
    help="As of `wireproof lint`; repeatable.",
)
def command(
    *,
    url: str,
    spec: str | None,
    headers: dict[str, str],
    auth: Path | None,
    max_examples: int,
    seed: int,
    outputs: tuple[Output, ...],
) -> None:
    """Ask the server at URL whether it keeps its contract.

    Good and bad requests are made from the contract (by schemathesis); answers that it does not
    declare, bad requests that pass and good ones that do not are findings. It writes: never ask a
    server whose data matters.

    `auth` in the file of --auth gets a `requests.PreparedRequest` and returns it, with whatever
    header fields or query it has to carry; it is called anew for every request. Parameters that
    nobody can make up (ids, cursors) are told of in wireproof.yaml: `wireproof explain verify`.
    Exit status: 0 kept, 1 findings, 2 wrong usage or no server.
    """
    from wireproof.cli.verify_settings import read_settings  # noqa: PLC0415 - keeps --help fast
    from wireproof.cli.verifying import Questions, verify  # noqa: PLC0415 - keeps --help fast
    from wireproof.ir.build import build  # noqa: PLC0415 - keeps --help fast
    from wireproof.source.workspace import load  # noqa: PLC0415 - keeps --help fast

    if not url.startswith(("http://", "https://")):
        raise click.BadParameter(f"{url} is no URL: write http://...", param_hint="URL")
    config = read_config()
    workspace = load(spec or _configured(config))
    contract = build(workspace.contract)
    settings = read_settings(config.verify, contract)
    asked = Questions(url, headers, max_examples, seed, auth, settings)
    listing = verify(workspace, contract, asked)
    write(outputs, listing)
    if listing.entries:
        raise click.exceptions.Exit(1)
    click.echo(f"{len(contract.operations)} operations keep the contract", err=True)


def _configured(config: Config) -> str:
    if config.spec is None:
        hint = "name it with --spec, or in wireproof.yaml as spec:"
        raise UsageError(Diagnostic("no-spec", Severity.ERROR, "which contract?", help=hint))
    return config.spec
