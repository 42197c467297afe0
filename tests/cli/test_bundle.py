"""`wireproof bundle`: what it prints, writes, and returns."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

API = "openapi: 3.1.0\ninfo: {title: T, version: '1'}\npaths: {/a: {$ref: p.yaml}}\n"
PATH = "get: {responses: {'200': {description: ok}}}\n"


@pytest.fixture
def run(tmp_path):
    (tmp_path / "api.yaml").write_text(API)
    (tmp_path / "p.yaml").write_text(PATH)

    def runner(*arguments, **options):
        command = [sys.executable, "-c", "from wireproof.cli.main import main; main()", "bundle"]
        return subprocess.run(
            [*command, *arguments],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )

    return runner


def test_prints_yaml(run):
    done = run("api.yaml")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(
        "paths:\n  /a:\n    get:\n      responses:\n        '200':\n          description: ok\n"
    )


def test_writes_json_by_the_ending(run, tmp_path):
    done = run("api.yaml", "-o", "out/api.json")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    written = json.loads((tmp_path / "out" / "api.json").read_text())
    assert written["paths"]["/a"]["get"]["responses"]["200"] == {"description": "ok"}


def test_reads_standard_input(run):
    done = run("-", "--format", "json", input=API)
    assert json.loads(done.stdout)["paths"]["/a"]["get"]


def test_a_broken_reference_is_status_1_and_the_rest_is_written(run, tmp_path):
    (tmp_path / "p.yaml").unlink()
    done = run("api.yaml")
    assert done.returncode == 1
    assert "$ref: p.yaml" in done.stdout
    assert "unresolved-ref" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unreadable_contract_is_status_2(run, tmp_path):
    (tmp_path / "api.yaml").write_text("openapi: [\n")
    done = run("api.yaml")
    assert (done.returncode, done.stdout) == (2, "")
    assert "api.yaml:1:10" in done.stderr


def test_an_unwritable_target_is_status_2(run, tmp_path):
    done = run("api.yaml", "-o", str(tmp_path))
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
