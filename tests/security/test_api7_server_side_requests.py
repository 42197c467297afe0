"""API7:2023 Server side request forgery: the venue makes no request on behalf of anybody.

No operation takes a URL, and no module of the venue can make a request: so nothing can be forged.
Both are held here, so that whoever adds a webhook meets this test first.
"""

from __future__ import annotations

import ast
from pathlib import Path

from wireproof.source import load

from tests.service.contract_reading import SPEC

ROOT = Path(__file__).parents[2]
CLIENTS = {"http.client", "urllib.request", "httpx", "requests", "aiohttp", "ftplib", "smtplib"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_no_module_of_the_venue_can_make_a_request():
    found = {
        (str(path.relative_to(ROOT)), name)
        for folder in ("handlers", "generated/server")
        for path in (ROOT / folder).rglob("*.py")
        for name in imported(path)
        if name in CLIENTS
    }
    assert found == set()


def formats(node, within=""):
    if isinstance(node, dict):
        if node.get("format") in ("uri", "iri", "url", "hostname", "idn-hostname"):
            yield within
        for name, value in node.items():
            yield from formats(value, f"{within}/{name}")
    elif isinstance(node, list):
        for index, value in enumerate(node):
            yield from formats(value, f"{within}/{index}")


def test_no_request_takes_an_address_to_call():
    contract = load(str(SPEC)).contract.root.value
    assert list(formats(contract)) == []
    assert "webhooks" not in contract
    assert not any("callbacks" in o for i in contract["paths"].values() for o in i.values())


def test_an_address_in_an_allow_list_is_compared_and_never_resolved(alice):
    for entry in ("localhost", "metadata.internal", "http://169.254.169.254/", "1", "0x7f000001"):
        body = {"name": "x", "algorithm": "hmac-sha256", "scopes": ["read"]}
        answer = alice.send("POST", "/v1/api-keys", json={**body, "ip_allow_list": [entry]})
        assert (answer.status_code, answer.json()["code"]) == (400, "malformed")
