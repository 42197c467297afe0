"""Base URLs of servers."""

from __future__ import annotations

import re

from wireproof.ir.contract import Contract, Operation


def server_url(server: object) -> str:
    """A server's URL with the defaults of its variables; "" where it is relative."""
    url = str(getattr(server, "url", ""))
    for name, (default, _) in getattr(server, "variables", {}).items():
        url = url.replace(f"{{{name}}}", default)
    return url.rstrip("/") if re.match(r"https?://[^/{}]", url) else ""


def server_of(operation: Operation, contract: Contract, base: str) -> str:
    """URL of the server that an operation has for itself; "" where it shares the contract's."""
    if not operation.servers or operation.servers == contract.servers:
        return ""
    url = server_url(operation.servers[0])
    return "" if url == base else url
