"""Each format by its own rules: the standard's for SARIF, the runner's for GitHub, and so on."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree as ET

import pytest
from wireproof.diagnostics import Diagnostic, Related, Severity, Span
from wireproof.report.formats import FORMATS, render
from wireproof.report.listing import Entry, Listing, Page

NASTY = "100% of `a|b` <script>\n::error::x, @everyone \x00\x1b[31m \ud800 \"'&]]>"
SPAN = Span("spec/a b,c:1.yaml", 3, 5, 3, 9)
FINDINGS = (
    Diagnostic(
        "money-decimal",
        Severity.ERROR,
        "price is a number",
        SPAN,
        "/components/schemas/Order~1x",
        "use a string",
        (Related("used by GET /a", Span("spec/b.yaml", 7, 1, 9, 2)),),
    ),
    Diagnostic("second", Severity.WARNING, NASTY, Span("/abs/c.yaml", 1, 1, 4, 2), "", NASTY),
    Diagnostic("third", Severity.INFO, "no place"),
)


def listing(*diagnostics):
    pages = {"money-decimal": Page("Money.", "Money.\n\nWhat\n    It is.", Severity.WARNING)}
    entries = tuple(Entry(one, f"{number % 2:016x}") for number, one in enumerate(diagnostics))
    return Listing(entries, pages, "1.2.3")


@pytest.fixture(params=["none", "one", "all"])
def any_listing(request):
    return listing(*{"none": (), "one": FINDINGS[:1], "all": FINDINGS}[request.param])


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_deterministic_and_ends_its_last_line(name, any_listing):
    text = render(name, any_listing)
    assert text == render(name, any_listing)
    assert not text or text.endswith("\n")


def test_an_unknown_format_is_a_key_error():
    with pytest.raises(KeyError):
        render("yaml", listing())


def test_json_has_every_field(any_listing):
    document = json.loads(render("json", any_listing))
    assert document["summary"].keys() == {"error", "warning", "info"}
    assert sum(document["summary"].values()) == len(any_listing.entries)
    for row, entry in zip(document["findings"], any_listing.entries, strict=True):
        assert row["rule"] == entry.diagnostic.rule
        assert row["message"] == entry.diagnostic.message
        assert row["fingerprint"] == entry.fingerprint
        assert (row["place"] is None) == (entry.diagnostic.span is None)


def test_json_of_one_finding():
    [row] = json.loads(render("json", listing(FINDINGS[0])))["findings"]
    assert row == {
        "rule": "money-decimal",
        "severity": "error",
        "message": "price is a number",
        "help": "use a string",
        "place": {"file": SPAN.file, "line": 3, "column": 5, "end_line": 3, "end_column": 9},
        "pointer": "/components/schemas/Order~1x",
        "related": [
            {
                "message": "used by GET /a",
                "place": {
                    "file": "spec/b.yaml",
                    "line": 7,
                    "column": 1,
                    "end_line": 9,
                    "end_column": 2,
                },
            }
        ],
        "fingerprint": "0" * 16,
    }


# SARIF 2.1.0, by the sections of the standard


def test_sarif_log_file(any_listing):
    log = json.loads(render("sarif", any_listing))
    assert log.keys() == {"$schema", "version", "runs"}  # 3.13
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    assert run.keys() == {"tool", "columnKind", "results"}  # 3.14
    assert run["columnKind"] == "unicodeCodePoints"  # 3.14.17
    driver = run["tool"]["driver"]
    assert driver["name"] == "wireproof"  # 3.19.8
    assert re.fullmatch(r"\d+\.\d+\.\d+", driver["semanticVersion"])  # 3.19.12
    ids = [rule["id"] for rule in driver["rules"]]
    assert len(set(ids)) == len(ids)


def test_sarif_results(any_listing):
    run = json.loads(render("sarif", any_listing))["runs"][0]
    rules = run["tool"]["driver"]["rules"]
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]  # 3.27.6
        assert result["level"] in {"none", "note", "warning", "error"}  # 3.27.10
        assert result["message"]["text"]  # 3.11.8
        assert list(result["partialFingerprints"]) == ["wireproof/v1"]  # 3.27.17
        for location in (*result.get("locations", ()), *result.get("relatedLocations", ())):
            place = location["physicalLocation"]
            assert re.fullmatch(r"[A-Za-z0-9/._~%:-]+", place["artifactLocation"]["uri"])  # 3.4.3
            region = place["region"]
            assert all(number >= 1 for number in region.values())  # 3.30.5 to 3.30.8
            assert (region["startLine"], region["startColumn"]) <= (
                region["endLine"],
                region["endColumn"],
            )
        numbers = [one["id"] for one in result.get("relatedLocations", ())]
        assert numbers == list(range(len(numbers)))  # 3.28.2: unique within the result


def test_sarif_rules_have_their_pages():
    [rule] = json.loads(render("sarif", listing(FINDINGS[0])))["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"] == {"text": "Money."}  # 3.49.9
    assert "It is." in rule["help"]["text"]  # 3.49.12
    assert rule["defaultConfiguration"] == {"level": "warning"}  # 3.50.3


def test_sarif_names_files_as_uris():
    log = json.loads(render("sarif", listing(*FINDINGS)))
    uris = [
        location["physicalLocation"]["artifactLocation"]["uri"]
        for result in log["runs"][0]["results"]
        for location in result.get("locations", ())
    ]
    assert uris == ["spec/a%20b%2Cc%3A1.yaml", "file:///abs/c.yaml"]


# JUnit


def test_junit_is_well_formed_and_counts(any_listing):
    root = ET.fromstring(render("junit", any_listing).encode("utf-8", "surrogatepass"))  # noqa: S314 - our own output
    assert root.tag == "testsuites"
    assert int(root.get("tests")) == len(root.findall(".//testcase")) >= 1
    assert int(root.get("failures")) == len(root.findall(".//failure"))
    for suite in root:
        assert int(suite.get("tests")) == len(suite.findall("testcase"))
        assert int(suite.get("failures")) == len(suite.findall(".//failure"))


def test_junit_fails_for_errors_and_warnings_only():
    root = ET.fromstring(render("junit", listing(*FINDINGS)))  # noqa: S314 - our own output
    failed = [
        case.get("classname") for case in root.iter("testcase") if case.find("failure") is not None
    ]
    assert failed == ["money-decimal", "second"]
    assert "no place" in root.find(".//testcase[@classname='third']/system-out").text


# GitHub: what the runner undoes must be what was meant


def undo(text, *more):
    for code, character in (*more, ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(code, character)
    return text


def test_github_commands_survive_the_runner(any_listing):
    lines = render("github", any_listing).splitlines()
    assert len(lines) == len(any_listing.entries)
    for line, entry in zip(lines, any_listing.entries, strict=True):
        diagnostic = entry.diagnostic
        command, fields, data = re.fullmatch(r"::(\w+) ([^:]*)::(.*)", line).groups()
        assert command in {"error", "warning", "notice"}
        pairs = dict(field.split("=", 1) for field in fields.split(","))
        told = {name: undo(value, ("%3A", ":"), ("%2C", ",")) for name, value in pairs.items()}
        assert told["title"] == diagnostic.rule
        assert undo(data).startswith(diagnostic.message)
        if diagnostic.span:
            assert told["file"] == diagnostic.span.file
            assert ("col" in told) == (diagnostic.span.line == diagnostic.span.end_line)


# GitLab


def test_gitlab_rows_have_what_it_wants_and_unique_fingerprints():
    rows = json.loads(render("gitlab", listing(*FINDINGS)))
    assert [row["severity"] for row in rows] == ["major", "minor", "info"]
    assert len({row["fingerprint"] for row in rows}) == 3
    for row in rows:
        assert row.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["location"]["lines"]["begin"] >= 1


# Markdown


def test_markdown_is_a_table_that_no_text_breaks():
    text = render("markdown", listing(*FINDINGS))
    rows = text.splitlines()[2:]
    assert rows[0] == "| Severity | Place | Rule | Message |"
    assert len(rows) == 2 + len(FINDINGS)
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)
    assert not re.search(r"(?<!\\)[<`@]", "".join(rows))


def test_markdown_puts_the_worst_first_and_stops_at_a_hundred():
    many = listing(*[FINDINGS[2]] * 150, FINDINGS[0])
    text = render("markdown", many)
    assert text.splitlines()[4].startswith("| **error** |")
    assert "... and 51 more." in text
    assert render("markdown", listing()) == "**wireproof lint**: no findings\n"


def test_text_shows_controls_instead_of_obeying_them():
    text = render("text", listing(FINDINGS[1]))
    assert "\x1b" not in text
    assert "\\x1b[31m" in text
