"""Every public specification of the corpus gives an SDK that imports, whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from wireproof.ir.build import build
from wireproof.source.workspace import load

from tests.python_tools import emitted, write_tree

SHARED = Path(os.environ.get("WIREPROOF_SHARED", Path(__file__).parents[4] / "shared"))
SPECS = sorted(SHARED.glob("corpus/specs/*.json"))
EXAMINE = Path(__file__).with_name("examine.py")


@pytest.mark.skipif(not SPECS, reason="NO CORPUS: set WIREPROOF_SHARED to test on real contracts")
def test_the_corpus_is_there() -> None:
    assert len(SPECS) >= 60


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.stem)
def test_a_real_contract_gives_a_whole_sdk(spec: Path, tmp_path: Path) -> None:
    emission = emitted(spec, package="subject")
    assert emission.diagnostics == ()
    write_tree(tmp_path, emission.files)
    done = subprocess.run(
        [sys.executable, str(EXAMINE), str(tmp_path), "subject"],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    expected = {operation.id for operation in build(load(str(spec)).contract).operations}
    assert set(done.stdout.splitlines()) == expected


@pytest.mark.parametrize("spec", SPECS[:4], ids=lambda spec: spec.stem)
def test_the_hash_seed_changes_nothing(spec: Path, tmp_path: Path) -> None:
    trees = [_tree(spec, seed, tmp_path / f"{seed}.json") for seed in ("1", "2")]
    assert trees[0] == trees[1]


def _tree(spec: Path, seed: str, out: Path) -> str:
    script = (
        "import json, sys; from pathlib import Path; from tests.python_tools import emitted\n"
        "files = emitted(Path(sys.argv[1])).files\n"
        "Path(sys.argv[2]).write_text(json.dumps(list(files.items())))"
    )
    root = Path(__file__).parents[3]
    environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
    subprocess.run(
        [sys.executable, "-c", script, str(spec), str(out)],
        cwd=root,
        env=environment,
        check=True,
        timeout=120,
    )
    text = out.read_text()
    assert json.loads(text)
    return text
