"""The generated server's runtime, as a package: what reads requests there reads them here."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from importlib import import_module
from typing import Any

from wireproof.emit.templates import builtin_root

_PACKAGE = "_wireproof_server_runtime"


@cache
def runtime(module: str) -> Any:  # noqa: ANN401 - modules outside of this package have no static type
    """A module of `sdk-templates/server/runtime`: `params`, `routing`, `problem`.

    Only modules that need nothing but Wireproof's own dependencies may be asked for.
    """
    if _PACKAGE not in sys.modules:
        folder = builtin_root() / "server" / "runtime"
        spec = importlib.util.spec_from_file_location(
            _PACKAGE, folder / "__init__.py", submodule_search_locations=[str(folder)]
        )
        assert spec is not None and spec.loader is not None  # noqa: S101, PT018 - a file with a name and a suffix has both
        package = importlib.util.module_from_spec(spec)
        sys.modules[_PACKAGE] = package
        spec.loader.exec_module(package)
    return import_module(f"{_PACKAGE}.{module}")
