"""`wireproof mock`: any contract as a server on loopback."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from wireproof.cli.config import read_config
from wireproof.cli.output import once, report
from wireproof.diagnostics import Diagnostic, Severity, UsageError

if TYPE_CHECKING:
    from wireproof.ir.contract import Contract, Operation


@click.command("mock")
@click.argument("spec", required=False)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8080,
    show_default=True,
    help="0 takes a free one.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option("--seed", type=int, help="Vary made-up values and the choice among examples.")
@click.option("--no-auth", is_flag=True, help="Let requests without credentials pass.")
@click.option("-q", "--quiet", is_flag=True, help="Do not print a line for every request.")
def command(
    *, spec: str | None, port: int, host: str, seed: int | None, no_auth: bool, quiet: bool
) -> None:
    r"""Serve SPEC with answers that follow it, and refuse requests that do not.

    Without SPEC the one that wireproof.yaml names. Answers show the contract's examples, or
    values made from its schemas; the same request always gets the same answer. Callers choose:

    \b
      Prefer: code=404            the answer of that status
      Prefer: example=partial     the example of that name
      Prefer: dynamic=true        made values where an example would be shown
      Prefer: seed=7              other values
    """
    from wireproof.ir.build import build  # noqa: PLC0415 - keeps `mock --help` fast
    from wireproof.mock.listen import MockServer  # noqa: PLC0415 - keeps `mock --help` fast
    from wireproof.mock.message import Answer, Request  # noqa: PLC0415 - keeps `mock --help` fast
    from wireproof.mock.service import Mock  # noqa: PLC0415 - keeps `mock --help` fast
    from wireproof.source.workspace import load  # noqa: PLC0415 - keeps `mock --help` fast

    workspace = load(spec or _configured())
    contract = build(workspace.contract)
    mock = Mock(contract, seed=seed, credentials=not no_auth)
    report(once(workspace.diagnostics, mock.diagnostics))

    def observe(request: Request, answer: Answer) -> None:
        remark = f"refused: {answer.remark}" if answer.refused else answer.remark
        line = f"{request.method} {request.target} -> {answer.status}"
        click.echo(f"{line} ({remark})" if remark else line, err=True)

    try:
        server = MockServer(mock, host, port, None if quiet else observe)
    except OSError as error:
        raise UsageError(
            Diagnostic(
                "mock-listen",
                Severity.ERROR,
                f"cannot listen on {host}:{port}: {error.strerror or error}",
                help="choose another --port; 0 takes a free one",
            )
        ) from None
    with server:
        click.echo(f"{contract.title}: {len(mock.operations)} operations at {server.url}", err=True)
        if mock.operations and not quiet:
            click.echo(f"try: {_first_call(contract, mock.operations, server.url)}", err=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("stopped", err=True)


def _first_call(contract: Contract, operations: tuple[Operation, ...], url: str) -> str:
    """A call to begin with, in one line; any credentials will do."""
    from wireproof.docs.shell import Shell  # noqa: PLC0415 - keeps `mock --help` fast

    reading = [one for one in operations if one.binding.method == "GET"]
    chosen = min(reading or operations, key=lambda one: len(one.parameters))
    call = Shell(contract, url).call(chosen).replace(" \\\n  ", " ")
    return re.sub(r'"\$\w+"|\$\w+', "any", call)


def _configured() -> str:
    spec = read_config().spec
    if spec is None:
        raise UsageError(
            Diagnostic(
                "no-spec",
                Severity.ERROR,
                "which contract?",
                help="name it: wireproof mock SPEC, or in wireproof.yaml as spec:",
            )
        )
    return spec
