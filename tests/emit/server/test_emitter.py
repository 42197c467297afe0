"""The emitter: what it says for a contract, hostile names, determinism, what is left out."""

import ast
import hashlib
import inspect
import os
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest
from wireproof.emit.server.layout import call, layout

ROOT = Path(__file__).resolve().parents[3]
OK = {"200": {"description": "", "content": {"application/json": {"schema": {"type": "string"}}}}}


def contract(*operations, schemas=None, **more):
    paths = {}
    for method, path, operation in operations:
        paths.setdefault(path, {})[method] = {"responses": OK, **operation}
    return {"paths": paths, "components": {"schemas": schemas or {}}, **more}


def test_the_protocol_of_an_operation(emit):
    emission = emit(
        contract(
            (
                "post",
                "/orders/{id}",
                {
                    "operationId": "amendOrder",
                    "tags": ["orders"],
                    "summary": "Amend an order",
                    "parameters": [
                        {
                            "name": "id",
                            "in": "path",
                            "required": True,
                            "schema": {"type": "string"},
                        },
                        {
                            "name": "dry-run",
                            "in": "query",
                            "schema": {"type": "boolean", "default": False},
                        },
                        {
                            "name": "X-Since",
                            "in": "header",
                            "schema": {"type": "string", "format": "date"},
                        },
                    ],
                    "requestBody": {
                        "required": True,
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/New"}}
                        },
                    },
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {
                                "application/json": {"schema": {"$ref": "#/components/schemas/New"}}
                            },
                        },
                        "204": {"description": ""},
                        "409": {"description": "", "x-error-codes": ["conflict"]},
                    },
                },
            ),
            schemas={"New": {"type": "object", "properties": {"a": {"type": "string"}}}},
        )
    )
    assert emission.diagnostics == ()
    assert '''
    async def amend_order(
        self,
        context: Context,
        id: str,
        body: models.New,
        *,
        dry_run: bool = False,
        x_since: date | None = None,
    ) -> models.New | Reply[models.New | None]:
        """POST /orders/{id}

        Amend an order

        Answers: 200, 204.
        409: conflict.
        """
        ...
''' in emission.files["handlers.py"]
    assert (
        'def conflict(\n    detail: str = "", *, status: int = 409,'
        in emission.files["problems.py"]
    )


def test_methods_that_hide_builtins(emit, imported):
    listed = {"type": "array", "items": {"type": "string"}}
    answer = {"200": {"description": "", "content": {"application/json": {"schema": listed}}}}
    operation = {"operationId": "list", "tags": ["a"], "responses": answer}
    emission = emit(contract(("get", "/a", operation)))
    assert "-> builtins.list[str] | Reply[builtins.list[str]]" in emission.files["handlers.py"]
    imported(emission)


HOSTILE = [
    '"""',
    "'\"\\",
    "*/ \n import os",
    "None",
    "class",
    "self",
    "body",
    "context",
    "Decimal",
    "Model",
    "Field",
    "Maybe",
    "Literal",
    "DecimalString",
    "date",
    "list",
    "model_config",
    "__init__",
    "größe",
    "注文",
    "2fa",
    "a.b",
    "a/b~c",
    "{x}",
    "%7B",
    "\u202eevil",
    "x" * 200,
    " ",
]


@pytest.mark.parametrize("word", HOSTILE)
def test_hostile_words_everywhere(emit, imported, started, word):
    operation = {
        "operationId": word,
        "tags": [word],
        "summary": word,
        "description": word,
        "parameters": [
            {
                "name": word,
                "in": "query",
                "description": word,
                "schema": {"type": "string", "default": word},
            },
            {"name": word, "in": "cookie", "schema": {"type": "integer"}},
        ],
        "requestBody": {
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Holder"}}}
        },
        "responses": {
            **OK,
            "400": {"description": word, "x-error-codes": [word, f"{word}2"]},
        },
        "security": [{"scheme": [word]}],
    }
    properties = {
        word: {"type": "string", "description": word, "default": word},
        "plain": {"type": "integer"},
    }
    schemas = {
        "Holder": {
            "type": "object",
            "description": word,
            "required": ["plain"],
            "properties": {
                **properties,
                "enum": {"enum": [word, "other"]},
                "const": {"const": word},
            },
        }
    }
    document = contract(("post", "/x", operation), schemas=schemas)
    document["info"] = {"title": word, "version": word, "description": word}
    document["tags"] = [{"name": word, "description": word}]
    document["components"]["securitySchemes"] = {
        "scheme": {"type": "apiKey", "in": "header", "name": "X", "description": word}
    }
    emission = emit(document)
    assert {d.rule for d in emission.diagnostics} == set()
    package = imported(emission)
    started(package)
    holder = package.models.Holder
    dumped = holder.model_validate({"plain": 1, word: "v", "const": word}).to_json()
    assert holder.model_validate_json(dumped).model_dump(by_alias=True)[word] == "v"


@pytest.mark.parametrize(
    "name", ["None", "Decimal", "Model", "Field", "Literal", "Maybe", "str", "date", "UUID"]
)
def test_schemas_called_like_python(emit, imported, name):
    holder = {
        "type": "object",
        "required": ["it"],
        "properties": {
            "it": {"$ref": f"#/components/schemas/{name}"},
            "money": {"type": "string", "format": "decimal"},
            "day": {"type": "string", "format": "date"},
            "id": {"type": "string", "format": "uuid"},
        },
    }
    schemas = {name: {"type": "object", "properties": {"a": {"type": "integer"}}}, "Holder": holder}
    package = imported(emit(contract(("get", "/x", {"operationId": "x"}), schemas=schemas)))
    made = package.models.Holder.model_validate(
        {"it": {"a": 1}, "money": "0.10", "day": "2026-11-22"}
    )
    assert (made.it.a, made.money, made.day.year) == (1, Decimal("0.10"), 2026)


def test_models_say_what_may_be_absent_and_what_null(emit, imported):
    properties = {
        "required": {"type": "string"},
        "required_null": {"type": ["string", "null"]},
        "optional": {"type": "string"},
        "optional_null": {"type": ["string", "null"]},
        "with_default": {"type": "integer", "default": 3},
    }
    schema = {"type": "object", "required": ["required", "required_null"], "properties": properties}
    package = imported(emit(contract(("get", "/x", {}), schemas={"M": schema})))
    model = package.models.M
    assert (
        model(required="a", required_null=None).to_json()
        == b'{"required":"a","required_null":null}'
    )
    full = model(required="a", required_null="b", optional=None, optional_null=None, with_default=3)
    assert full.to_json() == (
        b'{"required":"a","required_null":"b","optional_null":null,"with_default":3}'
    )
    assert model(required="a", required_null=None).with_default == 3


def test_unions_are_read_by_their_tag(emit, imported):
    def arm(tag, extra):
        members = {"kind": {"const": tag}, extra: {"type": "string"}}
        return {"type": "object", "required": ["kind"], "properties": members}

    schemas = {
        "A": arm("a", "x"),
        "B": arm("b", "x"),
        "U": {
            "oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}],
            "discriminator": {
                "propertyName": "kind",
                "mapping": {"a": "#/components/schemas/A", "b": "#/components/schemas/B"},
            },
        },
        "H": {
            "type": "object",
            "required": ["u"],
            "properties": {"u": {"$ref": "#/components/schemas/U"}},
        },
    }
    package = imported(emit(contract(("get", "/x", {}), schemas=schemas)))
    made = package.models.H.model_validate({"u": {"kind": "b", "x": "1"}})
    assert type(made.u) is package.models.B


def test_recursive_types(emit, imported):
    schemas = {
        "Tree": {
            "type": "object",
            "properties": {
                "kids": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}}
            },
        },
        "Any": {
            "anyOf": [
                {"type": "string"},
                {"type": "array", "items": {"$ref": "#/components/schemas/Any"}},
            ]
        },
    }
    package = imported(emit(contract(("get", "/x", {}), schemas=schemas)))
    made = package.models.Tree.model_validate({"kids": [{"kids": []}]})
    assert type(made.kids[0]) is package.models.Tree


def test_what_cannot_be_served_is_named_and_the_rest_is_served(emit, imported, started):
    emission = emit(
        contract(
            ("get", "/a/{x}", {"operationId": "first"}),
            ("get", "/a/{y}", {"operationId": "rival"}),
            ("put", "/a/{y}", {"operationId": "other"}),
            ("get", "/q?x=1", {"operationId": "query"}),
            ("get", "/f#x", {"operationId": "fragment"}),
            (
                "get",
                "/p",
                {
                    "operationId": "stray",
                    "parameters": [
                        {"name": "X-größe", "in": "header", "schema": {"type": "string"}}
                    ],
                },
            ),
        )
    )
    messages = {d.rule + ": " + d.message.partition(" ")[0] for d in emission.diagnostics}
    assert messages == {
        "server-operation: rival",
        "server-operation: query",
        "server-operation: fragment",
        "server-parameter: no",
    }
    assert all(d.span is not None and d.help for d in emission.diagnostics)
    assert set(started(imported(emission)).operations) == {"first", "other", "stray"}


def test_a_contract_without_operations(emit, imported, started):
    emission = emit({"paths": {}})
    assert [d.rule for d in emission.diagnostics] == ["server-empty"]
    started(imported(emission))


def test_malformed_schemas_are_named_and_admit_anything(emit, imported, started):
    bad = {
        "type": "object",
        "properties": {"a": {"type": "string", "pattern": "("}, "b": {"type": "frog"}},
    }
    body = {"required": True, "content": {"application/json": {"schema": bad}}}
    emission = emit(contract(("post", "/x", {"operationId": "x", "requestBody": body})))
    assert [d.rule for d in emission.diagnostics] == ["server-schema"]
    assert "cannot be compiled" in emission.diagnostics[0].message
    started(imported(emission))


HASH = """
import hashlib, sys
from pathlib import Path
sys.path.insert(0, {folder!r})
from conftest import emit_file
emission = emit_file(Path({spec!r}))
digest = hashlib.sha256()
for name, text in emission.files.items():
    digest.update(name.encode() + (text if isinstance(text, bytes) else text.encode()))
print(digest.hexdigest())
"""


def test_two_hash_seeds_give_the_same_bytes():
    spec = ROOT / "tests" / "runtime" / "server" / "probe.openapi.yaml"
    code = HASH.format(folder=str(Path(__file__).parent), spec=str(spec))
    found = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "4711")
    }
    assert len(found) == 1
    assert len(found.pop().strip()) == hashlib.sha256().digest_size * 2


def test_the_runtime_is_copied_verbatim(emit):
    files = emit(contract(("get", "/x", {}))).files
    source = ROOT / "sdk-templates" / "server" / "runtime"
    for path in source.glob("*.py"):
        assert files[f"runtime/{path.name}"] == path.read_text(encoding="utf-8")


def test_generated_code_stands_alone(emit):
    for name, text in emit(contract(("get", "/x", {}))).files.items():
        if not name.endswith(".py"):
            continue
        for node in ast.walk(ast.parse(text)):
            module = node.module if isinstance(node, ast.ImportFrom) and not node.level else ""
            assert (module or "").partition(".")[0] not in ("wireproof", "handlers", "generated")


def test_create_app_documents_every_option(emit, imported):
    package = imported(emit(contract(("get", "/x", {}))))
    text = inspect.getdoc(package.create_app)
    for name in inspect.signature(package.create_app).parameters:
        assert f"{name}:" in text


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("plain", "plain"),
        (("a",), "(a,)"),
        ((), "()"),
        (call("f", "1", name="2", gone=None), "f(1, name=2)"),
        ({"k": ("a", "b")}, '{"k": (a, b)}'),
        (call("f", "x" * 60, "y" * 60), f"f(\n    {'x' * 60},\n    {'y' * 60},\n)"),
    ],
)
def test_layout(expression, expected):
    assert layout(expression) == expected
