"""`wireproof ir SPEC`: the contract as Wireproof understands it."""

from __future__ import annotations

import sys

import click


@click.command()
@click.argument("spec")
def command(spec: str) -> None:
    """Print SPEC's contract as JSON: operations with signatures, types, schemas.

    SPEC is a path, `-`, or a git revision (`main:spec/api.yaml`). What could not be understood
    is listed on standard error; errors among it give exit status 1.
    """
    from wireproof.cli.output import once, report  # noqa: PLC0415 - keeps --help fast
    from wireproof.diagnostics import Severity  # noqa: PLC0415 - likewise
    from wireproof.ir.build import build  # noqa: PLC0415 - likewise
    from wireproof.ir.dump import dump  # noqa: PLC0415 - likewise
    from wireproof.source.workspace import load  # noqa: PLC0415 - likewise

    workspace = load(spec)
    contract = build(workspace.contract)
    click.echo(dump(contract), nl=False)
    found = once(workspace.diagnostics, contract.diagnostics)
    report(found)
    if any(one.severity >= Severity.ERROR for one in found):
        sys.exit(1)
