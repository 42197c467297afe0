"""Examples against schemas, in the words of each version of OpenAPI."""

from __future__ import annotations

import pytest

HEAD = "openapi: {}\ninfo: {{title: t, version: '1'}}\npaths:\n  '/a{{b}}%':\n    post:\n"
BODY = "content: {{application/json: {{schema: {{$ref: '#/components/schemas/A'}}, example: {}}}}}"


def contract(version, schema, example, *, request=False):
    text, body = HEAD.format(version), BODY.format(example)
    if request:
        text += f"      requestBody: {{{body}}}\n      responses: {{'200': {{description: ok}}}}\n"
    else:
        text += f"      responses: {{'200': {{description: ok, {body}}}}}\n"
    return text + f"components: {{schemas: {{A: {schema}}}}}\n"


def wrong(check, *arguments, **options):
    found = check(contract(*arguments, **options), extends="none", rules={"example-valid": "error"})
    return [one.diagnostic.message for one in found]


@pytest.mark.parametrize(
    ("version", "schema", "good", "bad"),
    [
        ("3.0.3", "{type: string, nullable: true}", "null", "3"),
        ("3.0.3", "{type: integer, minimum: 3, exclusiveMinimum: true}", "4", "3"),
        ("3.0.3", "{type: integer, minimum: 3, exclusiveMinimum: false}", "3", "2"),
        ("3.0.3", "{nullable: true, allOf: [{type: object}]}", "null", "3"),
        ("3.1.0", "{type: [string, 'null']}", "null", "3"),
        ("3.1.0", "{type: integer, exclusiveMinimum: 3}", "4", "3"),
        ("3.1.0", "{required: [a], properties: {a: {readOnly: true}, b: false}}", "{}", "{b: 3}"),
        ("3.1.0", "{type: string, format: date-time}", "'2026-11-22T09:30:00Z'", "yesterday"),
        ("3.1.0", "{type: string, format: decimal}", "'1.10'", "1.1"),
        ("3.1.0", "{type: array, items: {$ref: '#/components/schemas/A'}}", "[[], [[]]]", "[3]"),
    ],
)  # fmt: skip
def test_examples_are_judged_in_the_words_of_their_version(check, version, schema, good, bad):
    for request in (True, False):
        assert wrong(check, version, schema, good, request=request) == []
        [message] = wrong(check, version, schema, bad, request=request)
        assert message.startswith("the example does not fit its schema: ")


def test_a_schema_in_disorder_is_left_to_other_rules(check):
    assert wrong(check, "3.1.0", "{type: strng}", "3") == []


def test_an_external_value_cannot_be_judged(check):
    text = contract("3.1.0", "{type: string}", "x").replace(
        "example: x", "examples: {a: {externalValue: 'http://example.com/a.json'}}"
    )
    assert check(text, extends="none", rules={"example-valid": "error"}) == ()


def test_the_related_place_is_the_schema(check):
    text = contract("3.1.0", "{type: string}", "3")
    [found] = check(text, extends="none", rules={"example-valid": "error"})
    assert [one.message for one in found.diagnostic.related] == ["the schema"]
    assert found.diagnostic.related[0].span.line == 7


@pytest.mark.parametrize(
    "outer",
    [
        "{type: object, nullable: true, properties: {a: {type: string, example: 3}}}",
        "{nullable: true, allOf: [{properties: {a: {type: string, example: 3}}}]}",
        "{nullable: true, enum: [{}], properties: {a: {type: string, example: 3}}}",
        "{nullable: true, anyOf: [{allOf: [{nullable: true, type: string, example: 3}]}]}",
    ],
)
def test_examples_inside_of_what_may_be_null_are_judged(check, outer):
    [message] = wrong(check, "3.0.3", outer, "null")
    assert message.endswith(('3 is not of type "string"', '3 is not of types "null", "string"'))


def test_a_reference_into_what_may_be_null_is_followed(check):
    inner = "{nullable: true, allOf: [{properties: {a: {type: string}}}]}"
    use = "{properties: {x: {$ref: '#/components/schemas/B/allOf/0/properties/a'}}}"
    text = contract("3.0.3", use, "{x: 3}").replace("schemas: {", f"schemas: {{B: {inner}, ")
    [found] = check(text, extends="none", rules={"example-valid": "error"})
    assert "3 is not of type" in found.diagnostic.message


@pytest.mark.parametrize("broken", ["{pattern: '('}", "{$ref: '#/components/schemas/Nowhere'}"])
def test_a_broken_part_does_not_keep_the_rest_from_being_judged(check, broken):
    schema = f"{{properties: {{a: {{type: string}}, b: {broken}}}}}"
    [message] = wrong(check, "3.1.0", schema, "{a: 3}")
    assert "3 is not of type" in message
