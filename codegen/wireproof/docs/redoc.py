"""redoc, the reference's renderer: found on disk, never fetched, made to ask for nothing."""

from __future__ import annotations

from pathlib import Path

from wireproof.diagnostics import Diagnostic, Severity, UsageError

BUNDLE = Path("node_modules/redoc/bundles/redoc.standalone.js")
_META = "__redocMeta"  # stands in for `import.meta`, which only modules have
_LOGO = "https://cdn.redoc.ly/redoc/"  # where it would fetch its own logo from
_EXPORT = "export{RedocStandalone,hydrate,init};"


def find(given: Path | None, start: Path) -> Path:
    """The bundle: what was named, or the nearest `node_modules/redoc`.

    Raises:
        UsageError: there is none.
    """
    if given is not None:
        candidates = [given, given / "bundles" / "redoc.standalone.js"]
    else:
        folders = [start, *start.parents]
        candidates = [folder / BUNDLE for folder in folders]
        candidates += [folder / "tests" / "node" / BUNDLE for folder in folders]
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    where = str(given) if given else "node_modules"
    raise UsageError(
        Diagnostic(
            "redoc",
            Severity.ERROR,
            f"redoc was not found in {where}",
            help="run `npm install redoc@3.0.1`, or name the file with --redoc",
        )
    )


def script(path: Path) -> str:
    """The bundle as a classic script that sets `window.Redoc`, so that it runs from a file too.

    Raises:
        UsageError: the file is another version of redoc.
    """
    text = path.read_text(encoding="utf-8")
    if not text.rstrip().endswith(_EXPORT):
        raise UsageError(
            Diagnostic(
                "redoc",
                Severity.ERROR,
                f"{path} is not the standalone bundle of redoc 3",
                help="run `npm install redoc@3.0.1`",
            )
        )
    body = text.rstrip().removesuffix(_EXPORT).replace("import.meta.", f"{_META}.")
    body = body.replace(_LOGO, "data:,")
    meta = f'window.{_META}={{url:document.baseURI,dirname:""}};'
    return f"{meta}\n(()=>{{{body}\nwindow.Redoc={{hydrate,init}};}})();\n"
