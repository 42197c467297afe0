from __future__ import annotations

import warnings
from decimal import Decimal
from typing import Annotated, Literal, Optional

import pytest
from pydantic import Field, TypeAdapter, ValidationError
from sdk_runtime.models import (
    Base64Bytes,
    BaseModel,
    ExactDecimal,
    IntText,
    Nullable,
    NumberDecimal,
    Tagged,
    Unknown,
)
from sdk_runtime.wire import loads_exact


class Order(BaseModel):
    side: Literal["buy", "sell"]
    quantity: ExactDecimal
    limit_price: Optional[ExactDecimal] = None  # noqa: UP045 - as it reads in aliases, too
    stop_price: Nullable[ExactDecimal] = None
    average: ExactDecimal | None
    tags: list[Literal["a", "b"]] | None = None
    parent: Optional[Order] = None  # noqa: UP045 - a forward reference with |


BASE = '{"side":"buy","quantity":"1.10","average":null'


def order(more: str = "", **options: bool) -> Order:
    return Order.model_validate_json(f"{BASE}{more}}}", **options)


class Circle(BaseModel):
    kind: Literal["circle"]
    radius: int


class Square(BaseModel):
    kind_: str = Field(alias="kind")
    side: int


Shape = Annotated[Circle | Square | Unknown, Tagged("kind", {"circle": Circle, "square": Square})]
SHAPE: TypeAdapter[Circle | Square | Unknown] = TypeAdapter(Shape)


Pet = Annotated[Circle | Square, Tagged("kind", {"circle": Circle, "square": Square}, Square)]
PET: TypeAdapter[Circle | Square] = TypeAdapter(Pet)


@pytest.mark.parametrize("strict", [None, True])
@pytest.mark.parametrize(
    ("text", "arm"),
    [
        ('{"kind":"circle","radius":1}', Circle),
        ('{"kind":"triangle","side":3}', Square),
        ('{"kind":"square","side":3}', Square),
    ],
)
def test_other_tags_have_the_default_arm(text: str, arm: type, *, strict: bool | None) -> None:
    found = PET.validate_json(text, strict=strict)
    assert type(found) is arm
    assert PET.dump_json(found, by_alias=True).decode() == text


def test_no_tag_has_the_default_arm_and_is_judged_by_it() -> None:
    with pytest.raises(ValidationError, match="kind"):
        PET.validate_json('{"side":3}')


def test_null_is_told_from_absence() -> None:
    absent, null = order(), order(',"stop_price":null')
    assert absent.stop_price is None
    assert null.stop_price is None
    assert "stop_price" not in absent.model_fields_set
    assert "stop_price" in null.model_fields_set


@pytest.mark.parametrize("strict", [False, True])
def test_null_is_refused_where_only_absence_is_allowed(strict: bool) -> None:  # noqa: FBT001 - both modes
    with pytest.raises(ValidationError, match="limit_price"):
        order(',"limit_price":null', strict=strict)


def test_a_required_member_must_be_there_even_if_null() -> None:
    with pytest.raises(ValidationError, match="average"):
        Order.model_validate_json('{"side":"buy","quantity":"1"}')


def test_unknown_values_of_an_enum_are_kept() -> None:
    assert order(',"tags":["a","z"]').tags == ["a", "z"]
    assert Order.model_validate_json('{"side":"lend","quantity":"1","average":null}').side == "lend"


def test_values_of_another_type_are_no_values_of_an_enum() -> None:
    with pytest.raises(ValidationError, match="side"):
        Order.model_validate_json('{"side":1,"quantity":"1","average":null}')


@pytest.mark.parametrize("more", [',"tags":["z"]', ',"parent":{"side":"lend"}'])
def test_strict_refuses_unknown_values(more: str) -> None:
    with pytest.raises(ValidationError, match=r"tags|parent"):
        order(more, strict=True)


def test_unknown_members_are_kept() -> None:
    assert order(',"new":{"a":1}').model_extra == {"new": {"a": 1}}


def test_decimals_are_exact() -> None:
    assert order().quantity.as_tuple() == Decimal("1.10").as_tuple()
    assert order().model_dump_json(exclude_unset=True) == BASE.replace("null", "null") + "}"


def test_small_decimals_are_dumped_without_exponent() -> None:
    small = order(',"limit_price":"0.0000001"')
    assert str(small.limit_price) == "1E-7"
    assert '"limit_price":"0.0000001"' in small.model_dump_json()
    assert order(',"limit_price":"1E-7"').limit_price == small.limit_price


@pytest.mark.parametrize("number", ["1.1", "true", "[]", '"NaN"', '"x"', '"1_0"', '""', '"."'])
def test_what_is_no_exact_decimal_is_refused(number: str) -> None:
    with pytest.raises(ValidationError, match="quantity"):
        Order.model_validate_json(f'{{"side":"buy","quantity":{number},"average":null}}')


def test_absent_members_are_dumped_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert order().model_dump()["limit_price"] is None
        assert '"limit_price":null' in order().model_dump_json()


def test_recursion_keeps_leniency() -> None:
    child = order(',"parent":{"side":"lend","quantity":"1","average":null}').parent
    assert child is not None
    assert child.side == "lend"


def test_a_tag_chooses_its_arm() -> None:
    assert SHAPE.validate_json('{"kind":"circle","radius":1}') == Circle(kind="circle", radius=1)
    square = SHAPE.validate_python({"kind": "square", "side": 2})
    assert isinstance(square, Square)


@pytest.mark.parametrize("text", ['{"kind":"hexagon","size":3}', '{"size":3}', '{"kind":null}'])
def test_an_unknown_tag_gives_an_inspectable_unknown(text: str) -> None:
    shape = SHAPE.validate_json(text)
    assert isinstance(shape, Unknown)
    assert not isinstance(shape, Circle)
    assert shape.data == TypeAdapter(dict).validate_json(text)


def test_strict_refuses_an_unknown_tag() -> None:
    with pytest.raises(ValidationError):
        SHAPE.validate_json('{"kind":"hexagon"}', strict=True)


def test_a_known_tag_with_a_wrong_body_is_an_error_and_no_unknown() -> None:
    with pytest.raises(ValidationError, match="radius"):
        SHAPE.validate_json('{"kind":"circle"}')


def test_instances_pass_unions() -> None:
    circle = Circle(kind="circle", radius=1)
    assert SHAPE.validate_python(circle) is circle


class Scalars(BaseModel):
    blob: Base64Bytes | None = None
    id: IntText | None = None
    size: NumberDecimal | None = None


def test_bytes_in_both_alphabets() -> None:
    assert Scalars.model_validate_json('{"blob":"-_8="}').blob == b"\xfb\xff"
    assert Scalars.model_validate_json('{"blob":"+/8"}').blob == b"\xfb\xff"
    with pytest.raises(ValidationError, match="base64"):
        Scalars.model_validate_json('{"blob":"?"}')


def test_integers_in_strings() -> None:
    assert Scalars.model_validate_json('{"id":"9223372036854775807"}').id == 2**63 - 1
    with pytest.raises(ValidationError, match="id"):
        Scalars.model_validate_json('{"id":"x"}')


def test_exact_numbers() -> None:
    body = loads_exact(b'{"size":0.1000000000000000055511151231257827}')
    size = Scalars.model_validate(body).size
    assert size == Decimal("0.1000000000000000055511151231257827")
