"""A rule's docstring is its documentation, be it a rule of the linter or of the gate."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from inspect import cleandoc
from pathlib import Path

import wireproof

_FOLDERS = ("lint/rules", "compat/rules")
_SIDES = ("request", "response")


def names() -> list[str]:
    """The ids of all rules, without importing one: each is named by its file."""
    return sorted(_files())


def page(rule: str) -> str:
    """The whole documentation of a rule. KeyError where there is none of that id."""
    return cleandoc(ast.get_docstring(ast.parse(_files()[rule].read_bytes())) or "")


def headline(rule: str) -> str:
    """Its first line, read without parsing the rest: lists of rules ask for all of them."""
    with _files()[rule].open(encoding="utf-8") as lines:
        return lines.readline().strip().strip('"')


def upgrade(rule: str, direction: str) -> str:
    """What callers do about a break: the line of *Upgrade* for `request` or `response`; or ""."""
    section = re.search(r"^Upgrade\n((?:    .*\n)*)", page(rule), re.MULTILINE)
    lines = [line.strip() for line in section[1].splitlines()] if section else []
    for line in lines:
        side, _, text = line.partition(": ")
        if side not in _SIDES:
            return " ".join(lines)
        if side == direction:
            return text
    return ""


@cache
def _files() -> Mapping[str, Path]:
    return {
        path.stem.replace("_", "-"): path
        for folder in _FOLDERS
        for path in (Path(wireproof.__path__[0]) / folder).glob("*.py")
        if path.stem != "__init__"
    }
