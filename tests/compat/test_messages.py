"""What findings say: old and new values, one finding a change."""

from __future__ import annotations

import pytest

OK = {"200": {"description": "ok"}}
SCHEME = {"type": "apiKey", "in": "header", "name": "X-Key"}


def document(**more):
    post = {"operationId": "act", "responses": OK, **more.pop("post", {})}
    plain = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}}
    return {**plain, "paths": {"/a": {"post": post}, "/b": {"get": {"responses": OK}}}, **more}


def server(**variable):
    return document(servers=[{"url": "https://{r}.example", "variables": {"r": variable}}])


def part(schema=None, **encoding):
    schema = {"type": "object", "properties": {"file": schema or {"type": "string"}}}
    media = {"schema": schema, **({"encoding": {"file": encoding}} if encoding else {})}
    return document(post={"requestBody": {"content": {"multipart/form-data": media}}})


def scheme(**more):
    schemes = {"key": {**SCHEME, **more}}
    return document(components={"securitySchemes": schemes}, security=[{"key": []}])


def flow(**scopes):
    flows = {"clientCredentials": {"tokenUrl": "/t", "scopes": scopes}}
    schemes = {"key": {"type": "oauth2", "flows": flows}}
    return document(components={"securitySchemes": schemes}, security=[{"key": []}])


def keyword(**more):
    content = {"application/json": {"schema": {"type": "string", **more}}}
    return document(post={"requestBody": {"content": content}})


MESSAGES = {
    "the default of a variable": (
        server(default="eu"),
        server(default="us"),
        "the default is 'us' now; it was 'eu'",
    ),
    "the values of a variable": (
        server(default="eu", enum=["eu", "us"]),
        server(default="eu", enum=["eu"]),
        "allowed is 'eu' now; it was 'eu', 'us'",
    ),
    "a variable that is closed": (
        server(default="eu"),
        server(default="eu", enum=["eu"]),
        "allowed is 'eu' now; it was any value",
    ),
    "the content type of a part": (
        part(contentType="image/*"),
        part(contentType="image/png"),
        "the content type of the part 'file' is image/png now; it was image/*",
    ),
    "the content type of a part that nothing stated": (
        part(),
        part(contentType="image/png"),
        "the content type of the part 'file' is image/png now; it was text/plain",
    ),
    "the explosion of a part": (
        part({"type": "array", "items": {"type": "string"}}, explode=True),
        part({"type": "array", "items": {"type": "string"}}, explode=False),
        "the explosion of the part 'file' is off now; it was on",
    ),
    "the header of a part": (
        part(contentType="a/b"),
        part(contentType="a/b", headers={"X-A": {"required": True, "schema": {}}}),
        "the header 'X-A' of the part 'file' was added",
    ),
    "the name of a key": (
        scheme(),
        scheme(name="X-Token"),
        "the name of the key of security scheme 'key' is x-token now; it was x-key",
    ),
    "the scopes of a flow": (
        flow(read="r", trade="t"),
        flow(read="r"),
        "serves no more: clientCredentials (no scope trade)",
    ),
}


@pytest.mark.parametrize("kind", MESSAGES)
def test_old_and_new_values_are_told(findings, kind):
    before, after, message = MESSAGES[kind]
    loud = [f for f in findings(before, after) if f.verdict.label != "compatible"]
    assert len(loud) == 1
    assert message in loud[0].message


@pytest.mark.parametrize(
    ("before", "after", "breaks"),
    [
        (part(contentType="image/png"), part(contentType="image/*"), False),
        (part(), part(contentType="text/plain"), False),
        (part({"type": "object"}), part({"type": "object"}, contentType="text/plain"), True),
        (part({}), part({}, contentType="text/plain"), False),
    ],
)
def test_what_a_part_is_sent_as_is_what_its_schema_says(findings, before, after, breaks):
    found = [f for f in findings(before, after) if f.rule == "encoding-changed"]
    assert any(f.verdict.label == "breaking" for f in found) is breaks


def test_a_new_required_property_is_one_finding(findings, api):
    before = {"type": "object", "properties": {"a": {"type": "string"}}}
    after = {"type": "object", "properties": {**before["properties"], "b": {}}, "required": ["b"]}
    breaks = [f for f in findings(api(before), api(after)) if f.verdict.label == "breaking"]
    assert [(f.rule, f.side.value) for f in breaks] == [("property-added", "request")]
    assert breaks[0].message.endswith("the required property 'b' was added")
    assert "required" in breaks[0].witness.error


def test_a_property_required_without_being_declared(findings, api):
    breaks = [
        f.rule
        for f in findings(api({"type": "object"}), api({"type": "object", "required": ["b"]}))
        if f.verdict.label == "breaking"
    ]
    assert breaks == ["property-became-required"]


def test_security_of_all_operations_is_one_finding(findings):
    key = {"securitySchemes": {"key": SCHEME}}
    before, after = document(components=key), document(components=key, security=[{"key": []}])
    found = [f for f in findings(before, after) if f.rule == "security-changed"]
    assert [f.operations for f in found] == [("GET /b", "POST /a")]
    assert found[0].subject == "/security"


def test_a_keyword_that_json_schema_does_not_know_is_told(findings):
    messages = {f.message for f in findings(keyword(exclusive="a"), keyword(exclusive=["b"]))}
    assert messages == {'body: the unknown keyword \'exclusive\' is ["b"] now; it was "a"'}


def sorted_by(parameters, path="/a/{id}", kinds=("up", "down", "none")):
    sort = {"name": "sort", "in": "query", "schema": {"type": "string", "enum": list(kinds)}}
    place = {"name": path[4:-1], "in": "path", "required": True, "schema": {"type": "string"}}
    get = {"operationId": "list", "parameters": [place, *parameters, sort], "responses": OK}
    return {**document(), "paths": {path: {"get": get}}}


def test_the_sdks_types_are_not_named_by_positions(findings):
    """A parameter before another, or another name in a path, moves no type of the SDKs."""
    more = [{"name": "new", "in": "query", "schema": {"type": "integer"}}]
    before = sorted_by([])
    for after in (sorted_by(more), sorted_by([], "/a/{key}")):
        found = findings(before, after, sdk=True)
        rules = {f.rule for f in found if f.verdict.label == "breaking"}
        assert rules.isdisjoint({"sdk-type-removed", "sdk-argument-type-changed"})


def test_types_without_a_name_are_called_by_their_place(findings):
    found = findings(sorted_by([]), sorted_by([], kinds=("up", "none")), sdk=True)
    messages = [f.message for f in found if f.rule == "sdk-member-removed"]
    assert messages == ["parameter sort no longer has the member down"]
    answer = {"type": "object", "properties": {"a": {"type": "object", "properties": {"b": {}}}}}
    content = {"application/json": {"schema": answer}}
    responses = {"200": {"description": "d", "content": content}}
    less = {"application/json": {"schema": {**answer, "properties": {"a": {"type": "object"}}}}}
    after = {"200": {"description": "d", "content": less}}
    found = findings(
        document(post={"responses": responses}), document(post={"responses": after}), sdk=True
    )
    told = [f.message for f in found if f.rule.startswith("sdk-")]
    assert told
    assert not [message for message in told if "#/" in message]
    assert any("response 200.a" in message for message in told)
