"""Findings that are not worth their line: none where the author is right, one where all are one."""

import pytest
from wireproof.lint.casing import majority
from wireproof.lint.engine import lint
from wireproof.lint.rules import ALL
from wireproof.lint.settings import Settings
from wireproof.source.workspace import load


def found(folder, rule, text):
    spec = folder / "api.yaml"
    spec.write_text(f"openapi: 3.1.0\ninfo: {{title: t, version: 1.0.0}}\n{text}")
    levels = {each.id: each.severity for each in ALL if each.id == rule}
    return [one.diagnostic for one in lint(load(spec), ALL, Settings("none", levels))]


@pytest.mark.parametrize(
    ("names", "style"),
    [
        (["orders", "items", "users", "by_id", "for_me", "to-do"], None),
        (["orders", "items", "users", "by_id", "for_me", "of_it", "at_it", "to-do"], "snake"),
        (["orders", "items", "byId"], "camel"),
        (["orders", "items"], "snake"),
        (["Order", "ApiKey", "Trade", "Fill", "order"], "pascal"),
        ([], "snake"),
    ],
)
def test_names_of_one_word_decide_nothing(names, style):
    assert majority(names) == style


TOKENS = """\
paths: {}
components:
  schemas:
    Token:
      properties:
        access_token: {type: string}
        client_secret: {type: string}
        jwks_uri: {type: string}
        firstName: {type: string}
        lastName: {type: string}
        postCode: {type: string}
        cityName: {type: string}
        house_number: {type: string}
"""


def test_names_that_a_standard_fixes_are_right_in_every_style(tmp_path):
    messages = [one.message for one in found(tmp_path, "property-style", TOKENS)]
    assert messages == ["the property house_number, unlike most, is not in camel case"]


def paths(*responses):
    operation = """\
  /p{}/{{id}}:
    get:
      parameters: [{{name: id, in: path, required: true, schema: {{type: string}}}}]
      responses: {{'200': {{description: ok}}{}}}
"""
    return "paths:\n" + "".join(operation.format(n, more) for n, more in enumerate(responses))


REFUSED = ", '404': {description: no}, '401': {description: who}"


@pytest.mark.parametrize(
    ("rule", "one"),
    [
        ("client-error-response", "3 operations take input, but none documents a 4xx response"),
        ("auth-error-response", "3 operations need credentials, but none documents a 401 or 403"),
    ],
)
def test_what_all_operations_lack_is_said_once(tmp_path, rule, one):
    head = "security: [{key: []}]\n"
    assert [d.message for d in found(tmp_path, rule, head + paths("", "", ""))] == [one]
    some = found(tmp_path, rule, head + paths("", REFUSED, ""))
    assert [d.message.partition(" ")[2].partition(" ")[0] for d in some] == ["/p0/{id}", "/p2/{id}"]
    (single,) = found(tmp_path, rule, head + paths(""))
    assert single.message.startswith("GET /p0/{id} ")


@pytest.mark.parametrize(
    ("silent", "said", "messages"),
    [
        (10, 0, ["the contract does not say who may call it"]),
        (10, 1, ["10 of 11 operations do not say who may call them"]),
        (2, 1, ["GET /p0/{id} does not say who may call it", "GET /p1/{id} does not say who may"]),
    ],
)
def test_where_hardly_anything_is_said_of_security_one_finding_will_do(
    tmp_path, silent, said, messages
):
    text = paths(*[""] * silent)
    for n in range(said):
        text += f"  /q{n}: {{get: {{security: [], responses: {{'200': {{description: ok}}}}}}}}\n"
    diagnostics = found(tmp_path, "operation-security", text)
    assert len(diagnostics) == len(messages)
    for one, start in zip(diagnostics, messages, strict=True):
        assert one.message.startswith(start)


def test_an_example_that_is_json_in_a_text_is_told_so(tmp_path):
    text = """\
paths: {}
components:
  schemas:
    A: {type: object, example: '{"a": 1}'}
    B: {type: object, example: 'a: 1'}
"""
    first, second = found(tmp_path, "example-valid", text)
    assert first.help == "write the value itself: this is a text that holds JSON"
    assert second.help == "correct the example or the schema: one of them is wrong"
