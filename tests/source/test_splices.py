"""A `$ref` that stands for a whole map or list: no reference to OpenAPI, but followed, and told."""

from __future__ import annotations

import textwrap

import pytest
from wireproof.diagnostics import LoadError
from wireproof.ir.build import build
from wireproof.source import load
from wireproof.source.validate import validate

HEAD = "openapi: 3.1.0\ninfo: {title: t, version: '1'}\n"
OK = "responses: {'200': {description: ok}}"


@pytest.fixture
def loaded(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def write(text, **others):
        (tmp_path / "api.yaml").write_text(HEAD + textwrap.dedent(text))
        for name, body in others.items():
            (tmp_path / f"{name}.yaml").write_text(textwrap.dedent(body))
        return load("api.yaml")

    return write


def told(workspace):
    return [(d.rule, d.severity.label, str(d.span)) for d in workspace.diagnostics]


def test_paths_from_another_file(loaded):
    workspace = loaded(
        "paths: {$ref: paths.yaml}\n",
        paths=f"/a: {{get: {{operationId: a, {OK}}}}}\n/b: {{$ref: 'b.yaml#/item'}}\n",
        b=f"item: {{put: {{operationId: b, {OK}}}}}\n",
    )
    assert [one.id for one in build(workspace.contract).operations] == ["a", "b"]
    assert told(workspace) == [("misplaced-ref", "warning", "api.yaml:3:15")]
    assert [d.rule for d in validate(workspace)] == ["misplaced-ref"]
    node = workspace.contract.at("/paths/~1a/get/operationId")
    assert str(node.span) == "paths.yaml:1:25"


def test_all_schemas_and_all_responses_from_other_files(loaded):
    workspace = loaded(
        """
        paths:
          /a: {get: {operationId: a, responses: {$ref: answers.yaml}}}
        components:
          schemas: {$ref: schemas.yaml}
        """,
        answers="'200': {description: ok, content: {application/json: {schema: "
        "{$ref: 'schemas.yaml#/A'}}}}\n",
        schemas="A: {type: object, properties: {b: {$ref: '#/B'}}}\nB: {type: string}\n",
    )
    contract = build(workspace.contract)
    [response] = contract.operations[0].responses
    assert response.status == "200"
    assert {rule for rule, _, _ in told(workspace)} == {"misplaced-ref"}
    assert {"A", "B"} <= workspace.contract.root.value["components"]["schemas"].keys()


def test_parameters_and_properties_of_the_same_file(loaded):
    workspace = loaded(
        """
        paths:
          /a:
            get: {operationId: a, parameters: {$ref: '#/x-lists/common'}, responses: {}}
        x-lists:
          common: [{name: p, in: query, schema: {type: string}}]
        components:
          schemas:
            A: {type: object, properties: {$ref: '#/components/schemas/B/properties'}}
            B: {type: object, properties: {x: {type: string}}}
        """
    )
    [operation] = build(workspace.contract).operations
    assert [one.name for one in operation.parameters] == ["p"]
    schemas = workspace.contract.root.value["components"]["schemas"]
    assert schemas["A"]["properties"] == {"x": {"type": "string"}}
    assert {rule for rule, _, _ in told(workspace)} == {"misplaced-ref"}


def test_a_property_called_ref_is_a_property(loaded):
    workspace = loaded(
        """
        paths: {}
        components: {schemas: {A: {type: object, properties: {$ref: {type: string}}}}}
        """
    )
    assert workspace.diagnostics == ()
    assert workspace.contract is workspace.entry


def test_a_map_that_contains_itself_is_told(loaded):
    workspace = loaded(
        """
        paths: {}
        components:
          schemas:
            A:
              type: object
              properties:
                child: {type: object, properties: {$ref: '#/components/schemas/A/properties'}}
        """
    )
    assert ("unresolved-ref", "error", "api.yaml:10:50") in told(workspace)
    build(workspace.contract)


def test_a_map_that_leads_nowhere_is_told(loaded):
    workspace = loaded("paths: {$ref: gone.yaml}\n")
    assert told(workspace) == [("unresolved-ref", "error", "api.yaml:3:15")]


def test_maps_that_double_themselves_end(loaded):
    levels = "".join(
        f"    L{n}: {{properties: {{a: {{properties: {{$ref: '#/components/schemas/L{n + 1}/"
        f"properties'}}}}, b: {{properties: {{$ref: '#/components/schemas/L{n + 1}/"
        "properties'}}}}\n"
        for n in range(20)
    )
    text = f"paths: {{}}\ncomponents:\n  schemas:\n{levels}    L20: {{properties: {{x: {{}}}}}}\n"
    with pytest.raises(LoadError, match="alias-bomb"):
        loaded(text)
