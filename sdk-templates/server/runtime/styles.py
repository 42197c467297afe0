"""Styles: how OpenAPI lays a value out as one text (Parameter Object, RFC 6570)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .plan import ParameterPlan, Shape
from .problem import Detail, malformed, pointer
from .scalars import scalar

Decoder = Callable[[str], str]


def value_reader(shape: Shape, decoder: Decoder) -> Callable[[str], Any]:
    """Decode one encoded text and read it as a scalar."""
    read = scalar(shape)
    if read is None:
        return decoder
    convert = read
    return lambda text: convert(decoder(text))


def array_reader(shape: Shape, decoder: Decoder, delimiter: str) -> Callable[[str], list[Any]]:
    """Read delimited text as an array."""
    element = value_reader(shape.items or Shape(), decoder)

    def read(text: str) -> list[Any]:
        if delimiter == "%20":  # the delimiter itself travels encoded
            text = text.replace("+", "%20")
        elif delimiter == "|":
            text = text.replace("%7C", "|").replace("%7c", "|")
        return [element(part) for part in text.split(delimiter)] if text else []

    return read


def object_reader(
    shape: Shape, decoder: Decoder, delimiter: str, *, explode: bool, place: str
) -> Callable[[str], dict[str, Any]]:
    """Read delimited text as an object: `a=1,b=2` exploded, `a,1,b,2` otherwise."""
    readers = {
        name: value_reader(member, decoder) for name, member in (shape.members or {}).items()
    }
    fallback = value_reader(shape.items or Shape(), decoder)

    def read(text: str) -> dict[str, Any]:
        parts = text.split(delimiter) if text else []
        if explode:
            pairs = [tuple(part.partition("=")[::2]) for part in parts]
        elif len(parts) % 2:
            raise malformed(Detail(place, "object", "names and values do not pair up"))
        else:
            pairs = list(zip(parts[::2], parts[1::2], strict=True))
        found: dict[str, Any] = {}
        for name, value in pairs:
            key = decoder(name)
            if key in found:
                raise malformed(Detail(place, "duplicate", f"the member {key} is repeated"))
            found[key] = readers.get(key, fallback)(value)
        return found

    return read


def text_reader(
    plan: ParameterPlan, decoder: Decoder, delimiter: str, *, explode: bool
) -> Callable[[str], Any]:
    """What reads a parameter that stands in one text."""
    shape = plan.shape
    if plan.json:
        return decoder
    if shape.members is not None:
        place = pointer(plan.location, plan.name)
        return object_reader(shape, decoder, delimiter, explode=explode, place=place)
    if shape.items is not None:
        return array_reader(shape, decoder, delimiter)
    return value_reader(shape, decoder)
