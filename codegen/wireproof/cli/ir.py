"""`wireproof ir SPEC`: the contract as Wireproof understands it."""

from __future__ import annotations

import sys

import click

from wireproof.cli.output import once, report
from wireproof.diagnostics import Severity
from wireproof.ir.build import build
from wireproof.ir.dump import dump
from wireproof.source.workspace import load


@click.command()
@click.argument("spec")
def command(spec: str) -> None:
    """Print SPEC's contract as JSON: operations with signatures, types, schemas.

    SPEC is a path, `-`, or a git revision (`main:spec/api.yaml`). What could not be understood
    is listed on standard error; errors among it give exit status 1.
    """
    workspace = load(spec)
    contract = build(workspace.contract)
    click.echo(dump(contract), nl=False)
    found = once(workspace.diagnostics, contract.diagnostics)
    report(found)
    if any(one.severity >= Severity.ERROR for one in found):
        sys.exit(1)
