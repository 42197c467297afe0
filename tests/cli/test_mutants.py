"""Broken contracts from the terminal: a verdict with places, never a traceback.

Mutants of contracts: octets, tokens, lines and values changed, moved, doubled and left out; always
the same ones.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import click
import pytest
from wireproof.cli import bundle, generate, ir, lint
from wireproof.diagnostics import WireproofError
from wireproof.source import load
from wireproof.source.dump import dump_json, dump_yaml

PROJECT = Path(__file__).parent / "project"
RELEASES = sorted((Path(__file__).parents[2] / "spec" / "releases").glob("*.yaml"))
MUTANTS = 60  # of each text
_WORD = re.compile(rb"[\w$#/{}-]+")
_VALUE = re.compile(rb"(?<=: )[^\n,]+")
_ODD = (
    b"null", b"[]", b"{}", b"[null]", b"{a: 1}", b"-1.5", b'""', b"true", b"{$ref: '#/info'}",
    b"$ref", b"\t", b"\r\n", b"\x00", b"\xff", b"&a ", b"*a", b"<<: ", b"|\n", b"!!str ",
    b"9" * 400, b"\\ud800", b"\xed\xa0\x80", b"- ", b"#/", b"%", b"'",
)  # fmt: skip


def mutant(data: bytes, rng: random.Random) -> bytes:
    for _ in range(rng.choice((1, 1, 2, 5))):
        at, kind = rng.randrange(len(data) + 1), rng.randrange(6)
        if kind == 0:
            data = data[:at] + bytes([rng.randrange(256)]) + data[at + 1 :]
        elif kind == 1:
            data = data[:at] + data[at + rng.choice((1, 5, 40)) :]
        elif kind == 2:
            data = data[:at] + rng.choice(_ODD) + data[at:]
        elif kind == 3:
            lines = data.split(b"\n")
            moved = lines.pop(rng.randrange(len(lines)))
            lines.insert(rng.randrange(len(lines) + 1), moved)
            data = b"\n".join(lines)
        else:
            found = list((_WORD if kind == 4 else _VALUE).finditer(data))
            if found:
                one, other = rng.choice(found), rng.choice((*found, None))
                data = (
                    data[: one.start()]
                    + (other[0] if other else rng.choice(_ODD))
                    + data[one.end() :]
                )
    return data


def status(command: click.Command, *arguments: str) -> int:
    """The exit status; anything but a click exit or our own errors is a crash and goes through."""
    try:
        command.main(list(arguments), standalone_mode=False)
    except WireproofError as error:
        if not all(one.span for one in error.diagnostics):
            raise
        return error.exit_code
    except click.exceptions.Exit as end:
        return end.exit_code
    except SystemExit as end:
        return int(end.code or 0)
    return 0


@pytest.mark.parametrize("form", ["yaml", "json"])
@pytest.mark.parametrize("source", [PROJECT / "orders.yaml", *RELEASES[:1]], ids=lambda p: p.stem)
def test_no_mutant_crashes(source, form, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    value = load(source).contract.root.value
    text = (dump_json if form == "json" else dump_yaml)(value).encode()
    rng = random.Random(f"{source.stem}.{form}")
    file = tmp_path / f"api.{form}"
    statuses = set()
    for number in range(MUTANTS if len(text) < 20_000 else MUTANTS // 4):
        file.write_bytes(mutant(text, rng))
        everything = () if number % 20 == 0 else ("--config", "lint.yaml")
        Path("lint.yaml").write_text("lint: {extends: all, rules: {second-opinion: off}}\n")
        statuses |= {
            status(lint.command, file.name, *(everything or ("--all",))),
            status(bundle.command, file.name),
            status(ir.command, file.name),
        }
        if number % 8 == 0:
            where = ("--spec", file.name, "--out", "out", "--force")
            statuses.add(status(generate.command, "python", "typescript", *where))
        capsys.readouterr()
    assert statuses <= {0, 1, 2}
    assert 2 in statuses
