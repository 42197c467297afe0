"""`wireproof rules`: all rules of the linter and of the gate, one a line."""

from __future__ import annotations

import click

from wireproof.cli.documentation import headline


@click.command("rules")
@click.argument("which", type=click.Choice(["lint", "gate"]), required=False)
def command(which: str | None) -> None:
    """List all rules, or those of one command: id, level or tier, and what it is about.

    Rules of the linter in brackets are off unless configured, or asked for with --all.
    """
    rows = []
    if which != "gate":
        from wireproof.lint.rules import ALL as LINT  # noqa: PLC0415 - one of the two may do

        for rule in LINT:
            level = rule.severity.label
            rows.append((rule.id, "lint", level if rule.recommended else f"({level})"))
    if which != "lint":
        from wireproof.compat.rules import ALL as GATE  # noqa: PLC0415 - likewise

        rows += [(each.id, "gate", each.tier.value) for each in GATE]
    width = max(len(name) for name, _, _ in rows)
    for name, owner, level in rows:
        click.echo(f"{name:<{width}}  {owner}  {level:<9}  {headline(name)}")
