"""References, and many files as one document."""

from __future__ import annotations

import pytest
from wireproof.source import load
from wireproof.source.dump import dump_yaml

HEAD = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\n"


@pytest.fixture
def bundle(files):
    """Writes files, loads `api.yaml`, and gives the workspace; the entry gets its head."""

    def loader(contents):
        files({**contents, "api.yaml": HEAD + contents["api.yaml"]})
        return load("api.yaml")

    return loader


def refs(value):
    if isinstance(value, dict):
        if isinstance(value.get("$ref"), str):
            yield value["$ref"]
        value = list(value.values())
    for item in value if isinstance(value, list) else ():
        yield from refs(item)


def schemas(workspace):
    return workspace.contract.root.value["components"]["schemas"]


def test_a_single_file_is_its_own_contract(bundle):
    workspace = bundle(
        {"api.yaml": "components: {schemas: {A: {$ref: '#/components/schemas/B'}, B: {}}}\n"}
    )
    assert workspace.contract is workspace.entry
    assert workspace.diagnostics == ()
    node = workspace.contract.at("#/components/schemas/A")
    assert workspace.contract.resolve(node).pointer == "/components/schemas/B"


def test_every_external_part_moves_under_its_name(bundle):
    workspace = bundle(
        {
            "api.yaml": """\
paths:
  /orders: {$ref: paths/orders.yaml}
  /trades:
    get:
      parameters: [{$ref: 'shared.json#/parameters/Limit'}]
      responses:
        '200': {$ref: 'shared.json#/responses/Ok'}
""",
            "paths/orders.yaml": """\
get:
  responses:
    '200':
      description: ok
      content:
        application/json:
          schema: {$ref: ../schemas/Order.yaml}
""",
            "schemas/Order.yaml": "type: object\nproperties: {side: {$ref: common.yaml#/Side}}\n",
            "schemas/common.yaml": "Side: {enum: [buy, sell], x: {$ref: '#/Other'}}\nOther: {}\n",
            "shared.json": '{"parameters": {"Limit": {"name": "limit", "in": "query", "schema":'
            ' {"$ref": "schemas/common.yaml#/Side"}}}, "responses": {"Ok": {"description": "x"}}}',
        }
    )
    assert workspace.diagnostics == ()
    root = workspace.contract.root.value
    assert root["components"] == {
        "parameters": {
            "Limit": {
                "name": "limit",
                "in": "query",
                "schema": {"$ref": "#/components/schemas/Side"},
            }
        },
        "responses": {"Ok": {"description": "x"}},
        "schemas": {
            "Order": {
                "type": "object",
                "properties": {"side": {"$ref": "#/components/schemas/Side"}},
            },
            "Side": {"enum": ["buy", "sell"], "x": {"$ref": "#/Other"}},
        },
    }
    content = root["paths"]["/orders"]["get"]["responses"]["200"]["content"]
    assert content["application/json"]["schema"] == {"$ref": "#/components/schemas/Order"}
    assert all(workspace.contract.at(ref) for ref in refs(root) if ref != "#/Other")


def test_bundled_nodes_stand_where_they_were_written(bundle):
    workspace = bundle(
        {
            "api.yaml": "paths:\n  /a: {$ref: p.yaml}\n",
            "p.yaml": "get:\n  responses:\n    '200': {$ref: 'r.yaml#/Ok'}\n",
            "r.yaml": "# first line\nOk:\n  description: fine\n",
        }
    )
    contract = workspace.contract
    assert str(contract.at("/components/responses/Ok/description").span) == "r.yaml:3:16"
    assert str(contract.at("/paths/~1a/get").key_span) == "p.yaml:1:1"
    assert str(contract.at("/paths/~1a/get/responses/200").span) == "p.yaml:3:12"
    assert str(contract.at("/paths/~1a").key_span) == "p.yaml:1:1"
    assert str(contract.at("/info/title").span) == "api.yaml:2:15"


def test_documents_as_written_resolve_across_files(bundle):
    workspace = bundle(
        {
            "api.yaml": "components: {schemas: {A: {$ref: 'a.yaml#/A'}}}\n",
            "a.yaml": "A: {$ref: '#/B'}\nB: {type: string}\n",
        }
    )
    found = workspace.entry.resolve(workspace.entry.at("/components/schemas/A"))
    assert (found.document.name, found.pointer) == ("a.yaml", "/B")


def test_a_component_that_is_only_a_reference_becomes_its_target(bundle):
    workspace = bundle(
        {
            "api.yaml": """\
paths:
  /a: {get: {responses: {'200': {$ref: 'ok.yaml'}}}}
components:
  schemas:
    Order: {$ref: schemas/order.yaml}
    Alias: {$ref: schemas/order.yaml}
""",
            "ok.yaml": "content: {a/b: {schema: {$ref: schemas/order.yaml}}}\n",
            "schemas/order.yaml": "properties: {parent: {$ref: order.yaml}, o: {$ref: '#'}}\n",
        }
    )
    here = {"$ref": "#/components/schemas/Order"}
    assert schemas(workspace) == {
        "Order": {"properties": {"parent": here, "o": here}},
        "Alias": here,
    }
    ok = workspace.contract.at("/components/responses/ok")
    assert ok.value == {"content": {"a/b": {"schema": here}}}


def test_equal_names_get_the_name_of_their_file(bundle):
    contents = {
        "api.yaml": """\
components:
  schemas:
    Money: {type: string}
    X:
      properties:
        b: {$ref: 'b.yaml#/Money'}
        a: {$ref: 'a.yaml#/Money'}
        m: {$ref: 'sub/b.yaml#/Money'}
""",
        "a.yaml": "Money: {type: integer}\n",
        "b.yaml": "Money: {type: number}\n",
        "sub/b.yaml": "Money: {type: boolean}\n",
    }
    first = bundle(contents)
    assert {name: schema.get("type") for name, schema in schemas(first).items()} == {
        "Money": "string",
        "X": None,
        "Money_a": "integer",
        "Money_b": "number",
        "Money_b_2": "boolean",
    }
    swapped = {
        **contents,
        "api.yaml": contents["api.yaml"].replace("b: {$ref: 'b.", "q: {$ref: 'b."),
    }
    names = {
        schema["type"]: name for name, schema in schemas(bundle(swapped)).items() if name != "X"
    }
    assert names["number"] == "Money_b"


def test_cycles_across_files_end(bundle):
    workspace = bundle(
        {
            "api.yaml": "components: {schemas: {A: {$ref: 'a.yaml'}}}\n",
            "a.yaml": "properties: {b: {$ref: b.yaml}}\n",
            "b.yaml": "properties:\n  a: {$ref: a.yaml}\n"
            "  api: {$ref: 'api.yaml#/components/schemas/A'}\n",
        }
    )
    assert workspace.diagnostics == ()
    here = {"$ref": "#/components/schemas/A"}
    assert schemas(workspace) == {
        "A": {"properties": {"b": {"$ref": "#/components/schemas/b"}}},
        "b": {"properties": {"a": here, "api": here}},
    }


@pytest.mark.parametrize(
    "text",
    [
        "components: {schemas: {A: {$ref: '#/components/schemas/A'}}}",
        (
            "components:\n  schemas:\n    A: {$ref: '#/components/schemas/B'}\n"
            "    B: {$ref: '#/components/schemas/A'}"
        ),
        "components: {schemas: {A: {$ref: 'b.yaml'}}}",
    ],
)
def test_references_in_a_circle_are_diagnosed(bundle, text):
    workspace = bundle(
        {"api.yaml": text + "\n", "b.yaml": "$ref: api.yaml#/components/schemas/A\n"}
    )
    assert {found.rule for found in workspace.diagnostics} == {"unresolved-ref"}
    assert "circle" in workspace.diagnostics[0].message
    assert workspace.contract.resolve(workspace.contract.at("/components/schemas/A")) is None


@pytest.mark.parametrize(
    ("ref", "rule", "message", "hint"),
    [
        (
            "#/components/schemas/Oder",
            "unresolved-ref",
            "/components/schemas has no Oder",
            "did you mean Order?",
        ),
        (
            "#/componens/x",
            "unresolved-ref",
            "the root has no componens",
            "did you mean components?",
        ),
        (
            "other.yaml",
            "unresolved-ref",
            "other.yaml: the file does not exist",
            "did you mean others.yaml?",
        ),
        (
            "others.yaml#/B",
            "unresolved-ref",
            "the root has no B",
            "define it, or correct the reference",
        ),
        (
            "#anchor",
            "unresolved-ref",
            "no $anchor anchor",
            "pointers begin with a slash: #/components/...",
        ),
        ("/etc/passwd", "absolute-ref", "one machine", "write a path relative to this file"),
        ("file:///etc/passwd", "absolute-ref", "one machine", "write a path relative to this file"),
        ("C:\\x.yaml", "absolute-ref", "one machine", "write a path relative to this file"),
        (
            "https://example.com/x.yaml",
            "remote-ref",
            "needs the network",
            "keep a copy beside this file and refer to it, or pass --allow-remote",
        ),
    ],
)
def test_a_broken_reference_says_where_and_why(bundle, ref, rule, message, hint):
    workspace = bundle(
        {
            "api.yaml": f"components: {{schemas: {{A: {{$ref: '{ref}'}}, Order: {{}}}}}}\n",
            "others.yaml": "A: 1\n",
        }
    )
    (found,) = workspace.diagnostics
    assert (found.rule, str(found.span), found.help) == (rule, "api.yaml:3:34", hint)
    assert message in found.message
    assert found.pointer == "/components/schemas/A/$ref"


def test_a_referenced_file_that_cannot_be_parsed_is_named_with_its_place(bundle):
    workspace = bundle(
        {"api.yaml": "components: {schemas: {A: {$ref: 'b.yaml'}}}\n", "b.yaml": "a: [1\n"}
    )
    syntax, unresolved = sorted(workspace.diagnostics, key=lambda found: found.rule)
    assert (syntax.rule, str(syntax.span)) == ("syntax", "b.yaml:1:4")
    assert (unresolved.rule, str(unresolved.related[0].span)) == ("unresolved-ref", "b.yaml:1:4")


def test_data_is_never_a_reference(bundle):
    workspace = bundle(
        {
            "api.yaml": """\
x-note: {$ref: nowhere.yaml}
paths:
  /a:
    get:
      responses:
        '200':
          description: d
          content:
            a/b:
              example: {$ref: nowhere.yaml}
              examples: {e: {value: {$ref: nowhere.yaml}}}
components:
  schemas:
    A:
      default: {$ref: nowhere.yaml}
      enum: [{$ref: nowhere.yaml}]
      const: {$ref: nowhere.yaml}
      x-y: {$ref: nowhere.yaml}
      properties:
        $ref: {type: string}
        example: {$ref: '#/components/schemas/B'}
    B: {}
"""
        }
    )
    assert workspace.diagnostics == ()
    assert workspace.contract is workspace.entry


@pytest.mark.parametrize(
    ("ref", "pointer"),
    [
        (
            "#/paths/~1a~1%7Bid%7D/get/responses/200/content/a~1b/schema",
            "/paths/~1a~1{id}/get/responses/200/content/a~1b/schema",
        ),
        ("#/components/schemas/a%20b~0c", "/components/schemas/a b~0c"),
        ("#/components/schemas/L/allOf/1", "/components/schemas/L/allOf/1"),
        ("#here", "/components/schemas/L/allOf/1"),
        ("https://example.com/ids/x", "/components/schemas/I"),
        ("https://example.com/ids/x#/properties/p", "/components/schemas/I/properties/p"),
    ],
)
def test_unusual_pointers_are_followed(bundle, ref, pointer):
    workspace = bundle(
        {
            "api.yaml": f"""\
paths:
  /a/{{id}}: {{get: {{responses: {{'200': {{content: {{a/b: {{schema: {{type: string}}}}}}}}}}}}}}
components:
  schemas:
    a b~c: {{}}
    L: {{allOf: [{{}}, {{$anchor: here, type: object}}]}}
    I: {{$id: 'https://example.com/ids/x', properties: {{p: {{}}}}}}
    R: {{$ref: '{ref}'}}
"""
        }
    )
    assert workspace.diagnostics == ()
    found = workspace.contract.resolve(workspace.contract.at("/components/schemas/R"))
    assert found.pointer == pointer


def test_discriminator_mappings_move_with_their_schemas(bundle):
    workspace = bundle(
        {
            "api.yaml": "components:\n  schemas:\n"
            "    Pet: {$ref: 'pets.yaml#/components/schemas/Pet'}\n",
            "pets.yaml": """\
components:
  schemas:
    Pet:
      oneOf: [{$ref: dog.yaml}, {$ref: '#/components/schemas/Cat'}]
      discriminator:
        propertyName: kind
        mapping: {dog: ./dog.yaml, cat: '#/components/schemas/Cat', kitten: Cat}
    Cat: {type: object}
""",
            "dog.yaml": "type: object\n",
        }
    )
    assert schemas(workspace)["Pet"]["discriminator"]["mapping"] == {
        "dog": "#/components/schemas/dog",
        "cat": "#/components/schemas/Cat",
        "kitten": "#/components/schemas/Cat",
    }


def test_a_part_of_something_that_moves_moves_with_it(bundle):
    workspace = bundle(
        {
            "api.yaml": "components:\n  schemas:\n    A: {$ref: 's.yaml#/A'}\n"
            "    S: {$ref: 's.yaml#/A/properties/s'}\n",
            "s.yaml": "A: {properties: {s: {type: string}, t: {$ref: '#/A/properties/s'}}}\n",
        }
    )
    properties = schemas(workspace)["A"]["properties"]
    assert workspace.contract.at(properties["t"]["$ref"]).value == {"type": "string"}
    assert set(schemas(workspace)) == {"A", "S"}


def test_path_items_in_callbacks_become_components(bundle):
    workspace = bundle(
        {
            "api.yaml": "paths: {/a: {post: {callbacks: {done: {'{$url}': {$ref: p.yaml}}}}}}\n",
            "p.yaml": "post: {callbacks: {again: {'{$url}': {$ref: p.yaml}}}}\n",
        }
    )
    here = {"$ref": "#/components/pathItems/p"}
    callbacks = workspace.contract.at("/paths/~1a/post/callbacks/done").value
    assert callbacks == {"{$url}": here}
    again = workspace.contract.at("/components/pathItems/p/post/callbacks/again").value
    assert again == {"{$url}": here}


def test_the_bundle_of_a_bundle_is_the_same(bundle, files):
    workspace = bundle(
        {
            "api.yaml": "paths: {/a: {$ref: p.yaml}}\n",
            "p.yaml": "get: {responses: {'200': {$ref: 'r.yaml#/Ok'}}}\n",
            "r.yaml": "Ok: {description: fine}\n",
        }
    )
    files({"out.yaml": dump_yaml(workspace.contract.root.value)})
    again = load("out.yaml")
    assert again.contract is again.entry
    assert again.contract.root.value == workspace.contract.root.value
