"""A rule's docstring is its documentation, be it a rule of the linter or of the gate."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from functools import cache
from inspect import cleandoc
from pathlib import Path

import wireproof

_ROOT = Path(wireproof.__path__[0])
_FOLDERS = ("lint/rules", "compat/rules")
_SIDES = ("request", "response")
_TOPICS = {
    "compat": "compat/settings.py",
    "lint": "lint/settings.py",
    "own-rules": "lint/team.py",
    "verify": "cli/verify_settings.py",
    "waivers": "compat/waivers.py",
}
"""What else is explained: sections and files of a project, by the module that reads them."""


def names() -> list[str]:
    """The ids of all rules, without importing one: each is named by its file."""
    return sorted(_files())


def topics() -> list[str]:
    """What is explained beside rules."""
    return list(_TOPICS)


def page(rule: str) -> str:
    """The whole documentation of a rule or a topic. KeyError where there is none of that name."""
    file = _ROOT / _TOPICS[rule] if rule in _TOPICS else _files()[rule]
    return cleandoc(ast.get_docstring(ast.parse(file.read_bytes())) or "")


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
        for path in (_ROOT / folder).glob("*.py")
        if path.stem != "__init__"
    }
