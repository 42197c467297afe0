"""Real contracts: none differs from itself, every step of their histories is judged."""

import csv
import os
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path

import orjson
import pytest
from wireproof.compat.finding import Verdict
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.ir.build import build
from wireproof.source.document import Document
from wireproof.source.workspace import load

SHARED = Path(os.environ.get("WIREPROOF_SHARED", Path(__file__).parents[3] / "shared"))
CORPUS = SHARED / "corpus"
SPECS = sorted(CORPUS.glob("specs/*.json"))
POLICY = Policy(today=date(2026, 1, 1))
NO_CORPUS = "NO CORPUS: set WIREPROOF_SHARED to judge real contracts"


def read(path):
    if path.suffix == ".yaml":
        return build(load(str(path)).contract)
    return build(Document(path.name, orjson.loads(path.read_bytes())))


def steps():
    """Pairs of neighbours: the first and the last step of every series, for speed."""
    index = CORPUS / "history" / "index.tsv"
    if not index.is_file():
        return
    with index.open() as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    for _, group in groupby(rows, key=lambda row: row["series"]):
        files = [row["file"] for row in group]
        pairs = list(pairwise(files))
        yield from dict.fromkeys((pairs[0], pairs[-1]))


@pytest.mark.skipif(not SPECS, reason=NO_CORPUS)
def test_the_corpus_is_there():
    assert len(SPECS) > 40


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_contract_does_not_differ_from_itself(path):
    assert judge(read(path), read(path), POLICY) == ()


@pytest.mark.parametrize("pair", list(steps()), ids=lambda pair: pair[1])
def test_a_step_of_history_is_judged(pair):
    base, head = (read(CORPUS / "history" / name) for name in pair)
    found = judge(base, head, POLICY)
    for finding in found:
        if finding.verdict is Verdict.UNPROVEN:
            assert finding.reason
        if finding.verdict is Verdict.BREAKING and finding.witness:
            assert finding.witness.error
    keys = [(f.rule, f.side, f.subject, f.detail) for f in found]
    assert len(keys) == len(set(keys))
