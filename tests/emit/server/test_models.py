"""Models: one piece a type, whatever it is generated with; kept from run to run; put in order."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from pydantic import ValidationError
from wireproof.emit.memory import Memory, file_for, load
from wireproof.emit.names import allocate
from wireproof.emit.server import model_source
from wireproof.emit.server.identifiers import name_all
from wireproof.emit.server.model_document import Component, components
from wireproof.emit.server.model_module import module
from wireproof.emit.server.model_order import circles, sequence
from wireproof.emit.server.model_source import pieces
from wireproof.emit.server.servable import servable
from wireproof.emit.templates import Templates
from wireproof.ir.build import build
from wireproof.ir.naming import contexts
from wireproof.source.workspace import load as load_contract

ROOT = Path(__file__).resolve().parents[3]
SHARED = Path(os.environ.get("WIREPROOF_SHARED", ROOT.parent / "shared"))
SPECS = ("redocly-cafe", "dnd5eapi-co", "whatsapp-local", "impala-travel-hotels")


def components_of(path: Path) -> dict[str, Component]:
    contract = build(load_contract(path).contract)
    operations, _ = servable(contract)
    return components(contract, name_all(contract, allocate(contexts(contract), {}), operations))


@pytest.fixture
def asked(monkeypatch):
    """Every component that the generator is run on, stand-ins aside."""
    names: list[str] = []
    run = model_source.generate_source

    def spy(schemas, extra, templates):
        names.extend(extra)
        return run(schemas, extra, templates)

    monkeypatch.setattr(model_source, "generate_source", spy)
    return names


@pytest.mark.parametrize("spec", [ROOT / "spec" / "northgate.openapi.yaml", *SPECS])
def test_a_piece_does_not_depend_on_what_it_is_generated_with(spec, monkeypatch):
    path = spec if isinstance(spec, Path) else SHARED / "corpus" / "specs" / f"{spec}.json"
    if not path.is_file():
        pytest.skip(f"THE CORPUS IS NOT THERE: {path}")
    found = components_of(path)
    texts = []
    for batch in (10_000, 7, 3):
        monkeypatch.setattr(model_source, "_BATCH", batch)
        texts.append(module(found, pieces(found, Templates(), Memory())))
    assert texts[1:] == texts[:1] * 2


MODEL = {
    "type": "object",
    "properties": {"a": {"type": "string"}, "b": {"$ref": "#/components/schemas/B"}},
    "required": ["b"],
}
ENUM = {"type": "string", "enum": ["x", "y"]}


def two(said="", **changes) -> dict[str, Component]:
    one = {"A": Component(MODEL, said, ("a",), {"a": f'"""{said}"""'} if said else {})}
    return {**one, "B": Component(ENUM, ""), "C": Component({"type": "integer"}, ""), **changes}


def test_only_what_changed_is_generated(asked):
    memory = Memory()
    pieces(two(), Templates(), memory)
    assert asked == ["A", "B", "C"]
    pieces(two(), Templates(), memory)
    assert asked == ["A", "B", "C"]
    pieces(two(C=Component({"type": "number"}, "")), Templates(), memory)
    assert asked == ["A", "B", "C", "C"]


def test_what_refers_to_a_changed_enum_is_generated_again(asked):
    memory = Memory()
    pieces(two(), Templates(), memory)
    pieces(two(B=Component({"type": "string", "enum": ["z"]}, "")), Templates(), memory)
    assert asked == ["A", "B", "C", "A", "B"]


def test_a_description_is_put_in_afterwards(asked):
    memory = Memory()
    first = two(said='"""One."""')
    assert '    """One."""\n' in module(first, pieces(first, Templates(), memory))
    asked.clear()
    then = two(said='"""Two,\n    in lines."""')
    text = module(then, pieces(then, Templates(), memory))
    assert asked == []
    assert '    """Two,\n    in lines."""\n' in text
    assert "One" not in text


def test_the_order_of_members_counts():
    memory = Memory()
    turned = {**MODEL, "properties": dict(reversed(MODEL["properties"].items()))}
    pieces(two(), Templates(), memory)
    text = module(
        two(A=Component(turned, "")), pieces(two(A=Component(turned, "")), Templates(), memory)
    )
    assert text.index("b: B") < text.index("a: ")


def test_a_memory_is_kept_in_a_file(tmp_path, asked):
    path = tmp_path / "below" / "memory.json"
    memory = load(path)
    before = pieces(two(), Templates(), memory)
    memory.save(path)
    asked.clear()
    assert pieces(two(), Templates(), load(path)) == before
    assert asked == []


@pytest.mark.parametrize("at", [0, 3, 70, -2])
def test_a_damaged_memory_is_an_empty_one(tmp_path, asked, at):
    path = tmp_path / "memory.json"
    memory = load(path)
    before = pieces(two(), Templates(), memory)
    memory.save(path)
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)
    asked.clear()
    assert pieces(two(), Templates(), load(path)) == before
    assert asked == ["A", "B", "C"]


@pytest.mark.parametrize("data", [b"", b"{}", b"\xff" * 100])
def test_something_else_is_an_empty_memory(tmp_path, data):
    path = tmp_path / "memory.json"
    path.write_bytes(data)
    assert load(path).get("x") is None
    assert load(tmp_path).get("x") is None


def test_what_is_not_asked_for_any_more_is_not_kept(tmp_path):
    path = tmp_path / "memory.json"
    memory = load(path)
    memory.put("old", 1)
    memory.save(path)
    memory = load(path)
    memory.put("new", 2)
    memory.save(path)
    assert (load(path).get("old"), load(path).get("new")) == (None, 2)


def test_another_template_asks_anew(tmp_path, asked):
    memory = Memory()
    pieces(two(), Templates(), memory)
    own = tmp_path / "templates"
    (own / "server" / "models" / "pydantic_v2").mkdir(parents=True)
    (own / "templates.yaml").write_text("contract: 1\n")
    for name in ("TypeAliasType.jinja2", "pydantic_v2/BaseModel.jinja2"):
        text = (ROOT / "sdk-templates" / "server" / "models" / name).read_text()
        (own / "server" / "models" / name).write_text(text.replace("    pass", "    ..."))
    asked.clear()
    pieces(two(), Templates(own), memory)
    assert asked == ["A", "B", "C"]


def test_where_a_memory_is_kept(tmp_path, monkeypatch):
    monkeypatch.setenv("WIREPROOF_CACHE", str(tmp_path))
    assert file_for(tmp_path / "out").parent == tmp_path
    assert file_for(tmp_path / "out") != file_for(tmp_path / "other")
    monkeypatch.setenv("WIREPROOF_CACHE", "")
    assert file_for(tmp_path) is None
    monkeypatch.delenv("WIREPROOF_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert file_for(tmp_path).parent == tmp_path / "xdg" / "wireproof"


@pytest.mark.parametrize(
    ("edges", "order"),
    [
        ({"a": ["b"], "b": []}, ["b", "a"]),
        ({"a": ["c"], "b": [], "c": ["b"]}, ["b", "c", "a"]),
        ({"a": ["b"], "b": ["a"]}, ["b", "a"]),
        ({"a": ["a"], "b": []}, ["a", "b"]),
        ({}, []),
    ],
)
def test_names_stand_behind_what_they_refer_to(edges, order):
    assert sequence(edges) == order


def test_a_long_chain_is_no_problem():
    edges = {str(n): [str(n + 1)] for n in range(5000)} | {"5000": []}
    assert sequence(edges)[0] == "5000"


def test_circles_are_told_apart():
    edges = {"a": ["b"], "b": ["a", "c"], "c": ["d"], "d": ["c"], "e": ["e", "a"]}
    assert sorted(map(sorted, circles(edges))) == [["a", "b"], ["c", "d"]]


def test_aliases_and_models_may_go_round_in_circles(emit, imported):
    schemas = {
        "Value": {"anyOf": [{"type": "string"}, {"$ref": "#/components/schemas/Values"}]},
        "Values": {"type": "array", "items": {"$ref": "#/components/schemas/Value"}},
        "Deep": {
            "anyOf": [
                {"const": "Deep"},
                {"type": "array", "items": {"$ref": "#/components/schemas/Deep"}},
                {"$ref": "#/components/schemas/Deeper"},
            ]
        },
        "Deeper": {
            "type": "object",
            "properties": {"deep": {"$ref": "#/components/schemas/Deep"}},
            "required": ["deep"],
        },
        "Left": {
            "type": "object",
            "properties": {
                "right": {"$ref": "#/components/schemas/Right"},
                "value": {"$ref": "#/components/schemas/Value"},
                "deep": {"$ref": "#/components/schemas/Deep"},
            },
        },
        "Right": {
            "type": "object",
            "properties": {"left": {"$ref": "#/components/schemas/Left"}},
            "required": ["left"],
        },
    }
    body = {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Left"}}}}
    paths = {
        "/a": {
            "post": {
                "operationId": "a",
                "requestBody": body,
                "responses": {"204": {"description": "-"}},
            }
        }
    }
    models = imported(emit({"paths": paths, "components": {"schemas": schemas}})).models
    made = models.Left.model_validate({"right": {"left": {"value": ["x", ["y"]]}}})
    assert type(made.right) is models.Right
    assert made.right.left.value == ["x", ["y"]]
    made = models.Left.model_validate({"deep": ["Deep", [{"deep": "Deep"}]]})
    assert type(made.deep[1][0]) is models.Deeper
    with pytest.raises(ValidationError):
        models.Left.model_validate({"deep": ["else"]})
