"""Bodies: exact JSON, limits, media types, forms."""

import json
from decimal import Decimal

import pytest
from probe_server.runtime import exact_json

GOOD = {"client_order_id": "a", "side": "buy", "quantity": "0.25"}


def create(service, body, **options):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    model = service.package.models.Order
    service.echo.answers.setdefault(
        "create", model(order_id="o", side="buy", quantity=Decimal("0.25"), note=None)
    )
    return service("POST", "/orders", body=raw, **options)


def test_a_good_body_becomes_a_model(service):
    body = {**GOOD, "expire_time": "2026-11-22T09:30:00Z", "sequence": 2**63 - 1, "note": None}
    assert create(service, body).status == 201
    model = service.echo.last["body"]
    assert type(model) is service.package.models.NewOrder
    assert model.quantity == Decimal("0.25")
    assert model.sequence == 2**63 - 1
    assert model.limit_price is None
    assert "limit_price" not in model.model_fields_set
    assert model.note is None
    assert "note" in model.model_fields_set
    assert model.class_ == "retail"


@pytest.mark.parametrize(
    ("change", "pointer", "code"),
    [
        ({"quantity": 0.25}, "/body/quantity", "number_not_decimal_string"),
        ({"quantity": 1}, "/body/quantity", "number_not_decimal_string"),
        ({"quantity": True}, "/body/quantity", "malformed"),
        ({"quantity": "1e3"}, "/body/quantity", "malformed"),
        ({"quantity": "0.25\n"}, "/body/quantity", "malformed"),
        ({"quantity": "٣"}, "/body/quantity", "malformed"),
        ({"quantity": None}, "/body/quantity", "malformed"),
        ({"side": "BUY"}, "/body/side", "malformed"),
        ({"expire_time": "2026-02-30T00:00:00Z"}, "/body/expire_time", "malformed"),
        ({"limit_price": None}, "/body/limit_price", "malformed"),
        ({"sequence": 2**63}, "/body/sequence", "malformed"),
        ({"sequence": 10**400}, "/body/sequence", "malformed"),
        ({"sequence": 1.5}, "/body/sequence", "malformed"),
        ({"sequence": "1"}, "/body/sequence", "malformed"),
        ({"qty": "1"}, "/body", "malformed"),
        ({"~a/b": 1}, "/body", "malformed"),
    ],
)
def test_what_the_schema_does_not_allow(service, change, pointer, code):
    answer = create(service, {**GOOD, **change})
    assert answer.status == 400
    assert answer.json()["code"] == code
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert service.echo.calls == []


def test_each_flaw_is_named(service):
    answer = create(service, {"side": 1, "zz": 2})
    places = {error["pointer"] for error in answer.json()["errors"]}
    assert places == {"/body", "/body/side", "/body/client_order_id", "/body/quantity"}


def test_read_only_members_are_not_demanded_of_requests(service):
    assert create(service, GOOD).status == 201


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"nul",
        b"{}x",
        b"\xef\xbb\xbf{}",
        b'{"client_order_id":"\xff"}',
        b'{"client_order_id":"\\ud800"}',
        b'{"quantity":NaN}',
        b'{"quantity":Infinity}',
        b'{"quantity":-Infinity}',
        b'{"quantity":1e999}',
        b'{"client_order_id":"a","client_order_id":"b","side":"buy","quantity":"1"}',
        b'{"client_order_id":"a","side":"buy","quantity":"1","quantity":"9"}',
        b'{"a":1,"\\u0061":2}',
        b'{"a" :1,"a"\n:2}',
        b"[" * 33 + b"]" * 33,
        b'{"a":' * 40 + b"1" + b"}" * 40,
        b"[" * 500_000,
        b"{'a':1}",
        b'{"a":01}',
        b'{"a":"\t"}',
        b"{,}",
    ],
)
def test_what_is_no_exact_json(service, raw):
    answer = create(service, raw)
    assert answer.status == 400
    assert answer.json()["errors"][0]["pointer"].startswith("/body")
    assert service.echo.calls == []


@pytest.mark.parametrize("decimals", [False, True])
@pytest.mark.parametrize(
    "text",
    ['{"a":{"b":1},"c":[{"d":"x:y"}]}', '{"a":":","b":1}', "[]", '"x"', "12345678901234567890123"],
)
def test_both_parsers_agree(text, decimals):
    value = exact_json.loads(text.encode(), max_depth=32, decimals=decimals)
    assert value == json.loads(text)


def test_decimals_keep_their_digits():
    value = exact_json.loads(b"[0.10000000000000000001]", max_depth=9, decimals=True)
    assert str(value[0]) == "0.10000000000000000001"


def test_brackets_within_strings_are_no_nesting():
    text = b'["' + b"[{" * 100 + b'\\"["]'
    assert exact_json.depth(text) == 1
    assert exact_json.loads(text, max_depth=2)


@pytest.mark.parametrize(
    ("content_type", "status"),
    [
        ("application/json", 201),
        ("Application/JSON", 201),
        ("application/json; charset=utf-8", 201),
        ('application/json;charset="UTF-8"', 201),
        ("application/json; charset=latin-1", 415),
        ("application/json; charset=utf-16", 415),
        ("text/plain", 415),
        ("application/jsonx", 415),
        ("application/*", 415),
        ("*/*", 415),
        ("", 415),
        ("json", 415),
    ],
)
def test_content_types(service, content_type, status):
    answer = create(service, GOOD, headers=[("content-type", content_type)])
    assert answer.status == status
    if status == 415:
        assert answer.json()["errors"][0]["pointer"] == "/header/content-type"


def test_content_codings_are_refused(service):
    assert create(service, GOOD, headers=[("content-encoding", "gzip")]).status == 415
    assert create(service, GOOD, headers=[("content-encoding", "identity")]).status == 201


def test_a_required_body_is_required_and_an_optional_one_is_not(service):
    answer = service("POST", "/orders")
    assert (answer.status, answer.json()["errors"][0]["pointer"]) == (400, "/body")
    assert service("POST", "/orders/batch").status == 204
    assert service.echo.last == {}


def test_lists_of_models(service):
    assert service("POST", "/orders/batch", body=json.dumps([GOOD, GOOD]).encode()).status == 204
    assert [order.side for order in service.echo.last["body"]] == ["buy", "buy"]
    answer = service("POST", "/orders/batch", body=json.dumps([GOOD, {}]).encode())
    assert answer.json()["errors"][0]["pointer"].startswith("/body/1/")
    assert service("POST", "/orders/batch", body=json.dumps([GOOD] * 4).encode()).status == 400


def test_size_limits(serve):
    service = serve(limits=serve_limits(body=50))
    answer = create(service, b" " * 51)
    assert answer.status == 413
    assert answer.json()["code"] == "body_too_large"  # the contract's own word
    assert answer.field("connection") == "close"
    lying = [("content-length", "10")]
    assert create(service, b" " * 51, headers=lying).status == 413
    unsaid = [("transfer-encoding", "chunked"), ("content-length", None)]
    assert create(service, b"x", headers=unsaid, pieces=[b" " * 20] * 4).status == 413
    assert create(service, b"x", headers=[("content-length", "1e1")]).status == 400
    assert create(service, b"x", headers=[("content-length", "-1")]).status == 400


def serve_limits(**limits):
    from probe_server.runtime.body import Limits  # noqa: PLC0415 - one helper's own need

    return Limits(**limits)


def test_other_limits(serve):
    service = serve(limits=serve_limits(url=40, fields=5))
    assert service("GET", "/orders?status=" + "x" * 40).status == 414
    assert service("GET", "/orders", headers=[(f"x-{n}", "1") for n in range(9)]).status == 431


def test_a_client_that_leaves_gets_no_answer(service):
    assert create(service, b"x", pieces=[]).status == 0
    assert service.echo.calls == []


def test_bodies_in_pieces(service):
    raw = json.dumps(GOOD).encode()
    assert create(service, raw, pieces=[raw[:5], raw[5:9], raw[9:]]).status == 201


FORM = [("content-type", "application/x-www-form-urlencoded")]


def test_forms(service):
    service.echo.answers["send_form"] = {}
    answer = service("POST", "/forms", body=b"name=A+b%26&age=7&tags=x&tags=y", headers=FORM)
    assert answer.status == 200, answer.body
    body = service.echo.last["body"]
    assert (body.name, body.age, body.tags) == ("A b&", 7, ["x", "y"])


@pytest.mark.parametrize(
    "raw", [b"age=7", b"name=a&name=b", b"name=a&age=x", b"name=%zz", b"name=a&q=1", b"name=\xff"]
)
def test_bad_forms(service, raw):
    assert service("POST", "/forms", body=raw, headers=FORM).status == 400


MULTIPART = [("content-type", "multipart/form-data; boundary=B")]


def multipart(*parts):
    lines = b"".join(
        b'--B\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n' % part for part in parts
    )
    return lines + b"--B--\r\n"


def test_multipart(service):
    service.echo.answers["send_form"] = {}
    raw = multipart((b"file", b'; filename="f"', b"\x00\xff"), (b"note", b"", b"hi"))
    assert service("POST", "/forms", body=raw, headers=MULTIPART).status == 200
    body = service.echo.last["body"]
    assert (body.file, body.note) == (b"\x00\xff", "hi")


@pytest.mark.parametrize(
    "raw",
    [
        multipart((b"note", b"", b"hi")),
        multipart((b"file", b'; filename="f"', b"x"), (b"note", b"", b"too long")),
        b"--B\r\nrubbish",
        b"rubbish",
    ],
)
def test_bad_multipart(service, raw):
    assert service("POST", "/forms", body=raw, headers=MULTIPART).status == 400


def test_multipart_without_a_boundary(service):
    headers = [("content-type", "multipart/form-data")]
    assert service("POST", "/forms", body=b"--B--", headers=headers).status == 400


def test_text_and_octets(service):
    service.echo.answers["send_form"] = {}
    service("POST", "/forms", body="é".encode(), headers=[("content-type", "text/plain")])
    assert service.echo.last["body"] == "é"
    assert (
        service("POST", "/forms", body=b"\xff", headers=[("content-type", "text/plain")]).status
        == 400
    )
    octets = [("content-type", "application/octet-stream")]
    service("POST", "/forms", body=b"\xff", headers=octets)
    assert service.echo.last["body"] == b"\xff"
