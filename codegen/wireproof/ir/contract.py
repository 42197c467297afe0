"""The contract: operations, what goes in, what comes out, under which promises.

Wire-neutral where wires agree (parameters, bodies, errors, lifecycle); what belongs to one wire
sits in its `Binding`. `Contract.schemas` and `Contract.types` are read-only mappings that may
build their entries when first asked: touching one operation of a large contract stays cheap.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Literal

from wireproof.diagnostics import Diagnostic
from wireproof.ir.media import is_octets, is_text
from wireproof.ir.schema import Schema, SchemaId
from wireproof.ir.types import AnyType, Scalar, ScalarType, Type, TypeView
from wireproof.source.node import Json, Node


class Direction(Enum):
    """Who sends the request."""

    CLIENT_TO_SERVER = "client-to-server"
    SERVER_TO_CLIENT = "server-to-client"  # webhooks and callbacks


@dataclass(frozen=True, slots=True)
class HttpBinding:
    """An operation on HTTP: upper-case method and path template.

    A webhook's path is its name, a callback's its runtime expression.
    """

    method: str
    path: str


Binding = HttpBinding
"""Closed union of wires; WebSocket and FIX join it."""


class Stability(Enum):
    """x-stability; the gate leaves experimental surface alone."""

    EXPERIMENTAL = "experimental"
    BETA = "beta"
    STABLE = "stable"


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """`deprecated`, `x-sunset` (the date from which it may be gone), `x-stability`."""

    deprecated: bool = False
    sunset: date | None = None
    stability: Stability = Stability.STABLE


@dataclass(frozen=True, slots=True)
class Example:
    """A documented value; name "" for the singular `example`."""

    name: str
    value: Json
    summary: str = ""
    origin: Node | None = field(default=None, compare=False, repr=False)


class Location(Enum):
    """Where a parameter travels."""

    PATH = "path"
    QUERY = "query"
    QUERYSTRING = "querystring"  # OpenAPI 3.2: the whole query as one value
    HEADER = "header"
    COOKIE = "cookie"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """A parameter with its effective serialisation (defaults of style and explode filled in).

    `media_type` is set for the `content` form; style and explode say nothing then. `types` knows
    its type when somebody asks: the gate rarely does.
    """

    name: str
    location: Location
    required: bool
    schema: SchemaId
    style: str
    explode: bool
    allow_reserved: bool = False
    allow_empty_value: bool = False
    media_type: str | None = None
    sdk_name: str = ""
    description: str = ""
    default: Json = None
    has_default: bool = False
    examples: tuple[Example, ...] = ()
    lifecycle: Lifecycle = Lifecycle()
    extensions: Mapping[str, Json] = field(default_factory=dict)
    types: TypeView = field(compare=False, repr=False)
    origin: Node = field(compare=False, repr=False)

    @property
    def type(self) -> Type:
        """What its value is in a program."""
        return self.types.use(self.schema)


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A response header, or a header of a multipart part; `types` as in a parameter."""

    name: str
    required: bool
    schema: SchemaId
    explode: bool = False
    media_type: str | None = None
    description: str = ""
    deprecated: bool = False
    types: TypeView = field(compare=False, repr=False)
    origin: Node = field(compare=False, repr=False)

    @property
    def type(self) -> Type:
        """What its value is in a program."""
        return self.types.use(self.schema)


@dataclass(frozen=True, slots=True, kw_only=True)
class Encoding:
    """How one property travels in a form or multipart body."""

    property_name: str
    content_type: str | None = None
    headers: tuple[Header, ...] = ()
    style: str | None = None
    explode: bool | None = None
    allow_reserved: bool = False
    origin: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaType:
    """A body in one media type or range. `item_schema` is that of a stream's items (3.2, SSE).

    `types` knows their types when somebody asks: the gate rarely does.
    """

    media_type: str
    schema: SchemaId | None
    item_schema: SchemaId | None = None
    encoding: tuple[Encoding, ...] = ()
    examples: tuple[Example, ...] = ()
    types: TypeView = field(compare=False, repr=False)
    origin: Node = field(compare=False, repr=False)

    @property
    def type(self) -> Type:
        """What the body is in a program: raw octets or text where its schema does not say."""
        stated = AnyType() if self.schema is None else self.types.use(self.schema)
        if isinstance(stated, AnyType):
            if is_octets(self.media_type):
                return ScalarType(Scalar.BINARY)
            if is_text(self.media_type) and self.schema is None:
                return ScalarType(Scalar.STRING)
        elif stated == ScalarType(Scalar.STRING) and is_octets(self.media_type):
            return ScalarType(Scalar.BINARY)
        return stated

    @property
    def item_type(self) -> Type | None:
        """What an item of the stream is; None where the body is none."""
        return None if self.item_schema is None else self.types.use(self.item_schema)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestBody:
    """What a request carries; one entry a media type, in document order."""

    required: bool
    content: tuple[MediaType, ...]
    description: str = ""
    origin: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """An answer. `status` is as written: `200`, `4XX`, `default`."""

    status: str
    content: tuple[MediaType, ...] = ()
    headers: tuple[Header, ...] = ()
    description: str = ""
    error_codes: tuple[str, ...] = ()  # x-error-codes: values of Problem.code to expect
    origin: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SchemeUse:
    """A security scheme by name, with the scopes that it must carry."""

    scheme: str
    scopes: tuple[str, ...] = ()


SecurityAlternative = tuple[SchemeUse, ...]
"""All of these together; the empty tuple means anonymous."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OAuthFlow:
    """One OAuth2 flow."""

    name: str
    authorization_url: str = ""
    token_url: str = ""
    device_authorization_url: str = ""
    refresh_url: str = ""
    scopes: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpSignature:
    """The `x-http-signature` extension: a fixed RFC 9421 profile.

    Attributes:
        label: Signature label, `sig1`.
        components: Covered components in order, RFC 9421 identifiers without quotes.
        optional_components: Those of them that are left out when absent (`content-digest`).
        algorithms: Accepted values of `alg`, the recommended one first.
        tag: Value of the `tag` parameter.
        window_seconds: Default distance from `created` to `expires`.
        max_window_seconds: The largest accepted distance.
        max_ahead_seconds: How far `created` may lie in the server's future.
        digest: RFC 9530 algorithm for the body.
    """

    label: str
    components: tuple[str, ...]
    optional_components: tuple[str, ...]
    algorithms: tuple[str, ...]
    tag: str
    window_seconds: int
    max_window_seconds: int
    max_ahead_seconds: int
    digest: str = "sha-256"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecurityScheme:
    """A named scheme. `kind` is OpenAPI's `type`; fields of other kinds stay empty."""

    name: str
    kind: Literal["apiKey", "http", "oauth2", "openIdConnect", "mutualTLS"] | str  # noqa: PYI051 - the literals document, the str admits an unknown kind
    description: str = ""
    api_key_name: str = ""
    api_key_in: str = ""
    http_scheme: str = ""
    bearer_format: str = ""
    flows: tuple[OAuthFlow, ...] = ()
    openid_url: str = ""
    oauth2_metadata_url: str = ""
    signature: HttpSignature | None = None
    deprecated: bool = False
    origin: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Server:
    """A base URL template with its variables' defaults and allowed values."""

    url: str
    name: str = ""
    description: str = ""
    variables: Mapping[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Idempotency:
    """x-idempotency: the request member that makes a retry safe.

    Attributes:
        key: Name of the member (`client_order_id`).
        location: "body", "header" or "query".
        lookup: Operation id that tells the outcome by that key; "" where there is none.
    """

    key: str
    location: str
    lookup: str = ""


@dataclass(frozen=True, slots=True)
class Pagination:
    """x-pagination, cursor style: which parameter and which response members page.

    `items` and `next_cursor` are names of top-level members of the 200 body.
    """

    cursor: str
    limit: str
    items: str
    next_cursor: str


@dataclass(frozen=True, slots=True)
class RateLimitCost:
    """x-rate-limit-cost: what one call takes from which bucket."""

    bucket: str
    cost: int = 1


@dataclass(frozen=True, slots=True)
class RateLimitBucket:
    """x-rate-limits at the document's root: tokens per second, capacity, who shares it."""

    name: str
    rate: Decimal
    burst: int
    partition: str  # "account" or "ip"


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One thing that can be asked.

    `id` is the operationId, or one derived from the binding where `explicit_id` is false.
    `security` holds alternatives; an empty tuple means that nothing is asked for. Security and
    servers are the effective ones: the operation's own, else its path's, else the document's
    (webhooks and callbacks inherit neither). `unplaced` are path parameters that the template has
    no place for: nobody can send them, yet they are part of what was promised. `extensions` holds
    what the IR does not model.
    """

    id: str
    explicit_id: bool
    binding: Binding
    direction: Direction = Direction.CLIENT_TO_SERVER
    tags: tuple[str, ...] = ()
    sdk_name: str = ""
    summary: str = ""
    description: str = ""
    parameters: tuple[Parameter, ...] = ()
    unplaced: tuple[Parameter, ...] = ()
    request: RequestBody | None = None
    responses: tuple[Response, ...] = ()
    security: tuple[SecurityAlternative, ...] = ()
    servers: tuple[Server, ...] = ()
    callbacks: tuple[Operation, ...] = ()
    lifecycle: Lifecycle = Lifecycle()
    idempotency: Idempotency | None = None
    pagination: Pagination | None = None
    rate_limit: RateLimitCost | None = None
    extensions: Mapping[str, Json] = field(default_factory=dict)
    origin: Node = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag as declared at the root, in document order; `parent` and `kind` are OpenAPI 3.2's."""

    name: str
    summary: str = ""
    description: str = ""
    parent: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Contract:
    """Everything that the document promises.

    Attributes:
        spec_version: The document's own `openapi` value (not part of equality).
        operations: Under `paths`, in document order.
        webhooks: Requests that the server sends, direction inverted.
        schemas: Constraint view of every schema by id (lazy). Iteration goes over components
            in document order, then over what operations hold, each with its descendants.
        types: Declared types by the id of their schema (lazy). Iteration goes over components
            in document order, then over inline types, each behind the first that uses it.
    """

    title: str
    version: str
    spec_version: str = field(compare=False)
    description: str = ""
    servers: tuple[Server, ...] = ()
    tags: tuple[Tag, ...] = ()
    operations: tuple[Operation, ...] = ()
    webhooks: tuple[Operation, ...] = ()
    security_schemes: Mapping[str, SecurityScheme] = field(default_factory=dict)
    rate_limits: tuple[RateLimitBucket, ...] = ()
    schemas: Mapping[SchemaId, Schema] = field(compare=False, repr=False)
    types: TypeView = field(compare=False, repr=False)
    extensions: Mapping[str, Json] = field(default_factory=dict)
    self_uri: str = ""  # OpenAPI 3.2 `$self`
    examine: Callable[[], tuple[Diagnostic, ...]] = field(compare=False, repr=False)
    origin: Node = field(compare=False, repr=False)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What could not be understood and was left out, and why.

        Reads everything that was not read yet, so that the answer never depends on what was
        asked before.
        """
        return self.examine()

    def type_of(self, schema_id: SchemaId) -> Type:
        """The type of a value of this schema: what emitters use for every schema they meet."""
        return self.types.use(schema_id)
