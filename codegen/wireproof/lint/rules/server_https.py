"""Servers are reached by https.

What
    The `url` of a server begins with `http:` and is not on the local machine.

Why
    Whoever stands between reads and changes everything, credentials first.

Bad
    servers: [{url: 'http://api.example.com'}]
    paths: {}

Good
    servers: [{url: 'https://api.example.com'}, {url: 'http://127.0.0.1:8080'}]
    paths: {}
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wireproof.diagnostics import Severity
from wireproof.lint.rule import Problem, Rule
from wireproof.lint.scope import Scope
from wireproof.source.node import Node

_LOCAL = re.compile(
    r"http://(?:localhost|127\.\d+\.\d+\.\d+|\[::1\]|0\.0\.0\.0|[\w.-]+\.(?:local|test|localhost))(?:[:/]|\Z)",
    re.IGNORECASE,
)


def check(node: Node, _scope: Scope) -> Iterator[Problem]:
    """One problem at each such address."""
    servers = node.get("servers")
    for server in servers.elements() if servers is not None else ():
        url = server.get("url")
        address = url.value if url is not None and isinstance(url.value, str) else ""
        if url is not None and address.lower().startswith("http:") and not _LOCAL.match(address):
            yield Problem(url, f"the server {address} is reached in the clear", "use https")


RULE = Rule(
    "server-https",
    Severity.WARNING,
    ("openapi", "pathItem", "operation"),
    check,
    keys=frozenset({"servers"}),
)
