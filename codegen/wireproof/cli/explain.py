"""`wireproof explain`: what a rule is about, why it matters, and an example of each kind."""

from __future__ import annotations

from difflib import get_close_matches

import click

from wireproof.cli.documentation import names, page
from wireproof.diagnostics import Diagnostic, Severity, UsageError


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Explain RULE: what it is about, why it matters, a bad and a good example."""
    known = names()
    if rule not in known:
        near = get_close_matches(rule, known, n=1)
        hint = f"did you mean {near[0]}?" if near else "see `wireproof rules`"
        raise UsageError(
            Diagnostic("no-such-rule", Severity.ERROR, f"there is no rule {rule!r}", help=hint)
        )
    click.echo(f"{rule}\n\n{page(rule)}")
