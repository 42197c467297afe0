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
    "explain-unknown": "explain money-decimals",
    "generate-no-such-target": "generate ruby",
    "generate-broken": "generate python --spec broken.yaml",
    "breaking": "breaking orders.yaml --against base.yaml",
    "breaking-back": "breaking base.yaml --against orders.yaml",
    "breaking-itself": "breaking base.yaml --against base.yaml",
    "breaking-json": "breaking orders.yaml --against base.yaml --format json",
    "breaking-no-release": "breaking",
    "breaking-broken": "breaking broken.yaml --against base.yaml",
    "bundle": "bundle orders.yaml",
    "bundle-dangling": "bundle dangling.yaml",
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
