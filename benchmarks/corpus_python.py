"""Python SDKs of all corpus specifications: time to generate, operations, strict type checks.

Run it by hand: `python benchmarks/corpus_python.py OUT [--only NAME ...] [--mypy] [--pyright CMD]`.

The corpus is found at `../shared` or WIREPROOF_SHARED. Trees stay in OUT for a closer look. Times
are processor time of this one process: reading the contract with its names, then emitting; the
first specification also pays for compiling the templates.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path
from time import process_time

from wireproof.emit.names import allocate
from wireproof.emit.python import TARGET
from wireproof.emit.target import EmitInput
from wireproof.emit.templates import Templates
from wireproof.ir.build import build
from wireproof.ir.naming import contexts
from wireproof.source.workspace import load

SHARED = Path(os.environ.get("WIREPROOF_SHARED", Path(__file__).resolve().parents[2] / "shared"))
_STRICT = '{"include": ["."], "typeCheckingMode": "strict", "pythonVersion": "3.11"}'


def generate(spec: Path, out: Path) -> str:
    """Write the SDK of a specification; what it took, as one cell of the table."""
    start = process_time()
    contract = build(load(str(spec)).contract)
    names = allocate(contexts(contract), {})
    read = process_time()
    emission = TARGET.emit(EmitInput(contract, names, Templates(), {"package": "subject"}))
    emitted = process_time()
    for path, content in emission.files.items():
        target = out / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content if isinstance(content, bytes) else content.encode())
    skipped = len(emission.diagnostics)
    times = f"{read - start:6.2f} s {emitted - read:6.2f} s"
    return f"{len(contract.operations):5} operations {skipped:3} left out {times}"


def verdict(command: list[str], folder: Path) -> str:
    """The last line of a type checker's output."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    lines = (done.stdout or done.stderr).strip().splitlines()
    return lines[-1] if lines else f"status {done.returncode}"


def main() -> None:
    """Go through the corpus and print a line a specification."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("out", type=Path)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--mypy", action="store_true")
    parser.add_argument("--pyright", help="the pyright command")
    options = parser.parse_args()
    for spec in sorted(SHARED.glob("corpus/specs/*.json")):
        if options.only and spec.stem not in options.only:
            continue
        folder = options.out / spec.stem
        cells = [f"{spec.stem:36}", generate(spec, folder)]
        if options.mypy:
            cells.append(verdict([sys.executable, "-m", "mypy", "--strict", "subject"], folder))
        if options.pyright:
            (folder / "pyrightconfig.json").write_text(_STRICT)
            command = [options.pyright, "--pythonpath", sys.executable]
            cells.append(verdict(command, folder))
        print("  ".join(cells), flush=True)


if __name__ == "__main__":
    main()
