"""Signatures: the RFC's own example, the shared vectors, a second implementation, and forgeries."""

import hashlib
import hmac
import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_network
from pathlib import Path

import http_message_signatures as hms
import pytest
import requests
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from probe_server.runtime.auth import Identity
from probe_server.runtime.context import Context
from probe_server.runtime.memory import MemoryKeyStore, MemoryNonceStore
from probe_server.runtime.signature import SignatureAuth, SignatureVerifier, SigningKey
from probe_server.runtime.signature import keys as signature_keys
from probe_server.runtime.signature.base import signature_base
from probe_server.runtime.signature.ed25519 import ed25519_verifier
from probe_server.runtime.signature.profile import Profile

SHARED = Path(os.environ.get("WIREPROOF_SHARED", Path(__file__).resolve().parents[4] / "shared"))
VECTORS = SHARED / "vectors" / "auth_vectors.json"

# RFC 9421 appendix B.1.4: the public test key, which is public in both halves.
PRIVATE = Ed25519PrivateKey.from_private_bytes(
    b64decode("n4Ni+HpISpVObnQMW0wOhCKROaIKqKtW/2ZYb2p9KcU=")
)
PUBLIC = PRIVATE.public_key().public_bytes_raw()
SECRET = b"a shared secret of thirty-two oct"
NOW = 1_793_000_001
COVERED = ("@method", "@authority", "@path", "@query", "content-digest")


@dataclass
class Draft:
    """A request to be signed; each field can be bent."""

    method: str = "POST"
    authority: str = "probe.example"
    path: str = "/signed"
    query: str = ""
    body: bytes = b'{"a":1}'
    created: int = NOW - 1
    expires: int = NOW + 4
    nonce: str = "n0nce"
    keyid: str = "ed"
    alg: str = "ed25519"
    tag: str = "trading-v1"
    components: tuple[str, ...] | None = None

    def digest(self):
        return f"sha-256=:{b64encode(hashlib.sha256(self.body).digest()).decode()}:"

    def covered(self):
        if self.components is not None:
            return self.components
        return COVERED if self.body else COVERED[:-1]

    def params(self):
        names = " ".join(f'"{name}"' for name in self.covered())
        return (
            f"({names});created={self.created};expires={self.expires};"
            f'nonce="{self.nonce}";keyid="{self.keyid}";alg="{self.alg}";tag="{self.tag}"'
        )

    def base(self):
        values = {
            "@method": self.method,
            "@authority": self.authority,
            "@path": self.path,
            "@query": f"?{self.query}",
            "content-digest": self.digest(),
            "date": "now",
        }
        lines = [f'"{name}": {values[name]}' for name in self.covered()]
        return "\n".join([*lines, f'"@signature-params": {self.params()}']).encode()

    def sign(self):
        if self.alg == "ed25519":
            return PRIVATE.sign(self.base())
        return hmac.digest(SECRET, self.base(), "sha256")

    def headers(self):
        fields = [("signature-input", f"sig1={self.params()}")]
        fields.append(("signature", f"sig1=:{b64encode(self.sign()).decode()}:"))
        if self.body:
            fields.append(("content-digest", self.digest()))
        return fields


def keys():
    trade = frozenset({"trade"})
    return MemoryKeyStore(
        [
            SigningKey("ed", "ed25519", PUBLIC, Identity("alice", trade)),
            SigningKey("mac", "hmac-sha256", SECRET, Identity("bob", trade)),
            SigningKey("weak", "ed25519", PUBLIC, Identity("carol")),
            SigningKey(
                "old", "ed25519", PUBLIC, Identity("dan", trade), datetime(2026, 1, 1, tzinfo=UTC)
            ),
            SigningKey(
                "far",
                "ed25519",
                PUBLIC,
                Identity("eve", trade),
                networks=(ip_network("10.0.0.0/8"), ip_network("::/0")),
            ),
            SigningKey(
                "near",
                "ed25519",
                PUBLIC,
                Identity("eve", trade),
                networks=(ip_network("192.0.2.0/24"),),
            ),
        ]
    )


@pytest.fixture
def venue(serve):
    def start(**options):
        auth = SignatureAuth(
            keys=keys(),
            nonces=MemoryNonceStore(lambda: NOW),
            **{"clock": lambda: float(NOW), **options},
        )
        service = serve(auth={"signature": auth})
        for name in ("signed", "signed_get"):
            service.echo.answers[name] = lambda context, **_: context.principal.subject
        return service

    return start


def send(service, draft, **changes):
    """Send a draft, with some of what it signed replaced by something else."""
    sent = replace(
        draft, **{k: v for k, v in changes.items() if k in ("method", "path", "query", "body")}
    )
    target = f"{sent.path}?{sent.query}" if sent.query else sent.path
    headers = changes.get("headers", draft.headers())
    return service(sent.method, target, body=sent.body, headers=headers)


def test_good_signatures(venue):
    service = venue()
    assert send(service, Draft()).json() == "alice"
    seen = service.echo.contexts[-1].signature
    assert (seen.key_id, seen.algorithm, seen.created, seen.expires, seen.nonce) == (
        "ed",
        "ed25519",
        NOW - 1,
        NOW + 4,
        "n0nce",
    )
    assert send(service, Draft(keyid="mac", alg="hmac-sha256")).json() == "bob"
    assert (
        send(service, Draft(method="GET", body=b"", nonce="b", query="q=a%20b")).json() == "alice"
    )
    assert send(service, Draft(keyid="near", nonce="c")).json() == "eve"
    assert send(service, Draft(body=b"", components=COVERED[:-1], nonce="d")).json() == "alice"


def test_parameters_may_come_in_any_order(venue):
    draft = Draft()
    names = '("@method" "@authority" "@path" "@query" "content-digest")'
    params = (
        f'{names};tag="trading-v1";alg="ed25519";keyid="ed";nonce="z";'
        f"expires={NOW + 4};created={NOW - 1}"
    )
    base = draft.base().decode().rpartition('"@signature-params": ')[0]
    signature = PRIVATE.sign(f'{base}"@signature-params": {params}'.encode())
    headers = [
        ("signature-input", f"sig1={params}"),
        ("signature", f"sig1=:{b64encode(signature).decode()}:"),
        ("content-digest", draft.digest()),
    ]
    assert send(venue(), draft, headers=headers).json() == "alice"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"method": "GET"}, "signature_invalid"),
        ({"path": "/signed", "query": "q=2"}, "signature_invalid"),
        ({"body": b'{"a":2}'}, "signature_invalid"),
        ({"body": b""}, "signature_invalid"),
    ],
)
def test_tampering(venue, change, code):
    answer = send(venue(), Draft(), **change)
    assert (answer.status, answer.json()["code"]) == (401, code)


def test_another_authority(venue):
    service = venue()
    service.client.host = b"evil.example"
    assert send(service, Draft()).json()["code"] == "signature_invalid"
    assert send(service, Draft(authority="evil.example")).status == 200
    service = venue(authorities=frozenset({"probe.example"}))
    service.client.host = b"evil.example"
    assert send(service, Draft(authority="evil.example")).json()["code"] == "signature_invalid"


@pytest.mark.parametrize(
    ("scheme", "host", "authority"),
    [
        ("https", b"Probe.Example:443", "probe.example"),
        ("http", b"probe.example:80", "probe.example"),
        ("https", b"probe.example:80", "probe.example:80"),
        ("https", b"probe.example:8443", "probe.example:8443"),
        ("https", b"[::1]:443", "[::1]"),
    ],
)
def test_authorities_are_normalised(venue, scheme, host, authority):
    service = venue()
    service.client.host, service.client.scheme = host, scheme
    assert send(service, Draft(authority=authority)).status == 200


def test_an_unknown_key_is_refused_after_the_work_of_a_known_one(venue, monkeypatch):
    """Time tells nothing of which ids are taken; neither does what is stale or bent anyway."""
    checked = []

    def counting(public_key):
        verify = ed25519_verifier(public_key)

        def count(signature, base):
            checked.append((len(signature), len(base)))
            return verify(signature, base)

        return count

    monkeypatch.setattr(signature_keys, "ed25519_verifier", counting)
    service = venue()
    for keyid, stranger in (("ed", Ed25519PrivateKey.generate()), ("xx", PRIVATE)):
        draft = Draft(keyid=keyid)
        headers = draft.headers()
        forged = b64encode(stranger.sign(draft.base())).decode()
        headers[1] = ("signature", f"sig1=:{forged}:")
        assert send(service, draft, headers=headers).status == 401
    assert checked == [checked[0]] * 2
    for stale in (Draft(keyid="xx", expires=NOW), Draft(keyid="ed", expires=NOW)):
        assert send(service, stale).json()["code"] == "timestamp_out_of_window"
    assert len(checked) == 2


@pytest.mark.parametrize(
    ("draft", "status", "code"),
    [
        (Draft(keyid="nobody"), 401, "key_unknown"),
        (Draft(keyid="old"), 401, "key_expired"),
        (Draft(keyid="far"), 403, "ip_not_allowed"),
        (Draft(keyid="weak"), 403, "scope_missing"),
        (Draft(keyid="mac"), 401, "signature_invalid"),
        (Draft(keyid="ed", alg="hmac-sha256"), 401, "signature_invalid"),
        (Draft(tag="other"), 401, "signature_invalid"),
        (Draft(created=NOW + 2, expires=NOW + 5), 401, "timestamp_out_of_window"),
        (Draft(created=NOW - 9, expires=NOW), 401, "timestamp_out_of_window"),
        (Draft(created=NOW - 1, expires=NOW + 30), 401, "timestamp_out_of_window"),
        (Draft(created=NOW + 1, expires=NOW + 1), 401, "timestamp_out_of_window"),
        (Draft(components=COVERED[:-1]), 401, "signature_invalid"),
        (Draft(components=COVERED[1:]), 401, "signature_invalid"),
        (Draft(components=(*COVERED, "date")), 401, "signature_invalid"),
        (Draft(components=tuple(reversed(COVERED))), 401, "signature_invalid"),
        (Draft(components=()), 401, "signature_invalid"),
        (Draft(nonce=""), 401, "signature_invalid"),
        (Draft(nonce='a\\"b'), 401, "signature_invalid"),
        (Draft(nonce="x" * 257), 401, "signature_invalid"),
        (Draft(alg="none"), 401, "signature_invalid"),
        (Draft(alg="rsa-v1_5-sha256"), 401, "signature_invalid"),
    ],
)
def test_what_is_refused(venue, draft, status, code):
    service = venue()
    if draft.alg not in ("ed25519", "hmac-sha256"):
        headers = replace(draft, alg="ed25519").headers()
        headers[0] = ("signature-input", f"sig1={draft.params()}")
        answer = send(service, draft, headers=headers)
    else:
        answer = send(service, draft)
    assert (answer.status, answer.json()["code"]) == (status, code)
    assert service.echo.calls == []
    if status == 401:
        assert answer.field("www-authenticate") == "Signature"


def test_the_edges_of_the_window(venue):
    service = venue()
    assert send(service, Draft(created=NOW + 1, expires=NOW + 31, nonce="a")).status == 200
    assert send(service, Draft(created=NOW - 29, expires=NOW + 1, nonce="b")).status == 200


def test_out_of_window_tells_the_servers_time(venue):
    answer = send(venue(), Draft(created=NOW - 9, expires=NOW - 4))
    assert answer.json()["server_time"] == "2026-10-26T07:33:21.000000Z"
    assert answer.json()["retryable"] is True


def test_nonces_are_spent_once_per_key_and_only_by_good_requests(venue):
    service = venue()
    draft = Draft()
    forged = [(n, v.replace("A", "B") if n == "signature" else v) for n, v in draft.headers()]
    assert send(service, draft, headers=forged).json()["code"] == "signature_invalid"
    assert send(service, draft).status == 200
    again = send(service, draft)
    assert (again.json()["code"], again.json()["retryable"]) == ("nonce_reused", True)
    assert send(service, Draft(keyid="near")).status == 200


def bent(headers, name, change):
    return [(key, change(value) if key == name else value) for key, value in headers]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("signature-input", lambda v: v.replace("sig1", "sig2")),
        ("signature-input", lambda v: v + ', sig2=("@method")'),
        ("signature-input", lambda v: v.replace(";created", "; created")),
        ("signature-input", lambda v: v.replace("created=1", "created=01")),
        ("signature-input", lambda v: v.replace("created=1", "created=+1")),
        ("signature-input", lambda v: v.replace("created=1", "created=1.0")),
        ("signature-input", lambda v: v + ";created=1"),
        ("signature-input", lambda v: v + ';extra="1"'),
        ("signature-input", lambda v: v + ";"),
        ("signature-input", lambda v: v.replace('"@path"', '"@path";req')),
        ("signature-input", lambda v: v.replace('" "', '"  "')),
        ("signature-input", lambda v: f" {v}"),
        ("signature-input", lambda v: v.replace('keyid="ed"', "keyid=ed")),
        ("signature-input", lambda _: ""),
        ("signature-input", lambda _: "sig1"),
        ("signature", lambda v: v.replace("sig1", "sig2")),
        ("signature", lambda v: v + ", sig2=:AAAA:"),
        ("signature", lambda v: v[:-1]),
        ("signature", lambda v: v.replace("==:", ":")),
        ("signature", lambda v: v[:-4] + chr(ord(v[-4]) + 1) + "==:"),
        ("signature", lambda v: v.replace("=:", "=: ", 1)),
        ("signature", lambda _: "sig1=::"),
        ("signature", lambda _: "sig1=:"),
        ("signature", lambda _: "sig1=:" + b64encode(bytes(64)).decode() + ":"),
        ("content-digest", lambda v: v.replace("sha-256", "SHA-256")),
        ("content-digest", lambda v: v + ", sha-512=:AAAA:"),
        ("content-digest", lambda v: f"{v} "),
        ("content-digest", lambda _: ""),
    ],
)
def test_only_the_canonical_form_is_accepted(venue, name, change):
    draft = Draft()
    answer = send(venue(), draft, headers=bent(draft.headers(), name, change))
    assert (answer.status, answer.json()["code"]) == (401, "signature_invalid")


@pytest.mark.parametrize("name", ["signature-input", "signature", "content-digest", "host"])
def test_fields_must_be_sent_exactly_once(venue, name):
    draft = Draft()
    headers = draft.headers()
    extra = dict(headers).get(name, "probe.example")
    answer = send(venue(), draft, headers=[*headers, (name, extra)])
    assert answer.json()["code"] == "signature_invalid"
    if name != "host":
        without = [(key, value) for key, value in headers if key != name]
        assert send(venue(), draft, headers=without).json()["code"] == "signature_invalid"


def test_no_signature_at_all(venue):
    answer = send(venue(), Draft(), headers=[])
    assert (answer.status, answer.json()["code"]) == (401, "credentials_missing")


def test_only_the_sandbox_tells_its_signature_base(venue):
    draft = Draft()
    forged = bent(draft.headers(), "signature", lambda v: v.replace("A", "B"))
    assert "signature_base" not in send(venue(), draft, headers=forged).json()
    told = send(venue(sandbox=True), draft, headers=forged).json()["signature_base"]
    assert told.encode() == draft.base()


def test_nonces_are_forgotten_when_they_expire():
    import asyncio  # noqa: PLC0415 - this test's own need

    clock = [100.0]
    store = MemoryNonceStore(lambda: clock[0])

    async def visit():
        assert await store.add("k", "a", 105)
        assert not await store.add("k", "a", 105)
        assert await store.add("other", "a", 105)
        clock[0] = 106.0
        assert await store.add("k", "b", 110)
        assert len(store) == 1

    asyncio.run(visit())


def test_secrets_do_not_show():
    assert "shared secret" not in repr(SigningKey("k", "hmac-sha256", SECRET, Identity("a")))


def test_rfc_9421_b_2_6_example():
    """RFC 9421 B.2.6: the Ed25519 signature over the RFC's own signature base."""
    base = (
        b'"date": Tue, 20 Apr 2021 02:07:55 GMT\n'
        b'"@method": POST\n'
        b'"@path": /foo\n'
        b'"@authority": example.com\n'
        b'"content-type": application/json\n'
        b'"content-length": 18\n'
        b'"@signature-params": ("date" "@method" "@path" "@authority" "content-type" '
        b'"content-length");created=1618884473;keyid="test-key-ed25519"'
    )
    signature = b64decode(
        "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="
    )
    key = SigningKey("test-key-ed25519", "ed25519", PUBLIC, Identity("rfc"))
    assert key.verify(signature, base)
    assert not key.verify(signature, base + b" ")


def vectors():
    if not VECTORS.exists():
        pytest.skip(f"SKIPPED LOUDLY: {VECTORS} is absent, the shared vectors were not checked")
    return json.loads(VECTORS.read_text())


@pytest.mark.parametrize("name", ["rest_post", "rest_get"])
def test_shared_vectors(venue, name):
    given = vectors()
    vector = given[name]
    now = 1_793_000_001.0
    service = venue(clock=lambda: now)
    service.client.host = b"api.example.test"
    lines = dict(line.partition(": ")[::2] for line in vector["signature_base"].split("\n"))
    path, query = lines['"@path"'], lines['"@query"'].removeprefix("?")
    headers = [("signature-input", vector["signature_input"]), ("signature", vector["signature"])]
    body = vector.get("body", "").encode()
    if body:
        headers.append(("content-digest", vector["content_digest"]))
    plan = next(s for s in service.package.app.PLAN.schemes if s.kind == "signature").signature
    method = lines['"@method"']
    context = context_of(service, method, f"{path}?{query}", headers, body=body)
    profile = Profile(plan)
    raw = b64decode(given["key"]["x"] + "==", altchars=b"-_")
    claims = profile.claims(vector["signature_input"])
    base = signature_base(context, claims)
    assert base.decode() == vector["signature_base"]
    key = SigningKey(given["key"]["kid"], "ed25519", raw, Identity("a"))
    assert key.verify(profile.signature(vector["signature"]), base)
    auth = SignatureAuth(keys=keys(), nonces=MemoryNonceStore())
    SignatureVerifier(plan, auth)._check_digest(context, claims)


def context_of(service, method, target, headers, *, body):
    """The context of a request, without routing."""
    path, _, query = target.partition("?")
    fields = [(b"host", service.client.host)]
    fields += [(name.encode(), value.encode()) for name, value in headers]
    scope = {
        "method": method,
        "scheme": "https",
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": fields,
    }
    context = Context(scope, "x", ())
    context.body = body
    return context


class Resolver(hms.HTTPSignatureKeyResolver):
    """Keys for the second implementation."""

    def resolve_private_key(self, key_id):
        if key_id == "mac":
            return SECRET
        return PRIVATE.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )

    def resolve_public_key(self, key_id):
        if key_id == "mac":
            return SECRET
        return PRIVATE.public_key().public_bytes(
            serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo
        )


@pytest.mark.parametrize(
    ("algorithm", "keyid", "subject"),
    [(hms.algorithms.ED25519, "ed", "alice"), (hms.algorithms.HMAC_SHA256, "mac", "bob")],
)
@pytest.mark.parametrize("query", ["", "q=a%20b", "q="])
def test_a_second_implementation_signs(venue, algorithm, keyid, subject, query):
    target = "https://probe.example/signed" + (f"?{query}" if query else "")
    request = requests.Request("GET", target).prepare()
    signer = hms.HTTPMessageSigner(signature_algorithm=algorithm, key_resolver=Resolver())
    signer.sign(
        request,
        key_id=keyid,
        created=datetime.fromtimestamp(NOW - 1, UTC),
        expires=datetime.fromtimestamp(NOW + 4, UTC),
        nonce="second",
        tag="trading-v1",
        label="sig1",
        covered_component_ids=COVERED[:-1],
        include_alg=True,
    )
    headers = [(k.lower(), v) for k, v in request.headers.items() if k.lower().startswith("sig")]
    answer = venue()("GET", f"/signed?{query}" if query else "/signed", headers=headers)
    assert (answer.status, answer.json()) == (200, subject)


def test_a_second_implementation_agrees_with_what_is_good():
    draft = Draft(method="GET", body=b"", query="q=1")
    now = int(datetime.now(UTC).timestamp())
    draft = replace(draft, created=now - 1, expires=now + 20)
    request = requests.Request("GET", "https://probe.example/signed?q=1").prepare()
    request.headers.update({k.title(): v for k, v in draft.headers()})
    verifier = hms.HTTPMessageVerifier(
        signature_algorithm=hms.algorithms.ED25519, key_resolver=Resolver()
    )
    found = verifier.verify(request)
    assert found[0].parameters["nonce"] == draft.nonce
