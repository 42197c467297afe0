"""Declared tags say what they are about.

What
    A tag at the root has no `description`.

Why
    A tag is a chapter of the reference and a class of the SDKs; the description is its text.

Bad
    tags: [{name: orders}]
    paths: {}

Good
    tags: [{name: orders, description: 'Place, look up and cancel orders.'}]
    paths: {}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node


def check(root: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at each tag without a description."""
    tags = root.get("tags")
    for tag in tags.elements() if tags is not None else ():
        value = tag.value
        if isinstance(value, dict) and not (value.get("description") or value.get("summary")):
            yield Problem(
                tag, f"the tag {value.get('name')} has no description", "say what belongs to it"
            )


RULE = Rule("tag-description", Severity.INFO, ("openapi",), check)
