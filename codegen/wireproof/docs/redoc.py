"""redoc, the reference's renderer: found on disk or fetched when asked to; made to ask for nothing.

It is not part of Wireproof's wheel. `wireproof docs --fetch-redoc` takes it from npm's registry
once, one file of one version whose digest is known, and keeps it for all projects.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.emit.memory import folder
from wireproof.source.remote import Remote

VERSION = "3.0.1"
SHA256 = "d9666cd5a1cb6c08c6d23f2433b025774a11354823d70357c8f506b988dac189"
"""Digest of the package as npm's registry has it."""
BUNDLE = Path("node_modules/redoc/bundles/redoc.standalone.js")
_MEMBER = "package/bundles/redoc.standalone.js"
_META = "__redocMeta"  # stands in for `import.meta`, which only modules have
_LOGO = "https://cdn.redoc.ly/redoc/"  # where it would fetch its own logo from
_EXPORT = "export{RedocStandalone,hydrate,init};"
_HELP = (
    f"run `wireproof docs --fetch-redoc` once: it takes redoc {VERSION} (1.2 MB) from npm's "
    f"registry, checks it and keeps it; or run `npm install redoc@{VERSION}` here, or name its "
    "file with --redoc"
)


def find(given: Path | None, start: Path) -> Path:
    """The bundle: what was named, the nearest `node_modules/redoc`, or what was fetched before.

    Raises:
        UsageError: there is none.
    """
    if given is not None:
        candidates = [given, given / "bundles" / "redoc.standalone.js"]
    else:
        folders = [start, *start.parents]
        candidates = [one / BUNDLE for one in folders]
        candidates += [one / "tests" / "node" / BUNDLE for one in folders]
        kept = _kept()
        candidates += [kept] if kept else []
    for candidate in candidates:
        if candidate.is_file():
            return candidate
    if given is not None:
        raise _wrong(f"redoc was not found in {given}", _HELP)
    raise _wrong("the reference is shown by redoc, which is not here yet", _HELP)


def fetch(sha256: str = SHA256) -> str:
    """The bundle out of the registry that npm is set up for, kept from now on.

    Args:
        sha256: What the package's digest has to be.

    Raises:
        LoadError: it cannot be had.
        UsageError: it is not the package that is known, or nobody knows a registry.
    """
    url = f"{_registry().rstrip('/')}/redoc/-/redoc-{VERSION}.tgz"
    package = Remote(url).read()
    found = hashlib.sha256(package).hexdigest()
    if found != sha256:
        raise _wrong(
            f"{url} is not the redoc {VERSION} that is known: its SHA-256 is {found}",
            "nothing was kept of it; ask whoever runs the registry",
        )
    with tarfile.open(fileobj=io.BytesIO(package)) as archive:
        member = archive.extractfile(_MEMBER)
        assert member is not None  # noqa: S101 - the package is the one that is known
        text = member.read()
    kept = _kept()
    if kept is not None:
        kept.parent.mkdir(parents=True, exist_ok=True)
        partial = kept.with_suffix(f".{os.getpid()}")
        partial.write_bytes(text)
        partial.replace(kept)
    return text.decode()


def _registry() -> str:
    """`NPM_CONFIG_REGISTRY`, as for npm, else what npm itself would ask."""
    named = os.environ.get("NPM_CONFIG_REGISTRY")
    npm = shutil.which("npm")
    if named is None and npm is not None:
        asked = [npm, "config", "get", "registry"]
        told = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603 - npm as found on PATH
        named = told.stdout.strip()
    if named is None or not named.startswith("http"):
        raise _wrong(
            "npm is not here to say which registry to take redoc from",
            f"set NPM_CONFIG_REGISTRY to one, or name redoc {VERSION}'s file with --redoc",
        )
    return named


def script(text: str, name: str) -> str:
    """The bundle as a classic script that sets `window.Redoc`, so that it runs from a file too.

    Raises:
        UsageError: it is another version of redoc; `name` says which file.
    """
    if not text.rstrip().endswith(_EXPORT):
        raise _wrong(f"{name} is not the standalone bundle of redoc 3", _HELP)
    body = text.rstrip().removesuffix(_EXPORT).replace("import.meta.", f"{_META}.")
    body = body.replace(_LOGO, "data:,")
    meta = f'window.{_META}={{url:document.baseURI,dirname:""}};'
    return f"{meta}\n(()=>{{{body}\nwindow.Redoc={{hydrate,init}};}})();\n"


def _kept() -> Path | None:
    home = folder()
    return home / f"redoc-{VERSION}.js" if home else None


def _wrong(message: str, hint: str) -> UsageError:
    return UsageError(Diagnostic("redoc", Severity.ERROR, message, help=hint))
