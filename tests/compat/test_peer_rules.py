"""What the best known checker reports is reported here, or there is an argument why not."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.diagnostics import Severity
from wireproof.ir.build import build
from wireproof.source.parse import parse

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("WIREPROOF_SHARED", HERE.parents[2] / "shared"))
LISTED = SHARED / "design" / "oasdiff-rules.tsv"
TABLE = parse("peer_rules.yaml", (HERE / "peer_rules.yaml").read_bytes()).document.root.value
OPERATIONS = TABLE["operations"]
SCHEMAS = {name: row for row in TABLE["schemas"] for name in row["ids"]}
SILENT = TABLE["silent"]
OK = {"200": {"description": "ok"}}


def document(paths=None, webhooks=None):
    found = {"openapi": "3.1.0", "info": {"title": "t", "version": "1.0.0"}, "paths": paths or {}}
    return {**found, "webhooks": webhooks} if webhooks else found


def document_of(operation, path="/act"):
    return document({} if operation is None else {path: {"post": {"responses": OK, **operation}}})


def placed(name, schema, row):
    """The operation that holds a schema where the id says."""
    schema = dict(schema)
    if row.get("declares"):
        schema["properties"] = {key: {} for key in row["declares"]}
    if "header" in name:
        if name.startswith(("request", "new")):
            parameter = {"name": "X-A", "in": "header", "schema": schema}
            return {"parameters": [parameter]}
        headers = {"X-A": {"schema": schema}}
        return {"responses": {"200": {"description": "ok", "headers": headers}}}
    if "parameter-property" in name:
        schema = {"type": "object", "properties": {"p": schema}}
        return {"parameters": [{"name": "a", "in": "query", "schema": schema}]}
    if "parameter" in name:
        return {"parameters": [{"name": "a", "in": "query", "schema": schema}]}
    if "property" in name and "properties" not in schema and "required" not in schema:
        schema = {"type": "object", "properties": {"p": schema}}
    content = {"application/json": {"schema": schema}}
    if name.startswith("response"):
        return {"responses": {"200": {"description": "ok", "content": content}}}
    return {"requestBody": {"required": True, "content": content}}


def pair(name):
    """The two documents of an id."""
    if name in SCHEMAS:
        row = SCHEMAS[name]
        both = [placed(name, row[side], row) for side in ("loose", "tight")]
        if name.startswith("response") and not row.get("swapped"):
            both.reverse()
        return [document_of(operation) for operation in both]
    row = OPERATIONS[name]
    if "webhook" in row:
        return [
            document(webhooks={} if one is None else {"hook": {"post": {"responses": OK, **one}}})
            for one in row["webhook"]
        ]
    for key in ("request", "response"):
        if key in row:
            objects = [{"type": "object", "properties": properties} for properties in row[key]]
            return [document_of(placed(f"{key}-body", schema, {})) for schema in objects]
    head_path = row.get("head_path", "/act")
    return [document_of(row["base"]), document_of(row["head"], head_path)]


def gates(name):
    base, head = (
        build(parse(f"{side}.json", json.dumps(found, default=str).encode()).document)
        for side, found in zip(("base", "head"), pair(name), strict=True)
    )
    notice = OPERATIONS.get(name, {}).get("sunset", {})
    policy = Policy(today=date(2026, 1, 1), notice=notice)
    return [f.rule for f in judge(base, head, policy) if f.severity is Severity.ERROR]


@pytest.mark.parametrize("name", sorted({*SCHEMAS, *OPERATIONS} - SILENT.keys()))
def test_a_break_by_the_peer_is_one_here(name):
    assert gates(name), pair(name)


@pytest.mark.parametrize("name", sorted({*SCHEMAS, *OPERATIONS} & SILENT.keys()))
def test_what_is_argued_to_be_silent_is_silent(name):
    assert len(SILENT[name]) > 30
    if name != "api-path-sunset-parse":
        assert not gates(name)


@pytest.mark.skipif(not LISTED.is_file(), reason="NO LIST of the peer's rules: WIREPROOF_SHARED")
def test_every_rule_of_the_peer_is_in_the_table():
    rows = [line.split("\t") for line in LISTED.read_text().splitlines()[1:]]
    loud = {row[0] for row in rows if row[1] in {"ERR", "WARN"}}
    assert loud - {*SCHEMAS, *OPERATIONS} - SILENT.keys() == set()
