"""What machines read, held against schemas: SARIF, GitLab code quality, JUnit.

The schemas state what the standards ask of the objects that Wireproof writes, closed where the
standards close them, so that a misspelt or misplaced property fails.
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from wireproof.diagnostics import Diagnostic, Related, Severity, Span
from wireproof.report.findings import FindingRow, GateReport, WitnessRow
from wireproof.report.findings_listing import listing
from wireproof.report.findings_words import said
from wireproof.report.formats import render
from wireproof.report.listing import Entry, Listing, Page


def closed(properties, *required):
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
    }


TEXT = {"type": "string", "minLength": 1}
LEVEL = {"enum": ["none", "note", "warning", "error"]}
MESSAGE = closed({"text": TEXT, "markdown": TEXT}, "text")  # 3.11, 3.12
POSITIVE = {"type": "integer", "minimum": 1}
PHYSICAL = closed(  # 3.29
    {
        "artifactLocation": closed({"uri": {"type": "string", "format": "uri-reference"}}, "uri"),
        "region": {
            **closed(  # 3.30: a text region starts at a line
                {
                    "startLine": POSITIVE,
                    "startColumn": POSITIVE,
                    "endLine": POSITIVE,
                    "endColumn": POSITIVE,
                },
                "startLine",
            ),
        },
    },
    "artifactLocation",
)
LOCATION = closed(  # 3.28
    {
        "id": {"type": "integer", "minimum": 0},
        "physicalLocation": PHYSICAL,
        "logicalLocations": {
            "type": "array",
            "uniqueItems": True,
            "items": closed({"fullyQualifiedName": TEXT}),
        },
        "message": MESSAGE,
    }
)
RULE = closed(  # 3.49
    {
        "id": TEXT,
        "shortDescription": MESSAGE,
        "fullDescription": MESSAGE,
        "help": MESSAGE,
        "defaultConfiguration": closed({"level": LEVEL}),
    },
    "id",
)
RESULT = closed(  # 3.27
    {
        "ruleId": TEXT,
        "ruleIndex": {"type": "integer", "minimum": 0},
        "level": LEVEL,
        "message": MESSAGE,
        "locations": {"type": "array", "items": LOCATION},
        "relatedLocations": {"type": "array", "uniqueItems": True, "items": LOCATION},
        "partialFingerprints": {"type": "object", "additionalProperties": TEXT},
    },
    "message",
)
SARIF = closed(  # 3.13
    {
        "$schema": {"type": "string", "format": "uri"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": closed(  # 3.14
                {
                    "tool": closed(  # 3.18
                        {
                            "driver": closed(  # 3.19
                                {
                                    "name": TEXT,
                                    "semanticVersion": {"pattern": r"^\d+\.\d+\.\d+"},
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": RULE,
                                    },
                                },
                                "name",
                            )
                        },
                        "driver",
                    ),
                    "columnKind": {"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
                    "results": {"type": "array", "items": RESULT},
                },
                "tool",
            ),
        },
    },
    "version",
    "runs",
)

GITLAB = {  # "Implement a custom tool": the fields that GitLab reads, all of them required
    "type": "array",
    "items": closed(
        {
            "description": TEXT,
            "check_name": TEXT,
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": closed(
                {
                    "path": {"type": "string", "pattern": r"^(?!\./)"},
                    "lines": closed({"begin": POSITIVE}, "begin"),
                },
                "path",
                "lines",
            ),
        },
        "description",
        "check_name",
        "fingerprint",
        "severity",
        "location",
    ),
}

JUNIT = {  # element -> attributes that must be there, those that may, and children
    "testsuites": ({"name", "tests", "failures"}, set(), {"testsuite"}),
    "testsuite": ({"name", "tests", "failures", "errors", "skipped"}, set(), {"testcase"}),
    "testcase": ({"name", "classname"}, {"file"}, {"failure", "system-out"}),
    "failure": ({"message", "type"}, set(), set()),
    "system-out": (set(), set(), set()),
}

HEAD, BASE = Span("spec/a b.yaml", 4, 3, 4, 9), Span("rel/1.0.0.yaml", 9, 1, 12, 4)
WITNESS = WitnessRow("body", {"a": "x" * 900}, "base", "head", "too long")


def row(**more):
    return FindingRow(
        **{
            "rule": "length-changed",
            "severity": Severity.ERROR,
            "tier": "wire",
            "verdict": "breaking",
            "direction": "request",
            "operations": ("POST /a",),
            "pointer": "#/components/schemas/A",
            "base": BASE,
            "head": HEAD,
            "message": "A: the length is 3 now",
            "fingerprint": "0123456789abcdef",
            "witness": WITNESS,
            "trail": (Related("A", BASE), Related("B/~", HEAD)),
            **more,
        }
    )


ROWS = (
    row(),
    row(head=None, verdict="unproven", severity=Severity.WARNING, reason="too large"),
    row(base=None, head=None, operations=(), trail=(), witness=None, direction=None),
    row(severity=Severity.INFO, verdict="compatible", witness=None),
    row(),
)
GATE = listing(
    GateReport(verdict="breaking", semver="major", base="1.0.0", head="2.0.0", findings=ROWS),
    ROWS,
    {"length-changed": Page("Lengths.", "Lengths.\n\nWhat\n    It.", Severity.ERROR)},
    version="1.2.3",
    name="breaking",
)
LINT = Listing(
    (
        Entry(
            Diagnostic("a", Severity.ERROR, "m", HEAD, "/x", "h", (Related("r", BASE),)), "1" * 16
        ),
        Entry(Diagnostic("b", Severity.INFO, "m"), "2" * 16),
    ),
    {},
    "1.2.3",
)
LISTINGS = {"gate": GATE, "lint": LINT, "nothing": Listing((), {}, "1.2.3", "diff")}


@pytest.fixture(params=LISTINGS)
def any_listing(request):
    return LISTINGS[request.param]


def test_sarif_follows_its_schema(any_listing):
    log = json.loads(render("sarif", any_listing))
    checker = jsonschema.Draft202012Validator.FORMAT_CHECKER
    jsonschema.validate(log, SARIF, format_checker=checker)
    assert len(log["runs"][0]["results"]) == len(any_listing.entries)


OFFICIAL = os.environ.get("SARIF_SCHEMA", "")


@pytest.mark.skipif(not OFFICIAL, reason="NO SARIF_SCHEMA: name a file with OASIS's own schema")
def test_the_official_schema_of_sarif_admits_it(any_listing):
    """sarif-schema-2.1.0.json, which no Python or npm package ships."""
    schema = json.loads(Path(OFFICIAL).read_text(encoding="utf-8"))
    checker = jsonschema.Draft4Validator.FORMAT_CHECKER
    log = json.loads(render("sarif", any_listing))
    jsonschema.Draft4Validator(schema, format_checker=checker).validate(log)


def test_gitlab_reads_every_row(any_listing):
    rows = json.loads(render("gitlab", any_listing))
    jsonschema.validate(rows, GITLAB)
    assert len({one["fingerprint"] for one in rows}) == len(rows) == len(any_listing.entries)


def test_junit_has_the_elements_that_services_read(any_listing):
    root = ET.fromstring(render("junit", any_listing))  # noqa: S314 - our own output
    assert root.tag == "testsuites"
    for element in root.iter():
        needed, allowed, children = JUNIT[element.tag]
        assert needed <= set(element.keys()) <= needed | allowed
        assert {child.tag for child in element} <= children
    assert all(case.get("name") for case in root.iter("testcase"))


def test_the_schemas_refuse_what_the_standards_do():
    log = json.loads(render("sarif", GATE))
    result = log["runs"][0]["results"][0]
    for spoilt in (
        {**result, "severity": "error"},
        {**result, "level": "fatal"},
        {key: value for key, value in result.items() if key != "message"},
    ):
        bad = {**log, "runs": [{**log["runs"][0], "results": [spoilt]}]}
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(bad, SARIF)


def test_a_whole_message_is_shown_only_where_it_shows_this_break():
    report = GateReport(verdict="breaking", semver="major", base="1.0.0", head="2.0.0", findings=())
    part = WitnessRow("A.b", "bbb", "base", "head", "too long")
    whole = WitnessRow("body", {"b": "bbb"}, "base", "head", "too long", "POST /a")
    assert said(row(witness=part, whole=whole), report).value == 'POST /a  {"b": "bbb"}'
    other = replace(whole, error='"c" is a required property')
    assert said(row(witness=part, whole=other), report).value == '"bbb"'
    large = replace(whole, value={"b": "bc" * 200})
    assert said(row(witness=part, whole=large), report).value == '"bbb"'
    run = replace(whole, value={"b": "b" * 400})
    shown = said(row(witness=part, whole=run), report).value
    assert shown == 'POST /a  {"b": "bbbbbbbb...bbbbbbbb (400 in a row)"}'


def test_the_gate_tells_machines_who_takes_what_and_where_it_came_from():
    [first, *_] = json.loads(render("sarif", GATE))["runs"][0]["results"]
    assert "that 1.0.0 accepts" in first["message"]["text"]
    assert "and 2.0.0 rejects it: too long" in first["message"]["text"]
    assert len(first["message"]["text"]) < 900  # the value is cut
    said = [one["message"]["text"] for one in first["relatedLocations"]]
    assert said == ["in 1.0.0", "$ref to A", "$ref to B/~"]
    assert first["partialFingerprints"] == {"wireproof/v1": "0123456789abcdef"}
