"""Templates: the built-in ones under a project's own.

Built-in templates ship inside the wheel (`wireproof/_templates`); in a checkout they are the
folder `sdk-templates/`. A project may put files of the same names into its own folder: they win,
as long as they are of this version's contract (`overrides`).
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jinja2

from wireproof.diagnostics import Diagnostic, Severity, Span, UsageError
from wireproof.emit import overrides

_SKIPPED = {"__pycache__", "node_modules"}


def builtin_root() -> Path:
    """The folder that holds the built-in templates."""
    packaged = Path(__file__).parents[1] / "_templates"
    return packaged if packaged.is_dir() else Path(__file__).parents[3] / "sdk-templates"


class Templates:
    """Renders `.j2` templates and hands out runtime files, overrides first.

    Attributes:
        roots: The folders, those that win first.
        diagnostics: What is odd about the project's own templates.

    Raises:
        UsageError: the project's own templates are not of this version's contract.
    """

    def __init__(self, override: Path | None = None) -> None:
        self.diagnostics: tuple[Diagnostic, ...] = (
            overrides.check(override, builtin_root()) if override else ()
        )
        self._override = override
        self._trees: dict[Path, Mapping[str, str]] = {}
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
        """Render one template.

        Raises:
            UsageError: a template of the project fails.
            jinja2.TemplateError: a built-in one does, which is a bug.
        """
        try:
            return self._environment.get_template(name).render(**context)
        except jinja2.TemplateError as error:
            if self._override is None or not (self._override / name).is_file():
                raise
            raise _failed(self._override / name, error) from error

    def runtime(self, language: str) -> Mapping[str, str]:
        """Hand-written runtime files of a language: POSIX path relative to `runtime/` -> text."""
        files: dict[str, str] = {}
        for root in reversed(self.roots):
            tree = root / language / "runtime"
            if tree not in self._trees:
                self._trees[tree] = _read_tree(tree)
            files.update(self._trees[tree])
        return dict(sorted(files.items()))


def _failed(path: Path, error: jinja2.TemplateError) -> UsageError:
    line = getattr(error, "lineno", None) or _line_in(path, error) or 1
    return UsageError(
        Diagnostic(
            rule="template-failed",
            severity=Severity.ERROR,
            message=f"this template fails: {error.message or type(error).__name__}",
            span=Span.point(str(path), line),
            help="compare it with the built-in template of the same name",
        )
    )


def _line_in(path: Path, error: BaseException) -> int | None:
    """The line of a template in which an error arose; jinja2 rewrites tracebacks to tell."""
    frame, line = error.__traceback__, None
    while frame is not None:
        if frame.tb_frame.f_code.co_filename == str(path):
            line = frame.tb_lineno
        frame = frame.tb_next
    return line


def _read_tree(root: Path) -> Mapping[str, str]:
    if not root.is_dir():
        return {}
    return {
        path.relative_to(root).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(root.rglob("*"))
        if path.is_file() and not _SKIPPED.intersection(path.parts)
    }
