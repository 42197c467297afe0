"""Every branch has the discriminator.

What
    A branch of a union with a `discriminator` does not declare, or does not require, the
    property that it names; or a branch is missing from the `mapping` that lists others. A union
    that requires the property itself, or has a `defaultMapping` (3.2), asks it of no branch.

Why
    Readers choose the branch by that property: where it is missing, they cannot.

Bad
    paths: {}
    components:
      schemas:
        Event:
          oneOf: [{$ref: '#/components/schemas/Fill'}]
          discriminator: {propertyName: kind}
        Fill:
          type: object
          properties: {kind: {type: string}}

Good
    paths: {}
    components:
      schemas:
        Event:
          oneOf: [{$ref: '#/components/schemas/Fill'}]
          discriminator: {propertyName: kind}
        Fill:
          type: object
          required: [kind]
          properties: {kind: {type: string}}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Json, Node


def check(node: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at each branch that cannot be told by the property."""
    discriminator = node.get("discriminator")
    name = discriminator.get("propertyName") if discriminator is not None else None
    if discriminator is None or name is None or not isinstance(name.value, str):
        return
    listed = _listed(scope, discriminator.value.get("mapping"))
    settled = "defaultMapping" in discriminator.value or _requires(node, name.value)
    for word in ("oneOf", "anyOf"):
        branches = node.get(word)
        for branch in branches.elements() if branches is not None else ():
            target = scope.follow(branch)
            if target is None or _null(target.value):
                continue
            if not settled and not _has(scope, target, name.value):
                yield Problem(
                    branch,
                    f"this branch does not require {name.value}, by which it is to be told",
                    f"declare and require {name.value} in it",
                )
            called = _component(str(branch.value.get("$ref", "")))
            if listed and called and called not in listed:
                yield Problem(
                    branch, f"no value of {name.value} is mapped to {called}", "add it to mapping"
                )


def _listed(scope: Scope, mapping: Json) -> set[str]:
    """Names of the schemas that a mapping lists; none where one of them leads nowhere."""
    targets = mapping.values() if isinstance(mapping, dict) else ()
    names = {_component(str(one)) if "/" in str(one) else str(one) for one in targets}
    return names if names <= scope.facts.names("components", "schemas").keys() else set()


def _component(ref: str) -> str:
    prefix, _, name = ref.rpartition("/")
    return name if prefix == "#/components/schemas" else ""


def _null(value: Json) -> bool:
    return isinstance(value, dict) and value.get("type") == "null"


def _requires(schema: Node, name: str) -> bool:
    required = schema.value.get("required")
    return isinstance(required, list) and name in required


def _has(scope: Scope, schema: Node, name: str, depth: int = 8) -> bool:
    """Whether every instance of a schema has the property; unions ask each branch."""
    if depth == 0:
        return True
    if _requires(schema, name):
        return True
    parts = schema.get("allOf")
    targets = [scope.follow(one) for one in parts.elements()] if parts is not None else []
    if any(one is None or _has(scope, one, name, depth - 1) for one in targets):
        return True
    for word in ("oneOf", "anyOf"):
        branches = schema.get(word)
        if branches is not None:
            found = [scope.follow(one) for one in branches.elements()]
            return all(one is None or _has(scope, one, name, depth - 1) for one in found)
    return False


RULE = Rule(
    "discriminator-valid",
    Severity.WARNING,
    ("schema",),
    check,
    keys=frozenset({"discriminator"}),
)
