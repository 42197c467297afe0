"""`wireproof init`: a new project that passes its own lint, generation and tests at once."""

from __future__ import annotations

import re
from pathlib import Path

import click

_SCAFFOLD = Path(__file__).parent / "scaffold"
_SUFFIXES = (".md", ".tmpl", ".yaml")  # a .py here would be taken for a part of Wireproof
_WORD = re.compile(r"[^a-z0-9]+")


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--name", help="The API's name; default: that of the folder.")
def command(*, folder: Path, name: str | None) -> None:
    """Make a project in FOLDER: a contract, its configuration, and a test.

    Nothing is overwritten: where one of the files exists, nothing is written at all, and the exit
    status is 2.
    """
    title = name or folder.resolve().name
    files = scaffold(title)
    taken = [path for path in files if (folder / path).exists()]
    if taken:
        raise click.UsageError(f"{folder / taken[0]} exists already; choose another folder")
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        click.echo(f"wrote {target}", err=True)
    enter = "" if folder == Path() else f"cd {folder} && "
    click.echo(f"next: {enter}wireproof lint && wireproof generate", err=True)


def scaffold(title: str) -> dict[str, str]:
    """Relative path -> text of each file of a new project."""
    title = " ".join(title.split())
    package = _WORD.sub("_", title.lower()).strip("_") or "api"
    if not package[0].isalpha():
        package = f"api_{package}"
    files = {}
    for path in sorted(_SCAFFOLD.rglob("*")):
        if path.suffix in _SUFFIXES:
            text = path.read_text("utf-8").replace("{package: PACKAGE}", f"{{package: {package}}}")
            text = text.replace("title: NAME", f"title: {_quoted(title)}")
            name = path.relative_to(_SCAFFOLD).as_posix().removesuffix(".tmpl")
            files[name] = text.replace("# NAME", f"# {title}")
    return files


def _quoted(text: str) -> str:
    """A YAML string, in double quotes where it has to be."""
    if re.fullmatch(r"[A-Za-z][A-Za-z0-9 ]*", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
