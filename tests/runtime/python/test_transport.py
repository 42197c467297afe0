"""The default transport: whom it trusts, how it finds proxies, and what it says was sent."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from sdk_runtime.aio.transport import AsyncHttpxTransport
from sdk_runtime.proxies import proxies_configured
from sdk_runtime.request import Request, Timeout
from sdk_runtime.sync.connections import _no_tls
from sdk_runtime.sync.transport import HttpxTransport
from sdk_runtime.transport_error import TransportError

from tests.python_tools import Answer, Server, serving

LIMITS = Timeout.of(10.0)
_PROXIES = [f"{name}_proxy" for name in ("http", "https", "all", "no")]


@pytest.fixture(autouse=True)
def _no_proxies(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in _PROXIES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(lambda request: Answer(200, {"path": request.path})) as running:
        yield running


def get(origin: str, **headers: str) -> Request:
    return Request("GET", origin, "/a%2Fb", "q=%20", dict(headers))


def content(transport: HttpxTransport, request: Request) -> bytes:
    reply = transport.send(request, LIMITS)
    try:
        return b"".join(reply.iter_bytes())
    finally:
        reply.close()


def test_path_and_query_travel_as_they_are(server: Server) -> None:
    transport = HttpxTransport()
    assert content(transport, get(server.url)) == b'{"path": "/a%2Fb?q=%20"}'
    transport.close()


def test_the_asynchronous_twin_does_the_same(server: Server) -> None:
    async def call() -> bytes:
        transport = AsyncHttpxTransport()
        reply = await transport.send(get(server.url), LIMITS)
        found = b"".join([chunk async for chunk in reply.aiter_bytes()])
        await reply.aclose()
        await transport.aclose()
        return found

    assert asyncio.run(call()) == b'{"path": "/a%2Fb?q=%20"}'


def test_a_closed_transport_sends_nothing(server: Server) -> None:
    transport = HttpxTransport()
    content(transport, get(server.url))
    transport.close()
    with pytest.raises(TransportError, match="closed") as caught:
        transport.send(get(server.url), LIMITS)
    assert (caught.value.sent, caught.value.final) == (False, True)
    assert len(server.received) == 1


def test_a_given_client_is_used_and_stays_open(server: Server) -> None:
    seen: list[str] = []
    with httpx.Client(event_hooks={"request": [lambda r: seen.append(r.method)]}) as client:
        transport = HttpxTransport(client)
        content(transport, get(server.url))
        transport.close()
        content(transport, get(server.url))
        assert not client.is_closed
    assert seen == ["GET", "GET"]


def test_what_cannot_be_put_into_a_request_was_not_sent() -> None:
    with pytest.raises(TransportError) as caught:
        HttpxTransport().send(get("http://127.0.0.1:9", X="\u20ac\udc80"), LIMITS)
    assert (caught.value.sent, caught.value.final) == (False, True)


def test_a_proxy_of_the_environment_is_asked(
    server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url)
    transport = HttpxTransport()
    assert content(transport, get("http://venue.test")) == (
        b'{"path": "http://venue.test/a%2Fb?q=%20"}'
    )
    transport.close()


@pytest.mark.parametrize("name", ["HTTPS_PROXY", "all_proxy", "no_proxy"])
def test_every_spelling_of_a_proxy_counts(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    assert not proxies_configured()
    monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert proxies_configured()


def test_the_pool_for_plain_http_would_trust_nobody() -> None:
    context = _no_tls()
    assert context.verify_mode is ssl.CERT_REQUIRED
    assert context.check_hostname
    assert context.get_ca_certs() == []


def certificate(folder: Path) -> ssl.SSLContext:
    """A server's context with a self-signed certificate for 127.0.0.1, also at `ca.pem`."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "venue.test")])
    now = dt.datetime.now(dt.UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    secret = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = made.public_bytes(serialization.Encoding.PEM)
    (folder / "ca.pem").write_bytes(public)
    (folder / "both.pem").write_bytes(public + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "both.pem")
    return context


@pytest.mark.parametrize("trusted", [False, True], ids=["unknown", "trusted"])
def test_certificates_are_verified(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, trusted: bool
) -> None:
    context = certificate(tmp_path)
    if trusted:
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    with serving(lambda _: Answer(200, b"{}"), tls=context) as server:
        transport = HttpxTransport()
        if trusted:
            assert content(transport, get(server.url)) == b"{}"
        else:
            with pytest.raises(TransportError, match="CERTIFICATE_VERIFY_FAILED") as caught:
                content(transport, get(server.url))
            assert not caught.value.sent
            assert server.received == []
        transport.close()
