"""Operations: parameters, bodies, responses, inheritance, webhooks, flaws."""

from datetime import date
from decimal import Decimal

import pytest
from wireproof.ir.contract import (
    Direction,
    HttpBinding,
    Idempotency,
    Lifecycle,
    Location,
    Pagination,
    RateLimitBucket,
    RateLimitCost,
    SchemeUse,
    Server,
    Stability,
    Tag,
)
from wireproof.ir.dump import notation

OK = {"204": {"description": ""}}


def query(name, **more):
    return {"name": name, "in": "query", "schema": {"type": "string"}, **more}


def test_an_operation_as_written(operation):
    made, op = operation(
        {
            "operationId": "createThing",
            "tags": ["things", "more"],
            "summary": "S",
            "description": "D",
            "deprecated": True,
            "x-sunset": "2027-01-31",
            "x-stability": "beta",
            "x-sdk-name": "create",
            "x-idempotency": {"key": "id", "in": "body", "lookup": "getThing"},
            "x-pagination": {"cursor": "c", "limit": "l", "items": "data", "next": "n"},
            "x-rate-limit-cost": {"bucket": "orders", "cost": 2},
            "x-own": [1],
        },
        method="post",
    )
    assert op.binding == HttpBinding("POST", "/things")
    assert (op.id, op.explicit_id, op.tags, op.sdk_name) == (
        "createThing",
        True,
        ("things", "more"),
        "create",
    )
    assert (op.summary, op.description) == ("S", "D")
    assert op.lifecycle == Lifecycle(
        deprecated=True, sunset=date(2027, 1, 31), stability=Stability.BETA
    )
    assert op.idempotency == Idempotency("id", "body", "getThing")
    assert op.pagination == Pagination("c", "l", "data", "n")
    assert op.rate_limit == RateLimitCost("orders", 2)
    assert op.extensions == {"x-own": [1]}
    assert op.direction is Direction.CLIENT_TO_SERVER
    assert made.diagnostics == ()


def test_operation_parameters_override_those_of_the_path(operation):
    _, op = operation(
        {"parameters": [query("b", required=True), query("c")]},
        item={"parameters": [query("a"), query("b"), {**query("b"), "in": "header"}]},
    )
    assert [(p.name, p.location, p.required) for p in op.parameters] == [
        ("a", Location.QUERY, False),
        ("b", Location.QUERY, True),
        ("b", Location.HEADER, False),
        ("c", Location.QUERY, False),
    ]


@pytest.mark.parametrize(
    ("stated", "style", "explode"),
    [
        ({"in": "path"}, "simple", False),
        ({"in": "query"}, "form", True),
        ({"in": "header"}, "simple", False),
        ({"in": "cookie"}, "form", True),
        ({"in": "query", "style": "spaceDelimited"}, "spaceDelimited", False),
        ({"in": "query", "style": "form", "explode": False}, "form", False),
        ({"in": "query", "style": "deepObject", "explode": True}, "deepObject", True),
        ({"in": "cookie", "style": "cookie"}, "cookie", True),
    ],
)
def test_effective_serialisation(operation, stated, style, explode):
    _, op = operation({"parameters": [query("p") | stated]}, path="/things/{p}")
    parameter = next(p for p in op.parameters if p.location.value == stated["in"])
    assert (parameter.style, parameter.explode) == (style, explode)


def test_parameter_details(operation):
    _, op = operation(
        {
            "parameters": [
                query(
                    "p",
                    schema={"type": "integer", "format": "int64", "default": 3},
                    description="P",
                    deprecated=True,
                    allowReserved=True,
                    allowEmptyValue=True,
                    example=1,
                    examples={"big": {"value": 9, "summary": "Big"}},
                    **{"x-sdk-name": "pea", "x-z": 1},
                ),
                {"name": "c", "in": "query", "content": {"application/json": {"schema": {}}}},
                {"name": "bare", "in": "query"},
            ]
        }
    )
    p, content, bare = op.parameters
    assert notation(p.type) == "int64"
    assert (p.default, p.has_default, p.sdk_name, p.description) == (3, True, "pea", "P")
    assert (p.allow_reserved, p.allow_empty_value, p.lifecycle.deprecated) == (True, True, True)
    assert [(e.name, e.value, e.summary) for e in p.examples] == [("", 1, ""), ("big", 9, "Big")]
    assert p.extensions == {"x-z": 1}
    assert (content.media_type, p.media_type) == ("application/json", None)
    assert content.schema.endswith("/content/application~1json/schema")
    assert notation(bare.type) == "any"


def test_headers_that_openapi_tells_to_ignore(operation):
    ignored = ["Accept", "content-type", "Authorization"]
    _, op = operation({"parameters": [{**query(name), "in": "header"} for name in ignored]})
    assert op.parameters == ()


def test_path_parameters_match_the_template(operation, rules):
    made, op = operation(
        {"parameters": [{**query("other"), "in": "path"}]}, path="/a/{first}/{second}"
    )
    assert [(p.name, p.required, notation(p.type)) for p in op.parameters] == [
        ("first", True, "string"),
        ("second", True, "string"),
    ]
    assert made.schemas[op.parameters[0].schema].types == {"string"}
    assert sorted(rules(made)) == [
        "missing-path-parameter",
        "missing-path-parameter",
        "unknown-path-parameter",
    ]


def test_shared_components_are_resolved(contract):
    made = contract(
        paths={
            "/a": {"$ref": "#/components/pathItems/A"},
            "/b": {"$ref": "#/components/pathItems/A"},
        },
        components={
            "pathItems": {
                "A": {
                    "post": {
                        "parameters": [{"$ref": "#/components/parameters/P"}],
                        "requestBody": {"$ref": "#/components/requestBodies/B"},
                        "responses": {"200": {"$ref": "#/components/responses/R"}},
                    }
                }
            },
            "parameters": {"P": query("p")},
            "requestBodies": {"B": {"content": {"text/plain": {}}}},
            "responses": {
                "R": {
                    "description": "r",
                    "headers": {"X-A": {"$ref": "#/components/headers/H"}},
                }
            },
            "headers": {"H": {"required": True, "schema": {"type": "integer"}}},
        },
    )
    first, second = made.operations
    assert first.parameters[0] is second.parameters[0]
    assert first.parameters[0].schema == "#/components/parameters/P/schema"
    assert notation(first.request.content[0].type) == "string"
    [header] = first.responses[0].headers
    assert (header.name, header.required, notation(header.type)) == ("X-A", True, "integer")
    assert [one.id for one in made.operations] == ["post_a", "post_b"]
    assert made.diagnostics == ()


def test_bodies_by_media_type(operation):
    _, op = operation(
        {
            "requestBody": {
                "required": True,
                "description": "B",
                "content": {
                    "multipart/form-data": {
                        "schema": {"properties": {"f": {"type": "string", "format": "binary"}}},
                        "encoding": {
                            "f": {
                                "contentType": "image/png",
                                "headers": {"X-H": {"schema": {"type": "integer"}}},
                                "style": "form",
                                "explode": False,
                                "allowReserved": True,
                            }
                        },
                        "example": {"f": ""},
                    },
                    "application/octet-stream": {},
                    "image/png": {"schema": {"type": "string"}},
                    "text/event-stream": {"itemSchema": {"type": "integer"}},
                    "application/json": {},
                    "*/*": {},
                },
            }
        },
        method="post",
    )
    assert (op.request.required, op.request.description) == (True, "B")
    form, octets, png, events, json, anything = op.request.content
    [encoding] = form.encoding
    assert (encoding.property_name, encoding.content_type) == ("f", "image/png")
    assert (encoding.style, encoding.explode, encoding.allow_reserved) == ("form", False, True)
    assert encoding.headers[0].name == "X-H"
    assert form.examples[0].value == {"f": ""}
    assert [notation(one.type) for one in (octets, png, events, json, anything)] == [
        "binary",
        "binary",
        "string",
        "any",
        "any",
    ]
    assert octets.schema is None
    assert notation(events.item_type) == "integer"


def test_responses_by_status(operation, rules):
    made, op = operation(
        {
            "responses": {
                "200": {
                    "description": "ok",
                    "content": {"application/json": {"schema": {"type": "integer"}}},
                    "headers": {"Content-Type": {"schema": {}}, "X-A": {"schema": {}}},
                },
                "4xx": {"description": "", "x-error-codes": ["a", "b"]},
                "default": {"description": ""},
                "x-note": 1,
                "success": {"description": ""},
            }
        }
    )
    assert [one.status for one in op.responses] == ["200", "4XX", "default"]
    assert [header.name for header in op.responses[0].headers] == ["X-A"]
    assert op.responses[1].error_codes == ("a", "b")
    assert rules(made) == ["invalid-status"]


def test_security_is_inherited_from_the_root(operation):
    schemes = {"components": {"securitySchemes": {"a": {"type": "http", "scheme": "bearer"}}}}
    root = {"security": [{"a": ["x"]}]}
    _, inherited = operation(**root, **schemes)
    assert inherited.security == ((SchemeUse("a", ("x",)),),)
    _, public = operation({"security": []}, **root, **schemes)
    assert public.security == ()
    _, optional = operation({"security": [{}, {"a": []}]}, **schemes)
    assert optional.security == ((), (SchemeUse("a"),))


def test_an_unknown_scheme_does_not_open_the_door(operation, rules):
    made, op = operation({"security": [{"gone": []}]})
    assert op.security == ((SchemeUse("gone"),),)
    assert rules(made) == ["unknown-security-scheme"]


def test_servers_of_root_path_and_operation(contract):
    def op(**more):
        return {"responses": OK, **more}

    def server(url):
        return [{"url": url}]

    made = contract(
        servers=[{"url": "/{v}", "variables": {"v": {"default": "1", "enum": ["1", "2"]}}}],
        paths={
            "/a": {"get": op()},
            "/b": {"servers": server("/path"), "get": op(), "put": op(servers=server("/own"))},
        },
    )
    assert made.servers == (Server("/{v}", variables={"v": ("1", ("1", "2"))}),)
    assert [one.servers[0].url for one in made.operations] == ["/{v}", "/path", "/own"]
    assert contract().servers == (Server("/"),)


def test_webhooks_and_callbacks_run_the_other_way(contract):
    def op(name, **more):
        return {"operationId": name, "responses": OK, **more}

    made = contract(
        security=[{}],
        paths={
            "/a": {
                "post": op(
                    "subscribe",
                    callbacks={"onEvent": {"{$request.body#/url}": {"post": op("event")}}},
                )
            }
        },
        webhooks={"thing": {"post": op("thing", callbacks={"back": {"/x": {"get": op("x")}}})}},
    )
    [callback] = made.operations[0].callbacks
    assert callback.direction is Direction.SERVER_TO_CLIENT
    assert callback.binding == HttpBinding("POST", "{$request.body#/url}")
    assert (callback.security, callback.servers) == ((), ())
    [webhook] = made.webhooks
    assert (webhook.direction, webhook.binding.path) == (Direction.SERVER_TO_CLIENT, "thing")
    assert webhook.callbacks[0].direction is Direction.CLIENT_TO_SERVER
    assert made.diagnostics == ()


def test_openapi_3_2(contract):
    made = contract(
        "3.2.0",
        **{"$self": "https://example.test/api.yaml"},
        tags=[{"name": "a", "summary": "A", "parent": "b", "kind": "nav"}],
        servers=[{"url": "/", "name": "main"}],
        paths={
            "/a": {
                "query": {
                    "responses": OK,
                    "parameters": [
                        {
                            "name": "q",
                            "in": "querystring",
                            "content": {
                                "application/x-www-form-urlencoded": {
                                    "schema": {"properties": {"a": {}}}
                                }
                            },
                        }
                    ],
                },
                "additionalOperations": {"LINK": {"operationId": "link", "responses": OK}},
            }
        },
        components={
            "securitySchemes": {
                "o": {
                    "type": "oauth2",
                    "deprecated": True,
                    "oauth2MetadataUrl": "https://m",
                    "flows": {"deviceAuthorization": {"deviceAuthorizationUrl": "https://d"}},
                }
            }
        },
    )
    assert made.self_uri == "https://example.test/api.yaml"
    assert made.tags == (Tag("a", "A", "", "b", "nav"),)
    assert made.servers[0].name == "main"
    first, second = made.operations
    assert first.binding.method == "QUERY"
    assert first.parameters[0].location is Location.QUERYSTRING
    assert (second.binding.method, second.id) == ("LINK", "link")
    scheme = made.security_schemes["o"]
    assert scheme.deprecated
    assert scheme.oauth2_metadata_url == "https://m"
    assert scheme.flows[0].device_authorization_url == "https://d"
    assert made.diagnostics == ()


def test_security_schemes(contract, rules):
    made = contract(
        components={
            "securitySchemes": {
                "key": {"type": "apiKey", "name": "X-Key", "in": "header", "description": "D"},
                "bearer": {"type": "http", "scheme": "Bearer", "bearerFormat": "JWT"},
                "oidc": {"type": "openIdConnect", "openIdConnectUrl": "https://o"},
                "oauth": {
                    "type": "oauth2",
                    "flows": {
                        "clientCredentials": {
                            "tokenUrl": "https://t",
                            "refreshUrl": "https://r",
                            "scopes": {"a": "A"},
                        }
                    },
                },
                "tls": {"type": "mutualTLS"},
                "odd": {"type": "magic"},
                "sig": {
                    "type": "http",
                    "scheme": "signature",
                    "x-http-signature": {
                        "label": "sig1",
                        "components": ["@method", "content-digest"],
                        "optional": ["content-digest"],
                        "algorithms": ["ed25519", "hmac-sha256"],
                        "tag": "trading-v1",
                        "window": 5,
                        "max-window": 30,
                        "max-ahead": 1,
                        "digest": "sha-512",
                    },
                },
            }
        }
    )
    schemes = made.security_schemes
    assert (schemes["key"].api_key_name, schemes["key"].api_key_in) == ("X-Key", "header")
    assert (schemes["bearer"].http_scheme, schemes["bearer"].bearer_format) == ("bearer", "JWT")
    assert schemes["oidc"].openid_url == "https://o"
    [flow] = schemes["oauth"].flows
    assert (flow.name, flow.token_url, flow.refresh_url) == (
        "clientCredentials",
        "https://t",
        "https://r",
    )
    assert flow.scopes == {"a": "A"}
    signature = schemes["sig"].signature
    assert signature.components == ("@method", "content-digest")
    assert signature.optional_components == ("content-digest",)
    assert signature.algorithms == ("ed25519", "hmac-sha256")
    assert (signature.label, signature.tag, signature.digest) == ("sig1", "trading-v1", "sha-512")
    assert (signature.window_seconds, signature.max_window_seconds) == (5, 30)
    assert signature.max_ahead_seconds == 1
    assert rules(made) == ["unknown-security-type"]


def test_rate_limit_buckets(contract, rules):
    made = contract(
        **{
            "x-rate-limits": {
                "orders": {"rate": 50, "burst": 100, "per": "account"},
                "public": {"rate": 0.5, "per": "ip"},
                "broken": {},
            }
        }
    )
    assert made.rate_limits == (
        RateLimitBucket("orders", Decimal(50), 100, "account"),
        RateLimitBucket("public", Decimal("0.5"), 1, "ip"),
    )
    assert rules(made) == ["invalid-rate-limit"]


@pytest.mark.parametrize(
    ("extension", "value", "rule"),
    [
        ("x-idempotency", {"in": "body"}, "invalid-idempotency"),
        ("x-idempotency", {"key": "a", "in": "path"}, "invalid-idempotency"),
        ("x-idempotency", "a", "wrong-type"),
        ("x-pagination", {"cursor": "c"}, "invalid-pagination"),
        ("x-rate-limit-cost", {"cost": 1}, "invalid-rate-limit"),
        ("x-rate-limit-cost", {"bucket": "a", "cost": "x"}, "wrong-type"),
        ("x-sunset", "soon", "invalid-sunset"),
        ("x-stability", "solid", "invalid-stability"),
    ],
)
def test_a_broken_promise_is_reported_and_left_out(operation, rules, extension, value, rule):
    made, _ = operation({extension: value})
    assert rules(made) == [rule]


@pytest.mark.parametrize(
    ("node", "rule"),
    [
        ({"parameters": {}}, "wrong-type"),
        ({"parameters": [3]}, "wrong-type"),
        ({"parameters": [{"name": "a", "in": "body"}]}, "invalid-parameter"),
        ({"parameters": [{"in": "query"}]}, "invalid-parameter"),
        ({"parameters": [{"$ref": "#/nowhere"}]}, "unresolved-ref"),
        ({"requestBody": "x"}, "wrong-type"),
        ({"requestBody": {"content": []}}, "wrong-type"),
        ({"responses": []}, "wrong-type"),
        ({"responses": {}}, "missing-responses"),
        ({"responses": {"200": {"$ref": "#/nowhere"}}}, "unresolved-ref"),
        ({"security": "none"}, "wrong-type"),
        ({"tags": "a"}, "wrong-type"),
        ({"summary": []}, "wrong-type"),
        ({"deprecated": "yes"}, "wrong-type"),
        ({"callbacks": []}, "wrong-type"),
        ({"servers": 3}, "wrong-type"),
        ({"operationId": {}}, "wrong-type"),
    ],
)
def test_a_flaw_is_reported_and_the_operation_stays(operation, rules, node, rule):
    made, op = operation(node)
    assert rule in rules(made)
    assert op.binding == HttpBinding("GET", "/things")
    assert all(one.span is not None for one in made.diagnostics)


def test_duplicate_operation_ids(contract, rules):
    def op():
        return {"operationId": "same", "responses": OK}

    made = contract(paths={"/a": {"get": op()}, "/b/{c}": {"get": op()}})
    assert [(one.id, one.explicit_id) for one in made.operations] == [
        ("same", True),
        ("get_b_by_c", False),
    ]
    assert "duplicate-operation-id" in rules(made)


@pytest.mark.parametrize("root", [None, [], 3, {}, {"paths": []}, {"info": 3, "components": 4}])
def test_hardly_a_document(root):
    from wireproof.ir.build import build  # noqa: PLC0415 - the only test that builds by hand
    from wireproof.source.document import Document  # noqa: PLC0415 - as above

    made = build(Document("api.json", root))
    assert made.operations == ()
    assert made.title == ""
    assert isinstance(made.diagnostics, tuple)
