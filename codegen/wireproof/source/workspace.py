"""Load a contract: the entry document and everything that it refers to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from wireproof.diagnostics import Diagnostic, LoadError, Severity, Span, ordered
from wireproof.source.bundle import Bundler, only_local
from wireproof.source.document import Document
from wireproof.source.locate import locate
from wireproof.source.parse import Parse, parse
from wireproof.source.references import File, Resolver
from wireproof.source.remote import Remote

_SUPPORTED = re.compile(r"3\.[012](?:\.[0-9]+)?(?:-\S+)?\Z")


@dataclass(frozen=True)
class Workspace:
    """A contract as loaded.

    Attributes:
        entry: The document that was asked for, as written.
        documents: Every document that was read, by name, unresolved; the entry first.
        contract: The one logical document: external references bundled into `#/components`.
        diagnostics: Flaws that do not keep the contract from being read.
    """

    entry: Document
    documents: Mapping[str, Document]
    contract: Document
    diagnostics: tuple[Diagnostic, ...] = ()


def load(ref: str | Path, *, allow_remote: bool = False, read: Parse = parse) -> Workspace:
    """Read an OpenAPI document with everything that it refers to.

    Args:
        ref: A path, `-` for standard input, or `REV:path` for a git revision.
        allow_remote: Whether `$ref`s to http and https are followed.
        read: How bytes are read; a `Memory` spares the work on files that did not change.

    Raises:
        LoadError: The document cannot be read as an OpenAPI 3.0, 3.1 or 3.2 contract.
    """
    location = locate(ref)
    if isinstance(location, Remote) and not allow_remote:
        raise LoadError(
            Diagnostic(
                "remote-ref",
                Severity.ERROR,
                f"{location.name} needs the network",
                Span.point(location.name),
                help="download it and name the file, or pass --allow-remote",
            )
        )
    source = read(location.name, location.read())
    _check_version(source.document)
    document = source.document
    if only_local(document, source.data, plain=source.plain):
        diagnostics = ordered(source.diagnostics)
        return Workspace(document, {document.name: document}, document, diagnostics)
    entry = File(location, document)
    resolver = Resolver(entry, allow_remote=allow_remote, read=read)
    bundler = Bundler(entry, resolver)
    contract = bundler.bundle()
    diagnostics = (*source.diagnostics, *bundler.diagnostics, *resolver.diagnostics)
    documents = {file.document.name: file.document for file in resolver.files.values()}
    return Workspace(document, documents, contract, ordered(diagnostics))


def _check_version(document: Document) -> None:
    root = document.root
    if not isinstance(root.value, dict):
        raise _refused(
            document, "the document's root is not a mapping", "begin with openapi: 3.1.0"
        )
    if "swagger" in root.value and "openapi" not in root.value:
        raise _refused(
            document,
            "this is a Swagger 2.0 document, not OpenAPI 3",
            "convert it first, e.g. npx swagger2openapi --yaml FILE",
            "swagger",
        )
    if "openapi" not in root.value:
        raise _refused(
            document, "the field openapi is missing", "add openapi: 3.1.0 as the first line"
        )
    version = root.value["openapi"]
    if not isinstance(version, str) or not _SUPPORTED.match(version):
        quoted = "" if isinstance(version, str) else ", in quotes"
        raise _refused(
            document,
            f"OpenAPI version {version!r} is not supported",
            f"write 3.0.x, 3.1.x or 3.2.x{quoted}",
            "openapi",
        )


def _refused(document: Document, message: str, hint: str, key: str = "") -> LoadError:
    span = document.span((key,) if key else ())
    return LoadError(
        Diagnostic(
            "not-openapi", Severity.ERROR, message, span, f"/{key}" if key else "", help=hint
        )
    )
