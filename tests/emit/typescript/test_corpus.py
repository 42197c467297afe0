"""Real specs: every operation is generated, and the package type-checks strictly."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.emit.typescript.conftest import ROOT, Emitted

SHARED = Path(os.environ.get("WIREPROOF_SHARED", ROOT.parent / "shared"))
SPECS = sorted((SHARED / "corpus" / "specs").glob("*"))


@pytest.mark.skipif(not SPECS, reason="the corpus is not there: real specs stay UNTESTED")
def test_the_corpus_is_there() -> None:
    assert len(SPECS) == 60


@pytest.mark.parametrize("spec", SPECS, ids=lambda path: path.stem)
def test_generates_everything_and_type_checks(
    spec: Path, emit: Callable[[Path], Emitted], check: Callable[[Emitted], str]
) -> None:
    emitted = emit(spec)
    # What no generator can help is named, and generated all the same.
    assert {each.rule for each in emitted.diagnostics} <= {"typescript-body-of-get"}
    functions = sum(
        text.count("\nexport function ") for path, text in _sources(emitted) if "send(" in text
    )
    assert functions >= len(emitted.contract.operations)
    assert check(emitted) == ""


def _sources(emitted: Emitted) -> list[tuple[str, str]]:
    return [
        (path, text)
        for path, text in emitted.files.items()
        if isinstance(text, str) and path.startswith("src/") and "/runtime/" not in path
    ]
