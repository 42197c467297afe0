"""`wireproof diff`: everything that changed, as a changelog."""

from __future__ import annotations

from datetime import date

import click

from wireproof.cli.changes import change_rows
from wireproof.cli.findings import gate_report
from wireproof.cli.revisions import names, read_contract
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.compat.semver import smallest
from wireproof.report import changelog, findings_json


@click.command("diff")
@click.argument("base")
@click.argument("head")
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text")
@click.option("--open-world", is_flag=True, help="Judge undeclared properties strictly.")
def command(base: str, head: str, *, form: str, open_world: bool) -> None:
    """List everything that changed from BASE to HEAD, compatible changes too.

    BASE and HEAD are paths, - for standard input, or REV:path. The exit status says nothing about
    the changes: 0, or 2 where a contract cannot be read.
    """
    old, new = read_contract(base), read_contract(head)
    day = date.today()  # noqa: DTZ011 - sunset dates are local days
    findings = judge(old, new, Policy(today=day, open_world=open_world))
    said = names(old, new)
    if form == "json":
        output = findings_json.render(gate_report(findings, *said))
    elif form == "markdown":
        output = changelog.markdown(change_rows(findings))
    else:
        output = changelog.text(change_rows(findings), *said, smallest(findings).label)
    click.echo(output, nl=False)
