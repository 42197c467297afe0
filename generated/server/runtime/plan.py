"""The plan of an operation: what the generated table says and the runtime compiles.

Plain data. Schemas are named by their key under `$defs` of the generated `schemas.json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

PythonType = Any
"""A type as written in an annotation: a class, an alias, a union."""

Kind = Literal["string", "integer", "number", "decimal", "boolean", "null"]
"""What a parameter's text may be read as; the first that fits wins, `string` always fits."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How the text of a parameter becomes JSON data.

    Attributes:
        kinds: What a scalar may be.
        items: Shape of the elements where it is an array.
        members: Shapes of the known members where it is an object.
        open: Whether an object may have members beside the known ones.
    """

    kinds: tuple[Kind, ...] = ("string",)
    items: Shape | None = None
    members: Mapping[str, Shape] | None = None
    open: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class ParameterPlan:
    """A parameter: `name` on the wire, `argument` in the handler's signature.

    `schema` is None where every text will do. `json` marks the `content` form: the text is JSON.
    """

    name: str
    argument: str
    location: Literal["path", "query", "header", "cookie", "querystring"]
    required: bool
    style: str
    explode: bool
    shape: Shape = Shape()
    type: PythonType = str
    schema: str | None = None
    json: bool = False
    default: object = None
    has_default: bool = False
    allow_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyPlan:
    """One media type that a request body may have.

    `kind` says how octets are read: `json` and `form` are validated, `text` is decoded, `binary`
    is handed on. `decimals`: numbers with a fraction are read as Decimal.
    """

    media_type: str
    kind: Literal["json", "form", "multipart", "text", "binary"]
    type: PythonType = bytes
    schema: str | None = None
    shape: Shape | None = None
    decimals: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPlan:
    """One answer that the contract declares. `status` is as written: `200`, `4XX`, `default`.

    `decimals`: numbers of the type are decimals and written digit by digit. `codes`: values of
    `code` that its problem may have (`x-error-codes`).
    """

    status: str
    media_type: str | None = None
    kind: Literal["json", "text", "binary", "none"] = "none"
    type: PythonType = None
    schema: str | None = None
    decimals: bool = False
    codes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SchemeUse:
    """A security scheme that must be satisfied, with its scopes."""

    scheme: str
    scopes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SignaturePlan:
    """An `x-http-signature` profile (RFC 9421 with RFC 9530); seconds throughout."""

    label: str
    components: tuple[str, ...]
    optional: tuple[str, ...]
    algorithms: tuple[str, ...]
    tag: str
    max_window: int
    max_ahead: int
    digest: str = "sha-256"


@dataclass(frozen=True, slots=True, kw_only=True)
class SchemePlan:
    """A security scheme. `argument` is its field in the generated `Auth`."""

    name: str
    argument: str
    kind: Literal["apiKey", "bearer", "basic", "signature", "mutualTLS", "other"]
    key_name: str = ""
    key_in: str = ""
    http_scheme: str = ""
    signature: SignaturePlan | None = None


@dataclass(frozen=True, slots=True)
class RateCost:
    """What one call takes from which bucket."""

    bucket: str
    cost: int = 1


@dataclass(frozen=True, slots=True)
class Bucket:
    """A token bucket: `rate` tokens a second, `burst` at most, shared by `partition`."""

    name: str
    rate: float
    burst: int
    partition: Literal["account", "ip"] = "account"


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationPlan:
    """One operation.

    `group` is the field of the generated `Handlers`, `handler` the method there. `security` holds
    alternatives; an empty tuple means that nothing is asked for.
    """

    id: str
    method: str
    path: str
    group: str
    handler: str
    parameters: tuple[ParameterPlan, ...] = ()
    body: tuple[BodyPlan, ...] = ()
    body_required: bool = False
    replies: tuple[ReplyPlan, ...] = ()
    security: tuple[tuple[SchemeUse, ...], ...] = ()
    rate: RateCost | None = None
    deprecated: bool = False
    sunset: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlan:
    """The whole service: its operations and what they share.

    Attributes:
        base_path: Path of the first declared server, "" for the root.
        problem_members: Members that the contract's problem schema declares; None where it
            declares no problem schema.
        problem_codes: Values that it gives `code`; None where it lists none.
    """

    title: str
    version: str
    operations: tuple[OperationPlan, ...]
    schemes: tuple[SchemePlan, ...] = ()
    buckets: tuple[Bucket, ...] = ()
    base_path: str = ""
    problem_members: frozenset[str] | None = None
    problem_codes: frozenset[str] | None = None
