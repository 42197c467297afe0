"""API10:2023 Unsafe consumption of APIs: only what the venue wrote itself, and that is checked.

It calls no other API (see API7). What comes back to it from outside is what it gave out before,
cursors, and what it keeps at rest, the journal and sealed secrets: both are taken for hostile.
"""

from __future__ import annotations

import random
import sqlite3
from base64 import urlsafe_b64decode, urlsafe_b64encode

import pytest

from handlers.app import access_database, assemble
from handlers.exchange.journal import JournalError
from handlers.keys.sealing import UnsealError
from tests.security.attacks import code


@pytest.fixture
def cursor(venue, alice):
    for number in range(5):
        alice.place(f"a-{number}")
        venue.clock.advance(1)
    return alice.get("/v1/orders?limit=2")["next_cursor"]


HOSTILE = ["", " ", "null", "0", "-1", "' OR 1=1 --", "../../etc/passwd", "AAAA", "=" * 40, "%00"]


@pytest.mark.parametrize("value", [*HOSTILE, "A" * 8000, "\u00e9", "eyJhbGciOiJub25lIn0.e30."])
@pytest.mark.parametrize("path", ["/v1/orders", "/v1/executions", "/v1/api-keys"])
def test_a_made_up_cursor_is_refused(alice, path, value):
    answer = alice.raw("GET", path, params={"cursor": value})
    assert code(answer) in ((400, "malformed"), (414, "uri_too_long"))


def test_a_changed_cursor_is_refused_or_shows_what_is_the_accounts_own(venue, alice, bob, cursor):
    bob.place("b-1", "sell", limit_price="70000.00")
    mine = {each["order_id"] for each in alice.get("/v1/orders")["data"]}
    dice, shown = random.Random(5), 0
    for _ in range(60):
        octets = bytearray(urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        octets[dice.randrange(len(octets))] ^= 1 << dice.randrange(8)
        value = urlsafe_b64encode(bytes(octets)).rstrip(b"=").decode()
        venue.clock.advance(1)
        answer = alice.raw("GET", "/v1/orders", params={"cursor": value})
        if answer.status_code == 200:
            shown += 1
            assert {each["order_id"] for each in answer.json()["data"]} <= mine
        else:
            assert code(answer) == (400, "malformed")
    assert shown < 60


def test_a_cursor_is_of_its_own_list(alice, cursor):
    for path in ("/v1/executions", "/v1/api-keys", "/v1/instruments"):
        answer = alice.raw("GET", path, params={"cursor": cursor})
        assert answer.status_code in (200, 400)
        assert "ord_" not in answer.text


def test_a_secret_that_was_moved_to_another_key_is_not_opened(alice, settings):
    body = {"name": "h", "algorithm": "hmac-sha256", "scopes": ["read"]}
    first, second = (
        alice.send("POST", "/v1/api-keys", json=body).json()["key_id"] for _ in range(2)
    )
    with sqlite3.connect(access_database(settings.database)) as connection:
        connection.execute(
            "UPDATE api_keys SET material ="
            " (SELECT material FROM api_keys WHERE key_id = ?) WHERE key_id = ?",
            (first, second),
        )
    connection.close()
    with pytest.raises(UnsealError, match=second):
        assemble(settings)


def test_a_damaged_journal_does_not_open(venue, alice, settings):
    alice.place("a-1")
    with sqlite3.connect(settings.database) as connection:
        connection.execute(
            "UPDATE commands SET command = x'00' WHERE position ="
            " (SELECT max(position) FROM commands)"
        )
    connection.close()
    copy = assemble(settings)
    with pytest.raises(JournalError):
        venue.http.call(copy.engine.start)
