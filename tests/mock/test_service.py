import jsonschema
import pytest

ORDER = {
    "type": "object",
    "additionalProperties": False,
    "required": ["side", "quantity"],
    "properties": {
        "side": {"enum": ["buy", "sell"]},
        "quantity": {"type": "string", "format": "decimal", "pattern": r"^[0-9]+\.[0-9]{4}$"},
        "note": {"type": "string", "maxLength": 5},
    },
}


def paths(**operation):
    return {
        "/orders/{id}": {
            "post": {
                "operationId": "place",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}},
                    {
                        "name": "ids",
                        "in": "query",
                        "explode": False,
                        "schema": {"type": "array", "items": {"type": "integer"}, "maxItems": 2},
                    },
                    {
                        "name": "X-Trace",
                        "in": "header",
                        "schema": {"type": "string", "minLength": 3},
                    },
                ],
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": ORDER}},
                },
                "responses": {
                    "201": {
                        "description": "",
                        "headers": {"Location": {"schema": {"type": "string"}, "example": "/o/1"}},
                        "content": {"application/json": {"schema": ORDER}},
                    },
                    "4XX": {"description": "", "content": {"text/plain": {"example": "no"}}},
                },
                **operation,
            }
        }
    }


GOOD = {"side": "buy", "quantity": "1.0000"}


def test_a_good_request_gets_the_first_success_with_a_valid_value(mock, ask):
    answer, body = ask(mock(paths()), "POST", "/orders/7", GOOD)
    assert answer.status == 201
    assert not answer.refused
    jsonschema.validate(body, ORDER)
    assert set(body) == {"side", "quantity", "note"}


@pytest.mark.parametrize(
    ("target", "body", "headers", "status", "pointer", "code"),
    [
        ("/orders/x", GOOD, {}, 400, "/path/id", "type"),
        ("/orders/7?ids=1,2,3", GOOD, {}, 400, "/query/ids", "too_many"),
        ("/orders/7?ids=1,b", GOOD, {}, 400, "/query/ids/1", "type"),
        ("/orders/7", GOOD, {"x_trace": "ab"}, 400, "/header/x-trace", "too_short"),
        ("/orders/7", None, {}, 400, "/body", "required"),
        ("/orders/7", b"{", {}, 400, "/body", "json"),
        ("/orders/7", b'{"side":"buy","side":"sell"}', {}, 400, "/body", "json"),
        ("/orders/7", {"side": "buy"}, {}, 400, "/body/quantity", "required"),
        ("/orders/7", {**GOOD, "side": "hold"}, {}, 400, "/body/side", "enum"),
        ("/orders/7", {**GOOD, "quantity": "1"}, {}, 400, "/body/quantity", "pattern"),
        ("/orders/7", {**GOOD, "quantity": 1.5}, {}, 400, "/body/quantity",
         "number_not_decimal_string"),
        ("/orders/7", {**GOOD, "more": 1}, {}, 400, "/body", "unknown_member"),
        ("/orders/7", GOOD, {"content_type": "text/csv"}, 415, "/header/content-type",
         "unsupported_media_type"),
    ],
)  # fmt: skip
def test_a_bad_request_is_refused_by_place_and_keyword(  # noqa: PLR0917 - fixtures and a table
    mock, ask, target, body, headers, status, pointer, code
):
    answer, problem = ask(mock(paths()), "POST", target, body, **headers)
    assert answer.status == status
    assert answer.refused
    assert dict(answer.headers)["content-type"] == "application/problem+json"
    assert problem["status"] == status
    assert (pointer, code) in [(e["pointer"], e["code"]) for e in problem["errors"]]


def test_paths_and_methods_that_are_not_there(mock, ask):
    service = mock(paths())
    assert ask(service, "GET", "/nothing")[0].status == 404
    answer, problem = ask(service, "GET", "/orders/7")
    assert (answer.status, problem["code"]) == (405, "method_not_allowed")
    assert dict(answer.headers)["allow"] == "OPTIONS, POST"
    assert ask(service, "OPTIONS", "/orders/7")[0].status == 204


@pytest.mark.parametrize("prefer", ["code=404", 'code="404"', "respond-async, code=404"])
def test_a_caller_chooses_the_status(mock, ask, prefer):
    answer, body = ask(mock(paths()), "POST", "/orders/7", GOOD, prefer=prefer)
    assert (answer.status, body) == (404, b"no")
    assert dict(answer.headers)["Preference-Applied"] == "code=404"


def test_a_status_that_is_not_declared_says_what_is(mock, ask):
    answer, problem = ask(mock(paths()), "POST", "/orders/7", GOOD, prefer="code=503")
    assert (answer.status, problem["code"]) == (404, "no_such_response")
    assert "201, 4XX" in problem["detail"]


def listing(**content):
    answer = {"200": {"description": "", "content": {"application/json": content}}}
    return {"/things": {"get": {"operationId": "list", "responses": answer}}}


def test_examples_come_first_and_by_name(mock, ask):
    service = mock(listing(examples={"one": {"value": {"n": 1}}, "two": {"value": {"n": 2}}}))
    assert ask(service, "GET", "/things")[1] == {"n": 1}
    assert ask(service, "GET", "/things", prefer="example=two")[1] == {"n": 2}
    answer, problem = ask(service, "GET", "/things", prefer="example=three")
    assert answer.status == 404
    assert "one, two" in problem["detail"]


def test_an_example_that_breaks_its_schema_is_not_shown(mock, ask):
    service = mock(listing(schema={"type": "integer", "minimum": 5}, example="wrong"))
    assert ask(service, "GET", "/things")[1] == 5


def test_the_same_seed_gives_the_same_value_and_another_seed_others(mock, ask):
    schema = {"type": "array", "minItems": 5, "items": {"type": "integer"}}
    one, same, other = (mock(listing(schema=schema), seed=seed) for seed in (1, 1, 2))
    assert ask(one, "GET", "/things")[1] == ask(same, "GET", "/things")[1]
    assert ask(one, "GET", "/things")[1] != ask(other, "GET", "/things")[1]
    assert ask(one, "GET", "/things", prefer="seed=2")[1] == ask(other, "GET", "/things")[1]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "pattern": "^(a{2,3}|[x-z]{5})[0-9]$"},
        {"type": "string", "minLength": 40, "maxLength": 41},
        {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 0.5},
        {"type": "integer", "multipleOf": 7, "minimum": 50},
        {"type": "integer", "maximum": -3},
        {"allOf": [{"type": "object", "required": ["a"]}, {"properties": {"a": {"const": 3}}}]},
        {"type": "object", "minProperties": 3, "propertyNames": {"pattern": "^k"}},
        {"type": "array", "uniqueItems": True, "minItems": 3, "items": {"type": "string"}},
        {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "null"}], "items": False},
        {"type": "array", "contains": {"const": "x"}, "minContains": 2},
        {"oneOf": [{"type": "object"}, {"type": "object", "required": ["b"]}, {"type": "string"}]},
        {"if": {"type": "object"}, "then": {"required": ["c"]}, "type": "object"},
        {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"],
         "unevaluatedProperties": False},
        {"not": {"type": "object"}},
        {"type": ["null", "string"], "format": "uuid"},
        {"type": "object", "additionalProperties": {"type": "boolean"}},
    ],
)  # fmt: skip
@pytest.mark.parametrize("seed", [None, 3])
def test_values_follow_their_schema(mock, ask, schema, seed):
    answer, body = ask(mock(listing(schema=schema), seed=seed), "GET", "/things")
    assert answer.status == 200, body
    jsonschema.Draft202012Validator(schema).validate(body)


def test_a_schema_that_admits_nothing_is_told_of_and_the_nearest_value_sent(mock, ask):
    member = {"allOf": [{"type": "string"}, {"type": "integer"}]}
    schema = {
        "type": "object",
        "required": ["a", "b"],
        "properties": {"a": {"const": 1}, "b": member},
    }
    answer, body = ask(mock(listing(schema=schema)), "GET", "/things")
    assert (answer.status, body["a"]) == (200, 1)
    notice = dict(answer.headers)["Wireproof-Notice"]
    assert notice == answer.remark
    assert notice.startswith("no value was found that #/paths/~1things/get/responses/200")


def test_made_values_can_be_had_where_examples_are_shown(mock, ask):
    service = mock(listing(schema={"type": "object", "properties": {"n": {"type": "integer"}}},
                           example={"n": 42}))  # fmt: skip
    assert ask(service, "GET", "/things")[1] == {"n": 42}
    answer, body = ask(service, "GET", "/things", prefer="dynamic=true, seed=5")
    assert body != {"n": 42}
    assert isinstance(body["n"], int)
    assert dict(answer.headers)["Preference-Applied"] == "dynamic=true, seed=5"


def test_paths_that_name_their_parameter_differently_share_a_route(mock, ask):
    def operation(name, method):
        parameter = {"name": name, "in": "path", "required": True, "schema": {"type": "integer"}}
        return {method: {"operationId": method, "parameters": [parameter],
                         "responses": {"200": {"description": ""}}}}  # fmt: skip

    service = mock(
        {"/things/{id}": operation("id", "get"), "/things/{thing}": operation("thing", "delete")}
    )
    assert ask(service, "GET", "/things/1")[0].status == 200
    assert ask(service, "DELETE", "/things/1")[0].status == 200
    answer, problem = ask(service, "DELETE", "/things/x")
    assert (answer.status, problem["errors"][0]["pointer"]) == (400, "/path/thing")


def test_structures_in_a_list_travel_as_json(mock, ask):
    schema = {
        "type": "array",
        "items": {"type": "object", "properties": {"n": {"type": "integer"}}},
    }
    parameter = {"name": "filter", "in": "query", "schema": schema}
    answers = {"200": {"description": ""}}
    service = mock({"/things": {"get": {"parameters": [parameter], "responses": answers}}})
    assert ask(service, "GET", "/things?filter=%7B%22n%22:1%7D")[0].status == 200
    answer, problem = ask(service, "GET", "/things?filter=%7B%22n%22:true%7D")
    assert (answer.status, problem["errors"][0]["pointer"]) == (400, "/query/filter/0/n")


def test_credentials_are_told_by_what_carries_them(mock, ask):
    schemes = {
        "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
        "token": {"type": "http", "scheme": "bearer"},
    }
    service = mock(listing(example=1), components={"securitySchemes": schemes},
                   security=[{"key": []}, {"token": []}])  # fmt: skip
    answer, problem = ask(service, "GET", "/things")
    assert answer.status == 401
    told = "key (header X-Key) or token (header Authorization: Bearer ...)"
    assert told in problem["detail"]
    assert told in answer.remark


def test_rings_end(mock, ask):
    node = {
        "type": "object",
        "required": ["children"],
        "properties": {
            "children": {"type": "array", "items": {"$ref": "#/components/schemas/Node"}},
            "parent": {"$ref": "#/components/schemas/Node"},
        },
    }
    service = mock(
        listing(schema={"$ref": "#/components/schemas/Node"}),
        components={"schemas": {"Node": node}},
    )
    assert ask(service, "GET", "/things")[1] == {"children": []}


@pytest.mark.parametrize(
    ("scheme", "headers", "target"),
    [
        ({"type": "http", "scheme": "bearer"}, {"authorization": "Bearer t"}, "/things"),
        ({"type": "apiKey", "in": "query", "name": "k"}, {}, "/things?k=1"),
        ({"type": "apiKey", "in": "header", "name": "X-K"}, {"x_k": "1"}, "/things"),
        ({"type": "apiKey", "in": "cookie", "name": "s"}, {"cookie": "a=1; s=2"}, "/things"),
    ],
)
def test_credentials_are_asked_for(mock, ask, scheme, headers, target):
    parts = {"components": {"securitySchemes": {"key": scheme}}, "security": [{"key": []}]}
    service = mock(listing(schema={"type": "integer"}), **parts)
    answer, problem = ask(service, "GET", "/things")
    assert (answer.status, problem["code"]) == (401, "unauthorized")
    assert ask(service, "GET", target, **headers)[0].status == 200
    open_service = mock(listing(schema={"type": "integer"}), credentials=False, **parts)
    assert ask(open_service, "GET", "/things")[0].status == 200


def test_accept_chooses_the_media_type(mock, ask):
    content = {
        "application/json": {"schema": {"type": "object"}},
        "application/xml": {
            "schema": {
                "type": "object",
                "properties": {"a<b": {"type": "string"}, "n": {"const": 1}},
            }
        },
        "image/*": {"schema": {"type": "string", "format": "binary"}},
    }
    things = {"get": {"responses": {"200": {"description": "", "content": content}}}}
    service = mock({"/things": things})
    kinds = {
        accept: dict(ask(service, "GET", "/things", accept=accept)[0].headers)["content-type"]
        for accept in ("*/*", "application/xml", "image/png", "text/html, */*;q=0.1")
    }
    assert kinds == {
        "*/*": "application/json",
        "application/xml": "application/xml",
        "image/png": "image/png",
        "text/html, */*;q=0.1": "application/json",
    }
    assert ask(service, "GET", "/things", accept="text/html")[0].status == 406
    xml = ask(service, "GET", "/things", accept="application/xml")[1]
    assert xml.endswith(b"<root><member>text</member><n>1</n></root>")


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("application/x-www-form-urlencoded", b"n=3&tags=a&tags=b", 200),
        ("application/x-www-form-urlencoded", b"n=x", 400),
        ("multipart/form-data; boundary=B",
         (b'--B\r\nContent-Disposition: form-data; name="n"\r\n\r\n4\r\n--B\r\nContent-Disposition:'
          b' form-data; name="file"; filename="a"\r\n\r\n\x00\xff\r\n--B--\r\n'), 200),
        ("multipart/form-data; boundary=B",
         b'--B\r\nContent-Disposition: form-data; name="n"\r\n\r\nno\r\n--B--\r\n', 400),
        ("multipart/form-data", b"nothing", 400),
    ],
)  # fmt: skip
def test_forms_are_checked(mock, ask, content_type, body, status):
    schema = {
        "type": "object",
        "required": ["n"],
        "properties": {
            "n": {"type": "integer"},
            "tags": {"type": "array", "items": {"type": "string"}},
            "file": {"type": "string", "format": "binary"},
        },
    }
    content = {content_type.partition(";")[0]: {"schema": schema}}
    post = {"requestBody": {"content": content}, "responses": {"200": {"description": ""}}}
    answer, _ = ask(mock({"/f": {"post": post}}), "POST", "/f", body, content_type=content_type)
    assert answer.status == status


def test_write_only_members_stay_inside_and_read_only_ones_come_out(mock, ask):
    schema = {
        "type": "object",
        "required": ["id", "secret"],
        "properties": {
            "id": {"type": "string", "readOnly": True},
            "secret": {"type": "string", "writeOnly": True},
        },
    }
    assert ask(mock(listing(schema=schema)), "GET", "/things")[1] == {"id": "text"}
