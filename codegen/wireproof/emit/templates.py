"""Templates: the built-in ones under a project's own.

Built-in templates ship inside the wheel (`wireproof/_templates`); in a checkout they are the
folder `sdk-templates/`. A project may put files of the same names into its own folder: they win.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import jinja2

_SKIPPED = {"__pycache__", "node_modules"}


def builtin_root() -> Path:
    """The folder that holds the built-in templates."""
    packaged = Path(__file__).parents[1] / "_templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "sdk-templates"


class Templates:
    """Renders `.j2` templates and hands out runtime files, overrides first."""

    def __init__(self, override: Path | None = None) -> None:
        roots = [override] if override else []
        self.roots: tuple[Path, ...] = (*roots, builtin_root())
        self._environment = jinja2.Environment(
            loader=jinja2.FileSystemLoader(self.roots),
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            autoescape=False,  # noqa: S701 - the output is source code; spec text goes through literal()
        )

    def render(self, name: str, /, **context: Any) -> str:  # noqa: ANN401 - whatever the template names
        """Render one template. Raises jinja2.TemplateError, which is a bug or a bad override."""
        return self._environment.get_template(name).render(**context)

    def runtime(self, language: str) -> Mapping[str, str]:
        """Hand-written runtime files of a language: POSIX path relative to `runtime/` -> text."""
        files: dict[str, str] = {}
        for root in reversed(self.roots):
            files.update(_read_tree(root / language / "runtime"))
        return dict(sorted(files.items()))


@lru_cache(maxsize=16)
def _read_tree(root: Path) -> Mapping[str, str]:
    if not root.is_dir():
        return {}
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and not _SKIPPED.intersection(path.parts)
    }
