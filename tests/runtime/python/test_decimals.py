from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sdk_runtime.decimals import JsonNumber, decimal_from_wire, decimal_text, json_number
from sdk_runtime.wire import ExactFloat, dumps, loads_exact, to_json

FINITE = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**30), max_value=10**30)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Decimal("0.00000010"), "0.00000010"),
        (Decimal("1E-7"), "0.0000001"),
        (Decimal("1E+5"), "100000"),
        (Decimal("-0.5"), "-0.5"),
        ("1e-7", "0.0000001"),
        ("60000.10", "60000.10"),
        ("+1.5", "1.5"),
        (" 7 ", "7"),
        (0, "0"),
        (10**30, "1" + "0" * 30),
    ],
)
def test_numbers_are_written_without_exponent(value: object, text: str) -> None:
    assert decimal_text(value) == text


@given(FINITE)
def test_every_decimal_survives_the_way_to_the_wire_and_back(value: Decimal) -> None:
    text = decimal_text(value)
    assert re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text)
    assert decimal_from_wire(text).as_tuple() == Decimal(text).as_tuple()
    assert Decimal(text) == value


def test_a_float_is_refused_with_the_way_out() -> None:
    with pytest.raises(TypeError, match=r'float \(0\.1\).*Decimal\("0\.1"\).*"0\.1"'):
        decimal_text(0.1)


@pytest.mark.parametrize("value", [True, None, [], b"1"])
def test_what_is_no_number_is_refused(value: object) -> None:
    with pytest.raises(TypeError, match="Decimal"):
        decimal_text(value)


@pytest.mark.parametrize(
    "value", ["", "abc", "NaN", "Infinity", Decimal("NaN"), Decimal("1E+9999")]
)
def test_what_is_no_finite_number_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"number|range"):
        decimal_text(value)


@pytest.mark.parametrize("text", ["1.50", "0E-8", "-7e-7", "+1.", ".5"])
def test_every_spelling_of_an_exact_number_is_read(text: str) -> None:
    assert str(decimal_from_wire(text)) == str(Decimal(text))


@pytest.mark.parametrize(
    "text", ["", "1,5", "NaN", "-Infinity", " 1", "1_000", "1E+9999", "\u0661"]
)
def test_what_is_no_exact_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is not a decimal number"):
        decimal_from_wire(text)


def test_a_json_number_where_a_string_was_promised_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON string"):
        decimal_from_wire(0.1)


@given(FINITE)
def test_exact_json_numbers_keep_every_digit(value: Decimal) -> None:
    written = dumps(to_json({"a": [json_number(value)], "ü": "ü"}))
    number = loads_exact(written)["a"][0]
    digits = number.text if isinstance(number, ExactFloat) else str(number)
    assert Decimal(digits) == value
    assert b'"\\u00fc":"\xc3\xbc"' in written


def test_json_numbers_stay_numbers_for_who_wants_a_float() -> None:
    assert loads_exact(b"[0.1]")[0] + 1 == 1.1
    assert isinstance(json_number("0.10"), JsonNumber)
    assert dumps([json_number("0.10")]) == b"[0.10]"
