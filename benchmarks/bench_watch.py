"""`wireproof watch` on Northgate: what one save costs, by kind of change.

    python benchmarks/bench_watch.py [ROUNDS]           # CPU, in this process
    python benchmarks/bench_watch.py [ROUNDS] --wall    # clock, of the command as it is run

A copy of the project is watched by one warm process; each kind of save is made ROUNDS times
(default 7). CPU: milliseconds from the save seen to the last file written, median, and the parts
as the last round printed them (by clock). Clock: milliseconds from before the file is written until
the report of lint and gate, and until the round's last line, have come out of `wireproof watch`;
median and worst. Run the second on a quiet machine.
"""

from __future__ import annotations

import gc
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from functools import partial
from io import StringIO
from pathlib import Path
from typing import IO

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


Save = Callable[[Path, int], None]
SAVES: dict[str, tuple[Save, str]] = {
    "comment": (comment, SCHEMAS),
    "description": (description, SCHEMAS),
    "new property": (new_property, SCHEMAS),
    "new operation": (new_operation, "spec/paths/status.yaml"),
}


@contextmanager
def project() -> Iterator[None]:
    """A copy of Northgate's contract and generated code as the working directory."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("spec", "generated"):
            skipped = shutil.ignore_patterns("__pycache__", "node_modules", "dist")
            shutil.copytree(ROOT / name, Path(folder, name), ignore=skipped)
        shutil.copy(ROOT / "wireproof.yaml", folder)
        os.chdir(folder)
        yield
        os.chdir(ROOT)


def saves(rounds: int) -> Iterator[tuple[str, Callable[[], None]]]:
    """The kinds of save in turn, each so many times."""
    number = 0
    for name, (save, file) in SAVES.items():
        for _ in range(rounds):
            number += 1
            yield name, partial(save, Path(file), number)


def cpu(rounds: int) -> None:
    """Print what rounds cost."""
    work = Round(None, gate=True, generate=True)

    def timed() -> tuple[float, str]:
        told = StringIO()
        with redirect_stdout(StringIO()), redirect_stderr(told):
            began = time.process_time()
            work()
            taken = (time.process_time() - began) * 1000
        return taken, told.getvalue().splitlines()[-1]

    print("first round    {:7.0f} ms CPU   ({})".format(*timed()))
    taken: dict[str, list[float]] = {}
    last: dict[str, str] = {}
    for name, save in saves(rounds):
        save()
        gc.collect()
        spent, last[name] = timed()
        taken.setdefault(name, []).append(spent)
    for name, each in taken.items():
        print(f"{name:14}{statistics.median(each):8.0f} ms CPU   ({last[name]})")


def wall(rounds: int) -> None:
    """Print how long it takes from a save to what is shown."""
    command = [sys.executable, "-u", "-m", "wireproof", "watch"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    ) as watch:
        assert watch.stdout is not None  # noqa: S101 - it was asked for
        _until(watch.stdout, "[")
        taken: dict[str, list[tuple[float, float]]] = {}
        for name, save in saves(rounds):
            time.sleep(0.3)  # as somebody who types, and longer than the collector needs
            began = time.perf_counter()
            save()
            _until(watch.stdout, "compatible", "breaking")
            shown = time.perf_counter()
            _until(watch.stdout, "[")
            done = time.perf_counter()
            taken.setdefault(name, []).append(((shown - began) * 1000, (done - began) * 1000))
        watch.terminate()
    print(f"{'':14} {'lint and gate shown':>24} {'all written':>22}")
    for name, each in taken.items():
        cells = [
            f"{statistics.median(column):8.0f} ms (worst {max(column):4.0f})"
            for column in zip(*each, strict=True)
        ]
        print(f"{name:14} {'  '.join(cells)}")


def _until(lines: IO[str], *starts: str) -> None:
    """Read until a line that begins so."""
    for line in lines:
        if line.startswith(starts):
            return
    raise RuntimeError("wireproof watch ended")


def main() -> None:
    """Print one of the tables."""
    counts = [int(one) for one in sys.argv[1:] if one.isdigit()]
    rounds = counts[0] if counts else 7
    with project():
        wall(rounds) if "--wall" in sys.argv else cpu(rounds)


if __name__ == "__main__":
    main()
