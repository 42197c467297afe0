"""Operations as the runtime's plans."""

from __future__ import annotations

from wireproof.emit.python.text import quoted
from wireproof.emit.server.annotations import annotation, uses
from wireproof.emit.server.bodies import (
    bodiless,
    body_annotation,
    reply_annotation,
    request_kind,
)
from wireproof.emit.server.identifiers import Identifiers, path_of
from wireproof.emit.server.layout import Call, call
from wireproof.emit.server.parameters import as_written, default_source, in_path
from wireproof.emit.server.schema_document import Direction, SchemaDocument
from wireproof.emit.server.shapes import shape
from wireproof.ir.contract import Contract, MediaType, Operation, Parameter, Response
from wireproof.ir.media import is_form, is_json, is_text
from wireproof.ir.samples.encode import reply_kind
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import Scalar, Type

_PLAIN_TEXT = ({"type": "string"},)


def operation_plan(
    contract: Contract, identifiers: Identifiers, schemas: SchemaDocument, operation: Operation
) -> Call:
    """An `OperationPlan(...)`."""
    return _Plan(contract, identifiers, schemas, operation).build()


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
            required="True" if parameter.required or in_path(parameter) else "False",
            style=quoted(parameter.style),
            explode=str(parameter.explode),
            shape=shape(self._contract, parameter.schema) if as_written(parameter) else None,
            type=None if source == "str" else source,
            schema=self._parameter_key(parameter),
            json="True" if parameter.media_type and is_json(parameter.media_type) else None,
            default=default,
            has_default="True" if default is not None else None,
        )

    def _parameter_key(self, parameter: Parameter) -> str | None:
        """A parameter's schema, where its text can be read as a value of it."""
        kind = parameter.media_type
        if kind and not (is_json(kind) or is_form(kind) or is_text(kind)):
            return None
        return self._key(parameter.schema, "in", text=kind is None)

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
        if bodiless(self._operation, response):
            return [call("ReplyPlan", status=status, codes=codes)]
        return [self._reply(status, media, codes) for media in response.content]

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
