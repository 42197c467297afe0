"""A signing sidecar: turns `Authorization: Bearer NAME` into the message signature of that account.

Tools that know only the Authorization header can so be let loose on the venue as any of several
accounts, with the contract as it stands. What the tool leaves out is left out here: no header, no
signature. A name that nobody has is signed by a stranger's key in the name of a real one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.service.in_process import Signature

SIGNATURE_FIELDS = ("signature", "signature-input", "content-digest")


@dataclass
class Sidecar:
    """ASGI middleware in front of a venue.

    Attributes:
        app: The venue.
        signers: By account name; filled in once the accounts exist.
        open_paths: Paths that are signed for the first account whoever asks, or nobody: what a
            venue that forgot authentication would do.
        shared_paths: Paths that are signed for the first account whichever account asks: what a
            venue that forgot to look whose object it is would do.
        seen: How often each name was sent with each method.
        renew: Called with a signer's name before it signs. An account that may manage keys can
            lock itself out, and a tool that tries everything does.
    """

    app: Any
    signers: dict[str, Signature] = field(default_factory=dict)
    open_paths: tuple[str, ...] = ()
    shared_paths: tuple[str, ...] = ()
    seen: Counter[tuple[str, str]] = field(default_factory=Counter)
    renew: Callable[[str], None] = lambda _name: None

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        body = await _all(receive)
        scope["headers"] = self._signed(scope, body)

        async def once() -> Mapping[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        await self.app(scope, once, send)

    def _signed(self, scope: Any, body: bytes) -> list[tuple[bytes, bytes]]:
        """The request's header fields, with a signature where it names a signer."""
        kept = [(name, value) for name, value in scope["headers"] if name != b"authorization"]
        name = self._name(scope)
        self.seen[scope["method"], name] += 1
        if not name:
            return kept
        if name in self.signers:
            self.renew(name)
        signature = self.signers.get(name) or self._stranger()
        fields = dict(kept)
        target = scope["raw_path"] + (
            b"?" + scope["query_string"] if scope["query_string"] else b""
        )
        host = fields[b"host"].decode("latin-1")
        twin = httpx.Request(
            scope["method"],
            httpx.URL(f"http://{host}").copy_with(raw_path=target),
            content=body,
            headers={"host": host},
        )
        next(signature.auth_flow(twin))
        kept = [(each, value) for each, value in kept if each.decode() not in SIGNATURE_FIELDS]
        return kept + [
            (each.encode(), twin.headers[each].encode())
            for each in SIGNATURE_FIELDS
            if each in twin.headers
        ]

    def _name(self, scope: Any) -> str:
        """Whom a request names; "" where it names nobody."""
        values = [value for name, value in scope["headers"] if name == b"authorization"]
        name = values[0].decode("latin-1").rpartition(" ")[2] if values else ""
        path, first = scope["path"], next(iter(self.signers), "")
        if path.startswith(self.open_paths):
            return first
        if name in self.signers and path.startswith(self.shared_paths):
            return first
        return name

    def _stranger(self) -> Signature:
        """What somebody makes who knows a key's id but not the key."""
        known = next(iter(self.signers.values()))
        return Signature(
            known.key_id, known.algorithm, Ed25519PrivateKey.generate().sign, known.clock
        )


async def _all(receive: Any) -> bytes:
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body
