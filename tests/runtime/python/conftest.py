"""The SDK's runtime, importable as `sdk_runtime`, its synchronous half derived."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.python_tools import runtime_package

# At import, because the test modules import the package at theirs.
_FOLDER = tempfile.TemporaryDirectory(prefix="sdk-runtime-", ignore_cleanup_errors=True)
runtime_package(Path(_FOLDER.name))
sys.path.insert(0, _FOLDER.name)


def pytest_unconfigure() -> None:
    _FOLDER.cleanup()
