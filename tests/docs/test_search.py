"""The site's search, and the pages of releases."""

import json
import re

import pytest
from wireproof.docs.index import of_page
from wireproof.docs.pages import page
from wireproof.docs.releases import changelog


def index(site):
    text = (site / "assets" / "search-index.js").read_text()
    return json.loads(text.removeprefix("window.siteIndex = ").removesuffix(";\n"))


def found(browse, site, name, asked):
    dom, console, network = browse(f"{(site / name).as_uri()}?q={asked}")
    assert network == []
    assert not [line for line in console if "Error" in line or "Content Security" in line]
    listed = re.search(r'<ol id="found"[^>]*>(.*?)</ol>', dom, re.DOTALL)[1]
    return re.findall(r'href="([^"]+)"><b>(.*?)</b>', listed), listed


def test_what_is_indexed_stands_where_it_says(site):
    rows = index(site)
    for title, _, url, text in rows:
        name, _, anchor = url.partition("#")
        there = (site / name).read_text()
        assert title or text
        if name != "reference.html" and anchor:
            assert f'id="{anchor}"' in there, url
    operations = json.loads((site / "openapi.json").read_text())["paths"]
    wanted = {
        f"reference.html#/{one['tags'][0]}/{one['operationId'].lower()}"
        for item in operations.values()
        for one in item.values()
        if isinstance(one, dict)
    }
    assert wanted <= {url for _, _, url, _ in rows}
    assert not [url for _, _, url, _ in rows if url.startswith("changelog")], "said twice"


def test_the_browser_finds_operations_and_sections(site, browse):
    links, shown = found(browse, site, "errors.html", "cancel%20ord")
    assert links[0] in [
        ("reference.html#/orders/cancelorders", "Cancel all orders"),
        ("reference.html#/orders/cancelorder", "Cancel an order"),
    ]
    assert "DELETE /v1/orders" in shown
    links, _ = found(browse, site, "reference.html", "worked%20example")
    assert links[0] == ("signing.html#a-worked-example", "A worked example")


def test_what_is_not_there_is_not_found_and_never_becomes_markup(site, browse):
    links, shown = found(browse, site, "index.html", "%3Cimg%20src%3Dx%3Ezebra")
    assert (links, "Nothing found." in shown) == ([], True)
    assert "<img" not in shown


def test_pages_run_no_script_of_their_own(site):
    for path in site.glob("*.html"):
        text = path.read_text()
        if path.stem != "reference":
            assert re.findall(r"<script(?! src=)", text) == [], path.name
            assert "unsafe" not in text.split("</head>")[0], path.name


def test_sections_of_a_page():
    made = '<p>Lead &amp; more</p><h2 id="a">A <code>b</code></h2><p>x</p><h3 id="c">C</h3>'
    rows = [(one.title, one.part, one.url, one.text) for one in of_page("p", "P", made)]
    assert rows == [
        ("P", "", "p.html", "Lead & more"),
        ("A b", "P", "p.html#a", "x"),
        ("C", "P", "p.html#c", ""),
    ]


LOG = """\
# Changelog

Words before.

## [Unreleased]

- soon

## [contract 1.1.0](https://example.com) - 2026-02-01

### Upgrading from 1.0.0

```sh
## not a heading
### nor this
```

## 1.0.0

First.

## 1.0.0
"""


def test_each_release_has_a_page():
    made = changelog(page("changelog", LOG))
    assert [(one.slug, one.title) for one in made.releases] == [
        ("release-unreleased", "Unreleased"),
        ("release-contract-1.1.0-2026-02-01", "Contract 1.1.0 - 2026-02-01"),
        ("release-1.0.0", "1.0.0"),
        ("release-1.0.0-again", "1.0.0"),
    ]
    text = made.releases[1].text
    assert "\n## Upgrading from 1.0.0\n" in text
    assert "\n## not a heading\n### nor this\n" in text
    assert "First." not in text
    assert "## [1.0.0](release-1.0.0.html)" in made.whole.text
    assert "Words before." in made.whole.text


@pytest.mark.parametrize("log", ["", "# Changelog\n", "no headings at all\n"])
def test_a_changelog_without_releases_is_a_page(log):
    made = changelog(page("changelog", log))
    assert made.releases == ()
    assert made.whole.text.strip() == log.strip()


def test_the_site_has_a_page_for_each_release_with_its_upgrade_notes(site):
    log = (site / "changelog.html").read_text()
    assert 'href="release-contract-1.0.0.html"' in log
    release = (site / "release-contract-1.0.0.html").read_text()
    assert "First release of the contract." in release
    assert 'href="changelog.html" aria-current="page"' in release
