"""The objects of OpenAPI outside schemas, and what judges each of their fields.

Every field of every object is listed: with the rules that judge its changes, as words (shown in
the changelog), or as no part of the contract with the reason. What is not listed is unknown, and
a change of it is reported as such: nothing passes in silence. `tests/compat/test_coverage.py`
holds this table against OpenAPI's own meta-schema and against real edits.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
