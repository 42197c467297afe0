"""`wireproof init`: a new project that passes its own lint, generation and tests at once."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NoReturn

import click

from wireproof.diagnostics import Diagnostic, Severity, UsageError

_SCAFFOLD = Path(__file__).parent / "scaffold"
_SUFFIXES = (".ini", ".md", ".tmpl", ".yaml")  # a .py here would be taken for a part of Wireproof
_IGNORE = ".gitignore"
_NEXT = """
next:
{enter}  wireproof lint        # checks spec/api.yaml: edit it, and see
  wireproof generate    # server and SDKs, into generated/
  wireproof mock        # the contract as a server on loopback
  wireproof release     # freeze this version; `wireproof breaking` guards it from now on
"""
_WORD = re.compile(r"[^a-z0-9]+")


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default=Path())
@click.option("--name", help="The API's name; default: the folder's, `order-desk` as Order Desk.")
def command(*, folder: Path, name: str | None) -> None:
    """Make a project in FOLDER: a contract, its configuration, a test, a workflow.

    Nothing is overwritten: where one of the files exists, nothing is written at all, and the exit
    status is 2. A `.gitignore` that is there is left as it is.
    """
    files = scaffold(name or _titled(folder.resolve().name))
    if (folder / _IGNORE).exists():
        del files[_IGNORE]
    taken = [path for path in files if (folder / path).exists()]
    if taken:
        _refuse(f"{folder / taken[0]} exists already", "choose another folder: wireproof init NAME")
    try:
        _write(folder, files)
    except OSError as error:
        _refuse(f"{error.filename or folder} cannot be written: {error.strerror}",
                "check the path and its permissions")  # fmt: skip
    click.echo(
        _NEXT.format(enter="" if folder == Path() else f"  cd {folder}\n"), err=True, nl=False
    )


def _write(folder: Path, files: dict[str, str]) -> None:
    for path, text in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
        click.echo(f"wrote {target}", err=True)


def _refuse(message: str, hint: str) -> NoReturn:
    raise UsageError(Diagnostic("init", Severity.ERROR, message, help=hint))


def _titled(folder: str) -> str:
    """`order-desk` as a title: Order Desk."""
    words = re.split(r"[\s_-]+", folder.strip("._- "))
    return " ".join(word[:1].upper() + word[1:] for word in words if word) or "API"


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
