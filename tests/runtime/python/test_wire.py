from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import Enum
from uuid import UUID

import pytest
from sdk_runtime import codecs
from sdk_runtime.absent import NOT_GIVEN
from sdk_runtime.codecs import encode
from sdk_runtime.models import BaseModel
from sdk_runtime.wire import dumps, to_json


class Colour(Enum):
    RED = "red"


class Model(BaseModel):
    a: int
    b: str | None = None


@pytest.mark.parametrize(
    ("value", "json"),
    [
        (None, None),
        (Decimal("1E-7"), "0.0000001"),
        (dt.datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=dt.UTC), "2026-01-02T03:04:05.000006Z"),
        (dt.date(2026, 1, 2), "2026-01-02"),
        (dt.time(3, 4), "03:04:00"),
        (dt.timedelta(seconds=90, microseconds=500000), "PT90.5S"),
        (dt.timedelta(seconds=-600), "-PT600S"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        (b"\x00\xff", "AP8="),
        (Colour.RED, "red"),
        ((1, 2), [1, 2]),
        (Model(a=1), {"a": 1}),
        ({"a": NOT_GIVEN, "b": None}, {"b": None}),
    ],
)
def test_values_become_json(value: object, json: object) -> None:
    assert to_json(value) == json


def test_a_datetime_without_zone_is_ambiguous() -> None:
    with pytest.raises(ValueError, match="time zone"):
        to_json({"at": dt.datetime(2026, 1, 2)})  # noqa: DTZ001 - what is refused


def test_what_has_no_json_form_is_refused() -> None:
    with pytest.raises(TypeError, match="object cannot be sent"):
        to_json(object())


def test_not_a_number_is_no_json() -> None:
    with pytest.raises(ValueError, match="JSON"):
        dumps({"a": float("nan")})


SHAPE = {"orders": [{"quantity": codecs.decimal, "size": codecs.number, "id": codecs.int_text}]}


def test_codecs_reach_into_the_body() -> None:
    body = {"orders": [{"quantity": Decimal("1E-7"), "size": "0.10", "id": 2**63, "note": 1.5}]}
    written = dumps(encode(body, SHAPE))
    assert written == (
        b'{"orders":[{"quantity":"0.0000001","size":0.10,"id":"9223372036854775808","note":1.5}]}'
    )


def test_a_refused_value_is_named_by_its_path() -> None:
    with pytest.raises(TypeError, match=r"^orders\[1\]\.quantity: a float \(0\.1\)"):
        encode({"orders": [{}, {"quantity": 0.1}]}, SHAPE)


def test_null_and_absence_pass_codecs() -> None:
    body = {"orders": [{"quantity": None, "id": NOT_GIVEN}]}
    assert encode(body, SHAPE) == {"orders": [{"quantity": None}]}


def test_a_codec_for_every_key() -> None:
    assert encode({"a": Decimal(1), "b": "2"}, {"*": codecs.decimal}) == {"a": "1", "b": "2"}
