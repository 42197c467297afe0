"""Small questions about OpenAPI objects that several rules ask."""

from __future__ import annotations

import re
from collections.abc import Iterator

from wireproof.lint.scope import Scope
from wireproof.source.node import Json, Node

_JSON = re.compile(r"application/(?:[\w.+-]+\+)?json\b", re.IGNORECASE)

_ALONE = {name: frozenset((name,)) for name in ("string", "object", "array", "integer", "number")}

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


def is_json(media_type: str) -> bool:
    """Whether a media type holds JSON: `application/json`, `application/problem+json`, ..."""
    return _JSON.match(media_type) is not None


def types(schema: Json) -> frozenset[str]:
    """The types that a schema names itself, `null` aside."""
    raw = schema.get("type") if isinstance(schema, dict) else None
    if isinstance(raw, str) and raw != "null":
        return _ALONE.get(raw) or frozenset((raw,))
    listed = raw if isinstance(raw, list) else ()
    return frozenset(one for one in listed if isinstance(one, str) and one != "null")


def statuses(scope: Scope, operation: Node) -> dict[str, Node]:
    """Status or `default` -> response, references followed."""
    return dict(scope.entries(operation, "responses"))


def body_schema(scope: Scope, holder: Node | None) -> Node | None:
    """The schema of a JSON body in a request body or a response, references followed."""
    content = holder.get("content") if holder is not None else None
    for media_type, media in content.items() if content is not None else ():
        if is_json(media_type):
            target = scope.follow(media)
            return scope.follow(target.get("schema")) if target is not None else None
    return None


def properties(scope: Scope, schema: Node | None, depth: int = 8) -> Iterator[tuple[str, Node]]:
    """Properties of an object schema, those of its `allOf` branches included, as written."""
    if schema is None or depth == 0:
        return
    own = schema.get("properties")
    yield from own.items() if own is not None else ()
    branches = schema.get("allOf")
    for branch in branches.elements() if branches is not None else ():
        yield from properties(scope, scope.follow(branch), depth - 1)


def success_schema(scope: Scope, operation: Node) -> Node | None:
    """The schema of an operation's first JSON success response, references followed."""
    for status, response in statuses(scope, operation).items():
        if status.startswith("2"):
            schema = body_schema(scope, response)
            if schema is not None:
                return schema
    return None


def effective_security(scope: Scope, operation: Node) -> Node | None:
    """The security requirements that hold for an operation; None where nothing is said."""
    return operation.get("security") or scope.root.get("security")
