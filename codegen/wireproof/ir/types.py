"""The type view: what a schema means to someone who writes a program.

Derived from the constraint view (`ir.schema`); what a type system cannot say (patterns, bounds)
stays there. A `Type` is a use, a `TypeDecl` a declaration that gets a name. Both unions are
closed: match on them and end with `assert_never`.

Null is a matter of the use, never of the declaration: a nullable component `Order` is declared
like any other, and every use of it is `NullableType(NamedType(Order))`.

Ids of declarations are ids of schemas, with one exception: where a type has no schema of its own
(the properties beside a `oneOf` joined with one of its arms), its id is a pointer into the schema
that it was made for, `#/components/schemas/Payment/oneOf/1`, and is found in `Contract.types` only.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from wireproof.ir.schema import SchemaId
from wireproof.source.node import Json, Node


class Scalar(Enum):
    """Scalars that languages spell differently. The value is the name in the JSON dump."""

    STRING = "string"
    BOOLEAN = "boolean"
    INTEGER = "integer"  # at most 53 bits, safe in every language
    INT64 = "int64"  # JSON number of up to 64 bits
    INT64_STRING = "int64-string"  # string with format int64/uint64
    FLOAT = "float"  # JSON number, binary floating point
    DECIMAL = "decimal"  # JSON string with format decimal: exact
    DECIMAL_NUMBER = "decimal-number"  # JSON number with format decimal
    INSTANT = "instant"  # format date-time, RFC 3339
    DATE = "date"
    TIME = "time"
    DURATION = "duration"
    UUID = "uuid"
    URI = "uri"
    BYTES = "bytes"  # base64 in a string
    BINARY = "binary"  # raw octets: a file, a body
    NULL = "null"


@dataclass(frozen=True, slots=True)
class ScalarType:
    """A scalar."""

    scalar: Scalar


@dataclass(frozen=True, slots=True)
class LiteralType:
    """Exactly one JSON scalar value (a `const`, the tag of a union's arm)."""

    value: Json


@dataclass(frozen=True, slots=True)
class ListType:
    """A JSON array of one item type."""

    item: Type


@dataclass(frozen=True, slots=True)
class MapType:
    """A JSON object used as a dictionary from string."""

    value: Type


@dataclass(frozen=True, slots=True)
class NullableType:
    """The inner type or null; never nested."""

    inner: Type


@dataclass(frozen=True, slots=True)
class NamedType:
    """An edge to a declaration in `Contract.types`."""

    id: SchemaId


@dataclass(frozen=True, slots=True)
class AnyType:
    """Any JSON value."""


@dataclass(frozen=True, slots=True)
class NeverType:
    """No value at all (the schema `false`)."""


Type = (
    ScalarType | LiteralType | ListType | MapType | NullableType | NamedType | AnyType | NeverType
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """A member of a model. `required` (may not be absent) and null are independent."""

    name: str  # as on the wire
    type: Type
    required: bool
    schema: SchemaId
    sdk_name: str = ""  # x-sdk-name; "" where emitters choose
    read_only: bool = False
    write_only: bool = False
    deprecated: bool = False
    default: Json = None
    has_default: bool = False
    description: str = ""
    examples: tuple[Json, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelDecl:
    """An object with known properties; allOf already merged, own properties last.

    `additional` types the undeclared properties; None means that the contract forbids them.
    """

    id: SchemaId
    properties: tuple[Property, ...]
    additional: Type | None
    description: str = ""
    deprecated: bool = False
    examples: tuple[Json, ...] = ()
    origin: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class EnumMember:
    """One value of an enum; `name` is x-enum-varnames' word for it, "" where none is given."""

    value: Json  # str, int, Decimal or bool; null is on the type, not among the members
    name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnumDecl:
    """A set of values. Open: readers must expect values that are not listed."""

    id: SchemaId
    members: tuple[EnumMember, ...]
    open: bool
    description: str = ""
    deprecated: bool = False
    origin: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class UnionArm:
    """One alternative; `tags` are the discriminator values that choose it (empty: untagged).

    The `default` arm is also that of values whose tag is absent or names no arm (OpenAPI 3.2's
    `defaultMapping`); only a union with a tag has one.
    """

    type: Type
    tags: tuple[str, ...] = ()
    default: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class UnionDecl:
    """One of several types; with `tag` (the property on the wire) a discriminated union.

    With a tag, every arm has tags of its own and is an object. Open: readers must expect further
    arms (`x-extensible-enum` beside the oneOf, or a base schema that others inherit from).
    """

    id: SchemaId
    arms: tuple[UnionArm, ...]
    tag: str | None = None
    open: bool = False
    description: str = ""
    deprecated: bool = False
    origin: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AliasDecl:
    """A component that only names another type (a list, a map, a scalar)."""

    id: SchemaId
    target: Type
    description: str = ""
    deprecated: bool = False
    origin: Node = field(compare=False, repr=False)


TypeDecl = ModelDecl | EnumDecl | UnionDecl | AliasDecl


class TypeView(Mapping[SchemaId, TypeDecl]):
    """Declared types by id, and the use of any schema."""

    @abstractmethod
    def use(self, schema_id: SchemaId, /) -> Type:
        """The type of a value of this schema."""
