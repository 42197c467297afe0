"""Loading a large contract, beside other parsers.

    python benchmarks/bench_load.py [FILE...]

Without files: the synthetic contract of `synthetic.py` (1,200 operations), as YAML and as JSON.
Every figure is the best of three runs in one process; the ratio is to Wireproof's `load`, which
alone checks repeated keys, resolves references, keeps numbers exact and knows positions.
"""

from __future__ import annotations

import gc
import importlib
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import orjson
import yaml
from synthetic import contract
from wireproof.source import load
from wireproof.source.dump import dump_yaml
from wireproof.source.validate import validate


def best(action: Callable[[], object], runs: int = 3) -> float:
    """Seconds of the fastest run."""
    times = []
    for _ in range(runs):
        gc.collect()
        begin = time.perf_counter()
        action()
        times.append(time.perf_counter() - begin)
    return min(times)


def first_span(path: Path) -> float:
    """Seconds until a document tells its first place."""
    document = load(path).contract
    last = list(document.root.value)[-1]
    begin = time.perf_counter()
    document.span((last,))
    return time.perf_counter() - begin


def peers(path: Path) -> dict[str, Callable[[], object]]:
    """Other ways to read the file: data only."""
    data = path.read_bytes()
    if path.suffix == ".json":
        return {
            "json (standard library)": lambda: json.loads(data),
            "orjson": lambda: orjson.loads(data),
        }
    found: dict[str, Callable[[], object]] = {
        "PyYAML CSafeLoader": lambda: yaml.load(data, Loader=yaml.CSafeLoader)
    }
    try:
        ryml = importlib.import_module("ryml")
        found["rapidyaml (tree, no Python data)"] = lambda: ryml.parse_in_arena(data)
    except ImportError:
        pass
    try:
        ruamel = importlib.import_module("ruamel.yaml")
        found["ruamel.yaml (safe, C)"] = lambda: ruamel.YAML(typ="safe").load(data)
    except ImportError:
        pass
    return found


def report(path: Path) -> None:
    """Print the table of one file."""
    print(f"\n{path.name}: {path.stat().st_size / 1e6:.1f} MB")
    ours = best(lambda: load(path))
    rows = {"wireproof load": ours}
    rows["  + first position"] = ours + min(first_span(path) for _ in range(3))
    workspace = load(path)
    rows["  + validate"] = ours + best(lambda: validate(workspace))
    rows |= {
        name: best(action, 1 if "PyYAML" in name else 3) for name, action in peers(path).items()
    }
    for name, seconds in rows.items():
        print(f"  {name:34} {seconds:7.3f} s {seconds / ours:7.2f} x")


def main() -> None:
    """Run on the files of the command line, or on the synthetic contract."""
    if files := sys.argv[1:]:
        for name in files:
            report(Path(name))
        return
    value = contract()
    with tempfile.TemporaryDirectory() as folder:
        as_yaml, as_json = Path(folder, "synthetic.yaml"), Path(folder, "synthetic.json")
        as_yaml.write_text(dump_yaml(value), encoding="utf-8")
        as_json.write_bytes(orjson.dumps(value))
        report(as_yaml)
        report(as_json)


if __name__ == "__main__":
    main()
