"""Real contracts: their servers are emitted, compile, import and start with stub handlers."""

import ast
import os
from pathlib import Path

import pytest
from wireproof.emit.server import models

SHARED = Path(os.environ.get("WIREPROOF_SHARED", Path(__file__).resolve().parents[4] / "shared"))
SPECS = sorted((SHARED / "corpus" / "specs").glob("*.json"))
LARGE = 300_000  # octets
EVERYTHING = bool(os.environ.get("WIREPROOF_ALL_MODELS"))


def without_generator(*_):
    raise RuntimeError("left out: models of large contracts take minutes on a busy machine")


@pytest.mark.skipif(not SPECS, reason=f"SKIPPED LOUDLY: no corpus under {SHARED}")
@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_real_contract(path, emit_path, imported, started, monkeypatch):
    """All of a server; for large contracts without models, unless WIREPROOF_ALL_MODELS is set."""
    modelled = EVERYTHING or path.stat().st_size < LARGE
    if not modelled:
        monkeypatch.setattr(models, "pieces", without_generator)
    emission = emit_path(path)
    for name, text in emission.files.items():
        if name.endswith(".py"):
            ast.parse(text, name)
    rules = {diagnostic.rule for diagnostic in emission.diagnostics}
    assert rules <= {"server-operation", "server-parameter", "server-schema", "server-models"}
    assert ("server-models" in rules) == (not modelled)
    started(imported(emission))
