"""JUnit XML as test reports of CI services read it: one suite per file, one case per finding."""

from __future__ import annotations

import re
from collections.abc import Iterable
from xml.etree import ElementTree as ET

from wireproof.diagnostics import Diagnostic, Severity
from wireproof.report.listing import Listing

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def render(listing: Listing) -> str:
    """Errors and warnings are failures; infos are cases that passed with output."""
    files: dict[str, list[Diagnostic]] = {}
    for diagnostic in listing.diagnostics():
        files.setdefault(diagnostic.span.file if diagnostic.span else "", []).append(diagnostic)
    root = ET.Element("testsuites", name="wireproof")
    for file, diagnostics in files.items():
        root.append(_suite(file, diagnostics))
    if not files:
        suite = _suite("contract", ())
        suite.set("tests", "1")
        ET.SubElement(suite, "testcase", name=listing.name, classname="contract")
        root.append(suite)
    for count in ("tests", "failures"):
        root.set(count, str(sum(int(suite.get(count, "0")) for suite in root)))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode", xml_declaration=False)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suite(file: str, diagnostics: Iterable[Diagnostic]) -> ET.Element:
    listed = list(diagnostics)
    failures = sum(one.severity > Severity.INFO for one in listed)
    suite = ET.Element(
        "testsuite",
        name=_clean(file or "contract"),
        tests=str(len(listed)),
        failures=str(failures),
        errors="0",
        skipped="0",
    )
    for diagnostic in listed:
        place = f":{diagnostic.span.line}" if diagnostic.span else ""
        case = ET.SubElement(
            suite,
            "testcase",
            name=_clean(f"{diagnostic.rule} at {file}{place}"),
            classname=_clean(diagnostic.rule),
            file=_clean(file),
        )
        body = _clean(str(diagnostic))
        if diagnostic.severity > Severity.INFO:
            failure = ET.SubElement(
                case,
                "failure",
                message=_clean(diagnostic.message),
                type=diagnostic.severity.label,
            )
            failure.text = body
        else:
            ET.SubElement(case, "system-out").text = body
    return suite


def _clean(text: str) -> str:
    """Without the characters that XML 1.0 cannot hold at all."""
    return _ILLEGAL.sub("\N{REPLACEMENT CHARACTER}", text)
