"""Import everything that an SDK has and build every model; run in a process of its own.

Usage: examine.py FOLDER PACKAGE. Prints the operation ids found, one a line; any fault, and any
warning, ends it with a traceback.
"""

from __future__ import annotations

import importlib
import sys
import warnings
from pathlib import Path

import pydantic


def modules(folder: Path, package: str) -> list[str]:
    """Dotted names of all modules of a package."""
    found = sorted((folder / package).rglob("*.py"))
    dotted = (".".join(path.relative_to(folder).with_suffix("").parts) for path in found)
    return [name.removesuffix(".__init__") for name in dotted]


def main(folder: Path, package: str) -> None:
    warnings.simplefilter("error")
    sys.path.insert(0, str(folder))
    runtime = importlib.import_module(f"{package}._runtime.operation")
    operations: dict[str, object] = {}
    for name in modules(folder, package):
        module = importlib.import_module(name)
        for value in vars(module).values():
            if isinstance(value, type) and issubclass(value, pydantic.BaseModel):
                if value.__module__ == name:
                    value.model_rebuild(force=True)
            elif isinstance(value, runtime.Operation):
                for target in (value.returns, *value.by_status.values()):
                    pydantic.TypeAdapter(target)
                operations[value.id] = value
    for name in (package, f"{package}.models", f"{package}.params"):
        module = importlib.import_module(name)
        for exported in dir(module):
            getattr(module, exported)
    sys.stdout.write("\n".join(operations))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
