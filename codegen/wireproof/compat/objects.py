"""The objects of OpenAPI outside schemas, and what judges each of their fields.

Every field of every object is listed: with the rules that judge its changes, as words (shown in
the changelog), or as no part of the contract with the reason. What is not listed is unknown, and
a change of it is reported as such: nothing passes in silence. `tests/compat/test_coverage.py`
holds this table against OpenAPI's own meta-schema and against real edits.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wireproof.compat.pairing import headers, match, media_types
from wireproof.compat.rule import Comparison, Kept
from wireproof.ir.contract import Header, MediaType
from wireproof.source.node import Node

WORDS = "words"
"""For people only; changes are shown and break nothing."""


@dataclass(frozen=True, slots=True)
class No:
    """No part of the contract, because of `reason`."""

    reason: str


Judge = str | tuple[str, ...] | No
"""WORDS, the ids of the rules that judge the field, or why nothing does."""

_MEMBERS = No("judged member by member, as objects of their own")
_HOME = No("a home of parts: what refers to them is judged")
_READING = No("says how the document is read, not what it promises")

_HEADER: Mapping[str, Judge] = {
    "description": WORDS,
    "required": ("response-header-requiredness-changed", "encoding-changed"),
    "deprecated": WORDS,
    "style": No("headers have one style, simple"),
    "explode": ("header-serialisation-changed", "encoding-changed"),
    "schema": ("type-changed", "encoding-changed"),
    "content": ("header-serialisation-changed", "encoding-changed"),
    "example": WORDS,
    "examples": WORDS,
}

FIELDS: Mapping[str, Mapping[str, Judge]] = {
    "openapi": {
        "openapi": _READING,
        "$self": _READING,
        "jsonSchemaDialect": ("dialect-changed",),
        "info": _MEMBERS,
        "servers": ("server-added", "server-removed", "server-variable-changed"),
        "paths": ("operation-added", "operation-removed"),
        "webhooks": ("operation-added", "operation-removed"),
        "components": _HOME,
        "security": ("security-changed",),
        "tags": WORDS,
        "externalDocs": WORDS,
    },
    "info": dict.fromkeys(
        ("title", "summary", "description", "termsOfService", "contact", "license"), WORDS
    )
    | {"version": No("the name of the contract's version; `wireproof release` judges it")},
    "path-item": {
        "summary": WORDS,
        "description": WORDS,
        "servers": ("server-added", "server-removed", "server-variable-changed"),
        "parameters": ("parameter-added", "parameter-removed"),
        "additionalOperations": ("operation-added", "operation-removed"),
        "$ref": No("followed: its target is judged"),
        **dict.fromkeys(
            ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query"),
            ("operation-added", "operation-removed"),
        ),
    },
    "operation": {
        "tags": ("operation-resource-changed", "description-changed"),
        "summary": WORDS,
        "description": WORDS,
        "externalDocs": WORDS,
        "operationId": ("operation-id-changed",),
        "parameters": ("parameter-added", "parameter-removed"),
        "requestBody": ("request-body-added", "request-body-removed"),
        "responses": ("response-status-added", "response-status-removed"),
        "callbacks": ("operation-added", "operation-removed"),
        "deprecated": ("deprecated", "deprecation-withdrawn"),
        "security": ("security-changed",),
        "servers": ("server-added", "server-removed", "server-variable-changed"),
    },
    "parameter": {
        "name": ("parameter-added", "parameter-removed", "parameter-renamed"),
        "in": ("parameter-added", "parameter-removed"),
        "description": WORDS,
        "required": ("parameter-requiredness-changed",),
        "deprecated": ("deprecated", "deprecation-withdrawn"),
        "allowEmptyValue": ("parameter-emptiness-changed",),
        "style": ("parameter-serialisation-changed",),
        "explode": ("parameter-serialisation-changed",),
        "allowReserved": ("parameter-serialisation-changed",),
        "schema": ("type-changed",),
        "content": ("parameter-serialisation-changed",),
        "example": WORDS,
        "examples": WORDS,
    },
    "request-body": {
        "description": WORDS,
        "content": ("request-media-type-added", "request-media-type-removed"),
        "required": ("request-body-requiredness-changed",),
    },
    "media-type": {
        "description": WORDS,
        "schema": ("media-type-schema-changed", "type-changed"),
        "itemSchema": ("media-type-schema-changed", "type-changed"),
        "example": WORDS,
        "examples": WORDS,
        "encoding": ("encoding-changed",),
        "prefixEncoding": ("unjudged-change",),
        "itemEncoding": ("unjudged-change",),
    },
    "encoding": {
        "contentType": ("encoding-changed",),
        "headers": ("encoding-changed",),
        "style": ("encoding-changed",),
        "explode": ("encoding-changed",),
        "allowReserved": ("encoding-changed",),
        "encoding": ("unjudged-change",),
        "prefixEncoding": ("unjudged-change",),
        "itemEncoding": ("unjudged-change",),
    },
    "response": {
        "description": WORDS,
        "summary": WORDS,
        "headers": ("response-header-added", "response-header-removed"),
        "content": ("response-media-type-added", "response-media-type-removed"),
        "links": No("says where values can be used, and promises nothing about the messages"),
    },
    "header": _HEADER,
    "security-scheme": {
        "type": ("security-scheme-changed",),
        "description": WORDS,
        "name": ("security-scheme-changed",),
        "in": ("security-scheme-changed",),
        "scheme": ("security-scheme-changed",),
        "bearerFormat": No("a hint for people, says OpenAPI; tokens are opaque to clients"),
        "flows": ("security-scheme-changed",),
        "openIdConnectUrl": ("security-scheme-changed",),
        "oauth2MetadataUrl": ("security-scheme-changed",),
        "deprecated": WORDS,
    },
    "server": {
        "url": ("server-added", "server-removed"),
        "name": No("for people; the address and its variables are judged"),
        "description": No("for people; the address and its variables are judged"),
        "variables": ("server-variable-changed",),
    },
    "server-variable": {
        "enum": ("server-variable-changed",),
        "default": ("server-variable-changed",),
        "description": No("for people; the values are judged"),
    },
    "oauth-flows": dict.fromkeys(
        ("implicit", "password", "clientCredentials", "authorizationCode", "deviceAuthorization"),
        ("security-scheme-changed",),
    ),
    "oauth-flow": dict.fromkeys(
        ("authorizationUrl", "deviceAuthorizationUrl", "tokenUrl", "refreshUrl", "scopes"),
        ("security-scheme-changed",),
    ),
    "responses": {"default": ("response-status-added", "response-status-removed")},
    "components": dict.fromkeys(
        (
            *("schemas", "responses", "parameters", "examples", "requestBodies", "headers"),
            *("securitySchemes", "links", "callbacks", "pathItems", "mediaTypes"),
        ),
        _HOME,
    ),
    "contact": dict.fromkeys(("name", "url", "email"), WORDS),
    "license": dict.fromkeys(("name", "identifier", "url"), WORDS),
    "external-documentation": dict.fromkeys(("description", "url"), WORDS),
    "tag": dict.fromkeys(
        ("name", "summary", "description", "externalDocs", "parent", "kind"), WORDS
    ),
    "example": dict.fromkeys(
        ("summary", "description", "value", "externalValue", "dataValue", "serializedValue"),
        WORDS,
    ),
    "link": dict.fromkeys(
        (
            "operationRef",
            "operationId",
            "parameters",
            "requestBody",
            "description",
            "server",
            "body",
        ),
        No("links promise nothing about the messages"),
    ),
    "reference": {
        "$ref": No("followed: its target is judged"),
        "summary": No("words beside a reference; those of the target are judged"),
        "description": No("words beside a reference; those of the target are judged"),
    },
}
"""Kind of object -> field -> who judges it. Extensions (`x-`) are judged in `EXTENSIONS`."""

EXTENSIONS: Mapping[str, tuple[str, ...]] = {
    "x-sdk-name": ("operation-id-changed", "argument-renamed"),
    "x-sunset": ("sunset-moved", "sunset-unreadable"),
    "x-stability": ("stability-lowered", "stability-unknown"),
    "x-stability-level": ("stability-lowered", "stability-unknown"),
    "x-idempotency": ("idempotency-changed",),
    "x-pagination": ("pagination-changed",),
    "x-rate-limit-cost": ("rate-limit-tightened",),
    "x-rate-limits": ("rate-limit-tightened",),
    "x-error-codes": ("error-codes-changed",),
    "x-http-signature": ("security-scheme-changed",),
}
"""Extensions that Wireproof understands; any other is shown when it changes."""


@dataclass(frozen=True, slots=True)
class Matched:
    """One object in both contracts.

    Attributes:
        kind: A key of `FIELDS`.
        name: How reports call it.
        operation: The operation that it belongs to; "" for the document's own.
        base: Where it stands in the base.
        head: Where it stands in the head.
    """

    kind: str
    name: str
    operation: str
    base: Node
    head: Node


def changed_fields(found: Matched) -> Iterator[str]:
    """The fields that differ as written, in document order."""
    before, after = found.base.value, found.head.value
    if before is after or not isinstance(before, dict) or not isinstance(after, dict):
        return
    for key in {**before, **after}:
        if key not in before or key not in after or before[key] != after[key]:
            yield key


def matched(comparison: Comparison) -> tuple[Matched, ...]:
    """Every object that is in both contracts, is no schema, and differs as written."""
    known = comparison.memo.get(matched.__name__)
    if not isinstance(known, tuple):
        differing = (one for one in _matched(comparison) if one.base.value != one.head.value)
        known = comparison.memo[matched.__name__] = tuple(differing)
    return known


def _matched(comparison: Comparison) -> Iterator[Matched]:
    base, head = comparison.base, comparison.head
    yield Matched("openapi", "the document", "", base.origin, head.origin)
    yield from _both("info", "the contract", base.origin.get("info"), head.origin.get("info"))
    for name, scheme in base.security_schemes.items():
        other = head.security_schemes.get(name)
        if other is not None:
            label = f"security scheme {name!r}"
            yield Matched("security-scheme", label, "", scheme.origin, other.origin)
    for kept in comparison.changed():
        yield from _operation(kept)


def _both(kind: str, name: str, base: Node | None, head: Node | None) -> Iterator[Matched]:
    if base is not None and head is not None:
        yield Matched(kind, name, "", base, head)


def _path_item(operation: Node) -> Node | None:
    """What an operation stands in; methods of 3.2 that are not fixed stand a level deeper."""
    parent = operation.parent
    more = parent is not None and parent.key == "additionalOperations"
    return parent.parent if more and parent is not None else parent


def _operation(kept: Kept) -> Iterator[Matched]:
    label = kept.label
    before, after = _path_item(kept.base.origin), _path_item(kept.head.origin)
    if before is not None and after is not None:
        yield Matched("path-item", f"the path of {label}", label, before, after)
    yield Matched("operation", label, label, kept.base.origin, kept.head.origin)
    for pair in kept.parameters:
        if pair.base is None or pair.head is None:
            continue
        origins = pair.base.origin, pair.head.origin
        if all("in" in node.value for node in origins):  # else the template implies it
            name = f"the {pair.head.location.value} parameter {pair.head.name!r}"
            yield Matched("parameter", name, label, *origins)
    old, new = kept.base.request, kept.head.request
    if old is not None and new is not None:
        yield Matched("request-body", "the body", label, old.origin, new.origin)
        yield from _media(label, "the body", old.content, new.content)
    for both in kept.responses:
        if both.base is None or both.head is None:
            continue
        name = f"the response {both.head.status}"
        yield Matched("response", name, label, both.base.origin, both.head.origin)
        yield from _headers(label, name, both.base.headers, both.head.headers)
        yield from _media(label, name, both.base.content, both.head.content)


def _headers(
    label: str, owner: str, base: tuple[Header, ...], head: tuple[Header, ...]
) -> Iterator[Matched]:
    for pair in headers(base, head):
        if pair.base is not None and pair.head is not None:
            name = f"the header {pair.head.name!r} of {owner}"
            yield Matched("header", name, label, pair.base.origin, pair.head.origin)


def _media(
    label: str, owner: str, base: tuple[MediaType, ...], head: tuple[MediaType, ...]
) -> Iterator[Matched]:
    for pair in media_types(base, head):
        if pair.base is None or pair.head is None:
            continue
        name = f"{owner} in {pair.head.media_type!r}"
        yield Matched("media-type", name, label, pair.base.origin, pair.head.origin)
        for part in match(pair.base.encoding, pair.head.encoding, lambda e: e.property_name):
            if part.base is not None and part.head is not None:
                inner = f"the part {part.head.property_name!r} of {name}"
                yield Matched("encoding", inner, label, part.base.origin, part.head.origin)
