"""`wireproof generate`: servers, models and SDKs from the contract."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("generate")
@click.argument("targets", nargs=-1, metavar="[TARGET]...")
@click.option("--spec", metavar="SPEC", help="Contract: a path, '-' or REV:path.")
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), help="Output folder.")
@click.option("--config", "config_path", type=click.Path(path_type=Path), help="wireproof.yaml.")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 if anything would change.")
@click.option("--force", is_flag=True, help="Overwrite generated files that were edited by hand.")
@click.option("--strict", is_flag=True, help="Exit 1 if anything had to be left out.")
def command(
    targets: tuple[str, ...],
    *,
    spec: str | None,
    out: Path | None,
    config_path: Path | None,
    check: bool,
    force: bool,
    strict: bool,
) -> None:
    """Generate code from the contract.

    TARGET is one of server, python, typescript; without any, those that wireproof.yaml names.
    What cannot be generated is named on stderr and left out; the rest is written. Either all
    targets are written or none.
    """
    from wireproof.cli.generating import Asked, run  # noqa: PLC0415 - keeps --help fast

    asked = Asked(
        targets=targets,
        spec=spec,
        out=out,
        config=config_path,
        check=check,
        force=force,
        strict=strict,
    )
    raise SystemExit(run(asked))
