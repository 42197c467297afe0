"""The site: every file of it, from the contract, a project's guides and its changelog."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from wireproof.diagnostics import Diagnostic
from wireproof.docs.index import Entry, of_operations, of_page, script
from wireproof.docs.pages import Page, filled, guides, html, page, sections
from wireproof.docs.releases import changelog
from wireproof.docs.samples import Options, Sample, samples
from wireproof.docs.tables import table
from wireproof.emit.names import Names
from wireproof.emit.templates import Templates, builtin_root
from wireproof.ir.contract import Contract, HttpBinding
from wireproof.source.document import Document
from wireproof.source.dump import dump_json
from wireproof.source.node import Json

_CHANGELOG = "changelog"
_OWN = (
    ("errors", "# Errors\n\n<!-- wireproof:error-codes -->\n"),
    ("rate-limits", "# Rate limits\n\n<!-- wireproof:rate-limits -->\n"),
)
"""Pages of a project that writes none of its own under that name."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a site is made of.

    Attributes:
        contract: The contract.
        names: Allocated type names, as for the SDKs.
        templates: Built-in and project templates.
        options: Target name -> options, so that samples name the packages as they are called.
        guides: Folder of Markdown files.
        changelog: A Markdown file; None for none.
        redoc: Source of the reference's renderer.
    """

    contract: Contract
    names: Names
    templates: Templates
    guides: Path
    changelog: Path | None
    redoc: str
    options: Options = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Site:
    """Files by relative path."""

    files: Mapping[str, str]
    diagnostics: tuple[Diagnostic, ...]


def make(source: Source) -> Site:
    """All files of the site. Same input, same bytes."""
    pages, diagnostics = _pages(source)
    links = [
        {"href": f"{one.slug}.html", "title": "Overview" if one.slug == "index" else one.title}
        for one in pages
    ]
    links.append({"href": "reference.html", "title": "Reference"})
    files = dict(_written(source, pages, links))
    return Site(dict(sorted(files.items())), tuple(diagnostics))


def _pages(source: Source) -> tuple[list[Page], list[Diagnostic]]:
    found = guides(source.guides)
    known = {one.slug for one in found}
    if "index" not in known:
        title = source.contract.title
        found.insert(0, page("index", f"# {title}\n\n{source.contract.description}\n"))
    found += [page(slug, text) for slug, text in _OWN if slug not in known]
    if source.changelog is not None and source.changelog.is_file():
        found.append(page(_CHANGELOG, source.changelog.read_text(encoding="utf-8")))
    made: list[Page] = []
    diagnostics: list[Diagnostic] = []
    for one in found:
        done, flaws = filled(one, lambda name: table(name, source.contract).markdown())
        made.append(done)
        diagnostics += flaws
    return made, diagnostics


def _written(
    source: Source, pages: list[Page], links: list[dict[str, str]]
) -> Iterator[tuple[str, str]]:
    shared = {
        "site": source.contract.title,
        "version": source.contract.version,
        "links": links,
    }
    entries: list[Entry] = []
    for shown in _shown(pages, links):
        body = html(shown.page.text)
        found = sections(body)
        if not shown.whole_changelog:
            entries += of_page(shown.page.slug, shown.page.title, body)
        yield (
            f"{shown.page.slug}.html",
            source.templates.render(
                "docs/page.html.j2",
                title=shown.page.title,
                here=shown.here,
                body=body,
                sections=found if len(found) > 1 else [],
                after=shown.after,
                **shared,
            ),
        )
    entries += of_operations(source.contract)
    yield "assets/search-index.js", script(entries)
    yield "assets/search.js", (builtin_root() / "docs" / "search.js").read_text(encoding="utf-8")
    calls = samples(source.contract, source.names, source.templates, source.options)
    document = dump_json(_with_samples(source.contract, calls))
    yield "openapi.json", dump_json(_document(source.contract).root.value)
    yield "assets/redoc.js", source.redoc
    yield "assets/site.css", (builtin_root() / "docs" / "site.css").read_text(encoding="utf-8")
    yield (
        "reference.html",
        source.templates.render(
            "docs/reference.html.j2",
            title="Reference",
            here="reference.html",
            contract=_inline(document),
            **shared,
        ),
    )


@dataclass(frozen=True, slots=True)
class _Shown:
    """A page of Markdown, where the navigation sees it, and the link at its end."""

    page: Page
    here: str
    after: Mapping[str, str] | None
    whole_changelog: bool = False


def _shown(pages: list[Page], links: list[dict[str, str]]) -> Iterator[_Shown]:
    """The pages of the navigation, and behind the changelog one for each release."""
    for one, after in zip(pages, links[1:], strict=True):
        here = f"{one.slug}.html"
        if one.slug != _CHANGELOG:
            yield _Shown(one, here, after)
            continue
        parts = changelog(one)
        yield _Shown(parts.whole, here, after, whole_changelog=bool(parts.releases))
        older = [{"href": f"{each.slug}.html", "title": each.title} for each in parts.releases]
        for release, before in zip(parts.releases, [*older[1:], None], strict=True):
            yield _Shown(release, here, before)


def _document(contract: Contract) -> Document:
    document = contract.origin.document
    assert isinstance(document, Document)  # noqa: S101 - contracts are built from documents
    return document


def _with_samples(contract: Contract, shown: Mapping[str, list[Sample]]) -> Json:
    """The contract's document as redoc shows it: samples on operations, names on tags."""
    document = dict(_document(contract).root.value)
    paths = {path: dict(item) for path, item in document.get("paths", {}).items()}
    for operation in contract.operations:
        assert isinstance(operation.binding, HttpBinding)  # noqa: S101 - the union has one member today
        item = paths.get(operation.binding.path, {})
        method = operation.binding.method.lower()
        if isinstance(item.get(method), dict):
            item[method] = {**item[method], "x-codeSamples": list(shown[operation.id])}
    document["paths"] = paths
    if "tags" in document:
        document["tags"] = [_displayed(tag) for tag in document["tags"]]
    return document


def _displayed(tag: Json) -> Json:
    """A tag with the name that people read: `market_data` as Market data."""
    if not isinstance(tag, dict) or not isinstance(tag.get("name"), str):
        return tag
    name = " ".join(tag["name"].replace("_", " ").replace("-", " ").split())
    return {"x-displayName": name[:1].upper() + name[1:], **tag}


def _inline(text: str) -> str:
    """JSON that can stand in a script element: no tag in it ends or opens anything."""
    data = json.loads(text)
    compact = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return compact.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
