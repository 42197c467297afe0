"""`wireproof waive`: what it adds is what the gate takes."""

import json
import sys
from pathlib import Path

import pytest
import yaml
from wireproof.cli.main import main

CONTRACT = """\
openapi: 3.1.0
info: {title: Orders, version: 1.0.0}
paths:
  /orders/{id}:
    get:
      operationId: getOrder
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
        - {name: limit, in: query, schema: {type: integer, maximum: LIMIT}}
        - {name: sort, in: query, schema: {type: string, maxLength: LIMIT}}
      responses: {"200": {description: ok}}
"""


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    Path("wireproof.yaml").write_text("spec: api.yaml\n")
    Path("base.yaml").write_text(CONTRACT.replace("LIMIT", "9"))
    Path("api.yaml").write_text(CONTRACT.replace("LIMIT", "5"))

    def call(*arguments):
        monkeypatch.setattr(sys, "argv", ["wireproof", *arguments, "--against", "base.yaml"])
        with pytest.raises(SystemExit) as end:
            main()
        streams = capsys.readouterr()
        assert "Traceback" not in streams.err
        return end.value.code or 0, streams.out, streams.err

    return call


def fingerprints(run):
    _, report, _ = run("breaking", "--format", "json")
    return [one["fingerprint"] for one in json.loads(report)["findings"]]


def test_breaks_are_waived_one_after_the_other(run):
    first, second = fingerprints(run)
    assert run("waive", first, "--reason", "it's: #1\nof 2")[0] == 0
    assert run("breaking")[0] == 1
    assert run("waive", second, "--reason", "two", "--expires", "2999-01-31")[0] == 0
    assert run("breaking")[0] == 0
    entries = yaml.safe_load(Path("waivers.yaml").read_text())
    assert [one["reason"] for one in entries] == ["it's: #1 of 2", "two"]
    assert entries[0]["at"] == "GET /orders/{id}"
    assert str(entries[1]["expires"]) == "2999-01-31"


def test_what_is_no_finding_is_not_waived_and_nothing_is_written(run):
    first, _ = fingerprints(run)
    near = first[:-1] + ("0" if first[-1] != "0" else "1")
    code, _, said = run("waive", near, "--reason", "x")
    assert code == 2
    assert f"did you mean {first}?" in said
    assert not Path("waivers.yaml").exists()


@pytest.mark.parametrize("text", ["{}\n", "[{rule: x}]\n", "- rule: [\n"])
def test_a_file_that_cannot_take_an_entry_is_left_alone(run, text):
    first, _ = fingerprints(run)
    Path("waivers.yaml").write_text(text)
    code, _, said = run("waive", first, "--reason", "x")
    assert code == 2
    assert "waivers.yaml" in said
    assert Path("waivers.yaml").read_text() == text


def test_an_empty_list_takes_one(run):
    first, _ = fingerprints(run)
    Path("waivers.yaml").write_text("[]\n")
    assert run("waive", first, "--reason", "x")[0] == 0
    assert len(yaml.safe_load(Path("waivers.yaml").read_text())) == 1
