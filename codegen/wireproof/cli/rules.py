"""`wireproof rules`: all rules of the gate, one a line."""

from __future__ import annotations

import click

from wireproof.cli.documentation import headline
from wireproof.compat.rules import ALL


@click.command("rules")
def command() -> None:
    """List all rules: id, tier, area, and what it is about."""
    width = max(len(rule.id) for rule in ALL)
    for rule in ALL:
        click.echo(f"{rule.id:<{width}}  {rule.tier.value:<9}  {rule.area:<9}  {headline(rule.id)}")
