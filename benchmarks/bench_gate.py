"""How fast the gate is, and how much it leaves open.

    python benchmarks/bench_gate.py pair BASE HEAD      time, memory, findings; two runs
    python benchmarks/bench_gate.py command BASE HEAD   the command as a user runs it; three runs
    python benchmarks/bench_gate.py mutual              250 schemas that refer to each other
    python benchmarks/bench_gate.py history FOLDER      every step, and the share of unproven

FOLDER holds index.tsv (series, version, file) and the files. Times are of the processor, so that
they mean the same on a busy machine.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import json
import os
import resource
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from wireproof.cli.findings import gate_report
from wireproof.cli.revisions import read_contract
from wireproof.compat.finding import Finding
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.ir.contract import Contract
from wireproof.report import findings_json

POLICY = Policy(today=date(2026, 1, 1))


def read(path: Path) -> Contract:
    """The contract at a path."""
    return read_contract(str(path))


def timed(base: Path, head: Path) -> tuple[tuple[Finding, ...], float, float]:
    """Findings, seconds to load, seconds to judge."""
    start = time.process_time()
    contracts = read(base), read(head)
    loaded = time.process_time()
    found = judge(*contracts, POLICY)
    return found, loaded - start, time.process_time() - loaded


def pair(base: Path, head: Path) -> None:
    """Two runs over one pair."""
    prints = set()
    for _ in range(2):
        found, load_seconds, judge_seconds = timed(base, head)
        report = findings_json.render(gate_report(found, "base", "head"))
        prints.add(hashlib.sha256(report.encode()).hexdigest())
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(
            f"load {load_seconds:.2f} s, judge {judge_seconds:.2f} s, {memory} MB, "
            f"{len(found)} findings"
        )
        gc.collect()
    print("identical bytes" if len(prints) == 1 else "THE TWO RUNS DIFFER")


def command(base: Path, head: Path) -> None:
    """`wireproof breaking` in a process of its own: start, reading, proofs, report and end."""
    call = [sys.executable, "-m", "wireproof", "breaking", str(head), "--against", str(base)]
    prints = set()
    for seed in "012":
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run(call, capture_output=True, check=False, env=environment)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        prints.add(done.stdout)
        print(f"{seconds:.2f} s, {after.ru_maxrss // 1024} MB, exit {done.returncode}")
    print("identical bytes" if len(prints) == 1 else "THE RUNS DIFFER")


def mutual() -> None:
    """One property changed among schemas that all reach each other."""
    schemas, references, endpoints = 250, 5, 100
    components = {
        f"S{n}": {
            "type": "object",
            "properties": {"id": {"type": "string"}}
            | {
                f"r{k}": {"$ref": f"#/components/schemas/S{(n * 7 + k * 31 + 1) % schemas}"}
                for k in range(references)
            },
        }
        for n in range(schemas)
    }
    answer = {"description": "ok"}
    paths = {
        f"/p{n}": {
            "get": {
                "responses": {
                    "200": answer
                    | {
                        "content": {
                            "application/json": {
                                "schema": {"$ref": f"#/components/schemas/S{n % schemas}"}
                            }
                        }
                    }
                }
            }
        }
        for n in range(endpoints)
    }
    info = {"title": "mutual", "version": "1"}
    old = {"openapi": "3.1.0", "info": info, "paths": paths, "components": {"schemas": components}}
    new = json.loads(json.dumps(old))
    new["components"]["schemas"]["S100"]["properties"]["id"] = {"type": ["string", "null"]}
    with TemporaryDirectory() as folder:
        files = Path(folder) / "base.json", Path(folder) / "head.json"
        for file, document in zip(files, (old, new), strict=True):
            file.write_text(json.dumps(document))
        pair(*files)


def history(folder: Path) -> None:
    """Every step of every series."""
    with (folder / "index.tsv").open() as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    verdicts: Counter[str] = Counter()
    reasons: Counter[str] = Counter()
    for series, group in groupby(rows, key=lambda row: row["series"]):
        files = [folder / row["file"] for row in group]
        for base, head in pairwise(files):
            found, load_seconds, judge_seconds = timed(base, head)
            here = Counter(f.verdict.label for f in found)
            verdicts += here
            reasons.update(f"{f.rule}: {f.reason[:70]}" for f in found if f.reason)
            print(f"{series} {head.name} {dict(here)} {load_seconds:.1f}+{judge_seconds:.1f} s")
    total = sum(verdicts.values())
    share = 100 * verdicts["unproven"] / max(total, 1)
    print(f"{total} findings, {dict(verdicts)}; {share:.2f} % unproven")
    for reason, count in reasons.most_common(10):
        print(f"{count:5} {reason}")


if __name__ == "__main__":
    runs: dict[str, Callable[..., None]] = {
        "pair": pair,
        "command": command,
        "mutual": mutual,
        "history": history,
    }
    runs[sys.argv[1]](*map(Path, sys.argv[2:]))
