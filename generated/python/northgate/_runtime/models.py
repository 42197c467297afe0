"""The base of all models, and the types that plain Pydantic does not have.

Parsing is lenient where a server may grow: unknown members, unknown values of an enum and
unknown arms of a tagged union are kept and stay readable. It is exact where a mistake costs
money: decimals, identifiers and required members are always checked, and an explicit null is
refused where the contract does not allow one. With `strict=True` a client refuses everything
that the contract does not name.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Annotated, Any, ClassVar, Optional, TypeVar, cast

import pydantic
from pydantic import ConfigDict, GetCoreSchemaHandler
from pydantic_core import CoreSchema, core_schema

from .decimals import decimal_from_wire, decimal_text
from .narrow import is_mapping
from .wire import ExactFloat

T = TypeVar("T")

Node = Any
"""A core schema: nested TypedDicts that are told apart by their `type`."""

Source = Any
"""The annotation that a core schema is made for."""


class BaseModel(pydantic.BaseModel):
    """What every response is made of. Unknown members are kept: see `model_extra`."""

    model_config: ClassVar[ConfigDict] = ConfigDict(
        extra="allow",
        defer_build=True,
        populate_by_name=True,
        protected_namespaces=(),
        arbitrary_types_allowed=True,
    )

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: type[pydantic.BaseModel], handler: GetCoreSchemaHandler, /
    ) -> CoreSchema:
        schema = handler(source)
        model = cast("dict[str, Any]", handler.resolve_ref_schema(schema))
        fields = model.get("schema", {}).get("fields", {})
        for field in fields.values():
            field["schema"] = _field(field["schema"])
        return schema


class Unknown(BaseModel):
    """An arm of a union that this version of the SDK does not know. Its members are in `data`."""

    @property
    def data(self) -> dict[str, Any]:
        """The members as they arrived."""
        return dict(self.model_extra or {})


class _Null:
    """Marks a type for which null is a value and not the absence of one."""

    def __get_pydantic_core_schema__(
        self, source: Source, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.lax_or_strict_schema(handler(source), handler(source))


Nullable = Annotated[Optional[T], _Null()]  # noqa: UP045 - a generic alias needs the subscript form
"""The type or JSON's null. `Optional[T] = None` alone means: may be absent, never null."""


def _field(schema: Node) -> Node:
    """A field's schema: lenient enums, and no null where only absence is allowed."""
    if schema["type"] != "default":
        return _lenient(schema)
    inner = schema["schema"]
    if inner["type"] == "nullable" and schema.get("default", ...) is None:
        schema["schema"] = _absent_or(_lenient(inner["schema"]))
    else:
        schema["schema"] = _lenient(inner)
    return schema


def _absent_or(schema: Node) -> CoreSchema:
    """Refuses null on the way in; writes the None of an absent member on the way out."""
    return core_schema.lax_or_strict_schema(
        schema,
        core_schema.no_info_before_validator_function(
            _refuse_null, core_schema.nullable_schema(schema)
        ),
    )


def _refuse_null(value: object) -> object:
    if value is None:
        raise ValueError("null is not allowed here; the member may only be left out")
    return value


def _lenient(schema: Node) -> Node:
    """The schema with every enum in it accepting values that are not listed, unless strict."""
    match schema["type"]:
        case "literal":
            return core_schema.lax_or_strict_schema(_scalars(schema["expected"]), schema)
        case "nullable" | "lax-or-strict":
            for key in ("schema", "lax_schema"):
                if key in schema:
                    schema[key] = _lenient(schema[key])
        case "list":
            schema["items_schema"] = _lenient(schema["items_schema"])
        case "dict":
            schema["values_schema"] = _lenient(schema["values_schema"])
        case _:
            pass
    return schema


def _scalars(expected: list[Any]) -> CoreSchema:
    """Any value of the types that the expected ones have."""
    schemas: dict[type, Callable[[], CoreSchema]] = {
        bool: lambda: core_schema.bool_schema(strict=True),
        int: lambda: core_schema.int_schema(strict=True),
        str: lambda: core_schema.str_schema(strict=True),
    }
    kinds = [kind for kind in schemas if any(type(value) is kind for value in expected)]
    if len(kinds) == 1:
        return schemas[kinds[0]]()
    return core_schema.union_schema([schemas[kind]() for kind in kinds])


_UNKNOWN_TAG = "\0unknown"


class Tagged:
    """Chooses a union's arm by the value of its tag.

    Attributes:
        tag: The tag's name on the wire.
        arms: Tag value to class or type.
        default: The arm without a tag or with an unknown one (OpenAPI 3.2's `defaultMapping`).
            Without it that is `Unknown`, which a strict client refuses.
    """

    __slots__ = ("arms", "default", "tag")

    def __init__(self, tag: str, arms: Mapping[str, Source], default: Source = None) -> None:
        self.tag = tag
        self.arms = arms
        self.default = default

    def __get_pydantic_core_schema__(
        self, source: Source, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        built = {arm: handler.generate_schema(arm) for arm in dict.fromkeys(self.arms.values())}
        choices: dict[Any, CoreSchema] = {tag: built[arm] for tag, arm in self.arms.items()}
        if self.default is not None:
            choices[_UNKNOWN_TAG] = built[self.default]
            return core_schema.tagged_union_schema(choices, self._choose)
        unknown = {**choices, _UNKNOWN_TAG: handler.generate_schema(Unknown)}
        return core_schema.lax_or_strict_schema(
            core_schema.tagged_union_schema(unknown, self._choose),
            core_schema.tagged_union_schema(choices, self._choose_strictly),
        )

    def _choose(self, value: object) -> str:
        tag = self._choose_strictly(value)
        return tag if tag in self.arms else _UNKNOWN_TAG

    def _choose_strictly(self, value: object) -> str:
        if is_mapping(value):
            return _tag_text(value.get(self.tag, ""))
        return next((tag for tag, arm in self.arms.items() if type(value) is arm), _UNKNOWN_TAG)


def _tag_text(tag: object) -> str:
    if isinstance(tag, bool):
        return "true" if tag else "false"
    return str(tag) if isinstance(tag, (str, int)) else _UNKNOWN_TAG


def _from_number(value: object) -> Decimal:
    if isinstance(value, ExactFloat):
        return Decimal(value.text)
    return decimal_from_wire(value)


def _from_base64(value: object) -> bytes:
    if isinstance(value, bytes):
        return value
    if not isinstance(value, str):
        raise ValueError("expected base64 in a JSON string")  # noqa: TRY004 - pydantic reports ValueErrors only
    text = value.replace("-", "+").replace("_", "/").replace("\n", "").replace("\r", "")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError(f"not base64: {error}") from None


class _Wire:
    """A type that is read by one function and written by another."""

    __slots__ = ("read", "write")

    def __init__(self, read: Callable[[Any], Any], write: Callable[[Any], Any]) -> None:
        self.read = read
        self.write = write

    def __get_pydantic_core_schema__(
        self, source: Source, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.read,
            serialization=core_schema.plain_serializer_function_ser_schema(
                self.write, when_used="json-unless-none"
            ),
        )


def _encode_base64(value: bytes) -> str:
    return base64.b64encode(value).decode("ascii")


ExactDecimal = Annotated[Decimal, _Wire(decimal_from_wire, decimal_text)]
"""A decimal in a JSON string; a JSON number with a fraction is refused."""

NumberDecimal = Annotated[Decimal, _Wire(_from_number, decimal_text)]
"""A decimal in a JSON number, read with all its digits."""

Base64Bytes = Annotated[bytes, _Wire(_from_base64, _encode_base64)]
"""Bytes in a JSON string, base64 in the standard or the URL-safe alphabet."""


def _int_from_text(value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str):
        return int(value)
    raise ValueError(f"expected an integer in a JSON string, got {type(value).__name__}")


IntText = Annotated[int, _Wire(_int_from_text, str)]
"""A 64-bit integer in a JSON string."""
