"""API2:2023 Broken authentication: guessing costs the address that guesses, and nobody else."""

from __future__ import annotations

import time
from contextlib import contextmanager

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from handlers.app import assemble, create_app
from handlers.settings import Settings
from tests.security.attacks import code
from tests.service.in_process import FakeClock, Venue, run

BURST, RATE = 5, 20.0
STRANGER = Ed25519PrivateKey.generate().sign


@pytest.fixture
def settings(settings):
    return settings.model_copy(update={"failed_auth_burst": BURST, "failed_auth_rate": RATE})


@pytest.fixture
def guesser(venue, alice):
    """Somebody who knows the id of a key, and not the key."""
    return venue.signer(alice.signature.key_id, "ed25519", STRANGER)


@contextmanager
def coming_from(venue, address):
    transport = venue.http._http._transport
    kept, transport.client = transport.client, (address, 1)
    try:
        yield
    finally:
        transport.client = kept


def test_guesses_are_counted_and_told_what_is_left(guesser):
    for left in range(BURST - 1, -1, -1):
        answer = guesser.send("GET", "/v1/balances")
        assert code(answer) == (401, "signature_invalid")
        assert answer.headers["ratelimit-policy"] == f'"failed_auth";q={BURST};w=1'
        assert answer.headers["ratelimit"].startswith(f'"failed_auth";r={left};t=')
    refused = guesser.send("GET", "/v1/balances")
    assert code(refused) == (429, "rate_limited")
    assert refused.headers["ratelimit"].startswith('"failed_auth";r=0;')
    assert refused.headers["retry-after"] == "1"


def test_an_address_that_guessed_too_often_waits_and_others_do_not(venue, alice, guesser):
    for _ in range(BURST + 1):
        guesser.raw("GET", "/v1/balances")
    assert code(alice.send("GET", "/v1/balances")) == (429, "rate_limited")
    assert venue.client().send("GET", "/v1/time").status_code == 200
    with coming_from(venue, "192.0.2.7"):
        assert alice.send("GET", "/v1/balances").status_code == 200
    venue.clock.advance(1)
    time.sleep(2 / RATE)  # what is held off waits by a clock that nobody can set
    assert alice.send("GET", "/v1/balances").status_code == 200


@pytest.mark.parametrize("kind", ["unknown key", "stale", "replayed", "tampered"])
def test_every_kind_of_failure_is_counted(venue, alice, kind):
    bad = alice
    if kind == "unknown key":
        bad = venue.signer("key_nobody", "ed25519", STRANGER)
    elif kind == "stale":
        now = venue.clock() // 1_000_000
        bad.signature.change = {"created": now - 60, "expires": now - 55}
    elif kind == "replayed":
        bad.signature.change = {"nonce": "once"}
        assert bad.send("GET", "/v1/balances").status_code == 200
    else:
        bad.signature.tamper = lambda request: request.headers.update({"host": "other.example"})
    seen = [bad.raw("GET", "/v1/balances").status_code for _ in range(BURST + 2)]
    assert seen == [401] * BURST + [429] * 2


def test_what_is_forbidden_or_unsigned_is_no_guess(venue, public):
    reader = venue.client(venue.open("reader", scopes=["read"]))
    seen = [reader.raw("DELETE", "/v1/orders").status_code for _ in range(BURST + 2)]
    assert seen == [403] * (BURST + 2)
    seen = [public.raw("GET", "/v1/balances").status_code for _ in range(BURST + 2)]
    assert seen == [401] * (BURST + 2)
    assert reader.send("GET", "/v1/balances").status_code == 200


@pytest.mark.parametrize(("burst", "last"), [(None, 429), (0, 401)])
def test_it_is_on_unless_it_is_turned_off(tmp_path, judge, burst, last):
    chosen = {} if burst is None else {"failed_auth_burst": burst}
    settings = Settings(database=tmp_path / "n.db", master_key=bytes(32), **chosen)
    northgate = assemble(settings, clock := FakeClock())
    with run(create_app(northgate)) as http:
        venue = Venue(northgate, http, clock, judge)
        bad = venue.signer("key_nobody", "ed25519", STRANGER)
        seen = [bad.raw("GET", "/v1/balances").status_code for _ in range(102)]
    assert seen[:100] == [401] * 100
    assert seen[101] == last
