"""Labelled pairs of contracts: what is labelled breaking breaks, and nothing else does.

Labels that are wrong are listed in exceptions.yaml with the argument; an exception that is not
one any more fails as well.
"""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from wireproof.compat.finding import Tier
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.diagnostics import Severity
from wireproof.ir.build import build
from wireproof.source.parse import parse
from wireproof.source.workspace import load

HERE = Path(__file__).parent
SHARED = Path(os.environ.get("WIREPROOF_SHARED", HERE.parents[2] / "shared"))
FOLDER = SHARED / "corpus" / "compat"
EXCEPTIONS = parse("exceptions.yaml", (HERE / "exceptions.yaml").read_bytes()).document.root.value
TODAY = date(2026, 1, 1)


def _cases():
    if not FOLDER.is_dir():
        return []
    rows = [json.loads(line) for line in (FOLDER / "cases.jsonl").read_text().splitlines()]
    return [row for row in rows if row["breaking"] is not None]


CASES = _cases()


def gates(row):
    base, head = (build(load(str(FOLDER / row[key])).contract) for key in ("base", "revision"))
    found = judge(base, head, Policy(today=TODAY))
    return [f.rule for f in found if f.severity is Severity.ERROR and f.tier is not Tier.SDK]


@pytest.mark.skipif(not CASES, reason="NO CORPUS: set WIREPROOF_SHARED to judge labelled cases")
def test_the_cases_are_there():
    assert len(CASES) > 60
    assert EXCEPTIONS.keys() <= {row["id"] for row in CASES}


@pytest.mark.parametrize("row", CASES, ids=lambda row: row["id"])
def test_a_labelled_case_is_judged_as_labelled(row):
    breaks = bool(gates(row))
    exception = EXCEPTIONS.get(row["id"])
    if exception is None:
        assert breaks == row["breaking"]
    else:
        assert len(exception["argument"]) > 40
        assert exception["kind"] == ("breaking" if breaks else "not breaking")
        assert breaks != row["breaking"], "judged as labelled: remove the exception"
