"""API4:2023 Unrestricted resource consumption: big, deep, slow, many, and numbers that explode."""

from __future__ import annotations

import json
import socket
from contextlib import suppress
from dataclasses import replace

import httpx
import pytest

from tests.security.attacks import ORDER, answers, code, eventually, problem, speak, state

HEADERS = {"content-type": "application/json"}
TIME = b"GET /v1/time HTTP/1.1\r\nhost: x\r\n"


def alive(socketed):
    """The venue still answers others."""
    return httpx.get(f"{socketed.url}/v1/time", timeout=30).status_code == 200


@pytest.mark.parametrize("octets", [64 * 1024 + 1, 10 << 20])
def test_a_body_is_not_read_beyond_its_limit(alice, octets):
    before = state(alice)
    body = json.dumps({**ORDER, "client_order_id": "x" * octets}).encode()
    answer = alice.send("POST", "/v1/orders", content=body, headers=HEADERS)
    assert code(answer) == (413, "content_too_large")
    assert state(alice) == before


def test_a_body_that_grows_while_it_is_sent_is_cut_off(socketed):
    head = b"POST /v1/orders HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
    chunk = b"4000\r\n" + b" " * 0x4000 + b"\r\n"
    found = speak(socketed.host, socketed.port, head, *[chunk] * 5)
    assert problem(found) == (413, "content_too_large")
    assert alive(socketed)


@pytest.mark.parametrize("depth", [17, 5_000, 30_000])
@pytest.mark.parametrize("pair", ["[]", '{"a":}'], ids=["arrays", "objects"])
def test_depth_is_limited_before_anything_recurses(alice, depth, pair):
    opening, closing = pair[:-1], pair[-1]
    body = (opening * depth + "1" + closing * depth).encode()[: 64 * 1024]
    answer = alice.send("POST", "/v1/orders", content=body, headers=HEADERS)
    assert code(answer) == (400, "malformed")


def test_a_batch_has_a_limit(alice):
    orders = [{**ORDER, "client_order_id": f"a-{n}"} for n in range(21)]
    answer = alice.send("POST", "/v1/orders/batch", json={"orders": orders})
    assert code(answer) == (400, "malformed")
    assert alice.get("/v1/orders")["data"] == []


@pytest.mark.parametrize(
    "limit", ["0", "-1", "1001", "99999999999999999999", "1e3", "\u0663", "0x10"]
)
def test_a_page_has_a_limit(alice, limit):
    assert code(alice.send("GET", "/v1/orders", params={"limit": limit})) == (400, "malformed")


NUMBERS = [
    *("1e9", "1E400", "-0.1", "+1", " 1", "1 ", "0x10", "1_000", ".5", "5.", "", "-"),
    *("NaN", "Infinity", "-Infinity", "sNaN", "null", "1,5", "0.0001\n", "0.0001\u0000"),
    # Arabic-Indic, fullwidth and double-struck digits; a half, a square; invisible marks.
    *("\u0660.\u0665", "\uff11.\uff10", "\U0001d7d9", "\u00bd", "\u00b2", "0.5\u200b", "\u202e5.0"),
    *("9" * 400, "0." + "0" * 400 + "1", "1" + "0" * 60_000),
    *(0.25, 1, True, None, ["0.25"], {"value": "0.25"}, 10**400),
]


@pytest.mark.parametrize("value", NUMBERS, ids=lambda value: ascii(value)[:24])
def test_no_trick_of_numbers_or_unicode_is_a_quantity(alice, value):
    before = state(alice)
    body = json.dumps({**ORDER, "quantity": value}).encode()
    answer = alice.send("POST", "/v1/orders", content=body, headers=HEADERS)
    status, name = code(answer)
    assert status == 400
    assert name in ("malformed", "number_not_decimal_string")
    assert state(alice) == before


@pytest.mark.parametrize("value", ["9" * 18, "0.00000000000000001", "0", "0.0000"])
def test_numbers_of_the_right_form_and_no_sense_change_nothing(alice, value):
    before = state(alice)
    answer = alice.send("POST", "/v1/orders", json={**ORDER, "quantity": value})
    assert answer.status_code in (400, 422)
    assert code(answer)[1] in (
        *("malformed", "insufficient_balance", "below_minimum"),
        *("quantity_off_step", "quantity_out_of_range"),
    )
    assert state(alice) == before


def test_one_account_cannot_use_up_what_is_anothers(venue, alice, bob):
    seen = [alice.raw("GET", "/v1/balances").status_code for _ in range(60)]
    assert seen[-1] == 429
    assert bob.send("GET", "/v1/balances").status_code == 200
    refused = alice.send("GET", "/v1/balances")
    assert int(refused.headers["retry-after"]) >= 1
    assert alice.place("a-1").status_code == 201  # other buckets are full
    assert alice.send("DELETE", "/v1/orders").status_code == 200  # cancels above all
    venue.clock.advance(int(refused.headers["retry-after"]))
    assert alice.send("GET", "/v1/balances").status_code == 200


def test_no_header_buys_a_new_bucket(public):
    seen = []
    for number in range(105):
        fields = {
            "x-forwarded-for": f"192.0.2.{number}",
            "x-real-ip": f"192.0.2.{number}",
            "forwarded": f"for=192.0.2.{number}",
        }
        seen.append(public.raw("GET", "/v1/time", headers=fields).status_code)
    assert seen == [200] * 100 + [429] * 5


def test_keys_cannot_be_made_without_end(venue, alice):
    body = {"name": "h", "algorithm": "hmac-sha256", "scopes": ["read"]}
    made = 0
    for _ in range(60):
        venue.clock.advance(1)
        answer = alice.raw("POST", "/v1/api-keys", json=body)
        if answer.status_code != 201:
            break
        made += 1
    assert code(answer) == (422, "key_limit_reached")
    assert made == 49  # and the one that signs


def test_slow_heads_are_let_go_and_nobody_waits_for_them(socketed, guard):
    """Slowloris: a header field now and then, on many connections."""
    slow = [socket.create_connection((socketed.host, socketed.port)) for _ in range(15)]
    try:
        for connection in slow:
            connection.sendall(TIME)
        assert alive(socketed)
        for connection in slow:
            connection.settimeout(30)
            connection.sendall(b"x-drip: 1\r\n")
            assert answers(connection.recv(65536))[0][0] == 408
            with suppress(ConnectionResetError):  # what was sent after the end is not read
                assert connection.recv(1) == b""
    finally:
        for connection in slow:
            connection.close()
    eventually(lambda: not guard.open)  # nothing is kept of them


@pytest.mark.parametrize("first", [b"", b"{"])
def test_slow_bodies_are_let_go(socketed, first):
    head = b"POST /v1/orders HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n"
    assert problem(speak(socketed.host, socketed.port, head, first)) == (408, "request_timeout")
    assert alive(socketed)


@pytest.mark.parametrize(
    "flood",
    [
        TIME + b"x: " + b"a" * 200_000,
        TIME + b"x" * 200_000,
        TIME + b"x: y\r\n" * 20_000,
        TIME + b"x: y\r\n" * 150 + b"\r\n",
        TIME + b"x: " + b"a" * 40_000 + b"\r\n\r\n",
        b"GET /v1/time?" + b"a" * 200_000,
        b"A" * 200_000,
    ],
    ids=["value", "name", "fields", "101 fields", "one packet", "line", "method"],
)
def test_floods_of_header_octets_end_early(socketed, flood):
    status, _ = problem(speak(socketed.host, socketed.port, flood))
    assert status in (400, 431)
    assert alive(socketed)


def test_one_address_has_so_many_connections(socketed, guard):
    most = guard.limits.connections_per_address
    guard.limits = replace(guard.limits, head_seconds=60.0)  # nobody is let go meanwhile
    kept = [socket.create_connection((socketed.host, socketed.port)) for _ in range(most)]
    try:
        eventually(lambda: guard.open.total() == most)
        assert problem(speak(socketed.host, socketed.port)) == (503, "overloaded")
    finally:
        for connection in kept:
            connection.close()
    eventually(lambda: not guard.open)
    assert alive(socketed)
