"""A rule's docstring is its documentation, be it a rule of the linter or of the gate."""

from __future__ import annotations

import ast
from inspect import cleandoc
from pathlib import Path

import wireproof

_FOLDERS = ("lint/rules", "compat/rules")


def names() -> list[str]:
    """The ids of all rules, without importing one: each is named by its file."""
    return sorted(
        path.stem.replace("_", "-")
        for folder in _folders()
        for path in folder.glob("*.py")
        if path.stem != "__init__"
    )


def page(rule: str) -> str:
    """The whole documentation of a rule. KeyError where there is none of that id."""
    if rule in names():
        for folder in _folders():
            file = folder / f"{rule.replace('-', '_')}.py"
            if file.is_file():
                return cleandoc(ast.get_docstring(ast.parse(file.read_bytes())) or "")
    raise KeyError(rule)


def headline(rule: str) -> str:
    """Its first line."""
    return page(rule).partition("\n")[0]


def _folders() -> list[Path]:
    return [Path(wireproof.__path__[0]) / folder for folder in _FOLDERS]
