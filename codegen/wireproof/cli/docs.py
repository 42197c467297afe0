"""`wireproof docs`: the contract's documentation as a folder of static files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import click

from wireproof.cli.config import Config, read_config
from wireproof.cli.output import once, report
from wireproof.diagnostics import Diagnostic, Severity, UsageError


@click.command("docs")
@click.argument("spec", required=False)
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("build/docs"),
    show_default=True,
    help="Folder of the site.",
)
@click.option(
    "--guides",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="Markdown; default: docs.",
)
@click.option(
    "--changelog",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="Default: CHANGELOG.md.",
)
@click.option(
    "--redoc", "bundle", type=click.Path(path_type=Path), help="redoc's package or bundle."
)
@click.option(
    "--fetch-redoc", "fetch", is_flag=True, help="Take redoc from npm's registry, once for all."
)
def command(
    *,
    spec: str | None,
    out: Path,
    guides: Path | None,
    changelog: Path | None,
    bundle: Path | None,
    fetch: bool,
) -> None:
    """Write a static site: reference, guides, error codes, rate limits, changelog, search.

    Without SPEC the one that wireproof.yaml names. The reference is shown by redoc, which is not
    part of Wireproof: add --fetch-redoc the first time. The site needs no server and asks no other
    host for anything.

    Guides are the Markdown files of a folder; `<!-- wireproof:error-codes -->` and
    `<!-- wireproof:rate-limits -->` stand for tables out of the contract. Each release in the
    changelog, a heading of the second level, has a page.
    """
    from wireproof.docs import site  # noqa: PLC0415 - keeps `docs --help` fast
    from wireproof.emit.names import allocate, read_lock  # noqa: PLC0415 - keeps `docs --help` fast
    from wireproof.emit.templates import Templates  # noqa: PLC0415 - keeps `docs --help` fast
    from wireproof.ir.build import build  # noqa: PLC0415 - keeps `docs --help` fast
    from wireproof.ir.naming import contexts  # noqa: PLC0415 - keeps `docs --help` fast
    from wireproof.source.workspace import load  # noqa: PLC0415 - keeps `docs --help` fast

    config = read_config()
    script = _redoc(bundle, fetch=fetch)
    workspace = load(_spec(spec, config))
    contract = build(workspace.contract)
    lock = config.names
    locked = read_lock(lock.read_bytes(), str(lock)) if lock.is_file() and spec is None else {}
    templates = Templates(config.templates)
    made = site.make(
        site.Source(
            contract=contract,
            names=allocate(contexts(contract), locked),
            templates=templates,
            options=config.targets,
            guides=guides or config.root / "docs",
            changelog=changelog or config.root / "CHANGELOG.md",
            redoc=script,
        )
    )
    found = once(workspace.diagnostics, contract.diagnostics, made.diagnostics)
    report([*templates.diagnostics, *found])
    _write(out, made.files)
    click.echo(f"{len(made.files)} files in {out}: open {out / 'index.html'}", err=True)


def _redoc(bundle: Path | None, *, fetch: bool) -> str:
    from wireproof.docs import redoc  # noqa: PLC0415 - keeps `docs --help` fast

    if fetch and bundle is None:
        return redoc.script(redoc.fetch(), "what was fetched")
    found = redoc.find(bundle, Path.cwd())
    return redoc.script(found.read_text(encoding="utf-8"), str(found))


def _spec(spec: str | None, config: Config) -> str:
    chosen = spec or config.spec
    if chosen is None:
        hint = "name it: wireproof docs SPEC, or in wireproof.yaml as spec:"
        raise UsageError(Diagnostic("no-spec", Severity.ERROR, "which contract?", help=hint))
    return chosen


def _write(out: Path, files: Mapping[str, str]) -> None:
    try:
        for path, text in files.items():
            target = out / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text.encode("utf-8", "surrogatepass"))
    except OSError as error:
        raise UsageError(
            Diagnostic(
                "output",
                Severity.ERROR,
                f"{error.filename or out} cannot be written: {error.strerror}",
                help="check the path and its permissions",
            )
        ) from None
