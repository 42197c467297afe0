"""Validation: the exact rules and places of every flaw, and silence where there is none."""

from __future__ import annotations

import pytest
from wireproof.source import load
from wireproof.source.validate import validate

VALID = """\
openapi: {version}
info: {{title: T, version: '1'}}
paths:
  /a/{{id}}:
    parameters:
      - {{name: id, in: path, required: true, schema: {{type: string}}}}
    get:
      operationId: getA
      responses:
        '200': {{description: ok, content: {{a/b: {{schema: {{$ref: '#/components/schemas/A'}}}}}}}}
components:
  schemas:
    A: {{type: object, properties: {{x: {{type: integer, minimum: 0}}}}}}
"""


def flaws(files, text):
    files({"api.yaml": text})
    return [
        (found.rule, f"{found.span.line}:{found.span.column}", found.message, found.help)
        for found in validate(load("api.yaml"))
    ]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
def test_a_valid_document_is_silent(files, version):
    assert flaws(files, VALID.format(version=version)) == []


STRUCTURE = {
    "missing field": (
        "title: T, version: '1'",
        "title: T",
        "2:1",
        "info lacks the field version",
        "add it",
    ),
    "misspelt field": (
        "operationId: getA",
        "operationID: getA",
        "8:7",
        "get has no field operationID",
        "did you mean operationId?",
    ),
    "unknown location": (
        "in: path, required: true",
        "in: paht, required: true",
        "6:24",
        "in is 'paht', not one of",
        "",
    ),
    "wrong type": (
        "title: T",
        "title: [T]",
        "2:15",
        "title must be text, not a sequence",
        "correct the value",
    ),
    "unknown schema type": ("type: integer", "type: intger", "13:46", "intger", ""),
    "wrong bound": (
        "minimum: 0",
        "minimum: x",
        "13:64",
        "minimum must be number, not 'x'",
        "correct the value",
    ),
    "missing name": ("name: id, ", "", "6:9", "parameters[0] lacks the field name", "add it"),
    "a path without a slash": (
        "  /a/{{id}}:",
        "  a/{{id}}:",
        "4:3",
        "paths has no field a/{id}",
        "",
    ),
}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
@pytest.mark.parametrize("name", STRUCTURE)
def test_structure(files, version, name):
    right, wrong, place, message, hint = STRUCTURE[name]
    assert right in VALID
    found = flaws(files, VALID.replace(right, wrong).format(version=version))
    matching = [
        flaw for flaw in found if flaw[1] == place and message in flaw[2] and hint in flaw[3]
    ]
    assert len(matching) == 1, found
    assert {flaw[0] for flaw in found} <= {"structure", "missing-path-parameter"}


def test_a_field_beside_a_reference_is_a_warning(files):
    text = VALID.format(version="3.1.0").replace(
        "'200': {", "'404': {$ref: '#/components/responses/R', content: {}}\n        '200': {"
    )
    found = flaws(files, text + "  responses: {R: {description: d}}\n")
    assert found == [("structure", "10:51", "content beside $ref is ignored", "remove it")]


SEMANTICS = {
    "duplicate operation ids": (
        "  /b: {get: {operationId: getA, responses: {default: {description: d}}}}\n",
        [("duplicate-operation-id", "11:27")],
    ),
    "undeclared path parameter": (
        (
            "  /b/{x}/{y}: {get: {parameters: [{name: x, in: path, required: true, schema: {}}],"
            " responses: {default: {description: d}}}}\n"
        ),
        [("missing-path-parameter", "11:16")],
    ),
    "unknown path parameter": (
        (
            "  /b: {get: {parameters: [{name: x, in: path, required: true, schema: {}}],"
            " responses: {default: {description: d}}}}\n"
        ),
        [("unknown-path-parameter", "11:27")],
    ),
    "duplicate parameter": (
        (
            "  /b: {get: {parameters: [{name: x, in: query, schema: {}},"
            " {name: x, in: query, content: {a/b: {}}},"
            " {name: x, in: header, schema: {}}], responses: {default: {description: d}}}}\n"
        ),
        [("duplicate-parameter", "11:61")],
    ),
    "equal paths": (
        (
            "  /a/{name}: {get: {parameters: [{name: name, in: path, required: true, schema: {}}],"
            " responses: {default: {description: d}}}}\n"
        ),
        [("ambiguous-path", "11:3")],
    ),
    "a reference to the wrong kind": (
        "  /b: {get: {responses: {default: {$ref: '#/components/schemas/A'}}}}\n",
        [("misplaced-ref", "11:42")],
    ),
    "a reference to nothing": (
        "  /b: {get: {responses: {default: {$ref: '#/components/responses/A'}}}}\n",
        [("unresolved-ref", "11:42")],
    ),
    "a mapping to nothing": (
        (
            "  /b: {get: {responses: {default: {description: d, content: {a/b: {schema:"
            " {oneOf: [{}], discriminator: {propertyName: k,"
            " mapping: {a: A, b: B, c: '#/components/schemas/C'}}}}}}}}}\n"
        ),
        [("unresolved-ref", "11:142"), ("unresolved-ref", "11:148")],
    ),
}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0", "3.2.0"])
@pytest.mark.parametrize("name", SEMANTICS)
def test_semantics(files, version, name):
    path, expected = SEMANTICS[name]
    text = VALID.format(version=version).replace("components:\n", f"{path}components:\n")
    assert [(rule, place) for rule, place, _, _ in flaws(files, text)] == expected


def test_a_document_of_the_wrong_shape_everywhere_is_no_crash(files):
    for part in ("paths", "components", "info", "servers", "webhooks", "security", "tags"):
        for value in ("[]", "text", "3", "null", "{a: [], b: 1, /c: 2, /d: [x]}"):
            text = f"openapi: 3.1.0\n{part}: {value}\n"
            files({"api.yaml": text})
            validate(load("api.yaml"))
    components = "schemas: [1], responses: {a: 1}, parameters: {b: [2]}, pathItems: {c: {get: 3}}"
    files(
        {
            "api.yaml": "openapi: 3.1.0\npaths: {/a: {get: [], parameters: 3}}\n"
            f"components: {{{components}}}\n"
        }
    )
    validate(load("api.yaml"))
