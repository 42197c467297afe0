"""`wireproof bundle`: one document out of many."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("bundle")
@click.argument("spec")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write here, not to stdout.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["yaml", "json"]),
    help="Default: by the ending of --output, else YAML.",
)
@click.option("--allow-remote", is_flag=True, help="Follow references to http and https.")
def command(*, spec: str, output: Path | None, form: str | None, allow_remote: bool) -> None:
    """Join SPEC and everything that it refers to into one document.

    SPEC is a path, - for standard input, or REV:path for a git revision. Referenced parts move to
    components under stable names; the same files always give the same bytes.
    """
    from wireproof.cli.output import report  # noqa: PLC0415 - keeps --help fast
    from wireproof.diagnostics import Diagnostic, Severity, UsageError  # noqa: PLC0415 - likewise
    from wireproof.source import load  # noqa: PLC0415 - likewise
    from wireproof.source.dump import dump_json, dump_yaml  # noqa: PLC0415 - likewise

    workspace = load(spec, allow_remote=allow_remote)
    if form is None:
        form = "json" if output is not None and output.suffix == ".json" else "yaml"
    write = dump_json if form == "json" else dump_yaml
    text = write(workspace.contract.root.value)
    if output is None:
        click.echo(text, nl=False)
    else:
        try:
            output.parent.mkdir(parents=True, exist_ok=True)
            output.write_bytes(text.encode())
        except OSError as error:
            raise UsageError(
                Diagnostic(
                    "unwritable",
                    Severity.ERROR,
                    f"{output} cannot be written: {error.strerror}",
                    help="check the path and its permissions",
                )
            ) from None
    if workspace.diagnostics:
        report(workspace.diagnostics)
        if any(each.severity is Severity.ERROR for each in workspace.diagnostics):
            raise click.exceptions.Exit(1)
