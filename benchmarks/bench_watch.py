"""`wireproof watch` on Northgate: what one save costs, by kind of change.

    python benchmarks/bench_watch.py [ROUNDS]

A copy of the project is watched by one warm process, as `wireproof watch` runs; each kind of save
is made ROUNDS times (default 7). Milliseconds of CPU from the save seen to the last file written:
median, and the parts as the last round printed them (by clock).
"""

from __future__ import annotations

import gc
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

from wireproof.cli.watching import Round

ROOT = Path(__file__).resolve().parents[1]
SCHEMAS = "spec/schemas/orders.yaml"


def description(path: Path, number: int) -> None:
    """Another word in a description."""
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("description: ", f"description: Number {number}. ", 1), "utf-8")


def new_property(path: Path, number: int) -> None:
    """One more optional property in a schema."""
    text = path.read_text(encoding="utf-8")
    there = "  properties:\n"
    said = f"    note_{number}: {{type: string, maxLength: 9, description: A note., example: a}}\n"
    path.write_text(text.replace(there, there + said, 1), "utf-8")


def new_operation(path: Path, number: int) -> None:
    """One more operation, made of an existing one."""
    copy = path.with_name(f"again_{number}.yaml")
    text = (path.parent / "status.yaml").read_text(encoding="utf-8")
    copy.write_text(text.replace("operationId: getStatus", f"operationId: getStatus{number}"))
    entry = path.parents[1] / "northgate.openapi.yaml"
    line = f"  /v1/status-{number}:\n    $ref: paths/{copy.name}\n"
    entry.write_text(entry.read_text().replace("paths:\n", "paths:\n" + line, 1), "utf-8")


def comment(path: Path, number: int) -> None:
    """A comment, which changes nothing."""
    path.write_text(f"# {number}\n{path.read_text(encoding='utf-8')}", "utf-8")


def main() -> None:
    """Print the table."""
    rounds = int(sys.argv[1]) if sys.argv[1:] else 7
    saves: dict[str, tuple[Callable[[Path, int], None], str]] = {
        "comment": (comment, SCHEMAS),
        "description": (description, SCHEMAS),
        "new property": (new_property, SCHEMAS),
        "new operation": (new_operation, "spec/paths/status.yaml"),
    }
    with tempfile.TemporaryDirectory() as folder:
        for name in ("spec", "generated"):
            skipped = shutil.ignore_patterns("__pycache__", "node_modules", "dist")
            shutil.copytree(ROOT / name, Path(folder, name), ignore=skipped)
        shutil.copy(ROOT / "wireproof.yaml", folder)
        os.chdir(folder)
        work = Round(None, gate=True, generate=True)
        told = StringIO()
        with redirect_stdout(StringIO()), redirect_stderr(told):
            began = time.process_time()
            work()
            first = time.process_time() - began
        print(f"first round {first * 1000:7.0f} ms CPU   ({told.getvalue().splitlines()[-1]})")
        number = 0
        for name, (save, file) in saves.items():
            taken = []
            for _ in range(rounds):
                number += 1
                save(Path(file), number)
                gc.collect()
                told = StringIO()
                with redirect_stdout(StringIO()), redirect_stderr(told):
                    began = time.process_time()
                    work()
                    taken.append((time.process_time() - began) * 1000)
            last = told.getvalue().splitlines()[-1]
            print(f"{name:14}{statistics.median(taken):7.0f} ms CPU   ({last})")
            if "-v" in sys.argv:
                print(told.getvalue())


if __name__ == "__main__":
    main()
