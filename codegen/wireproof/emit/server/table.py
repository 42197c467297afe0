"""The table: operations, security schemes and limits as the runtime's plans."""

from __future__ import annotations

from urllib.parse import urlsplit

from wireproof.emit.python.text import distinct, identifier, literal, quoted
from wireproof.emit.server.annotations import annotation, uses
from wireproof.emit.server.identifiers import Identifiers, path_of
from wireproof.emit.server.layout import Call, call, layout
from wireproof.emit.server.problem_schema import ProblemSchema
from wireproof.emit.server.schema_document import Direction, SchemaDocument
from wireproof.emit.server.shapes import shape
from wireproof.ir.contract import (
    Contract,
    Location,
    MediaType,
    Operation,
    Parameter,
    Response,
    SecurityScheme,
)
from wireproof.ir.media import essence, is_form, is_json, is_multipart, is_text
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import AnyType, NullableType, Scalar, ScalarType, Type

_PLAIN_TEXT = ({"type": "string"},)


def service_source(
    contract: Contract,
    operations: tuple[Operation, ...],
    identifiers: Identifiers,
    document: SchemaDocument,
    problem: ProblemSchema,
) -> str:
    """Source of the `ServicePlan(...)` expression."""
    schemes = used_schemes(contract, operations)
    arguments = scheme_arguments(schemes)
    plans = tuple(_Plan(contract, identifiers, document, o).build() for o in operations)
    plan = call(
        "ServicePlan",
        title=quoted(contract.title),
        version=quoted(contract.version),
        base_path=quoted(base_path(contract)) if base_path(contract) else None,
        problem_members=_set(problem.members),
        problem_codes=_set(problem.codes),
        schemes=tuple(scheme_plan(scheme, arguments[scheme.name]) for scheme in schemes) or None,
        buckets=_buckets(contract) or None,
        operations=plans,
    )
    return layout(plan, used=len("PLAN = "))


def _set(values: tuple[str, ...] | None) -> Call | None:
    return None if values is None else call("frozenset", tuple(map(quoted, values)))


def base_path(contract: Contract) -> str:
    """Path of the first server's URL, its variables at their defaults; "" for the root."""
    if not contract.servers:
        return ""
    server = contract.servers[0]
    url = server.url
    for name, (default, _) in server.variables.items():
        url = url.replace("{" + name + "}", default)
    try:
        return urlsplit(url).path.rstrip("/")
    except ValueError:
        return ""


def _buckets(contract: Contract) -> tuple[Call, ...]:
    return tuple(
        call(
            "Bucket",
            quoted(bucket.name),
            f"{float(bucket.rate)!r}",
            str(bucket.burst),
            quoted("ip" if bucket.partition == "ip" else "account"),
        )
        for bucket in contract.rate_limits
    )


def used_schemes(
    contract: Contract, operations: tuple[Operation, ...]
) -> tuple[SecurityScheme, ...]:
    """The security schemes that the operations use, in the contract's order."""
    used = {use.scheme for o in operations for alternative in o.security for use in alternative}
    return tuple(s for name, s in contract.security_schemes.items() if name in used)


def scheme_kind(scheme: SecurityScheme) -> str:
    """The runtime's word for a kind of scheme."""
    if scheme.signature is not None:
        return "signature"
    if scheme.kind == "http":
        name = scheme.http_scheme.lower()
        return name if name in ("bearer", "basic") else "other"
    if scheme.kind in ("oauth2", "openIdConnect"):
        return "bearer"
    return scheme.kind if scheme.kind in ("apiKey", "mutualTLS") else "other"


def scheme_arguments(schemes: tuple[SecurityScheme, ...]) -> dict[str, str]:
    """The schemes' fields in the generated `Auth`, by scheme name."""
    found: dict[str, str] = {}
    for scheme in schemes:
        found[scheme.name] = distinct(identifier(scheme.name, fallback="scheme"), found.values())
    return found


def scheme_plan(scheme: SecurityScheme, argument: str) -> Call:
    """A `SchemePlan(...)`."""
    signature = scheme.signature
    return call(
        "SchemePlan",
        name=quoted(scheme.name),
        argument=quoted(argument),
        kind=quoted(scheme_kind(scheme)),
        key_name=quoted(scheme.api_key_name) if scheme.api_key_name else None,
        key_in=quoted(scheme.api_key_in) if scheme.api_key_in else None,
        http_scheme=quoted(scheme.http_scheme) if scheme.http_scheme else None,
        signature=None
        if signature is None
        else call(
            "SignaturePlan",
            label=quoted(signature.label),
            components=tuple(map(quoted, signature.components)),
            optional=tuple(map(quoted, signature.optional_components)),
            algorithms=tuple(map(quoted, signature.algorithms)),
            tag=quoted(signature.tag),
            max_window=str(signature.max_window_seconds),
            max_ahead=str(signature.max_ahead_seconds),
            digest=quoted(signature.digest),
        ),
    )


class _Plan:
    """Builds the plan of one operation."""

    def __init__(
        self,
        contract: Contract,
        identifiers: Identifiers,
        schemas: SchemaDocument,
        operation: Operation,
    ) -> None:
        self._contract = contract
        self._names = identifiers
        self._schemas = schemas
        self._operation = operation

    def build(self) -> Call:
        """An `OperationPlan(...)`."""
        operation = self._operation
        method, path = path_of(operation)
        member = self._names.members[operation.id]
        arguments = self._names.arguments[operation.id]
        request = operation.request
        cost = operation.rate_limit
        sunset = operation.lifecycle.sunset
        return call(
            "OperationPlan",
            id=quoted(operation.id),
            method=quoted(method),
            path=quoted(path),
            group=quoted(member.group),
            handler=quoted(member.method),
            parameters=tuple(map(self._parameter, operation.parameters, arguments)) or None,
            body=tuple(map(self._body, request.content)) or None if request else None,
            body_required="True" if request and request.required and request.content else None,
            replies=tuple(r for response in operation.responses for r in self._replies(response)),
            security=self._security() or None,
            rate=call("RateCost", quoted(cost.bucket), str(cost.cost)) if cost else None,
            deprecated="True" if operation.lifecycle.deprecated else None,
            sunset=quoted(sunset.isoformat()) if sunset else None,
        )

    def _security(self) -> tuple[tuple[Call, ...], ...]:
        return tuple(
            tuple(
                call("SchemeUse", quoted(use.scheme), tuple(map(quoted, use.scopes)) or None)
                if use.scopes
                else call("SchemeUse", quoted(use.scheme))
                for use in alternative
            )
            for alternative in self._operation.security
        )

    def _parameter(self, parameter: Parameter, argument: str) -> Call:
        source = annotation(parameter.type, self._names)
        default = default_source(parameter)
        return call(
            "ParameterPlan",
            name=quoted(parameter.name),
            argument=quoted(argument),
            location=quoted(parameter.location.value),
            required="True" if parameter.required or _in_path(parameter) else "False",
            style=quoted(parameter.style),
            explode=str(parameter.explode),
            shape=None if parameter.media_type else shape(self._contract, parameter.schema),
            type=None if source == "str" else source,
            schema=self._key(parameter.schema, "in", text=parameter.media_type is None),
            json="True" if parameter.media_type and is_json(parameter.media_type) else None,
            default=default,
            has_default="True" if default is not None else None,
        )

    def _key(
        self, schema: SchemaId | None, direction: Direction, *, text: bool = False
    ) -> str | None:
        """The key of a schema that can fail; None where nothing could."""
        key = self._schemas.key(schema, direction) if schema is not None else None
        if key is None or (text and self._schemas.at(key) in _PLAIN_TEXT):
            return None
        return quoted(key)

    def _body(self, media: MediaType) -> Call:
        kind = request_kind(media)
        validated = kind in ("json", "form", "multipart")
        fields = kind in ("form", "multipart")
        source = body_annotation(media, self._names)
        return call(
            "BodyPlan",
            media_type=quoted(media.media_type),
            kind=quoted(kind),
            type=None if source == "bytes" else source,
            schema=self._key(media.schema, "in") if validated else None,
            shape=shape(self._contract, media.schema) if fields else None,
            decimals=self._decimals(media.type) if kind == "json" else None,
        )

    def _replies(self, response: Response) -> list[Call]:
        codes = tuple(map(quoted, response.error_codes)) or None
        status = quoted(response.status)
        if not response.content or self._bodiless(response):
            return [call("ReplyPlan", status=status, codes=codes)]
        return [self._reply(status, media, codes) for media in response.content]

    def _bodiless(self, response: Response) -> bool:
        return response.status in ("204", "205", "304") or path_of(self._operation)[0] == "HEAD"

    def _reply(self, status: str, media: MediaType, codes: tuple[str, ...] | None) -> Call:
        kind = reply_kind(media)
        json = kind == "json"
        return call(
            "ReplyPlan",
            status=status,
            media_type=quoted(media.media_type),
            kind=quoted(kind),
            type=reply_annotation(media, self._names),
            schema=self._key(media.schema, "out") if json else None,
            decimals=self._decimals(media.type) if json else None,
            codes=codes,
        )

    def _decimals(self, type_: Type) -> str | None:
        return "True" if uses(self._contract, type_, Scalar.DECIMAL_NUMBER) else None


def _in_path(parameter: Parameter) -> bool:
    return parameter.location is Location.PATH


def default_source(parameter: Parameter) -> str | None:
    """A parameter's default as an expression; None where it has none that fits its type."""
    if not parameter.has_default or parameter.required or _in_path(parameter):
        return None
    type_ = parameter.type.inner if isinstance(parameter.type, NullableType) else parameter.type
    value = parameter.default
    if value is None:
        return None
    if isinstance(type_, ScalarType):
        wanted = {
            Scalar.BOOLEAN: (bool,),
            Scalar.INTEGER: (int,),
            Scalar.INT64: (int,),
            Scalar.FLOAT: (int, float),
        }.get(type_.scalar, (str,))
        if not isinstance(value, wanted) or (isinstance(value, bool) and bool not in wanted):
            return None
    return literal(value) if isinstance(value, str | int | float) else None


def request_kind(media: MediaType) -> str:
    """How a request body of this media type is read."""
    name = media.media_type
    if is_form(name):
        return "form"
    if is_multipart(name):
        return "multipart" if essence(name) == "multipart/form-data" else "binary"
    return reply_kind(media)


def reply_kind(media: MediaType) -> str:
    """How a body of this media type is written."""
    name = media.media_type
    if essence(name) in _SEQUENCES:
        return "binary"
    if is_json(name):
        return "json"
    if is_text(name):
        return "text"
    if essence(name) == "*/*" and not _octets(media.type):
        return "json"
    return "binary"


_SEQUENCES = frozenset({"application/json-seq", "application/jsonl", "application/x-ndjson"})


def _octets(type_: Type) -> bool:
    return isinstance(type_, AnyType) or type_ == ScalarType(Scalar.BINARY)


def body_annotation(media: MediaType, identifiers: Identifiers, *, builtins: str = "") -> str:
    """What a handler gets for a body of this media type."""
    match request_kind(media):
        case "binary":
            return "bytes"
        case "text":
            return "str"
        case _:
            return annotation(media.type, identifiers, builtins=builtins)


def reply_annotation(media: MediaType, identifiers: Identifiers, *, builtins: str = "") -> str:
    """What a handler gives for a body of this media type."""
    match reply_kind(media):
        case "binary":
            return "bytes"
        case "text":
            return "str"
        case _:
            return annotation(media.type, identifiers, builtins=builtins)
