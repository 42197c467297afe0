"""Signatures: arguments, flattening, collisions, results."""

import pytest
from wireproof.ir.dump import notation
from wireproof.ir.signature import Place, signature


def lines(made, op):
    return [
        f"{one.place.value} {one.name}{'' if one.required else '?'}: {notation(one.type)}"
        for one in signature(made, op).arguments
    ]


def body(schema, media="application/json", *, required=True):
    return {"requestBody": {"required": required, "content": {media: {"schema": schema}}}}


def text(name, place="query", **more):
    return {"name": name, "in": place, "schema": {"type": "string"}, **more}


MODEL = {
    "type": "object",
    "required": ["a", "id"],
    "properties": {
        "a": {"type": "string"},
        "b": {"type": "integer"},
        "id": {"type": "string", "readOnly": True},
    },
}


def test_required_arguments_come_first_in_document_order(operation):
    made, op = operation(
        {
            "operationId": "createThing",
            "tags": ["things"],
            "x-sdk-name": "create",
            "parameters": [text("q"), text("X-H", "header", required=True), text("p", "path")],
            **body(MODEL),
        },
        path="/things/{p}",
        method="post",
    )
    assert lines(made, op) == [
        "header X-H: string",
        "path p: string",
        "field a: string",
        "query q?: string",
        "field b?: integer",
    ]
    found = signature(made, op)
    assert (found.resource, found.method) == ("things", "create")
    assert found.body.media_type == "application/json"
    assert found.operation is op


def test_without_names_of_its_own(operation):
    made, op = operation()
    found = signature(made, op)
    assert (found.resource, found.method, found.body) == ("", "op", None)


@pytest.mark.parametrize(
    "media",
    [
        "application/json",
        "application/merge-patch+json",
        "multipart/form-data",
        "application/x-www-form-urlencoded",
    ],
)
def test_models_are_flattened(operation, media):
    made, op = operation(body(MODEL, media), method="post")
    assert lines(made, op) == ["field a: string", "field b?: integer"]


def test_required_fields_of_an_optional_body_stay_required(operation):
    made, op = operation(body(MODEL, required=False), method="post")
    assert lines(made, op) == ["field a: string", "field b?: integer"]


def test_a_whole_optional_body_is_optional(operation):
    made, op = operation(body({"type": "string"}, required=False), method="post")
    assert lines(made, op) == ["body body?: string"]


def test_an_alias_of_a_model_is_flattened(operation):
    made, op = operation(
        body({"$ref": "#/components/schemas/Alias"}),
        method="post",
        components={
            "schemas": {"Alias": {"allOf": [{"$ref": "#/components/schemas/M"}]}, "M": MODEL}
        },
    )
    assert lines(made, op) == ["field a: string", "field b?: integer"]


@pytest.mark.parametrize(
    ("schema", "media", "expected"),
    [
        ({"type": "array", "items": {"type": "string"}}, "application/json", "list<string>"),
        ({"type": "object"}, "application/json", "map<any>"),
        ({}, "application/json", "any"),
        ({**MODEL, "type": ["object", "null"]}, "application/json", "BODY | null"),
        ({**MODEL, "additionalProperties": {"type": "string"}}, "application/json", "BODY"),
        ({"oneOf": [MODEL, {"properties": {"z": {}}}]}, "application/json", "BODY"),
        (MODEL, "application/xml", "BODY"),
        ({"type": "string"}, "application/octet-stream", "binary"),
        (
            {"properties": {"id": {"type": "string", "readOnly": True}}},
            "application/json",
            "BODY",
        ),
    ],
)
def test_other_bodies_stay_whole(operation, schema, media, expected):
    made, op = operation(body(schema, media), method="post")
    [argument] = signature(made, op).arguments
    assert (argument.name, argument.place, argument.source) == ("body", Place.BODY, None)
    own = f"#/paths/~1things/post/requestBody/content/{media.replace('/', '~1')}/schema"
    assert notation(argument.type) == expected.replace("BODY", own)


def test_colliding_names_get_their_place(operation):
    made, op = operation(
        {
            "parameters": [
                text("Date", "header"),
                text("date"),
                text("filter"),
                text("filter[]"),
                text("order-id", "path"),
                text("sid", "cookie", **{"x-sdk-name": "session"}),
            ],
            **body(
                {
                    "properties": {
                        "orderId": {"type": "string"},
                        "date": {"type": "string"},
                        "body": {"type": "string"},
                    }
                }
            ),
        },
        path="/x/{order-id}",
        method="put",
    )
    assert lines(made, op) == [
        "path order-id: string",
        "header header_Date?: string",
        "query query_date?: string",
        "query filter?: string",
        "query query_filter[]?: string",
        "cookie session?: string",
        "field body_orderId?: string",
        "field date?: string",
        "field body?: string",
    ]


def test_which_media_type_is_sent(operation):
    def sent(*names):
        content = {name: {"schema": MODEL} for name in names}
        made, op = operation({"requestBody": {"content": content}}, method="post")
        return signature(made, op).body.media_type

    json, problem = "application/json; charset=utf-8", "application/problem+json"
    form, multipart = "application/x-www-form-urlencoded", "multipart/form-data"
    assert sent("text/csv", form, multipart, problem, json) == json
    assert sent("text/csv", form, multipart, problem) == problem
    assert sent("text/csv", form, multipart) == multipart
    assert sent("text/csv", form) == form
    assert sent("text/csv", "image/png") == "text/csv"


@pytest.mark.parametrize(
    ("method", "responses", "expected"),
    [
        ("get", {"200": "integer", "404": "string"}, [("200", "integer")]),
        ("get", {"200": "integer", "202": "string"}, [("200", "integer"), ("202", "string")]),
        ("get", {"2XX": "integer", "default": "string"}, [("2XX", "integer")]),
        ("get", {"default": "integer", "404": "string"}, [("default", "integer")]),
        ("get", {"204": "integer"}, [("204", None)]),
        ("head", {"200": "integer"}, [("200", None)]),
        ("get", {"302": "integer"}, [("2XX", None)]),
    ],
)
def test_results(operation, method, responses, expected):
    def response(type_):
        content = {"text/html": {}, "application/json": {"schema": {"type": type_}}}
        return {"description": "", "content": content}

    stated = {status: response(type_) for status, type_ in responses.items()}
    made, op = operation({"responses": stated}, method=method)
    assert [
        (one.status, None if one.media is None else notation(one.media.type))
        for one in signature(made, op).results
    ] == expected
