"""The `wireproof` command: finds its subcommands without importing any of them."""

from __future__ import annotations

import gc
import sys
from importlib import import_module

import click

from wireproof import __version__

COMMANDS = {
    "breaking": "may this contract follow that one? proofs and witnesses",
    "bundle": "one document out of many",
    "diff": "everything that changed, as a changelog",
    "docs": "the contract's documentation as a static site",
    "explain": "what a rule is about, and why",
    "generate": "servers, models and SDKs from the contract",
    "init": "a new project: contract, configuration, test",
    "ir": "the contract as Wireproof understands it, as JSON",
    "lint": "is the contract valid, and does it generate well?",
    "mock": "any contract as a server on loopback",
    "release": "freeze the contract as a version, if it may be one",
    "rules": "all rules of the linter and of the gate",
    "verify": "does a running server keep its contract?",
    "waive": "accept a break, with a reason and an end",
    "watch": "lint, gate and generate after each save",
}
"""Subcommand -> its line in the help. Each lives in `wireproof.cli.<name>` as `command`."""


class LazyGroup(click.Group):
    """Loads a subcommand when it is called, so that `--help` stays fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """All names, as listed."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, imported now."""
        if cmd_name not in COMMANDS:
            return None
        found = import_module(f"wireproof.cli.{cmd_name.replace('-', '_')}").command
        assert isinstance(found, click.Command)  # noqa: S101 - anything else is a bug here
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, but an unknown name is answered with the one that was meant."""
        name = args[0] if args else ""
        if name and not name.startswith("-") and name not in COMMANDS:
            from difflib import get_close_matches  # noqa: PLC0415 - for mistakes only

            near = get_close_matches(name, COMMANDS, n=1)
            hint = f"did you mean {near[0]}?" if near else "see wireproof --help"
            ctx.fail(f"there is no command {name!r}; {hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002 - click's signature
        """The list in the help, from `COMMANDS` alone."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="wireproof")
def cli() -> None:
    """Spec-first APIs: one OpenAPI contract in; servers, SDKs and proven verdicts out.

    Exit status: 0 all is well, 1 findings, 2 wrong usage or an unreadable contract.
    """


def main() -> None:
    """Entry point. Diagnostics that end a command are printed here, once."""
    from wireproof.diagnostics import WireproofError  # noqa: PLC0415 - keeps --help fast

    try:
        cli(prog_name="wireproof", standalone_mode=True)
    except WireproofError as error:
        from wireproof.cli.output import report  # noqa: PLC0415 - keeps --help fast

        report(error.diagnostics)
        sys.exit(error.exit_code)
    except OSError as error:  # a full disk, a folder that may not be written to
        from wireproof.cli.output import unusable  # noqa: PLC0415 - keeps --help fast

        unusable(error)
        sys.exit(2)
    finally:
        gc.freeze()  # a process that ends need not take two contracts apart, object by object
