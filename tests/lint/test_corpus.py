"""Every public contract at hand: no crash, the same answer twice, every finding has its place."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from wireproof.lint.engine import lint
from wireproof.lint.rules import ALL
from wireproof.lint.settings import Settings
from wireproof.source.workspace import load

SHARED = Path(os.environ.get("WIREPROOF_SHARED", Path(__file__).parents[3] / "shared"))
SPECS = sorted((SHARED / "corpus" / "specs").glob("*.json"))
EVERYTHING = Settings("all", {"second-opinion": None})
KNOWN = {rule.id for rule in ALL}


def test_the_corpus_is_there():
    if not SPECS:
        pytest.skip(f"THE CORPUS IS MISSING: no contracts below {SHARED}; set WIREPROOF_SHARED")
    assert len(SPECS) > 50


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_lint_of_a_public_contract(path):
    workspace = load(path)
    found = lint(workspace, ALL, EVERYTHING)
    assert found == lint(workspace, ALL, EVERYTHING)
    for diagnostic in (one.diagnostic for one in found):
        assert diagnostic.rule in KNOWN
        assert diagnostic.message.strip()
        assert diagnostic.help.strip()
        assert diagnostic.span is not None
        assert diagnostic.span.file == str(path)
