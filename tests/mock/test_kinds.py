"""Answers and requests beyond plain JSON: streams, XML, heirs, unions, the query as a whole."""

import json
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from wireproof.mock.message import Request

ITEM = {
    "type": "object",
    "required": ["n"],
    "properties": {"n": {"type": "integer", "minimum": 1}, "s": {"enum": ["x", "y"]}},
}


def answering(**content):
    response = {"description": "", "content": content}
    return {"/x": {"get": {"operationId": "x", "responses": {"200": response}}}}


def events(body):
    """The events of a stream as the standard reads them (WHATWG HTML, 9.2.6)."""
    assert body.endswith(b"\n\n")
    return [
        "\n".join(line.removeprefix("data: ") for line in block.split("\n"))
        for block in body.decode().removesuffix("\n\n").split("\n\n")
    ]


def test_a_stream_has_several_valid_events_and_ends(mock, ask):
    paths = answering(**{"text/event-stream": {"itemSchema": ITEM}})
    answer, body = ask(mock(paths), "GET", "/x")
    found = [json.loads(event) for event in events(body)]
    assert len(found) == 3
    assert len({json.dumps(one) for one in found}) > 1
    for one in found:
        jsonschema.validate(one, ITEM)
    assert not answer.remark


def test_a_stream_shows_its_examples_first_and_only_valid_ones(mock, ask):
    examples = {
        "one": {"value": {"n": 3}},
        "bad": {"value": {"n": 0}},
        "more": {"value": [{"n": 4}, {"n": 5, "s": "x"}]},
    }
    paths = answering(**{"text/event-stream": {"itemSchema": ITEM, "examples": examples}})
    _, body = ask(mock(paths), "GET", "/x")
    assert [json.loads(event)["n"] for event in events(body)] == [3, 4, 5]
    _, body = ask(mock(paths), "GET", "/x", prefer="example=more")
    assert [json.loads(event)["n"] for event in events(body)] == [4, 5]
    _, body = ask(mock(paths), "GET", "/x", prefer="dynamic=true, seed=7")
    made = [json.loads(event)["n"] for event in events(body)]
    assert len(made) == 3
    assert made != [3, 4, 5]


@pytest.mark.parametrize(
    ("example", "sent"),
    [
        ("event: a\ndata: 1\n\ndata: 2", b"event: a\ndata: 1\n\ndata: 2\n\n"),
        ("two\nlines", b"data: two\ndata: lines\n\n"),
    ],
)
def test_a_text_of_a_stream_is_what_travels_or_what_an_event_carries(mock, ask, example, sent):
    content = {"schema": {"type": "string"}, "example": example}
    _, body = ask(mock(answering(**{"text/event-stream": content})), "GET", "/x")
    assert body == sent


@pytest.mark.parametrize(
    ("kind", "before"), [("application/jsonl", b""), ("application/json-seq", b"\x1e")]
)
def test_json_in_lines_and_sequences(mock, kind, before):
    served = mock(answering(**{kind: {"itemSchema": ITEM}}))
    lines = served.handle(Request("GET", "/x")).body.split(b"\n")
    assert lines.pop() == b""
    assert all(line.startswith(before) for line in lines)
    assert [json.loads(line.removeprefix(before))["n"] for line in lines] == [1, 1, 1]


BOOK = {
    "type": "object",
    "xml": {"name": "book", "namespace": "urn:books", "prefix": "b"},
    "properties": {
        "id": {"type": "integer", "example": 7, "xml": {"attribute": True}},
        "tags": {
            "type": "array",
            "xml": {"wrapped": True, "name": "tagList"},
            "items": {"type": "string", "example": 'a "b" <c>', "xml": {"name": "tag"}},
        },
        "pages": {"type": "array", "items": {"type": "integer", "example": 3}},
        "title": {"$ref": "#/components/schemas/Title"},
        "not a name": {"type": "boolean"},
    },
}
PARTS = {"schemas": {"Book": BOOK, "Title": {"type": "string", "xml": {"name": "Title"}}}}


def test_xml_is_named_as_the_contract_says(mock, ask):
    schema = {"$ref": "#/components/schemas/Book"}
    paths = answering(**{"application/xml": {"schema": schema}})
    _, body = ask(mock(paths, components=PARTS), "GET", "/x")
    root = ET.fromstring(body)  # noqa: S314 - made a moment ago
    assert root.tag == "{urn:books}book"
    assert root.attrib == {"id": "7"}
    assert [child.tag for child in root] == ["tagList", "pages", "Title", "member"]
    assert [tag.text for tag in root.findall("tagList/tag")] == ['a "b" <c>']
    assert root.findtext("pages") == "3"


def test_a_list_in_xml_has_a_root(mock, ask):
    listed = {"type": "array", "items": {"$ref": "#/components/schemas/Book"}}
    paths = answering(**{"text/xml": {"schema": listed}})
    _, body = ask(mock(paths, components=PARTS), "GET", "/x")
    root = ET.fromstring(body)  # noqa: S314 - made a moment ago
    assert [child.tag for child in root] == ["{urn:books}book"]


def heir(name):
    own = {"type": "object", "required": [name], "properties": {name: {"type": "integer"}}}
    return {"allOf": [{"$ref": "#/components/schemas/Pet"}, own]}


PETS = {
    "Pet": {
        "type": "object",
        "required": ["petType"],
        "properties": {"petType": {"type": "string"}},
        "discriminator": {
            "propertyName": "petType",
            "mapping": {"dog": "#/components/schemas/Dog", "cat": "#/components/schemas/Cat"},
        },
    },
    "Dog": heir("bark"),
    "Cat": heir("purr"),
}


@pytest.mark.parametrize(
    ("schema", "seeds", "shown"),
    [
        ("Pet", [None], {("bark", "dog")}),
        ("Pet", range(12), {("bark", "dog"), ("purr", "cat")}),
        ("Cat", [None, 1], {("purr", "cat")}),
    ],
)
def test_a_base_is_answered_with_an_heir_that_its_tag_names(mock, ask, schema, seeds, shown):
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    paths = answering(**{"application/json": content})
    found = set()
    for seed in seeds:
        _, body = ask(mock(paths, seed=seed, components={"schemas": PETS}), "GET", "/x")
        found.add((next(name for name in body if name != "petType"), body["petType"]))
    assert found == shown


def arm(tag, name, kind):
    return {
        "type": "object",
        "required": ["kind", name],
        "properties": {"kind": tag, name: kind, "price": {"type": "string", "format": "decimal"}},
    }


FIXED = [
    arm({"const": "a"}, "a", {"type": "integer"}),
    arm({"enum": ["b", "c"]}, "b", {"type": "string"}),
    {"type": "string"},
]
TOLD = {
    "oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}],
    "discriminator": {"propertyName": "kind", "mapping": {"x": "#/components/schemas/A", "y": "B"}},
}
ARMS = {
    "A": arm({"type": "string"}, "a", {"type": "integer"}),
    "B": arm({"type": "string"}, "b", {"type": "string"}),
}
LAST = {"oneOf": [{"type": "array", "items": {"oneOf": FIXED}}, {"type": "integer"}]}


@pytest.mark.parametrize(
    ("schema", "body", "errors"),
    [
        ({"oneOf": FIXED}, {"kind": "a", "a": "?"},
         [("/body/a", "type", '"?" is not of type "integer" (because kind is "a")')]),
        ({"anyOf": FIXED}, {"kind": "c", "b": 1},
         [("/body/b", "type", '1 is not of type "string" (because kind is "c")')]),
        ({"oneOf": FIXED}, {"kind": "b", "b": "", "price": 1.5},
         [("/body/price", "number_not_decimal_string", None)]),
        ({"oneOf": FIXED}, {"kind": "z"},
         [("/body/kind", "enum", '"z" is not one of "a", "b", "c"')]),
        ({"oneOf": FIXED}, {"a": 1}, [("/body/kind", "required", '"kind" is a required property')]),
        ({"oneOf": FIXED}, 5, [("/body", "type", "5 is not of type object or string")]),
        (LAST, [{"kind": "a"}],
         [("/body/0/a", "required", '"a" is a required property (because kind is "a")')]),
        (TOLD, {"kind": "y", "b": 2},
         [("/body/b", "type", '2 is not of type "string" (because kind is "y")')]),
        (TOLD, {"kind": "B", "b": 1}, [("/body/kind", "enum", '"B" is not one of "x", "y"')]),
        (TOLD, {"b": 2}, [("/body/kind", "required", '"kind" is a required property')]),
        ({"oneOf": [{"minimum": 1}, {"type": "integer"}]}, 5, [("/body", "ambiguous", None)]),
        ({"oneOf": [{"minimum": 7}, {"multipleOf": 4}]}, 5, [("/body", "no_alternative", None)]),
    ],
)  # fmt: skip
def test_a_refusal_says_which_arm_was_meant_and_what_is_wrong_within(
    mock, ask, schema, body, errors
):
    operation = {
        "operationId": "x",
        "requestBody": {"content": {"application/json": {"schema": schema}}},
        "responses": {"204": {"description": ""}},
    }
    served = mock({"/x": {"post": operation}}, components={"schemas": ARMS})
    answer, problem = ask(served, "POST", "/x", body)
    assert answer.status == 400
    found = [(one["pointer"], one["code"], one["detail"]) for one in problem["errors"]]
    wanted = [(*rest, detail or found[i][2]) for i, (*rest, detail) in enumerate(errors)]
    assert found == wanted


FILTER = {
    "type": "object",
    "required": ["limit"],
    "additionalProperties": False,
    "properties": {
        "limit": {"type": "integer", "maximum": 10},
        "tag": {"type": "array", "items": {"type": "string"}},
    },
}


@pytest.mark.parametrize(
    ("kind", "query", "refused"),
    [
        ("x-www-form-urlencoded", "?limit=3&tag=a&tag=b", ""),
        ("x-www-form-urlencoded", "", "/query"),
        ("x-www-form-urlencoded", "?limit=30", "/query/limit"),
        ("x-www-form-urlencoded", "?limit=a", "/query/limit"),
        ("x-www-form-urlencoded", "?limit=1&limit=2", "/query/limit"),
        ("x-www-form-urlencoded", "?limit=1&more=2", "/query"),
        ("json", "?%7B%22limit%22%3A3%7D", ""),
        ("json", "?%7B%22limit%22%3A30%7D", "/query/limit"),
        ("json", "?limit=3", "/query"),
    ],
)
def test_the_query_as_a_whole_is_checked(mock, ask, kind, query, refused):
    whole = {"name": "filter", "in": "querystring", "required": True}
    operation = {
        "operationId": "x",
        "parameters": [{**whole, "content": {f"application/{kind}": {"schema": FILTER}}}],
        "responses": {"204": {"description": ""}},
    }
    answer, problem = ask(mock({"/x": {"get": operation}}, openapi="3.2.0"), "GET", f"/x{query}")
    assert answer.status == (400 if refused else 204), problem
    if refused:
        assert problem["errors"][0]["pointer"] == refused
        assert "contradict" not in problem["detail"]


def test_an_operation_that_nothing_can_pass_says_why(mock, ask):
    body = {
        "type": "object",
        "required": ["id"],
        "properties": {"id": {"type": "string", "format": "uuid", "minLength": 64}},
    }
    operation = {
        "operationId": "lose",
        "requestBody": {"required": True, "content": {"application/json": {"schema": body}}},
        "responses": {"204": {"description": ""}},
    }
    _, problem = ask(mock({"/x": {"post": operation}}), "POST", "/x", {"id": "1"})
    assert (
        "may contradict itself: what was made from it for lose is refused too"
        in (problem["detail"])
    )
    assert "/body/id" in problem["detail"]
    assert "shorter than 64" in problem["detail"]
