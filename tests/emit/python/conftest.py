"""The probe's SDK, emitted once, importable as `probe`."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from tests.python_tools import emitted, imported, write_tree

PROBE = Path(__file__).with_name("probe.yaml")


@pytest.fixture(scope="session")
def probe_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the generated project."""
    folder = tmp_path_factory.mktemp("probe-sdk")
    write_tree(folder, emitted(PROBE, package="probe").files)
    return folder


@pytest.fixture(scope="session")
def probe(probe_tree: Path) -> Iterator[ModuleType]:
    """The generated package, imported."""
    yield imported(probe_tree, "probe")
    sys.path.remove(str(probe_tree))
