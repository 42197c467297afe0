import json
import re
from html import unescape

import pytest
from click.testing import CliRunner
from wireproof.cli.main import cli
from wireproof.docs.highlight import highlighted
from wireproof.docs.pages import html, page
from wireproof.docs.site import _inline
from wireproof.docs.tables import error_codes, rate_limits
from wireproof.ir.build import build
from wireproof.source.document import Document

TAGS = ("market_data", "orders", "account", "api_keys")


def operations(site):
    paths = json.loads((site / "openapi.json").read_text())["paths"]
    return [o for item in paths.values() for o in item.values() if isinstance(o, dict)]


def embedded(site):
    text = (site / "reference.html").read_text()
    found = re.search(
        r'<script type="application/json" id="contract">(.*?)</script>', text, re.DOTALL
    )
    return json.loads(found.group(1))


def test_every_operation_has_samples_in_three_languages(site):
    found = [
        operation
        for item in embedded(site)["paths"].values()
        for operation in item.values()
        if isinstance(operation, dict)
    ]
    assert len(found) == len(operations(site)) > 20
    for operation in found:
        shown = {one["label"]: one["source"] for one in operation["x-codeSamples"]}
        assert list(shown) == ["curl", "Python", "TypeScript"]
        assert shown["curl"].startswith("curl ")
        compile(shown["Python"], operation["operationId"], "exec")
        assert "from northgate import Northgate" in shown["Python"]
        assert 'from "northgate"' in shown["TypeScript"]
        assert operation["operationId"] in shown["TypeScript"]


@pytest.mark.parametrize("tag", TAGS)
def test_the_browser_shows_every_operation_and_asks_the_network_for_nothing(site, browse, tag):
    dom, console, asked = browse(f"{(site / 'reference.html').as_uri()}#/{tag}")
    shown = re.sub(r"<script.*?</script>", "", dom, flags=re.DOTALL)
    wanted = [o for o in operations(site) if o["tags"][0] == tag]
    assert wanted
    for operation in wanted:
        assert f"#/{tag}/{operation['operationId'].lower()}" in shown
        assert operation["summary"].partition("`")[0] in shown
    assert asked == []
    assert not [line for line in console if "Error" in line or "Content Security" in line]


def test_the_reference_shows_a_sample_and_lets_choose_the_language(site, browse):
    dom, _, _ = browse(f"{(site / 'reference.html').as_uri()}#/orders/createorder")
    shown = re.sub(r"<script.*?</script>", "", dom, flags=re.DOTALL)
    assert ">curl<" in shown
    assert "$SIGNATURE_INPUT" in shown


def test_screenshots_are_kept_beside_the_site(site, browse):
    for name in ("index", "signing", "errors", "rate-limits", "reference"):
        target = site.parent / f"{name}.png"
        browse(
            (site / f"{name}.html").as_uri(), "--window-size=1440,1000", f"--screenshot={target}"
        )
        assert target.stat().st_size > 15_000, "the page is empty"


def test_no_page_names_another_host_as_a_source(site):
    for path in site.glob("*.html"):
        for tag in re.findall(r"<(?:script|link|img|iframe)\b[^>]*>", path.read_text()):
            assert "//" not in tag, f"{path.name}: {tag}"


def test_links_lead_somewhere(site):
    for path in site.glob("*.html"):
        text = re.sub(r"<script.*?</script>", "", path.read_text(), flags=re.DOTALL)
        for target in re.findall(r'href="([^"#:]+)(?:#[^"]*)?"', text):
            assert (site / target).is_file(), f"{path.name} -> {target}"


def test_every_error_code_of_the_contract_is_in_the_table(site):
    codes = {
        code
        for operation in operations(site)
        for response in operation["responses"].values()
        for code in response.get("x-error-codes", ())
    }
    text = (site / "errors.html").read_text()
    assert all(f"<code>{code}</code>" in text for code in codes)


def test_the_same_site_twice_is_the_same_bytes(site, tmp_path, make_site):
    make_site(tmp_path)
    for path in site.rglob("*"):
        if path.is_file():
            assert (tmp_path / path.relative_to(site)).read_bytes() == path.read_bytes()


def test_markdown_shows_html_and_never_runs_it():
    made = html("# A\n\n<script>alert(1)</script>\n\n[x](10-other.md#part) [y](javascript:alert)\n")
    assert "<script" not in made
    assert 'href="other.html#part"' in made
    assert 'href="javascript' not in made


def test_a_contract_cannot_leave_its_script_element():
    text = _inline(json.dumps({"description": "</script><script>alert(1)</script>\u2028"}))
    assert "<" not in text
    assert json.loads(text)["description"].startswith("</script>")


@pytest.mark.parametrize(
    ("language", "code", "kinds"),
    [
        ("python", 'x = "# no" # yes\nreturn 1_0', 's"# no" c# yes wreturn n1_0'),
        ("ts", "const u = 'http://x'; // </span>", "wconst s'http://x' c// </span>"),
        ("json", '{"a": "b", "c": null}', 'k"a" s"b" k"c" wnull'),
        ("sh", "curl http://x#y # why", "wcurl c# why"),
    ],
)  # fmt: skip
def test_code_is_coloured_and_stays_text(language, code, kinds):
    made = highlighted(code, language)
    spans = re.findall(r'<span class="(\w)">(.*?)</span>', made)
    assert " ".join(kind + unescape(text) for kind, text in spans) == kinds
    assert unescape(re.sub(r"<[^>]+>", "", made)) == code


def test_code_of_other_languages_is_left_alone():
    assert highlighted("x < 1", "rust") == ""
    assert "x &lt; 1" in html("```rust\nx < 1\n```\n")


def test_pages_have_a_language_a_landmark_and_one_first_heading(site):
    for path in site.glob("*.html"):
        text = path.read_text()
        assert '<html lang="en">' in text
        assert text.count("<main ") == 1
        assert 'href="#content"' in text
        assert 'id="content"' in text
        if path.stem != "reference":
            assert text.count("<h1") == 1, path.name


def test_colours_can_be_told_apart(site):
    """WCAG 2.2, 1.4.3: text against its background at least 4.5 to 1, in both schemes."""
    text = (site / "assets" / "site.css").read_text()
    for scheme in re.findall(r":root \{([^}]*)\}", text):
        colours = dict(re.findall(r"--([a-z]+): (#[0-9a-f]+)", scheme))
        for name in set(colours) - {"line", "paper", "tint"}:
            for ground in ("paper", "tint"):
                assert contrast(colours[name], colours[ground]) >= 4.5, (name, ground)


def contrast(one, other):
    low, high = sorted(map(luminance, (one, other)))
    return (high + 0.05) / (low + 0.05)


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(c * 2 for c in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_a_page_is_named_by_its_heading():
    assert page("a-b", "text").title == "A b"
    assert page("x", "intro\n\n# The `x` page #\n").title == "The x page"


def test_tables_of_a_contract_without_any():
    contract = build(
        Document(
            "a.json", {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}, "paths": {}}
        )
    )
    assert error_codes(contract).markdown() == "The contract declares none.\n"
    assert rate_limits(contract).rows == ()


def test_without_redoc_it_says_where_to_get_it(tmp_path):
    result = CliRunner().invoke(cli, ["docs", "--redoc", str(tmp_path)])
    assert "npm install redoc@3.0.1" in str(result.exception)
    (tmp_path / "other.js").write_text("export{};")
    result = CliRunner().invoke(cli, ["docs", "--redoc", str(tmp_path / "other.js")])
    assert "not the standalone bundle" in str(result.exception)
