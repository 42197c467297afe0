"""The generated SDK, called against a server on loopback: what arrives, and what comes back."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
import re
import warnings
from collections.abc import Iterator
from decimal import Decimal
from io import BytesIO
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from tests.python_tools import Answer, Received, Server, serving

SEED = "n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU"
ORDER: dict[str, object] = {
    "order_id": "o1",
    "client_order_id": "c1",
    "side": "buy",
    "quantity": "0.10",
}
EVENTS = (
    b'data: {"type":"filled","price":"1.10"}\n\ndata: {"type":"split","by":2}\n\ndata: [DONE]\n\n'
)


ANSWERS = {
    "GET /files": Answer(200, b"x" * 200_000, {"Content-Type": "application/octet-stream"}),
    "GET /events": Answer(200, EVENTS, {"Content-Type": "text/event-stream"}),
    "POST /form": Answer(200, b"gr\xfc\xdfe", {"Content-Type": "text/plain; charset=latin-1"}),
    "POST /token": Answer(200, {"access_token": "t0k3n", "expires_in": 3600}),
    "POST /deposits": Answer(200, b'{"total":0.1000000000000000055511151231257827}'),
    "GET /legacy": Answer(204),
    "POST /transfers": Answer(204),
    "DELETE /orders/o": Answer(204),
}


def behave(request: Received) -> Answer:
    path, _, query = request.path.partition("?")
    if path == "/orders" and request.method == "GET":
        return _page(query)
    if path.startswith("/hostile"):
        return Answer(200, request.json)
    return ANSWERS.get(f"{request.method} {path}", Answer(200, ORDER))


def _page(query: str) -> Answer:
    pages = {"": ("a", "two"), "two": ("b", "three"), "three": ("c", None)}
    cursor = re.search(r"cursor=(\w+)", query)
    name, following = pages[cursor[1] if cursor else ""]
    return Answer(200, {"data": [{**ORDER, "order_id": name}], "next_cursor": following})


@pytest.fixture
def server() -> Iterator[Server]:
    with serving(behave) as running:
        yield running


@pytest.fixture
def tokens(probe: ModuleType, server: Server, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A client that fetches its tokens from the server's own /token."""
    monkeypatch.setenv("PROBE_CLIENT_ID", "app")
    monkeypatch.setenv("PROBE_CLIENT_SECRET", "shh:1")
    with probe.Probe(base_url=server.url) as made:
        credential = made.config.credentials["oauth"]
        object.__setattr__(credential, "token_url", f"{server.url}/token")
        yield made


@pytest.fixture
def client(probe: ModuleType, server: Server) -> Iterator[Any]:
    with probe.Probe(**settings(server)) as made:
        yield made


def settings(server: Server) -> dict[str, Any]:
    return {
        "base_url": server.url,
        "key_id": "k1",
        "private_key": SEED,
        "api_key": "s3cr3t/",
        "token": "b3ar3r",
        "username": "me",
        "password": "p",
    }


def test_a_body_holds_what_is_given_exactly(client: Any, server: Server) -> None:
    order = client.orders.create(
        client_order_id="c1", side="buy", quantity=Decimal("1E-7"), limit_price="60000.10"
    )
    assert order.quantity == Decimal("0.10")
    assert order.limit_price is None
    assert "limit_price" not in order.model_fields_set
    assert server.received[-1].json == {
        "client_order_id": "c1",
        "side": "buy",
        "quantity": "0.0000001",
        "limit_price": "60000.10",
    }


def test_every_request_is_signed(client: Any, server: Server) -> None:
    client.orders.get(order_id="a/b")
    request = server.received[-1]
    assert request.path == "/orders/a%2Fb"
    assert 'keyid="k1";alg="ed25519";tag="trading-v1"' in request.headers["Signature-Input"]
    assert "Signature" in request.headers


def test_floats_are_refused_before_anything_is_sent(client: Any, server: Server) -> None:
    with pytest.raises(TypeError, match=r"^quantity: a float"):
        client.orders.create(client_order_id="c", side="buy", quantity=0.1)
    with pytest.raises(TypeError, match=r"^legs\[0\]\.amount: a float"):
        client.orders.transfer(legs=[{"amount": 0.1}])
    with pytest.raises(TypeError, match=r"price: a float"):
        client.orders.list(filter={"price": 0.1})
    assert server.received == []


def test_null_is_sent_and_absence_is_not(client: Any, server: Server) -> None:
    client.orders.amend(order_id="o", note=None)
    assert server.received[-1].json == {"note": None}
    client.orders.amend(order_id="o")
    assert server.received[-1].body == b""


def test_exact_json_numbers_both_ways(client: Any, server: Server) -> None:
    booked = client.orders.deposit(amount="0.10")
    assert booked.total == Decimal("0.1000000000000000055511151231257827")
    assert server.received[-1].body == b'{"amount":0.10}'
    assert len(server.received[-1].headers["Idempotency-Key"]) == 36


def test_pages_follow_each_other(client: Any, server: Server) -> None:
    page = client.orders.list(filter={"side": "buy", "price": "1.50"}, limit=1)
    assert [order.order_id for order in page] == ["a", "b", "c"]
    assert [order.order_id for order in page.items] == ["a"]
    assert [len(each.items) for each in page.pages()] == [1, 1, 1]
    assert page.has_next_page()
    assert server.received[0].path == "/orders?limit=1&filter[side]=buy&filter[price]=1.50"
    assert server.received[1].path.startswith("/orders?cursor=two&limit=1")


def test_raw_responses(client: Any) -> None:
    raw = client.orders.with_raw_response.get(order_id="o")
    assert (raw.status_code, raw.attempts) == (200, 1)
    assert raw.headers["CONTENT-TYPE"] == "application/json"
    assert raw.parse().order_id == "o1"
    page = client.orders.with_raw_response.list()
    assert page.parse().next_cursor == "two"


def test_nothing_comes_back_from_nothing(client: Any) -> None:
    assert client.orders.cancel(order_id="o") is None


def test_options_of_one_call(client: Any, server: Server) -> None:
    client.orders.get(
        order_id="o",
        extra_headers={"X-A": "1", "user-agent": "mine"},
        extra_query={"b": 2},
        timeout=3,
    )
    request = server.received[-1]
    assert request.path == "/orders/o?b=2"
    assert (request.headers["X-A"], request.headers["user-agent"]) == ("1", "mine")
    client.orders.transfer(legs=[], extra_body={"more": 1})
    assert server.received[-1].json == {"legs": [], "more": 1}


def test_with_options_changes_a_copy(client: Any, server: Server) -> None:
    other = client.with_options(default_headers={"X-B": "2"}, default_query={"q": 1})
    other.orders.get(order_id="o")
    assert server.received[-1].headers["X-B"] == "2"
    assert server.received[-1].path == "/orders/o?q=1"
    client.orders.get(order_id="o")
    assert "X-B" not in server.received[-1].headers
    assert other.transport is client.transport


def test_strict_refuses_what_the_contract_does_not_name(
    probe: ModuleType, client: Any, server: Server
) -> None:
    server.behaviour = lambda _: Answer(200, {**ORDER, "new": 1})
    assert client.orders.get(order_id="o").model_extra == {"new": 1}
    with pytest.raises(probe.ResponseDecodeError, match=r"getOrder: 200 .*new: Extra inputs"):
        client.with_options(strict=True).orders.get(order_id="o")


def test_an_api_key_in_the_query(client: Any, server: Server) -> None:
    client.files.upload(file=b"abc")
    assert server.received[-1].path == "/files?api_key=s3cr3t%2F"


@pytest.mark.parametrize("kind", ["bytes", "named", "file", "path", "once"])
def test_uploads(client: Any, server: Server, tmp_path: Path, kind: str) -> None:
    (tmp_path / "a.txt").write_bytes(b"abc")
    once = BytesIO(b"abc")
    once.seekable = lambda: False  # type: ignore[method-assign] - a source that can be read only once
    files: dict[str, Any] = {
        "bytes": b"abc",
        "named": ('q"uo\r\nte.txt', b"abc", "text/x-a"),
        "file": BytesIO(b"abc"),
        "path": tmp_path / "a.txt",
        "once": once,
    }
    client.files.upload(file=files[kind], meta={"a": 1}, note="é")
    request = server.received[-1]
    boundary = request.headers["Content-Type"].partition("boundary=")[2].encode()
    parts = request.body.split(b"--" + boundary)
    assert parts[0] == b""
    assert parts[-1] == b"--\r\n"
    file, meta, note = parts[1:-1]
    assert file.endswith(b"\r\n\r\nabc\r\n")
    assert file.count(b'Content-Disposition: form-data; name="file"; filename="') == 1
    assert b'name="meta"\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n' in meta
    assert 'name="note"\r\n\r\né\r\n'.encode() in note
    if kind == "named":
        assert b'filename="q%22uo%0D%0Ate.txt"\r\nContent-Type: text/x-a\r\n' in file
    if kind == "path":
        assert b'filename="a.txt"\r\nContent-Type: text/plain\r\n' in file


def test_a_download_is_read_or_written_or_iterated(client: Any, tmp_path: Path) -> None:
    assert client.files.download().read() == b"x" * 200_000
    client.files.download().write_to(tmp_path / "file")
    assert (tmp_path / "file").stat().st_size == 200_000
    with client.files.download() as content:
        assert content.content_type == "application/octet-stream"
        assert sum(map(len, content.iter_bytes())) == 200_000


def test_forms_and_text(client: Any, server: Server) -> None:
    assert client.files.submit_form(a="x y", ids=[1, 2]) == "grüße"
    request = server.received[-1]
    assert request.body == b"a=x%20y&ids=1&ids=2"
    assert request.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert request.headers["Authorization"] == "Basic bWU6cA=="


def test_events_arrive_typed_and_unknown_ones_survive(tokens: Any) -> None:
    with tokens.files.events() as events:
        filled, split = list(events)
    assert (type(filled).__name__, filled.price) == ("Filled", Decimal("1.10"))
    assert (type(split).__name__, split.data) == ("Unknown", {"type": "split", "by": 2})


def test_one_token_serves_many_calls(tokens: Any, server: Server) -> None:
    for _ in range(3):
        list(tokens.files.events())
    fetched = [request for request in server.received if request.path == "/token"]
    assert len(fetched) == 1
    assert fetched[0].body == b"grant_type=client_credentials"
    assert fetched[0].headers["Authorization"].startswith("Basic ")
    assert server.received[-1].headers["Authorization"] == "Bearer t0k3n"


def test_a_refused_token_is_fetched_anew(tokens: Any, server: Server) -> None:
    list(tokens.files.events())
    answers = iter([Answer(401), Answer(200, {"access_token": "new"})])
    server.behaviour = lambda request: next(answers, behave(request))
    list(tokens.files.events())
    assert server.received[-1].headers["Authorization"] == "Bearer new"


def test_deprecated_operations_warn(client: Any) -> None:
    with pytest.warns(DeprecationWarning, match="legacy is deprecated.*2027-01-31") as warned:
        client.files.legacy()
    assert [Path(one.filename).name for one in warned] == [Path(__file__).name]


def test_the_server_s_deprecation_fields_warn_once(client: Any, server: Server) -> None:
    fields = {"Deprecation": "@1795339800", "Sunset": "Sun, 31 Jan 2027 00:00:00 GMT"}
    server.behaviour = lambda _: Answer(200, ORDER, fields)
    with pytest.warns(DeprecationWarning, match="getOrder is deprecated; .*31 Jan 2027"):
        client.orders.get(order_id="o")
    with warnings.catch_warnings(record=True) as again:
        warnings.simplefilter("always")
        client.orders.get(order_id="o")
    assert again == []


def test_hostile_names_travel_as_the_contract_spells_them(client: Any, server: Server) -> None:
    back = client.list.import_(
        class_="x", x_class="h", timeout_=3, argument_9lives=9, copy="c", str="s", quote='"""'
    )
    request = server.received[-1]
    assert request.path == "/hostile/x?timeout=3&9lives=9"
    assert request.headers["X-Class"] == "h"
    assert request.json == {"copy": "c", "str": "s", "quote": '"""'}
    assert (back.copy_, back.str_, back.quote) == ("c", "s", '"""')


def test_hooks_see_and_change_requests(probe: ModuleType, server: Server) -> None:
    seen: list[object] = []

    def change(request: Any) -> None:
        request.headers["X-Hook"] = "1"
        request.query = "h=1"

    hooks = probe.Hooks(
        before_request=(change,), after_response=(lambda _, head: seen.append(head.status),)
    )
    with probe.Probe(**settings(server), hooks=hooks) as client:
        client.orders.get(order_id="o")
    assert seen == [200]
    assert server.received[-1].path == "/orders/o?h=1"
    assert server.received[-1].headers["X-Hook"] == "1"


def test_the_log_tells_no_secret(
    client: Any, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(logging.getLogger("probe"), "level", logging.NOTSET)
    with caplog.at_level(logging.DEBUG, logger="probe"):
        client.orders.get(order_id="o", extra_headers={"X-Session-Token": "hush"})
        client.files.upload(file=b"abc")
        client.files.submit_form(a="b")
        client.files.download().read()
    told = caplog.text
    assert "-> GET http://127.0.0.1" in told
    assert "<- 200 GET /orders/o" in told
    for secret in ("s3cr3t", "b3ar3r", "bWU6cA==", "hush", SEED):
        assert secret not in told
    assert re.search(r"'Signature': '\[redacted\]'", told)


def test_settings_come_from_the_environment(
    probe: ModuleType, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PROBE_BASE_URL", server.url + "/")
    monkeypatch.setenv("PROBE_KEY_ID", "env")
    monkeypatch.setenv("PROBE_PRIVATE_KEY", SEED)
    with probe.Probe() as client:
        client.orders.get(order_id="o")
    assert 'keyid="env"' in server.received[-1].headers["Signature-Input"]


def test_a_client_without_credentials_says_what_it_needs(probe: ModuleType, server: Server) -> None:
    with (
        probe.Probe(base_url=server.url) as client,
        pytest.raises(probe.ConfigurationError, match=r"getOrder needs credentials \(signature\)"),
    ):
        client.orders.get(order_id="o")
    assert server.received == []


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("venue.test", "must start with http"),
        ("https:///v1", "not an absolute URL"),
        ("https://me:secret@venue.test/v1", "must not hold a user name or password"),
    ],
)
def test_base_urls_that_cannot_work_are_refused(
    probe: ModuleType, url: str, complaint: str
) -> None:
    with pytest.raises(probe.ConfigurationError, match=complaint) as caught:
        probe.Probe(base_url=url, key_id="k", private_key=SEED).orders.get(order_id="o")
    assert "secret" not in str(caught.value)


def test_errors_have_the_class_of_their_code(
    probe: ModuleType, client: Any, server: Server
) -> None:
    problem = {"code": "insufficient_balance", "detail": "No.", "request_id": "r1"}
    server.behaviour = lambda _: Answer(422, problem)
    with pytest.raises(probe.InsufficientBalanceError, match=r"createOrder: 422 .* No\.") as caught:
        client.orders.create(client_order_id="c", side="buy", quantity="1")
    error = caught.value
    assert isinstance(error, probe.UnprocessableEntityError)
    assert isinstance(error, probe.ProbeError)
    assert (error.request_id, error.detail, error.outcome) == ("r1", "No.", "not_executed")


@pytest.mark.parametrize(
    ("status", "name"),
    [
        (400, "BadRequestError"),
        (401, "AuthenticationError"),
        (403, "PermissionDeniedError"),
        (404, "NotFoundError"),
        (409, "ConflictError"),
        (410, "GoneError"),
        (418, "APIStatusError"),
        (422, "UnprocessableEntityError"),
        (500, "InternalServerError"),
    ],
)
def test_errors_have_the_class_of_their_status(
    probe: ModuleType, client: Any, server: Server, status: int, name: str
) -> None:
    server.behaviour = lambda _: Answer(status, b"<html>oops</html>", {"Content-Type": "text/html"})
    with pytest.raises(probe.APIStatusError, match="oops") as caught:
        client.with_options(max_retries=0).orders.get(order_id="o")
    assert type(caught.value).__name__ == name


def test_the_asynchronous_client_has_the_same_surface(probe: ModuleType, server: Server) -> None:
    async def story() -> None:
        async with probe.AsyncProbe(**settings(server)) as client:
            order = await client.orders.create(client_order_id="c", side="buy", quantity="1")
            assert order.order_id == "o1"
            assert [one.order_id async for one in client.orders.list()] == ["a", "b", "c"]
            page = await client.orders.list()
            assert (await page.next_page()).items[0].order_id == "b"
            raw = await client.orders.with_raw_response.get(order_id="o")
            assert raw.parse().order_id == "o1"
            assert await client.orders.cancel(order_id="o") is None
            assert len(await (await client.files.download()).aread()) == 200_000
            await client.files.upload(file=BytesIO(b"abc"))
            assert (await client.orders.deposit(amount=1)).total > 0
            with pytest.warns(DeprecationWarning, match="legacy"):
                await client.files.legacy()

    asyncio.run(story())
    assert server.received[0].json["quantity"] == "1"


def test_times_are_checked_and_written_in_rfc_3339(client: Any, server: Server) -> None:
    server.behaviour = lambda _: Answer(
        200, {**ORDER, "time": "2026-11-22T09:30:00.123456Z", "date": "2026-11-22"}
    )
    order = client.orders.get(order_id="o")
    assert order.time == dt.datetime(2026, 11, 22, 9, 30, 0, 123456, tzinfo=dt.UTC)
    assert order.date == dt.date(2026, 11, 22)


def test_the_package_imports_lazily_and_lists_its_names(probe: ModuleType) -> None:
    assert {"Probe", "AsyncProbe", "errors", "models", "InsufficientBalanceError"} <= set(
        dir(probe)
    )
    assert probe.__version__ == "2.1.0"
    assert probe.models.Order.__name__ == "Order"
    with pytest.raises(AttributeError, match="nonsense"):
        _ = probe.nonsense
    for name in dir(probe):
        getattr(probe, name)
    for name in dir(probe.models):
        getattr(probe.models, name)


def test_reads_follow_redirects_and_leave_credentials_at_home(client: Any, server: Server) -> None:
    with serving(lambda _: Answer(200, b"far away")) as elsewhere:
        hops = iter(["/files?moved=1", f"{elsewhere.url}/signed?for=you"])
        server.behaviour = lambda _: Answer(302, headers={"Location": next(hops)})
        assert client.files.download(extra_headers={"Cookie": "a=b"}).read() == b"far away"
    near, far = server.received[-1], elsewhere.received[-1]
    assert near.path == "/files?moved=1"
    assert near.headers["Authorization"] == "Bearer b3ar3r"
    assert far.path == "/signed?for=you"
    assert not {"Authorization", "Cookie"} & set(far.headers)


@pytest.mark.parametrize("location", ["", "ftp://x/", "/again"])
def test_redirects_that_are_not_followed_are_errors(
    probe: ModuleType, client: Any, server: Server, location: str
) -> None:
    fields = {"Location": location} if location else {}
    server.behaviour = lambda _: Answer(302, headers=fields)
    with pytest.raises(probe.APIStatusError, match="302"):
        client.orders.get(order_id="o")
    with pytest.raises(probe.APIStatusError, match="302"):
        client.orders.amend(order_id="o")
    assert len(server.received) <= 7
