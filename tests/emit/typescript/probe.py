"""A contract with the constructs that real specs hold, for tests that call what is generated."""

from __future__ import annotations

from typing import Any

Json = Any


def _json(schema: Json) -> Json:
    return {"application/json": {"schema": schema}}


def _ok(schema: Json) -> Json:
    return {"200": {"description": "ok", "content": _json(schema)}}


def _ref(name: str) -> Json:
    return {"$ref": f"#/components/schemas/{name}"}


def _parameter(name: str, place: str, schema: Json, **more: Json) -> Json:
    return {"name": name, "in": place, "required": place == "path", "schema": schema, **more}


STRING: Json = {"type": "string"}
STRINGS: Json = {"type": "array", "items": STRING}
POINT: Json = {"type": "object", "properties": {"x": {"type": "integer"}, "y": {"type": "integer"}}}

PATHS: Json = {
    "/styles/{simple}/{label}/{matrix}": {
        "get": {
            "operationId": "styles",
            "parameters": [
                _parameter("simple", "path", STRINGS),
                _parameter("label", "path", STRINGS, style="label"),
                _parameter("matrix", "path", POINT, style="matrix", explode=True),
                _parameter("list", "query", STRINGS),
                _parameter("commas", "query", STRINGS, explode=False),
                _parameter("pipes", "query", STRINGS, style="pipeDelimited", explode=False),
                _parameter("deep", "query", POINT, style="deepObject"),
                _parameter("form", "query", POINT),
                _parameter("open", "query", STRING, allowReserved=True),
                {"name": "json", "in": "query", "content": _json(POINT)},
                _parameter("X-List", "header", STRINGS),
                _parameter("sid", "cookie", STRING),
                _parameter("client", "query", STRING, **{"x-sdk-name": "client_name"}),
            ],
            "responses": _ok({"type": "array", "items": {"type": "integer"}}),
        }
    },
    "/things/{id}": {
        "put": {
            "operationId": "putThing",
            "parameters": [
                _parameter("id", "path", {"type": "integer", "format": "int64"}),
                _parameter("options", "query", STRING),
            ],
            "requestBody": {"required": True, "content": _json(_ref("Thing"))},
            "responses": _ok(_ref("Thing")),
        },
        "delete": {
            "operationId": "deleteThing",
            "parameters": [_parameter("id", "path", STRING)],
            "responses": {"204": {"description": "gone"}},
        },
    },
    "/things": {
        "get": {
            "operationId": "listThings",
            "x-pagination": {"cursor": "after", "limit": "n", "items": "data", "next": "next"},
            "parameters": [
                _parameter("after", "query", STRING),
                _parameter("n", "query", {"type": "integer"}),
            ],
            "responses": _ok(
                {
                    "type": "object",
                    "required": ["data"],
                    "properties": {
                        "data": {"type": "array", "items": _ref("Thing")},
                        "next": {"type": ["string", "null"]},
                    },
                }
            ),
        },
        "post": {
            "operationId": "addThing",
            "x-idempotency": {"key": "Idempotency-Key", "in": "header"},
            "parameters": [_parameter("Idempotency-Key", "header", STRING)],
            "requestBody": {"required": True, "content": _json(_ref("Thing"))},
            "responses": {
                "200": {"description": "ok", "content": _json(_ref("Thing"))},
                "202": {"description": "later"},
            },
        },
    },
    "/events": {
        "get": {
            "operationId": "watch",
            "responses": {
                "200": {
                    "description": "ok",
                    "content": {
                        **_json({"type": "array", "items": _ref("Event")}),
                        "text/event-stream": {"schema": _ref("Event")},
                    },
                }
            },
        }
    },
    "/files": {
        "post": {
            "operationId": "uploadFile",
            "requestBody": {
                "required": True,
                "content": {
                    "multipart/form-data": {
                        "schema": {
                            "type": "object",
                            "required": ["file"],
                            "properties": {
                                "file": {"type": "string", "format": "binary"},
                                "meta": POINT,
                            },
                        }
                    }
                },
            },
            "responses": {"201": {"description": "made", "content": {"text/plain": {}}}},
        },
        "get": {
            "operationId": "download",
            "responses": {
                "200": {
                    "description": "ok",
                    "content": {
                        "application/pdf": {"schema": {"type": "string", "format": "binary"}}
                    },
                }
            },
        },
        "put": {
            "operationId": "putFile",
            "requestBody": {
                "required": True,
                "content": {"image/png": {"schema": {"type": "string", "format": "binary"}}},
            },
            "responses": {"204": {"description": "ok"}},
        },
    },
    "/form": {
        "post": {
            "operationId": "sendForm",
            "requestBody": {
                "content": {
                    "application/x-www-form-urlencoded": {
                        "schema": {
                            "type": "object",
                            "properties": {"a": STRING, "tags": STRINGS},
                        },
                        "encoding": {"tags": {"style": "form", "explode": False}},
                    }
                }
            },
            "responses": _ok({"type": "object"}),
        }
    },
    "/untyped": {
        "get": {"responses": {"default": {"description": "whatever", "content": _json({})}}},
        "patch": {
            "operationId": "patchAnything",
            "requestBody": {"content": {"application/merge-patch+json": {"schema": {}}}},
            "responses": {
                "200": {"description": "ok", "content": {"application/vnd.x+json": {"schema": {}}}}
            },
        },
    },
}

SCHEMAS: Json = {
    "Thing": {
        "type": "object",
        "required": ["id", "name", "secret"],
        "properties": {
            "id": {"type": "integer", "format": "int64", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
            "name": STRING,
            "note": {"type": ["string", "null"]},
            "price": {"type": "string", "format": "decimal"},
            "color": {"type": "string", "enum": ["red", "blue"], "x-extensible-enum": True},
            "size": {"enum": [1, 2, 3]},
            "parent": _ref("Thing"),
            "labels": {"type": "object", "additionalProperties": STRING},
            "old": {"type": "string", "deprecated": True},
        },
    },
    "Event": {
        "oneOf": [_ref("Cancel"), _ref("Expire")],
        "discriminator": {"propertyName": "type", "mapping": {"expire": _ref("Expire")["$ref"]}},
    },
    "Cancel": {
        "type": "object",
        "required": ["type", "id"],
        "properties": {"type": {"const": "Cancel"}, "id": STRING},
    },
    "Expire": {
        "type": "object",
        "required": ["type", "at"],
        "properties": {"type": STRING, "at": {"type": "string", "format": "date-time"}},
    },
    "Forest": {"type": "array", "items": _ref("Forest")},
    "Loop": {"oneOf": [_ref("Loop"), STRING]},
    "Empty": {},
    "Nothing": {"type": "object", "additionalProperties": False},
    "Typed": {
        "type": "object",
        "required": ["a"],
        "properties": {"a": {"type": "integer"}},
        "additionalProperties": STRING,
    },
}

COMPONENTS: Json = {"schemas": SCHEMAS}
