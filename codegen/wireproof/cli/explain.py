"""`wireproof explain`: what a rule is about, why it matters, and an example of each kind."""

from __future__ import annotations

from difflib import get_close_matches

import click

from wireproof.cli.documentation import names, page, topics
from wireproof.diagnostics import Diagnostic, Severity, UsageError


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Explain RULE: what it is about, why it matters, a bad and a good example.

    `compat` explains the gate's policy in wireproof.yaml, `waivers` the file of accepted breaks.
    """
    known = [*names(), *topics()]
    if rule in known:
        text = page(rule)
    else:
        own = _own()
        if rule not in own:
            near = get_close_matches(rule, [*known, *own], n=1)
            hint = f"did you mean {near[0]}?" if near else "see `wireproof rules`"
            raise UsageError(
                Diagnostic("no-such-rule", Severity.ERROR, f"there is no rule {rule!r}", help=hint)
            )
        text = own[rule]
    click.echo(f"{rule}\n\n{text}")


def _own() -> dict[str, str]:
    """The project's own rules and their pages."""
    from wireproof.cli.config import read_config  # noqa: PLC0415 - keeps --help fast

    config = read_config()
    if config.lint is None or config.lint.get("rule-files") is None:
        return {}
    from wireproof.lint import team  # noqa: PLC0415 - likewise
    from wireproof.lint.settings import read_settings  # noqa: PLC0415 - likewise

    rules = team.rules(read_settings(config.lint, config.root).rule_files)
    return {rule.id: team.documentation(rule) for rule in rules}
