"""Reports of the gate: places, the fields that machines were promised, every format, policies."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from wireproof.cli.main import main

BASE = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
servers: [{url: https://a.example}]
paths:
  /orders:
    get:
      operationId: listOrders
      parameters:
        - name: limit
          in: query
          schema:
            type: integer
            maximum: 100
      responses:
        "200":
          description: ok
          content:
            application/json:
              schema: {$ref: '#/components/schemas/Page'}
    post:
      operationId: createOrder
      requestBody:
        required: false
        content:
          application/json:
            schema:
              $ref: '#/components/schemas/Order'
      responses: {"200": {description: ok}}
components:
  schemas:
    Page:
      type: array
      items:
        $ref: '#/components/schemas/Order'
    Order:
      type: object
      required:
        - side
      properties:
        side:
          type: string
          enum:
            - buy
            - sell
        note:
          type: string
          maxLength: 80
        legs: {anyOf: [{type: integer}, {type: string}]}
"""


def line(text, needle, number=1):
    """The line and column of the nth occurrence of a text."""
    at = -1
    for _ in range(number):
        at = text.index(needle, at + 1)
    before = text[:at]
    return before.count("\n") + 1, at - before.rfind("\n")


PLACES = {
    "a bound": (("maximum: 100", "maximum: 50"), "range-changed", ("maximum", 1), ("maximum", 1)),
    "a length": (
        ("maxLength: 80", "maxLength: 8"),
        "length-changed",
        ("maxLength", 1),
        ("maxLength", 1),
    ),
    "a required entry": (
        ("        - side\n", "        - side\n        - note\n"),
        "property-became-required",
        ("note:", 1),
        ("note\n", 1),
    ),
    "a value of a list": (
        ("            - sell\n", "            - sell\n            - short\n"),
        "enum-value-added",
        ("enum", 1),
        ("short", 1),
    ),
    "a list that lost a value": (
        ("            - sell\n", ""),
        "enum-value-removed",
        ("sell", 1),
        ("enum", 1),
    ),
    "a keyword that is new": (
        (
            "          type: string\n          maxLength",
            "          type: string\n          minLength: 2\n          maxLength",
        ),
        "length-changed",
        ("note:", 1),
        ("minLength", 1),
    ),
    "a type": (
        ("        note:\n          type: string", "        note:\n          type: integer"),
        "type-changed",
        ("type: string", 2),
        ("type: integer", 2),
    ),
    "an arm": (
        ("{type: integer}, {type: string}]", "{type: integer}]"),
        "union-changed",
        ("{type: string}", 1),
        ("anyOf", 1),
    ),
    "a property": (
        ("        note:\n          type: string\n          maxLength: 80\n", ""),
        "property-removed",
        ("note:", 1),
        ("properties", 1),
    ),
    "a body": (
        ("required: false", "required: true"),
        "request-body-requiredness-changed",
        ("required: false", 1),
        ("required: true", 1),
    ),
    "an operation's name": (
        ("operationId: listOrders", "operationId: allOrders"),
        "operation-id-changed",
        ("operationId", 1),
        ("operationId", 1),
    ),
    "a parameter that is gone": (
        (BASE[BASE.index("      parameters:") : BASE.index("      responses:")], ""),
        "parameter-removed",
        ("name: limit", 1),
        ("get:", 1),
    ),
    "an operation that is gone": (
        ("    post:\n", "    put:\n"),
        "operation-removed",
        ("post:", 1),
        ("/orders:", 1),
    ),
    "a status that is gone": (
        ('        "200":\n', '        "204":\n'),
        "response-status-removed",
        ('"200":', 1),
        ("responses:", 1),
    ),
    "a server": (
        ("[{url: https://a.example}]", "[{url: https://b.example}]"),
        "server-removed",
        ("{url", 1),
        ("servers", 1),
    ),
    "credentials": (
        (
            "      operationId: listOrders\n",
            "      operationId: listOrders\n      security: [{key: []}]\n",
        ),
        "security-changed",
        ("get:", 1),
        ("security", 1),
    ),
}


@pytest.fixture
def gate(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("base.yaml").write_text(BASE)

    def run(head, *arguments):
        Path("head.yaml").write_text(head)
        line = ["breaking", "head.yaml", "--against", "base.yaml", *arguments]
        monkeypatch.setattr(sys, "argv", ["wireproof", *line])
        with pytest.raises(SystemExit) as end:
            main()
        streams = capsys.readouterr()
        assert "Traceback" not in streams.err
        return end.value.code or 0, streams.out, streams.err

    return run


def edited(old, new):
    assert BASE.count(old) == 1
    return BASE.replace(old, new).replace("version: 1.0.0", "version: 2.0.0")


def findings(gate, head, *arguments):
    sdk = ("--tier", "wire", "--tier", "behaviour", "--tier", "sdk")
    answer = json.loads(gate(head, "--format", "json", *sdk, *arguments)[1])
    return answer["findings"]


@pytest.mark.parametrize("name", PLACES)
def test_a_finding_is_at_what_changed(gate, name):
    edit, rule, before, after = PLACES[name]
    head = edited(*edit)
    places = {
        tuple((row[side]["line"], row[side]["column"]) for side in ("base", "head"))
        for row in findings(gate, head)
        if row["rule"] == rule
    }
    assert places == {(line(BASE, *before), line(head, *after))}


def test_fingerprints_do_not_know_places(gate):
    """Lines move, siblings come: a waiver still means the same change."""
    edit = ("maxLength: 80", "maxLength: 8")
    first = [row["fingerprint"] for row in findings(gate, edited(*edit))]
    moved = edited(*edit).replace(
        "        note:\n", "        note:\n          description: |\n            x\n\n"
    )
    second = [
        row["fingerprint"] for row in findings(gate, moved) if row["rule"] == "length-changed"
    ]
    assert first
    assert set(first) == set(second)


def test_the_way_through_references_is_shown(gate):
    text = gate(edited("maxLength: 80", "maxLength: 90"))[1]
    assert "by $ref: Page (19:23) -> Order (34:9)" in text


JSON_FIELDS = [
    *("rule", "severity", "tier", "verdict", "direction", "operations", "pointer", "base", "head"),
    *("message", "fingerprint", "witness"),
]


def test_json_has_the_promised_fields_and_no_others(gate):
    code, out, _ = gate(edited("maxLength: 80", "maxLength: 8"), "--format", "json")
    answer = json.loads(out)
    assert code == 1
    assert list(answer) == ["verdict", "semver", "summary", "findings"]
    assert answer["verdict"] == "breaking"
    assert answer["semver"] == "major"
    for row in answer["findings"]:
        assert list(row) == JSON_FIELDS
        assert list(row["head"]) == ["file", "line", "column"]
    witness = next(row["witness"] for row in answer["findings"] if row["witness"])
    assert list(witness) == ["part", "value", "accepted_by", "rejected_by", "error"]


def test_json_says_why_something_is_unproven(gate):
    rows = findings(gate, edited("https://a.example", "https://b.example"))
    [row] = [row for row in rows if row["verdict"] == "unproven"]
    assert "whether the old address still answers" in row["message"]


def test_every_format_at_once(gate, tmp_path):
    names = ("json", "sarif", "junit", "github", "gitlab", "markdown")
    files = [part for name in names for part in ("--format", f"{name}=out/{name}")]
    code, out, _ = gate(edited("maxLength: 80", "maxLength: 8"), "--format", "text", *files)
    assert code == 1
    assert "length-changed" in out
    for name in names:
        assert "length-changed" in (tmp_path / "out" / name).read_text().replace("\\", ""), name


CONFIG = "spec: head.yaml\ncompat:\n"


@pytest.mark.parametrize(
    ("policy", "edit", "code"),
    [
        ("  fail-on: never", ("maxLength: 80", "maxLength: 8"), 0),
        ("  fail-on: unproven", ("https://a.example", "https://b.example"), 1),
        ("  fail-on: breaking", ("https://a.example", "https://b.example"), 0),
        ("  strict: true", ("https://a.example", "https://b.example"), 1),
        ("  tiers: [sdk]", ("maxLength: 80", "maxLength: 8"), 0),
        ("  tiers: [sdk]", ("operationId: listOrders", "operationId: all"), 1),
        ("  tiers: [wire]", ("operationId: listOrders", "operationId: all"), 0),
        (
            "  open-world: true",
            ("        note:\n", "        new: {type: integer}\n        note:\n"),
            1,
        ),
        (
            "  open-world: false",
            ("        note:\n", "        new: {type: integer}\n        note:\n"),
            0,
        ),
        ("  notice: {stable: 30}", ("    get:\n", "    get:\n      deprecated: true\n"), 1),
        ("  notice: {beta: 30}", ("    get:\n", "    get:\n      deprecated: true\n"), 0),
        (
            "  notice: {stable: 30}",
            ("    get:\n", "    get:\n      deprecated: true\n      x-sunset: 2026-03-01\n"),
            0,
        ),
        (
            "  notice: {stable: 90}",
            ("    get:\n", "    get:\n      deprecated: true\n      x-sunset: 2026-03-01\n"),
            1,
        ),
        (
            "  overrides: [{paths: [/orders], tiers: []}]",
            ("maxLength: 80", "maxLength: 8"),
            0,
        ),
        (
            "  overrides: [{paths: [/other*], tiers: []}]",
            ("maxLength: 80", "maxLength: 8"),
            1,
        ),
        (
            "  tiers: []\n  overrides: [{paths: ['/o*'], tiers: [wire]}]",
            ("maxLength: 80", "maxLength: 8"),
            1,
        ),
    ],
)
def test_the_project_s_policy_counts(gate, policy, edit, code):
    Path("wireproof.yaml").write_text(f"{CONFIG}{policy}\n")
    assert gate(edited(*edit), "--today", "2026-01-01")[0] == code


@pytest.mark.parametrize(
    ("policy", "flag", "edit", "code"),
    [
        ("  fail-on: never", ("--fail-on", "breaking"), ("maxLength: 80", "maxLength: 8"), 1),
        ("  strict: true", ("--no-strict",), ("https://a.example", "https://b.example"), 0),
        ("  tiers: [sdk]", ("--tier", "wire"), ("maxLength: 80", "maxLength: 8"), 1),
        (
            "  overrides: [{paths: [/orders], tiers: []}]",
            ("--tier", "wire"),
            ("maxLength: 80", "maxLength: 8"),
            1,
        ),
        (
            "  open-world: true",
            ("--closed-world",),
            ("        note:\n", "        new: {type: integer}\n        note:\n"),
            0,
        ),
    ],
)
def test_the_command_line_overrules_the_policy(gate, policy, flag, edit, code):
    Path("wireproof.yaml").write_text(f"{CONFIG}{policy}\n")
    assert gate(edited(*edit), *flag)[0] == code


@pytest.mark.parametrize(
    ("policy", "place", "message"),
    [
        ("  fail: never", "3:3", "compat knows no key 'fail'"),
        ("  fail-on: warning", "3:12", "compat.fail-on cannot be 'warning'"),
        ("  tiers: wire", "3:10", "compat.tiers must be a list"),
        ("  strict: 1", "3:11", "compat.strict is 1"),
        ("  notice: {alpha: 3}", "3:12", "compat.notice knows no key 'alpha'"),
        ("  notice: {stable: -3}", "3:20", "compat.notice.stable is -3"),
        ("  waivers: [a]", "3:12", "compat.waivers must name a file"),
        ("  overrides: [{tiers: []}]", "3:15", "needs paths"),
        ("  overrides: [{paths: [/a]}]", "3:15", "needs tiers"),
        ("  overrides: [{paths: [/a], tiers: [wire], x: 1}]", "3:44", "knows no key 'x'"),
    ],
)
def test_a_wrong_policy_is_pointed_at(gate, policy, place, message):
    Path("wireproof.yaml").write_text(f"{CONFIG}{policy}\n")
    code, _, err = gate(BASE)
    assert code == 2
    assert f"wireproof.yaml:{place} error:" in err
    assert message in err


def test_waivers_may_stand_elsewhere(gate):
    head = edited("maxLength: 80", "maxLength: 8")
    prints = [row["fingerprint"] for row in findings(gate, head) if row["witness"]]
    Path("wireproof.yaml").write_text(f"{CONFIG}  waivers: accepted.yaml\n")
    assert gate(head)[0] == 2  # it was named, and is not there
    Path("accepted.yaml").write_text(
        f"- rule: length-changed\n  at: POST /orders\n  fingerprints: {json.dumps(prints)}\n"
        "  reason: nobody writes that much\n  expires: 2026-12-31\n"
    )
    assert gate(head, "--today", "2026-06-01")[0] == 0


@pytest.mark.parametrize("nothing", ["", "\n", "# none\n", "[]\n"])
def test_a_file_without_waivers_waives_nothing(gate, nothing):
    Path("waivers.yaml").write_text(nothing)
    head = edited("maxLength: 80", "maxLength: 8")
    assert gate(head, "--waivers", "waivers.yaml")[::2] == (1, "")


def test_a_revision_that_does_not_exist(gate, monkeypatch):
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    subprocess.run(["git", "init", "-q"], check=True)
    code, _, err = gate(BASE, "--against", "v9:base.yaml")
    assert code == 2
    assert "v9" in err.splitlines()[0]


def test_what_does_not_gate_is_counted(gate):
    head = edited("operationId: listOrders", "operationId: allOrders")
    code, out, _ = gate(head)
    assert code == 0
    assert "(no change at wire and behaviour); not gating: 1 at sdk (--tier sdk)" in out
    summary = json.loads(gate(head, "--format", "json")[1])["summary"]
    assert {name: count for name, count in summary.items() if count} == {"hidden": 1}
    assert gate(head, "--tier", "sdk")[0] == 1


def test_what_blocks_is_told_from_what_is_waived(gate):
    head = edited("maxLength: 80", "maxLength: 8").replace("maximum: 100", "maximum: 50")
    rows = findings(gate, head)
    prints = [row["fingerprint"] for row in rows if row["rule"] == "range-changed"]
    Path("waivers.yaml").write_text(
        f"- rule: range-changed\n  at: GET /orders\n  fingerprints: {json.dumps(prints)}\n"
        "  reason: pages are small\n  expires: 2026-12-31\n"
    )
    day = ("--waivers", "waivers.yaml", "--today", "2026-06-01")
    code, out, _ = gate(head, *day)
    assert code == 1
    last = out.splitlines()[-1]
    assert (
        "(2 breaking, 1 compatible); 1 blocks, 1 waived; the smallest honest step is major" in last
    )
    summary = json.loads(gate(head, *day, "--format", "json")[1])["summary"]
    assert (summary["breaking"], summary["blocking"], summary["waived"]) == (2, 1, 1)
    markdown = gate(head, *day, "--format", "markdown")[1]
    assert "1 blocks, 1 waived" in markdown


def test_what_is_missing_at_one_place_is_told_together(gate):
    paths = "".join(
        f"  /p{n}:\n    get: {{responses: {{'200': {{description: d}}}}}}\n" for n in range(14)
    )
    Path("base.yaml").write_text(BASE.replace("components:\n", f"{paths}components:\n"))
    code, out, _ = gate(BASE)
    assert code == 1
    lines = out.splitlines()
    assert lines[0] == "head.yaml:4:1 error operation-removed  [wire]  14 times"
    assert "  GET /p13 was removed without a sunset date" in lines
    assert sum("in base: base.yaml:" in line for line in lines) == 14
    assert sum(line.startswith("  help: ") for line in lines) == 1
    assert lines[-3] == "    14  operation-removed  error"
    fingerprints = re.findall(r"^    (\w{16})  in ", out, re.MULTILINE)
    rows = json.loads(gate(BASE, "--format", "json")[1])["findings"]
    assert fingerprints == [row["fingerprint"] for row in rows]


@pytest.fixture
def repository(tmp_path, monkeypatch):
    """A repository whose first revision, v1.0, has another bound than its working tree."""
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    Path("spec").mkdir()
    Path("spec/api.yaml").write_text(BASE)
    Path("wireproof.yaml").write_text("spec: spec/api.yaml\n")
    who = ("-c", "user.name=u", "-c", "user.email=u@example.com")
    for line in (["init", "-q"], ["add", "-A"], [*who, "commit", "-qm", "s"], ["tag", "v1.0"]):
        subprocess.run(["git", *line], check=True)
    Path("spec/api.yaml").write_text(edited("maximum: 100", "maximum: 50"))


def call(monkeypatch, capsys, *arguments):
    monkeypatch.setattr(sys, "argv", ["wireproof", *arguments])
    with pytest.raises(SystemExit) as end:
        main()
    streams = capsys.readouterr()
    return end.value.code or 0, streams.out, streams.err


@pytest.mark.usefixtures("repository")
def test_a_revision_alone_means_the_contract_there(monkeypatch, capsys):
    code, out, _ = call(monkeypatch, capsys, "breaking", "--against", "v1.0")
    assert code == 1
    assert "in 1.0.0: v1.0:spec/api.yaml:" in out
    assert call(monkeypatch, capsys, "breaking", "HEAD", "--against", "v1.0")[0] == 0
    monkeypatch.chdir("spec")
    assert call(monkeypatch, capsys, "breaking", "--against", "v1.0")[0] == 1
    assert call(monkeypatch, capsys, "breaking", "api.yaml", "--against", "HEAD")[0] == 1
    code, out, _ = call(monkeypatch, capsys, "diff", "v1.0", "../spec/api.yaml")
    assert (code, "Breaking" in out) == (0, True)


@pytest.mark.usefixtures("repository")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--against", "v9"), "there is no file and no git revision v9"),
        (("--against", "gone.yaml"), "gone.yaml:1:1 error: the file does not exist"),
        (("-", "--against", "-"), "both contracts are standard input"),
        (("-", "--against", "HEAD", "--config", "none.yaml"), "which file of the revision HEAD?"),
    ],
)
def test_what_is_no_contract_is_said(monkeypatch, capsys, arguments, message):
    Path("none.yaml").write_text("out: generated\n")
    code, _, err = call(monkeypatch, capsys, "breaking", *arguments)
    assert code == 2
    assert message in err


def test_a_waiver_of_a_change_that_went_on_says_so(gate):
    head = edited("maxLength: 80", "maxLength: 8")
    Path("waivers.yaml").write_text(
        "- rule: length-changed\n  at: POST /orders\n  fingerprints: ['0000000000000000']\n"
        "  reason: nobody writes that much\n  expires: 2999-12-31\n"
    )
    found = [row["fingerprint"] for row in findings(gate, head) if row["severity"] == "error"]
    code, _, err = gate(head, "--waivers", "waivers.yaml")
    assert code == 1
    assert f"the change there is another one now: look at it, then write {found[0]}" in err
