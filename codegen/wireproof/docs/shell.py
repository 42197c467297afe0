"""Calls in curl."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator

from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.verdicts import Flow
from wireproof.ir.contract import Contract, Operation, SecurityScheme
from wireproof.ir.media import is_form, is_json, is_multipart
from wireproof.ir.samples.find import Finder
from wireproof.ir.samples.request import SampleRequest, sample_request
from wireproof.ir.samples.styles import spelled
from wireproof.ir.signature import preferred
from wireproof.source.node import Json

_ELSEWHERE = "https://api.example.com"
_OCTETS = "application/octet-stream"


class Shell:
    """Writes curl commands that operations of one contract admit.

    Args:
        contract: The contract.
        base: URL that paths are put behind; "" takes the contract's own servers.
    """

    def __init__(self, contract: Contract, base: str = "") -> None:
        self._contract = contract
        self._base = base
        leaf = Prover(contract.schemas, contract.schemas, Flow.REQUEST).smallest
        self._find = Finder(contract, leaf, outbound=False).find

    def call(self, operation: Operation) -> str:
        """One command, a flag a line."""
        request = sample_request(operation, self._find)
        credentials = [
            flag
            for use in (operation.security[0] if operation.security else ())
            if use.scheme in self._contract.security_schemes
            for flag in _credential(self._contract.security_schemes[use.scheme], operation)
        ]
        query = [flag for flag in credentials if not flag.startswith("-")]
        url = _joined(self._server(operation) + request.path, request.query, query)
        first = "curl" if request.method == "GET" else f"curl -X {shlex.quote(request.method)}"
        parts = [f"{first} {url}"]
        parts += [f"-H {shlex.quote(f'{name}: {text}')}" for name, text in request.headers]
        parts += [flag for flag in credentials if flag.startswith("-")]
        return " \\\n  ".join([*parts, *self._body(operation, request)])

    def _server(self, operation: Operation) -> str:
        if self._base:
            return self._base.rstrip("/")
        server = next(iter(operation.servers or self._contract.servers), None)
        url = "" if server is None else server.url
        for name, (default, _) in server.variables.items() if server else ():
            url = url.replace("{" + name + "}", default)
        return (url if "://" in url else _ELSEWHERE + url).rstrip("/")

    def _body(self, operation: Operation, request: SampleRequest) -> Iterator[str]:
        if not request.content_type:
            return
        kind = f"-H {shlex.quote(f'Content-Type: {request.content_type}')}"
        if is_json(request.content_type):
            text = json.dumps(request.value, indent=2, ensure_ascii=False, default=spelled)
            yield kind
            yield f"-d {shlex.quote(text)}"
        elif isinstance(request.value, dict) and is_form(request.content_type):
            for name, member in _fields(request.value):
                yield f"--data-urlencode {shlex.quote(f'{name}={spelled(member)}')}"
        elif isinstance(request.value, dict) and is_multipart(request.content_type):
            files = self._files(operation)
            for name, member in _fields(request.value):
                text = f"{name}=@file" if name in files else f"{name}={spelled(member)}"
                yield f"-F {shlex.quote(text)}"
        else:
            yield kind
            yield "--data-binary @body"

    def _files(self, operation: Operation) -> frozenset[str]:
        """Fields of a multipart body that are octets."""
        media = preferred(operation.request.content) if operation.request else None
        if media is None or media.schema is None:
            return frozenset()
        schemas = self._contract.schemas
        return frozenset(
            name
            for name, member in schemas[media.schema].properties.items()
            if schemas[member].content_media_type == _OCTETS
        )


def _joined(url: str, query: str, credentials: list[str]) -> str:
    """The URL as one word of the shell; credentials in its query are variables."""
    if not credentials:
        return shlex.quote(f"{url}?{query}" if query else url)
    pairs = "&".join(credentials)
    return f'"{url}?{query + "&" if query else ""}{pairs}"'


def _fields(value: dict[str, Json]) -> Iterator[tuple[str, Json]]:
    """Fields of a form: a list repeats its field."""
    for name, member in value.items():
        for item in member if isinstance(member, list) else [member]:
            yield name, item


def _credential(scheme: SecurityScheme, operation: Operation) -> list[str]:
    """Flags that carry a credential, or `name=$VARIABLE` for one in the query."""
    if scheme.signature is not None:
        digest = ['-H "Content-Digest: $CONTENT_DIGEST"'] if operation.request else []
        return [*digest, '-H "Signature-Input: $SIGNATURE_INPUT"', '-H "Signature: $SIGNATURE"']
    if scheme.kind == "apiKey":
        name = scheme.api_key_name
        if scheme.api_key_in == "query":
            return [f"{name}=$API_KEY"]
        if scheme.api_key_in == "cookie":
            return [f'-b {shlex.quote(name + "=")}"$API_KEY"']
        return [f'-H {shlex.quote(name + ": ")}"$API_KEY"']
    if scheme.http_scheme.lower() == "basic":
        return ['-u "$USERNAME:$PASSWORD"']
    return [] if scheme.kind == "mutualTLS" else ['-H "Authorization: Bearer $TOKEN"']
