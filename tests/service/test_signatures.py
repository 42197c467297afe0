"""Who gets in: every way in which a signed request can be wrong, and what it is told."""

from __future__ import annotations

import json
from base64 import b64encode

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.service.in_process import HOST

ORDER = {
    "client_order_id": "a-1",
    "instrument_id": "BTC-USD",
    "side": "buy",
    "type": "limit",
    "quantity": "0.25",
    "limit_price": "60000.10",
}


def code(response):
    assert response.headers["content-type"] == "application/problem+json"
    return response.status_code, response.json()["code"]


@pytest.fixture
def account(venue):
    return venue.open("alice", ("USD", "100000"))


@pytest.fixture
def client(venue, account):
    return venue.client(account)


PRIVATE = [
    ("GET", "/v1/orders"),
    ("POST", "/v1/orders"),
    ("DELETE", "/v1/orders"),
    ("POST", "/v1/orders/batch"),
    ("GET", "/v1/orders/ord_0000000000000001"),
    ("PATCH", "/v1/orders/ord_0000000000000001"),
    ("DELETE", "/v1/orders/ord_0000000000000001"),
    ("GET", "/v1/orders/by-client-id/a"),
    ("PUT", "/v1/cancel-after"),
    ("GET", "/v1/balances"),
    ("GET", "/v1/positions"),
    ("GET", "/v1/executions"),
    ("GET", "/v1/rate-limits"),
    ("GET", "/v1/api-keys"),
    ("POST", "/v1/api-keys"),
    ("PATCH", "/v1/api-keys/key_1"),
    ("DELETE", "/v1/api-keys/key_1"),
    ("POST", "/v1/api-keys/key_1/rotate"),
]


def test_the_list_above_is_every_operation_that_is_not_public(documented_operations):
    private = [each for each in documented_operations if each.place.value["security"]]
    assert len(private) == len(PRIVATE)


@pytest.mark.parametrize(("method", "path"), PRIVATE)
def test_nothing_private_is_open(public, method, path):
    response = public.send(method, path)
    assert code(response) == (401, "credentials_missing")
    assert response.headers["www-authenticate"] == "Signature"


def test_an_unknown_key_and_a_wrong_key_are_told_apart_by_name(client, venue):
    stranger = Ed25519PrivateKey.generate()
    unknown = venue.signer("key_unknown", "ed25519", stranger.sign)
    assert code(unknown.send("GET", "/v1/balances")) == (401, "key_unknown")
    forged = venue.signer(client.signature.key_id, "ed25519", stranger.sign)
    assert code(forged.send("GET", "/v1/balances")) == (401, "signature_invalid")


def test_the_sandbox_shows_the_signature_base_that_it_expected(client, venue):
    forged = venue.signer(client.signature.key_id, "ed25519", lambda base: base[:64])
    problem = forged.send("GET", "/v1/orders?limit=5").json()
    lines = problem["signature_base"].splitlines()
    assert lines[:4] == [
        '"@method": GET',
        '"@authority": api.northgate.example',
        '"@path": /v1/orders',
        '"@query": ?limit=5',
    ]
    assert lines[4].startswith('"@signature-params": ("@method" "@authority" "@path" "@query")')


@pytest.mark.parametrize("algorithm", ["hmac-sha256", "rsa-pss-sha512", "none"])
def test_the_key_decides_about_the_algorithm(client, algorithm):
    client.signature.algorithm = algorithm
    assert code(client.send("GET", "/v1/balances")) == (401, "signature_invalid")


def test_a_public_key_is_no_hmac_secret(client, venue):
    import hmac  # noqa: PLC0415 - the attack stands together

    listed = client.get("/v1/api-keys")["data"][0]["public_key"]
    attack = venue.signer(
        client.signature.key_id,
        "hmac-sha256",
        lambda base: hmac.digest(listed.encode(), base, "sha256"),
    )
    assert code(attack.send("GET", "/v1/balances")) == (401, "signature_invalid")


@pytest.mark.parametrize("tag", ["trading-v2", "TRADING-V1", "trading-v1 ", "x"])
def test_a_signature_made_for_something_else_is_none(client, tag):
    """The tag keeps what was signed for another protocol, as a login, from being a request."""
    client.signature.change = {"tag": tag}
    assert code(client.send("GET", "/v1/balances")) == (401, "signature_invalid")


NOW = 1_795_339_800


@pytest.mark.parametrize(
    "change",
    [
        {"created": NOW - 6, "expires": NOW - 1},
        {"created": NOW - 5, "expires": NOW},
        {"created": NOW + 2, "expires": NOW + 7},
        {"created": NOW, "expires": NOW + 31},
        {"created": NOW, "expires": NOW},
        {"created": NOW + 1, "expires": NOW - 1 + 2**40},
    ],
)
def test_a_signature_lives_for_its_window_only(client, change):
    client.signature.change = change
    response = client.send("GET", "/v1/balances")
    assert code(response) == (401, "timestamp_out_of_window")
    assert response.json()["server_time"] == "2026-11-22T09:30:00.000000Z"
    assert response.json()["retryable"] is True


@pytest.mark.parametrize(
    "change", [{"created": NOW + 1, "expires": NOW + 31}, {"created": NOW - 29, "expires": NOW + 1}]
)
def test_clocks_may_differ_as_far_as_the_contract_says(client, change):
    client.signature.change = change
    assert client.send("GET", "/v1/balances").status_code == 200


def test_a_nonce_is_good_once(client):
    client.signature.change = {"nonce": "once"}
    client.get("/v1/balances")
    response = client.send("GET", "/v1/balances")
    assert code(response) == (401, "nonce_reused")
    assert response.json()["retryable"] is True


def test_a_signature_for_another_host_is_none_for_this_one(client):
    response = client.raw("GET", "/v1/balances", headers={"host": "api.other.example"})
    assert code(response) == (401, "signature_invalid")
    assert response.json()["detail"] == "This server does not answer to that host."


def test_a_body_that_the_signature_does_not_cover_is_refused(client, public):
    """The signature is good, and of a request without a body."""
    signed = httpx.Request("POST", f"https://{HOST}/v1/orders")
    next(client.signature.auth_flow(signed))
    response = public.raw("POST", "/v1/orders", headers=signed.headers, json=ORDER)
    assert code(response) == (401, "signature_invalid")
    assert client.get("/v1/orders")["data"] == []


def test_a_replayed_order_is_stopped_even_before_its_name_is_known(client):
    client.signature.change = {"nonce": "once"}
    assert client.send("POST", "/v1/orders", json=ORDER).status_code == 201
    assert code(client.send("POST", "/v1/orders", json=ORDER)) == (401, "nonce_reused")


def test_a_refused_signature_does_not_use_its_nonce_up(client):
    client.signature.change = {"nonce": "once"}
    client.signature.tamper = lambda request: request.headers.update({"signature": "sig1=:AAAA:"})
    assert code(client.send("GET", "/v1/balances")) == (401, "signature_invalid")
    client.signature.tamper = lambda _request: None
    client.get("/v1/balances")


def body(request, text):
    request.stream = type(request.stream)(text)
    request.headers["content-length"] = str(len(text))


BIGGER = json.dumps({**ORDER, "quantity": "9.25"}).encode()
TAMPERED = {
    "body": lambda r: body(r, BIGGER),
    "body and digest": lambda r: (
        body(r, BIGGER),
        r.headers.update({"content-digest": f"sha-256=:{b64encode(bytes(32)).decode()}:"}),
    ),
    "no digest": lambda r: r.headers.pop("content-digest"),
    "two digests": lambda r: r.headers.update(
        {"content-digest": r.headers["content-digest"] + ", sha-512=:AAAA:"}
    ),
    "query": lambda r: setattr(r, "url", r.url.copy_with(query=b"dry_run=false")),
    "path": lambda r: setattr(r, "url", r.url.copy_with(path="/v1/orders/batch")),
    "method": lambda r: setattr(r, "method", "DELETE"),
    "host": lambda r: r.headers.update({"host": "evil.example"}),
    "label": lambda r: r.headers.update(
        {"signature-input": r.headers["signature-input"].replace("sig1", "sig2")}
    ),
    "fewer components": lambda r: r.headers.update(
        {"signature-input": r.headers["signature-input"].replace(' "@query"', "")}
    ),
    "no signature": lambda r: r.headers.pop("signature"),
    "no input": lambda r: r.headers.pop("signature-input"),
    "other tag": lambda r: r.headers.update(
        {"signature-input": r.headers["signature-input"].replace("trading-v1", "trading-v2")}
    ),
    "more after it": lambda r: r.headers.update(
        {"signature-input": r.headers["signature-input"] + ', sig2=("@method")'}
    ),
}


@pytest.mark.parametrize("what", TAMPERED)
def test_whatever_is_changed_after_signing_is_noticed(client, what):
    client.signature.tamper = TAMPERED[what]
    response = client.raw("POST", "/v1/orders", json=ORDER)
    assert code(response) == (401, "signature_invalid")
    client.signature.tamper = lambda _request: None
    assert client.get("/v1/orders")["data"] == []


def test_scopes_are_asked_of_each_operation(venue, documented_operations):
    held = {
        scope: venue.client(venue.open(scope, scopes=[scope]))
        for scope in ("read", "trade", "keys")
    }
    asked = 0
    for documented in documented_operations:
        for requirement in documented.place.value["security"]:
            (needed,) = requirement["signature"]
            path = documented.path
            for name, value in (
                ("{order_id}", "ord_0000000000000001"),
                ("{client_order_id}", "a-1"),
                ("{key_id}", "key_1"),
            ):
                path = path.replace(name, value)
            for scope, client in held.items():
                response = client.raw(documented.method.upper(), path)
                refused = response.status_code == 403
                assert refused == (scope != needed), (documented.id, scope, response.text)
                if refused:
                    assert code(response) == (403, "scope_missing")
                asked += 1
                venue.clock.advance(5)  # rate limits are another test's business
    assert asked == 3 * len(PRIVATE)


def test_a_key_works_only_from_where_it_may(venue, client):
    listed = client.get("/v1/api-keys")["data"][0]["key_id"]
    for networks, status in ((["192.0.2.0/24"], 403), (["127.0.0.0/8", "2001:db8::/32"], 200)):
        # The transport's peer is 127.0.0.1; a header that claims otherwise changes nothing.
        venue.northgate.keys.change(
            venue.northgate.key_store.get(listed).account_id,
            listed,
            _networks(networks),
            ("read", "trade", "keys"),
        )
        response = client.send("GET", "/v1/balances", headers={"x-forwarded-for": "192.0.2.1"})
        assert response.status_code == status
        if status == 403:
            assert code(response) == (403, "ip_not_allowed")


def _networks(networks):
    from handlers.keys.manage import KeyChange  # noqa: PLC0415 - one use

    return KeyChange(ip_allow_list=networks)


def test_rate_limits_are_counted_per_account_and_told_in_advance(client, venue, public):
    first = client.send("GET", "/v1/balances")
    assert first.headers["ratelimit-policy"] == '"reads";q=40;w=2'
    assert first.headers["ratelimit"] == '"reads";r=39;t=1'
    statuses = [client.raw("GET", "/v1/balances").status_code for _ in range(45)]
    assert statuses == [200] * 39 + [429] * 6
    refused = client.send("GET", "/v1/balances")
    assert code(refused) == (429, "rate_limited")
    assert refused.headers["retry-after"] == "1"
    assert refused.json()["retryable"] is True
    # Cancels have their own bucket, other accounts and public data theirs.
    assert client.send("DELETE", "/v1/orders").status_code == 200
    assert venue.client(venue.open("bob")).send("GET", "/v1/balances").status_code == 200
    assert public.send("GET", "/v1/time").status_code == 200
    venue.clock.advance(1)
    limits = {each["bucket"]: each for each in client.get("/v1/rate-limits")["data"]}
    assert limits["reads"] == {"bucket": "reads", "rate": 20, "burst": 40, "remaining": 19}
    assert limits["cancels"]["remaining"] == 400
    assert "public" not in limits


def test_bodies_are_limited_in_size_depth_and_kind(client):
    big = json.dumps({**ORDER, "client_order_id": "x" * 70_000}).encode()
    headers = {"content-type": "application/json"}
    response = client.send("POST", "/v1/orders", content=big, headers=headers)
    assert code(response) == (413, "content_too_large")
    deep = b"[" * 200 + b"]" * 200
    response = client.send("POST", "/v1/orders", content=deep, headers=headers)
    assert code(response) == (400, "malformed")
    twice = b'{"client_order_id":"a","client_order_id":"b"}'
    response = client.send("POST", "/v1/orders", content=twice, headers=headers)
    assert code(response) == (400, "malformed")
    response = client.send("POST", "/v1/orders", content=b"{}", headers={"content-type": "text/x"})
    assert code(response) == (415, "unsupported_media_type")
    response = client.send("POST", "/v1/orders", content=b"\xff", headers=headers)
    assert code(response) == (400, "malformed")


def test_unknown_paths_and_methods_are_problems(public):
    missing = public.raw("GET", "/v2/orders")
    assert code(missing) == (404, "not_found")
    method = public.raw("DELETE", "/v1/time")
    assert code(method) == (405, "method_not_allowed")
    assert "GET" in method.headers["allow"]
