"""What the terminal shows: standard output, standard error and exit status of every command.

Each case is one file in `snapshots/`. After a change that was meant, write them anew and read the
difference: `WIREPROOF_UPDATE_SNAPSHOTS=1 pytest tests/cli/test_terminal.py`.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from pathlib import Path

import pytest
from wireproof.cli.main import COMMANDS, main

HERE = Path(__file__).parent
UPDATE = os.environ.get("WIREPROOF_UPDATE_SNAPSHOTS") == "1"

CASES = {
    "no-such-command": "lnit",
    "lint": "lint",
    "lint-clean": "lint base.yaml --rule operation-summary",
    "lint-fail-on-warning": "lint --rule money-decimal --fail-on warning",
    "lint-fail-on-never": "lint dangling.yaml --fail-on never --rule unresolved-ref",
    "lint-dangling": "lint dangling.yaml --rule unresolved-ref",
    "lint-broken": "lint broken.yaml",
    "lint-missing": "lint order.yaml",
    "lint-no-such-rule": "lint --rule money",
    "lint-no-such-format": "lint --format srif",
    "lint-two-reports": "lint --format json --format sarif",
    "lint-baseline-missing": "lint --baseline gone.json",
    "lint-baseline-unnamed": "lint --update-baseline",
    "lint-json": "lint --format json --rule money-decimal",
    "lint-sarif": "lint --format sarif --rule money-decimal",
    "lint-junit": "lint --format junit",
    "lint-github": "lint --format github",
    "lint-gitlab": "lint --format gitlab --rule money-decimal",
    "lint-markdown": "lint --format markdown",
    "rules-lint": "rules lint",
    "rules-wrong": "rules linter",
    "explain": "explain money-decimal",
    "explain-gate": "explain enum-value-removed",
    "explain-policy": "explain compat",
    "explain-waivers": "explain waivers",
    "rules-gate": "rules gate",
    "explain-unknown": "explain money-decimals",
    "generate-no-such-target": "generate ruby",
    "generate-broken": "generate python --spec broken.yaml",
    "breaking": "breaking orders.yaml --against base.yaml",
    "breaking-back": "breaking base.yaml --against orders.yaml",
    "breaking-itself": "breaking base.yaml --against base.yaml",
    "breaking-json": "breaking orders.yaml --against base.yaml --format json",
    "breaking-sarif": "breaking --config small/wireproof.yaml --format sarif",
    "breaking-junit": "breaking --config major/wireproof.yaml --format junit",
    "breaking-github": "breaking --config major/wireproof.yaml --format github",
    "breaking-gitlab": "breaking --config major/wireproof.yaml --format gitlab",
    "breaking-markdown": "breaking --config major/wireproof.yaml --format markdown",
    "breaking-two-reports": "breaking --config major/wireproof.yaml --format json --format sarif",
    "breaking-no-such-format": "breaking --config major/wireproof.yaml --format sarf",
    "breaking-through-references": "breaking --config major/wireproof.yaml",
    "breaking-all": "breaking orders.yaml --against base.yaml --all",
    "breaking-sdk": "breaking --config small/wireproof.yaml --tier sdk",
    "breaking-fail-on-never": "breaking --config small/wireproof.yaml --fail-on never",
    "breaking-replay": "breaking --config major/wireproof.yaml --replay",
    "breaking-replay-aside": "breaking --config small/wireproof.yaml --replay --format github",
    "breaking-waived": "breaking --config small/wireproof.yaml --waivers small/accepted.yaml",
    "breaking-waived-all": (
        "breaking --config small/wireproof.yaml --waivers small/accepted.yaml --all"
    ),
    "breaking-waived-json": (
        "breaking --config small/wireproof.yaml --waivers small/accepted.yaml --format json"
    ),
    "breaking-waived-markdown": (
        "breaking --config small/wireproof.yaml --waivers small/accepted.yaml --format markdown"
    ),
    "breaking-waiver-expired": (
        "breaking --config major/wireproof.yaml --waivers major/expired.yaml --today 2026-06-01"
    ),
    "breaking-waiver-unused": (
        "breaking --config major/wireproof.yaml --waivers major/expired.yaml --today 2026-03-01"
    ),
    "breaking-waivers-missing": "breaking --config major/wireproof.yaml --waivers gone.yaml",
    "breaking-policy": "breaking --config policies/lenient.yaml",
    "breaking-policy-by-path": "breaking --config policies/paths.yaml",
    "breaking-policy-key": "breaking --config policies/key.yaml",
    "breaking-policy-tier": "breaking --config policies/tier.yaml",
    "breaking-policy-notice": "breaking --config policies/notice.yaml",
    "breaking-no-release": "breaking",
    "breaking-no-such-base": "breaking orders.yaml --against gone.yaml",
    "breaking-no-such-revision": "breaking orders.yaml --against v9:orders.yaml",
    "breaking-broken": "breaking broken.yaml --against base.yaml",
    "diff": "diff base.yaml orders.yaml",
    "diff-breaking": "diff small/releases/1.0.0.yaml small/api.yaml",
    "diff-itself": "diff base.yaml base.yaml",
    "diff-markdown": "diff small/releases/1.0.0.yaml small/api.yaml --format markdown",
    "diff-json": "diff small/releases/1.0.0.yaml small/api.yaml --format json",
    "diff-sarif": "diff base.yaml orders.yaml --format sarif",
    "diff-junit": "diff base.yaml orders.yaml --format junit",
    "diff-github": "diff base.yaml orders.yaml --format github",
    "diff-gitlab": "diff base.yaml orders.yaml --format gitlab",
    "diff-no-such-head": "diff base.yaml gone.yaml",
    "diff-broken": "diff base.yaml broken.yaml",
    "diff-one-only": "diff base.yaml",
    "release-first": "release --config first/wireproof.yaml",
    "release-dry-run": "release --config major/wireproof.yaml --dry-run",
    "release-too-small": "release --config small/wireproof.yaml",
    "release-other-version": "release --config major/wireproof.yaml --version 3.0.0",
    "release-no-version": "release --config major/wireproof.yaml --version two",
    "release-no-contract": "release --config gone.yaml",
    "release-lint": "release",
    "bundle": "bundle orders.yaml",
    "bundle-dangling": "bundle dangling.yaml",
    "init": "init order-desk",
    "init-taken": "init",
    "init-unwritable": "init orders.yaml/desk",
    "mock-missing": "mock order.yaml",
    "mock-broken": "mock broken.yaml",
    "mock-no-such-port": "mock --port 99999",
    "docs": "docs --redoc redoc.js",
    "docs-without-redoc": "docs --redoc nowhere",
    "docs-another-redoc": "docs --redoc orders.yaml",
    "docs-unwritable": "docs --redoc redoc.js --out orders.yaml/site",
    "docs-broken": "docs broken.yaml --redoc redoc.js",
    "verify-no-url": "verify localhost:8080",
    "verify-no-header": "verify http://127.0.0.1:9 -H nonsense",
    "verify-broken": "verify http://127.0.0.1:9 --spec broken.yaml",
    "verify-nobody-there": "verify http://127.0.0.1:9",
    "waive": "waive 8e88d873b462d1ba --reason Agreed --expires 2999-01-01 --against orders.yaml"
    " --config base-wireproof.yaml",
    "waive-unknown": "waive 8e88d873b462d1bb --reason Agreed --against base.yaml",
    "waive-over": "waive 8e88d873b462d1ba --reason Agreed --expires 2020-01-01",
    "ir": "ir base.yaml",
    "ir-broken": "ir broken.yaml",
}


@pytest.fixture
def terminal(tmp_path, monkeypatch, capsys):
    shutil.copytree(HERE / "project", tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("NO_COLOR", raising=False)

    def run(line):
        monkeypatch.setattr(sys, "argv", ["wireproof", *line.split()])
        with pytest.raises(SystemExit) as end:
            main()
        code = end.value.code or 0
        streams = capsys.readouterr()
        text = f"$ wireproof {line}\n[exit status {code}]\n"
        for name, stream in (("stdout", streams.out), ("stderr", streams.err)):
            text += f"[{name}]\n{stream}" if stream else ""
        return code, text.replace(str(tmp_path), "<project>")

    return run


@pytest.mark.parametrize("name", CASES)
def test_the_terminal_shows(terminal, name):
    code, text = terminal(CASES[name])
    assert code in {0, 1, 2}
    assert "Traceback" not in text
    assert "\x1b" not in text
    snapshot = HERE / "snapshots" / f"{name}.txt"
    if UPDATE:
        snapshot.write_text(text, encoding="utf-8")
    assert text == snapshot.read_text(encoding="utf-8")


def test_every_snapshot_has_its_case():
    assert {path.stem for path in (HERE / "snapshots").glob("*.txt")} == set(CASES)


def test_help_lists_every_command(terminal):
    code, text = terminal("--help")
    assert code == 0
    for name, line in COMMANDS.items():
        assert re.search(rf"^  {name} +{re.escape(line[:40])}", text, re.MULTILINE)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help(terminal, command):
    code, text = terminal(f"{command} --help")
    assert code == 0
    assert re.search(r"\[stdout\]\nUsage: wireproof \S+ ", text)


def test_reports_go_to_files_and_one_to_the_terminal(terminal, tmp_path):
    code, text = terminal(
        "lint --format text --format sarif=out/a.sarif --format junit=out/b.xml --fail-on never"
    )
    assert code == 0
    assert "[money-decimal]" in text
    assert (tmp_path / "out" / "a.sarif").read_text().startswith('{\n  "$schema"')
    assert (tmp_path / "out" / "b.xml").read_text().startswith("<?xml")


def test_a_report_that_cannot_be_written_is_status_2(terminal):
    code, text = terminal("lint --format json=orders.yaml/x.json")
    assert code == 2
    assert "cannot be written" in text


def test_a_baseline_holds_back_what_is_known_and_lets_through_what_is_new(terminal, tmp_path):
    code, text = terminal("lint --update-baseline --baseline known.json")
    assert (code, text.splitlines()[-1]) == (0, "known.json holds 3 findings")
    code, text = terminal("lint --baseline known.json --fail-on info")
    assert code == 0
    assert "3 known findings held back by known.json" in text
    parameters = tmp_path / "parameters.yaml"
    parameters.write_text("# moved\n\n" + parameters.read_text() + "Fee: {}\n")
    orders = tmp_path / "orders.yaml"
    orders.write_text(orders.read_text().replace("summary: List orders", "deprecated: true"))
    code, text = terminal("lint --baseline known.json --fail-on info")
    assert code == 1
    assert "[operation-summary]" in text
    assert "[money-decimal]" not in text


def test_colours_are_for_terminals_without_no_color(terminal, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    assert "\x1b[33mwarning\x1b[0m" in terminal("lint")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in terminal("lint")[1]
