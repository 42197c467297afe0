"""Components are used.

What
    Nothing in the contract leads to a component. Security schemes count as used where a
    requirement names them, schemas also where a discriminator maps to them.

Why
    It is documented, generated and reviewed for nobody; often what should use it refers to
    something else by mistake.

Bad
    paths: {}
    components:
      schemas:
        Order: {type: object}

Good
    paths:
      /orders:
        get:
          responses:
            '200':
              description: ok
              content: {application/json: {schema: {$ref: '#/components/schemas/Order'}}}
    components:
      schemas:
        Order: {type: object}
"""

from __future__ import annotations

from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Json, Node

_DEPTH = 3  # components / section / name
_KINDS = ("schemas", "responses", "parameters", "examples", "requestBodies", "headers",
          "securitySchemes", "links", "callbacks", "pathItems", "mediaTypes")  # fmt: skip


def check(_root: Node, scope: Scope) -> Iterator[Problem]:
    """One problem at the name of each component that nothing leads to."""
    if scope.root.value.keys().isdisjoint(("paths", "webhooks")):
        return  # such a document offers its components to others
    used = _used(scope)
    for section in _KINDS:
        for name, node in scope.facts.names("components", section).items():
            if (section, name) not in used and not name.startswith("x-"):
                yield Problem(
                    node,
                    f"nothing uses the component {section}/{name}",
                    "remove it, or refer to it where it belongs",
                    key=True,
                )


def _used(scope: Scope) -> set[tuple[str, str]]:
    document = scope.facts.document
    used: set[tuple[str, str]] = set()
    for _, _, ref in scope.facts.references:
        target = document.at(ref)
        path = target.path if target is not None else ()
        if len(path) >= _DEPTH and path[0] == "components":
            used.add((str(path[1]), str(path[2])))
    for node, kind in scope.facts.visited:
        value = node.value
        if kind == "schema" and isinstance(value, dict):
            used |= _mapped(value)
        elif kind in ("operation", "openapi") and isinstance(value, dict):
            required = value.get("security")
            for requirement in required if isinstance(required, list) else ():
                names = requirement if isinstance(requirement, dict) else ()
                used |= {("securitySchemes", name) for name in names}
    return used


def _mapped(schema: Json) -> set[tuple[str, str]]:
    discriminator = schema.get("discriminator")
    mapping = discriminator.get("mapping") if isinstance(discriminator, dict) else None
    targets = mapping.values() if isinstance(mapping, dict) else ()
    return {("schemas", str(target).rpartition("/")[2]) for target in targets}


RULE = Rule("unused-component", Severity.WARNING, ("openapi",), check)
