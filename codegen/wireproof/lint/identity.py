"""What keeps a finding the same finding while lines move: its fingerprint."""

from __future__ import annotations

import hashlib
import json

from wireproof.lint.rule import Problem
from wireproof.source.node import Node, escape


def place(node: Node) -> str:
    """The node's pointer with list positions replaced by what stands there, where that is told.

    A parameter is known by its place and name, a tag by its name, a text by itself: inserting
    another one before it changes nothing.
    """
    steps: list[str] = []
    current: Node | None = node
    while current is not None and current.parent is not None:
        steps.append(_step(current))
        current = current.parent
    return "".join(f"/{step}" for step in reversed(steps))


def _step(node: Node) -> str:
    if not isinstance(node.key, int):
        return escape(node.key)
    value = node.value
    if isinstance(value, dict):
        told = [str(value[key]) for key in ("$ref", "in", "name", "url") if key in value]
        return escape(":".join(told)) if told else str(node.key)
    return escape(json.dumps(value)) if isinstance(value, (str, int, bool)) else str(node.key)


def fingerprint(rule: str, problem: Problem) -> str:
    """Sixteen hexadecimal digits over the rule, the place, and the value where it is a text."""
    value = problem.node.value
    content = "" if isinstance(value, (dict, list)) else json.dumps(value, default=str)
    basis = "\0".join((rule, place(problem.node), content))
    return hashlib.sha256(basis.encode("utf-8", "surrogatepass")).hexdigest()[:16]
