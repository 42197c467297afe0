"""Replies: what handlers return, what they may not, and answers held against the contract."""

from datetime import datetime, timedelta, timezone
from decimal import Decimal

import pytest
from probe_server.runtime.checks import ALWAYS, ResponseValidation
from probe_server.runtime.model import DecimalString, Maybe, Model, UtcInstant
from probe_server.runtime.reply import Reply

BODY = b'{"client_order_id":"a","side":"buy","quantity":"1"}'


def order(service, **members):
    given = {"order_id": "o", "side": "buy", "quantity": Decimal(1), "note": None, **members}
    return service.package.models.Order(**given)


def create(service, result):
    service.echo.answers["create"] = result
    return service("POST", "/orders", body=BODY)


def test_a_bare_result_is_the_first_success_with_its_wire_form(service):
    zone = timezone(timedelta(hours=2))
    answer = create(
        service,
        order(
            service,
            quantity=Decimal("1E-7"),
            limit_price=None,
            expire_time=datetime(2026, 11, 22, 2, tzinfo=zone),
        ),
    )
    assert answer.status == 201
    assert answer.json() == {
        "order_id": "o",
        "side": "buy",
        "quantity": "0.0000001",
        "note": None,
        "expire_time": "2026-11-22T00:00:00.000000Z",
    }
    assert answer.field("content-length") == str(len(answer.body))


def test_a_reply_names_status_and_fields(service):
    answer = create(service, Reply(order(service), status=200, headers=[("Location", "/x")]))
    assert (answer.status, answer.field("location")) == (200, "/x")


def test_handlers_send_fields_through_the_context(service):
    def answer(context, **_):
        context.respond("X-Extra", "1")
        return "a,b"

    service.echo.answers["get_text"] = answer
    got = service("GET", "/text")
    assert got.field("x-extra") == "1"
    assert got.field("content-type") == "text/csv; charset=utf-8"


def test_line_breaks_in_fields_are_refused(service):
    service.echo.answers["get_text"] = lambda context, **_: context.respond("x", "a\r\nb: c")
    assert service("GET", "/text").status == 500


@pytest.mark.parametrize(
    "result",
    [
        Reply(None, status=418),
        Reply(None, status=204),
        None,
        {"order_id": 5},
        "text",
        Reply("x", status=200, media_type="text/plain"),
    ],
)
def test_what_the_contract_does_not_declare_is_a_500(service, result, caplog):
    answer = create(service, result)
    assert answer.status == 500
    assert answer.json()["code"] == "internal_error"
    assert b"order_id" not in answer.body
    assert "UndeclaredReplyError" in caplog.text


def test_a_model_of_another_type_is_a_500(service):
    assert create(service, service.package.models.OrderList(data=[])).status == 500


def test_exact_numbers_keep_their_digits(service):
    service.echo.answers["fills"] = [
        Decimal("0.10"),
        Decimal("1E-7"),
        Decimal("12345678901234567.1"),
    ]
    assert service("GET", "/orders/a/fills").body == b"[0.10,0.0000001,12345678901234567.1]"


def test_streams(service):
    async def pieces():
        yield b"ab"
        yield b"cd"

    service.echo.answers["get_file"] = lambda *_, **__: pieces()
    answer = service("GET", "/files/a.b")
    assert (answer.status, answer.body, answer.field("content-length")) == (200, b"abcd", None)


def test_a_stream_that_fails_closes_the_connection(service):
    async def pieces():
        yield b"ab"
        raise RuntimeError("disk")

    service.echo.answers["get_file"] = lambda *_, **__: pieces()
    with pytest.raises(RuntimeError, match="disk"):
        service("GET", "/files/a.b")


@pytest.mark.parametrize(
    ("accept", "status"),
    [
        ("*/*", 200),
        ("text/*", 200),
        ("text/csv;q=0.1, text/html", 200),
        ("TEXT/CSV", 200),
        ("", 200),
        ("application/json", 406),
        ("text/csv;q=0", 406),
        ("text/csv; q=0.000, image/*", 406),
    ],
)
def test_accept(service, accept, status):
    service.echo.answers["get_text"] = "x"
    assert service("GET", "/text", headers=[("accept", accept)]).status == status


def test_violations_are_reported_and_rejected(serve):
    seen = []
    service = serve(validate_responses=ResponseValidation(rate=1, reject=True, report=seen.append))
    answer = create(service, order(service, quantity=Decimal(-1)))
    assert answer.status == 500
    assert answer.json()["detail"].startswith("The server's answer did not follow its contract")
    assert (seen[0].operation_id, seen[0].status) == ("createOrder", 201)
    assert seen[0].errors[0].pointer == "/body/quantity"


def test_violations_can_be_reported_only(serve, caplog):
    seen = []
    service = serve(validate_responses=ResponseValidation(rate=1, report=seen.append))
    assert create(service, order(service, quantity=Decimal(-1))).status == 201
    assert len(seen) == 1
    assert "response breaks the contract: createOrder 201" in caplog.text


def test_open_enums_may_grow_in_responses_but_not_in_requests(serve):
    service = serve(validate_responses=ALWAYS)
    assert create(service, order(service, side="sideways")).status == 201
    sideways = BODY.replace(b"buy", b"sideways")
    assert service("POST", "/orders", body=sideways).status == 400


def test_undeclared_problems_are_violations_but_are_sent(serve):
    seen = []
    service = serve(validate_responses=ResponseValidation(rate=1, report=seen.append))
    answer = create(service, service.package.Problem(422, "strange"))
    assert answer.status == 422
    assert seen[0].errors[0].code == "undeclared"


def test_samples(serve, monkeypatch):
    seen = []
    service = serve(validate_responses=ResponseValidation(rate=0.5, report=seen.append))
    draws = iter([0.1, 0.9, 0.4])
    monkeypatch.setattr(f"{service.package.__name__}.runtime.checks.random", lambda: next(draws))
    for _ in range(3):
        create(service, order(service, quantity=Decimal(-1)))
    assert len(seen) == 2


class Sample(Model):
    """Optional members of both kinds."""

    money: DecimalString
    when: Maybe[UtcInstant] = None
    nullable: str | None = None


def test_none_means_absent_only_where_null_is_no_value():
    assert Sample(money=Decimal(1), when=None).to_json() == b'{"money":"1"}'
    assert Sample(money=Decimal(1), nullable=None).to_json() == b'{"money":"1","nullable":null}'
    assert Sample(money=Decimal("1E+3")).to_json() == b'{"money":"1000"}'
