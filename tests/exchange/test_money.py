from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.exchange import money
from handlers.exchange.codes import RefusalError

scales = st.integers(0, 18)


@pytest.mark.parametrize(
    ("text", "scale", "units"),
    [
        ("0", 2, 0),
        ("0.00", 2, 0),
        ("1", 2, 100),
        ("1.5", 2, 150),
        ("1.50", 2, 150),
        ("1.5000", 2, 150),
        ("1.505", 2, None),
        ("12", 0, 12),
        ("12.0", 0, 12),
        ("12.1", 0, None),
        ("99999999999999999999.999999999999999999", 18, 99999999999999999999999999999999999999),
    ],
)
def test_parse(text, scale, units):
    assert money.parse(text, scale) == units


@pytest.mark.parametrize(
    "text",
    [
        *("", ".", "1.", ".5", "-1", "+1", "1e3", "1E3", "01", "00.5", " 1", "1 ", "1_000", "1,5"),
        *("NaN", "Infinity", "0x10", "1.2.3", "--1", "1.-5", "1.5e-3"),
        *("\u0661", "\uff11", "\u00b2", "1\u0660", "1.\u0665", "1\n", "1\x00", "\u22121"),
        "9" * 41,
        "0." + "0" * 5000 + "1",
    ],
)
def test_what_is_no_plain_decimal_is_malformed(text):
    with pytest.raises(RefusalError) as caught:
        money.parse(text, 4, "/quantity")
    assert (caught.value.code, caught.value.pointer) == ("malformed", "/quantity")


@pytest.mark.parametrize("number", [1, 1.5, Decimal(1), None, True, ["1"], b"1"])
def test_what_is_no_string_is_refused(number):
    with pytest.raises(RefusalError) as caught:
        money.parse(number, 4, "/quantity")
    assert caught.value.code == "number_not_decimal_string"


@given(st.integers(-(10**38), 10**38), scales)
def test_rendering_is_exact_and_never_an_exponent(units, scale):
    text = money.render(units, scale)
    assert Fraction(text) == Fraction(units, 10**scale)
    assert set(text) <= set("-.0123456789")
    if units >= 0 and len(text) <= money.MAX_LENGTH:
        assert money.parse(text, scale) == units


@given(st.integers(-(10**30), 10**30), st.integers(1, 10**12), st.integers(0, 6))
def test_ratios_round_half_to_even(numerator, denominator, scale):
    text = money.render_ratio(numerator, denominator, scale, extra=4)
    exact = Fraction(numerator, denominator * 10**scale)
    assert abs(Fraction(text) - exact) * 2 <= Fraction(1, 10 ** (scale + 4))
    assert len(text.partition(".")[2]) >= scale


def test_a_ratio_in_the_middle_goes_to_the_even_neighbour():
    assert money.render_ratio(1, 2, 0, extra=0) == "0"
    assert money.render_ratio(3, 2, 0, extra=0) == "2"
    assert money.render_ratio(-3, 2, 0, extra=0) == "-2"


def test_a_ratio_drops_only_zeros_behind_the_scale():
    assert money.render_ratio(1000, 10, 2) == "1.00"
    assert money.render_ratio(1005, 10, 2) == "1.005"


@given(st.from_regex(r"(0|[1-9][0-9]{0,8})(\.[0-9]{1,6})?", fullmatch=True))
def test_equal_amounts_have_one_canonical_spelling(text):
    assert Decimal(money.canonical(text)) == Decimal(text)
    assert money.canonical(text) == money.canonical(text + ("0" if "." in text else ".00"))
