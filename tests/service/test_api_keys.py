"""API keys over HTTP: made, used, restricted, rotated, revoked."""

from __future__ import annotations

import hmac
from base64 import b64encode

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey


def code(response):
    return response.status_code, response.json()["code"]


def public_key(private):
    return b64encode(private.public_key().public_bytes_raw()).decode()


@pytest.fixture
def create(alice):
    def call(**members):
        private = Ed25519PrivateKey.generate()
        body = {
            "name": "bot",
            "algorithm": "ed25519",
            "scopes": ["read", "trade"],
            "public_key": public_key(private),
            **members,
        }
        body = {name: value for name, value in body.items() if value is not None}
        return private, alice.send("POST", "/v1/api-keys", json=body)

    return call


def test_a_registered_public_key_signs_and_the_venue_never_had_a_secret(create, venue):
    private, response = create()
    assert response.status_code == 201
    key = response.json()
    assert key["secret"] is None
    assert key["public_key"] == public_key(private)
    assert key["status"] == "active"
    venue.signer(key["key_id"], "ed25519", private.sign).get("/v1/balances")


def test_a_shared_secret_signs_and_is_shown_once(create, alice, venue):
    _, response = create(algorithm="hmac-sha256", public_key=None)
    key = response.json()
    secret = key.pop("secret")
    assert key["public_key"] is None
    bot = venue.signer(
        key["key_id"], "hmac-sha256", lambda base: hmac.digest(secret.encode(), base, "sha256")
    )
    assert bot.place("h-1").status_code == 201
    listed = {each["key_id"]: each for each in alice.get("/v1/api-keys")["data"]}
    assert listed[key["key_id"]] == key
    assert secret not in alice.send("GET", "/v1/api-keys").text


def test_a_new_key_is_the_accounts_own(create, venue, alice):
    private, response = create()
    bot = venue.signer(response.json()["key_id"], "ed25519", private.sign)
    order = bot.place("x-1").json()
    assert alice.get(f"/v1/orders/{order['order_id']}")["client_order_id"] == "x-1"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"public_key": None}, (422, "invalid_combination")),
        ({"algorithm": "hmac-sha256"}, (422, "invalid_combination")),
        ({"algorithm": "rsa"}, (400, "malformed")),
        ({"public_key": "AAAA"}, (400, "malformed")),
        ({"public_key": b64encode(bytes(32)).decode()}, (400, "malformed")),
        ({"scopes": []}, (400, "malformed")),
        ({"scopes": ["read", "read"]}, (400, "malformed")),
        ({"scopes": ["withdraw"]}, (400, "malformed")),
        ({"ip_allow_list": ["not.an.address"]}, (400, "malformed")),
        ({"ip_allow_list": ["192.0.2.0/33"]}, (400, "malformed")),
        ({"expire_time": "2026-11-22T09:29:59Z"}, (400, "malformed")),
        ({"name": ""}, (400, "malformed")),
        ({"account_id": "acc_of_somebody_else"}, (400, "malformed")),
    ],
)
def test_what_makes_no_key_is_told(create, alice, members, expected):
    _, response = create(**members)
    assert code(response) == expected
    assert len(alice.get("/v1/api-keys")["data"]) == 1


def test_no_key_grants_what_it_does_not_hold(venue):
    admin = venue.client(venue.open("admin", scopes=["keys"]))
    body = {"name": "x", "algorithm": "hmac-sha256", "scopes": ["trade"]}
    assert code(admin.send("POST", "/v1/api-keys", json=body)) == (403, "scope_missing")
    own = admin.get("/v1/api-keys")["data"][0]["key_id"]
    raise_ = {"scopes": ["keys", "trade"]}
    assert code(admin.send("PATCH", f"/v1/api-keys/{own}", json=raise_)) == (403, "scope_missing")


def test_a_restriction_holds_from_the_next_request_on(create, venue, alice):
    private, response = create()
    key_id = response.json()["key_id"]
    bot = venue.signer(key_id, "ed25519", private.sign)
    assert bot.place("x-1").status_code == 201
    changed = alice.send("PATCH", f"/v1/api-keys/{key_id}", json={"scopes": ["read"]})
    assert changed.json()["scopes"] == ["read"]
    assert code(bot.place("x-2")) == (403, "scope_missing")
    end = {"expire_time": "2026-11-22T09:30:10Z", "name": "old bot"}
    changed = alice.send("PATCH", f"/v1/api-keys/{key_id}", json=end).json()
    assert (changed["name"], changed["expire_time"]) == ("old bot", "2026-11-22T09:30:10.000000Z")
    bot.get("/v1/balances")
    venue.clock.advance(10)
    assert code(bot.send("GET", "/v1/balances")) == (401, "key_expired")
    listed = {each["key_id"]: each for each in alice.get("/v1/api-keys")["data"]}
    assert listed[key_id]["status"] == "expired"


def test_rotation_lets_both_keys_sign_for_a_while(create, venue, alice):
    private, response = create()
    old = response.json()
    after = Ed25519PrivateKey.generate()
    path = f"/v1/api-keys/{old['key_id']}/rotate"
    body = {"overlap_seconds": 60, "public_key": public_key(after)}
    new = alice.send("POST", path, json=body).json()
    assert new["scopes"] == old["scopes"]
    assert code(alice.send("POST", path, json=body)) == (409, "key_not_active")
    bots = [
        venue.signer(old["key_id"], "ed25519", private.sign),
        venue.signer(new["key_id"], "ed25519", after.sign),
    ]
    assert bots[0].get("/v1/balances") == bots[1].get("/v1/balances")
    listed = {each["key_id"]: each for each in alice.get("/v1/api-keys")["data"]}
    assert listed[old["key_id"]]["status"] == "retiring"
    assert listed[old["key_id"]]["expire_time"] == "2026-11-22T09:31:00.000000Z"
    later = {"expire_time": "2026-11-22T10:00:00Z"}
    prolonged = alice.send("PATCH", f"/v1/api-keys/{old['key_id']}", json=later)
    assert code(prolonged) == (422, "invalid_combination")
    venue.clock.advance(60)
    assert code(bots[0].send("GET", "/v1/balances")) == (401, "key_expired")
    bots[1].get("/v1/balances")


def test_a_revoked_key_is_gone_and_its_orders_stay(create, venue, alice):
    private, response = create()
    key_id = response.json()["key_id"]
    bot = venue.signer(key_id, "ed25519", private.sign)
    order = bot.place("x-1").json()
    gone = alice.send("DELETE", f"/v1/api-keys/{key_id}")
    assert (gone.status_code, gone.content) == (204, b"")
    assert code(bot.send("GET", "/v1/balances")) == (401, "key_unknown")
    for method, path, body in (
        ("DELETE", f"/v1/api-keys/{key_id}", None),
        ("PATCH", f"/v1/api-keys/{key_id}", {"name": "x"}),
        ("POST", f"/v1/api-keys/{key_id}/rotate", {"overlap_seconds": 0}),
    ):
        response = alice.send(method, path, **({"json": body} if body else {}))
        assert code(response) == (404, "key_not_found")
    assert alice.get(f"/v1/orders/{order['order_id']}")["status"] == "open"


def test_keys_of_another_account_are_not_found(create, bob):
    _, response = create()
    key_id = response.json()["key_id"]
    assert key_id not in bob.send("GET", "/v1/api-keys").text
    for method, path, body in (
        ("DELETE", f"/v1/api-keys/{key_id}", None),
        ("PATCH", f"/v1/api-keys/{key_id}", {"scopes": ["keys"]}),
        ("POST", f"/v1/api-keys/{key_id}/rotate", {"overlap_seconds": 0}),
    ):
        response = bob.send(method, path, **({"json": body} if body else {}))
        assert code(response) == (404, "key_not_found")


def test_keys_page_newest_first(create, venue, alice):
    made = [alice.get("/v1/api-keys")["data"][0]["key_id"]]
    for number in range(4):
        venue.clock.advance(number % 2)  # some are made in the same instant
        made.append(create()[1].json()["key_id"])
    seen, cursor = [], ""
    while cursor is not None:
        page = alice.get(f"/v1/api-keys?limit=2{cursor and f'&cursor={cursor}'}")
        seen += [each["key_id"] for each in page["data"]]
        cursor = page["next_cursor"]
    assert len(seen) == len(made)
    assert [set(seen[:1]), set(seen[1:3]), set(seen[3:])] == [
        {made[4]},
        {made[2], made[3]},
        {made[0], made[1]},
    ]
    assert code(alice.send("GET", "/v1/api-keys?cursor=x")) == (400, "malformed")
