"""Import statements of one generated module, collected while its text is made."""

from __future__ import annotations

from collections import defaultdict

from wireproof.emit.python.text import WIDTH

_TYPING = {"Any", "Dict", "List", "Literal", "Mapping", "Never", "Optional", "Sequence", "Union"}
_ABC = {"Mapping", "Sequence"}


class Imports:
    """Names by the module that they come from; `later` ones serve type checkers only."""

    def __init__(self) -> None:
        self._now: defaultdict[str, set[str]] = defaultdict(set)
        self._later: defaultdict[str, set[str]] = defaultdict(set)
        self.datetime = False

    def add(self, module: str, name: str, *, later: bool = False) -> str:
        """Import a name; gives the name back."""
        (self._later if later else self._now)[module].add(name)
        return name

    def typing(self, name: str) -> str:
        """Import a name of `typing` or `collections.abc`."""
        return self.add("collections.abc" if name in _ABC else "typing", name)

    def dt(self, name: str) -> str:
        """Import `datetime as dt`; gives `dt.name` back."""
        self.datetime = True
        return f"dt.{name}"

    def lines(self) -> list[str]:
        """All statements: the standard library, pydantic, the package's own, for checkers."""
        later = {
            module: kept
            for module, names in self._later.items()
            if (kept := names - self._now.get(module, set()))
        }
        if later:
            self.typing("TYPE_CHECKING")
        standard = [m for m in self._now if not m.startswith((".", "__")) and m not in _THIRD]
        third = [m for m in self._now if m in _THIRD]
        own = [m for m in self._now if m.startswith(".")]
        blocks = [
            ["from __future__ import annotations"],
            (["import datetime as dt"] if self.datetime else []) + self._block(standard),
            self._block(third),
            self._block(own),
        ]
        lines: list[str] = []
        for block in blocks:
            if block:
                lines += ([""] if lines else []) + block
        if later:
            lines += ["", "if TYPE_CHECKING:"]
            for module in sorted(later, key=_order):
                lines += _statement(module, later[module], "    ")
        return lines

    def _block(self, modules: list[str]) -> list[str]:
        return [
            line
            for module in sorted(modules, key=_order)
            for line in _statement(module, self._now[module], "")
        ]


_THIRD = frozenset({"pydantic", "typing_extensions"})


def _order(module: str) -> tuple[int, str]:
    """Farther relatives first, as import sorters have it."""
    dots = len(module) - len(module.lstrip("."))
    return (-dots, module)


def _statement(module: str, names: set[str], indent: str) -> list[str]:
    ordered = sorted(names, key=_name_order)
    line = f"{indent}from {module} import {', '.join(ordered)}"
    if len(line) <= WIDTH:
        return [line]
    return [
        f"{indent}from {module} import (",
        *(f"{indent}    {name}," for name in ordered),
        f"{indent})",
    ]


def _name_order(name: str) -> tuple[int, str]:
    """CONSTANTS, then Classes, then functions, as import sorters have it."""
    rank = 0 if name.isupper() and len(name) > 1 else 1 if name[:1].isupper() else 2
    return (rank, name)
