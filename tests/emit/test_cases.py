"""Round-trip cases: what a call must send, which values it is given, what may change."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from wireproof.emit.cases.build import Cases
from wireproof.emit.cases.model import BodyKind, Case, Kind, Skipped, Verdict
from wireproof.emit.cases.variations import answers, arguments
from wireproof.ir.build import build
from wireproof.ir.samples.patterns import matching
from wireproof.ir.signature import signature
from wireproof.source.workspace import load


def case(folder: Path, operation: dict[str, Any], path: str = "/things") -> Case | Skipped:
    operation = {"operationId": "act", "responses": {"204": {"description": "d"}}, **operation}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {path: {"post": operation}},
    }
    (folder / "api.json").write_text(json.dumps(document))
    contract = build(load(str(folder / "api.json")).contract)
    return Cases(contract).of(signature(contract, contract.operations[0]))


LIST = {"type": "array", "items": {"type": "integer"}}
OBJECT = {
    "type": "object",
    "required": ["a", "b"],
    "properties": {"a": {"type": "integer"}, "b": {"type": "string"}},
}


@pytest.mark.parametrize(
    ("parameter", "example", "query"),
    [
        # OpenAPI 3.1 section 4.8.12.4, Style Examples; decoded.
        ({"schema": LIST}, [1, 2], [("p", "1"), ("p", "2")]),
        ({"schema": LIST, "explode": False}, [1, 2], [("p", "1,2")]),
        (
            {"schema": LIST, "style": "spaceDelimited", "explode": False},
            [1, 2],
            [("p", "1 2")],
        ),
        ({"schema": LIST, "style": "pipeDelimited", "explode": False}, [1, 2], [("p", "1|2")]),
        ({"schema": OBJECT}, {"a": 1, "b": "x"}, [("a", "1"), ("b", "x")]),
        ({"schema": OBJECT, "explode": False}, {"a": 1, "b": "x"}, [("p", "a,1,b,x")]),
        (
            {"schema": OBJECT, "style": "deepObject"},
            {"a": 1, "b": "x"},
            [("p[a]", "1"), ("p[b]", "x")],
        ),
        ({"content": {"application/json": {"schema": LIST}}}, [1, 2], [("p", "[1,2]")]),
    ],
)
def test_query_parameters_travel_in_their_style(
    tmp_path: Path, parameter: dict[str, Any], example: object, query: list[tuple[str, str]]
) -> None:
    given = {"name": "p", "in": "query", "required": True, "example": example, **parameter}
    found = case(tmp_path, {"parameters": [given]})
    assert isinstance(found, Case)
    assert list(found.sent.query) == query


@pytest.mark.parametrize(
    ("style", "explode", "path"),
    [
        ("simple", False, "/t/a,1,b,x%2Fy"),
        ("simple", True, "/t/a=1,b=x%2Fy"),
        ("label", False, "/t/.a,1,b,x%2Fy"),
        ("label", True, "/t/.a=1.b=x%2Fy"),
        ("matrix", False, "/t/;p=a,1,b,x%2Fy"),
        ("matrix", True, "/t/;a=1;b=x%2Fy"),
    ],
)
def test_path_parameters_travel_in_their_style(
    tmp_path: Path,
    style: str,
    explode: bool,  # noqa: FBT001 - as the contract has it
    path: str,
) -> None:
    parameter = {"name": "p", "in": "path", "required": True, "schema": OBJECT}
    parameter |= {"style": style, "explode": explode, "example": {"a": 1, "b": "x/y"}}
    found = case(tmp_path, {"parameters": [parameter]}, "/t/{p}")
    assert isinstance(found, Case)
    assert found.sent.path == path


def body(media: str, schema: dict[str, Any], **more: object) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {media: {"schema": schema, **more}}}}


def test_forms_hold_objects_as_json_and_lists_as_repeated_fields(tmp_path: Path) -> None:
    schema = {"type": "object", "required": ["o", "l"], "properties": {"o": OBJECT, "l": LIST}}
    example = {"o": {"a": 1, "b": "x"}, "l": [1, 2]}
    found = case(tmp_path, body("application/x-www-form-urlencoded", schema, example=example))
    assert isinstance(found, Case)
    assert found.sent.kind is BodyKind.FORM
    assert found.sent.body == (("o", '{"a":1,"b":"x"}'), ("l", "1"), ("l", "2"))


def test_an_example_that_the_contract_refuses_is_not_used(tmp_path: Path) -> None:
    schema = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer"}}}
    found = case(tmp_path, body("application/json", schema, example={"n": "seven"}))
    assert isinstance(found, Case)
    assert found.sent.body == {"n": 1}


@pytest.mark.parametrize(
    ("schema", "reason"),
    [
        ({"type": "string", "format": "uuid", "minLength": 64}, "no value was found for the body"),
        ({"type": "integer", "enum": ["1"]}, "no value was found for the body"),
    ],
)
def test_what_no_value_satisfies_is_skipped_by_name(
    tmp_path: Path, schema: dict[str, Any], reason: str
) -> None:
    found = case(tmp_path, body("application/json", schema))
    assert isinstance(found, Skipped)
    assert found.reason.startswith(reason)


def test_a_required_member_of_an_optional_body_is_not_left_out(tmp_path: Path) -> None:
    impossible = {"type": "integer", "enum": ["1"]}
    schema = {"type": "object", "required": ["a"], "properties": {"a": impossible}}
    found = case(tmp_path, {"requestBody": {"content": {"application/json": {"schema": schema}}}})
    assert isinstance(found, Skipped)
    assert "no value was found for the body" in found.reason


def test_northgate_shows_what_clients_must_survive() -> None:
    root = Path(__file__).parents[2]
    contract = build(load(str(root / "spec" / "northgate.openapi.yaml")).contract)
    cases = Cases(contract)
    found = [cases.of(signature(contract, operation)) for operation in contract.operations]
    whole = [one for one in found if isinstance(one, Case)]
    assert len(whole) == 24
    changed = {(one.kind, one.verdict) for one in answers(contract, whole)}
    assert changed >= {
        (Kind.UNKNOWN_VALUE, Verdict.KEPT),
        (Kind.UNKNOWN_TAG, Verdict.UNKNOWN),
        (Kind.UNKNOWN_MEMBER, Verdict.KEPT),
        (Kind.DECIMAL, Verdict.KEPT),
        (Kind.DECIMAL, Verdict.REFUSED),
    }
    exact = [one for one in arguments(contract, whole) if one.kind is Kind.DECIMAL]
    assert [one.sent.body["quantity"] for one in exact][1] == "-0.00000010"


@pytest.mark.parametrize(
    ("pattern", "shortest", "text"),
    [
        ("^[a-z]{2}-[A-Z]+$", 0, "aa-A"),
        (r"^\d{4}(-\d{2}){2}$", 0, "0000-00-00"),
        ("^(?:x|y)+$", 3, "xxx"),
        (r"^a\.b$", 0, "a.b"),
        ("^[^a]$", 0, "A"),
        ("(?=a)b", 0, None),
    ],
)
def test_texts_of_patterns(pattern: str, shortest: int, text: str | None) -> None:
    assert matching(pattern, shortest) == text
