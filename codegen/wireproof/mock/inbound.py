"""Is a request what the contract asks for? Parameters, credentials and body, by operation."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from wireproof.emit.server.bodies import request_kind
from wireproof.emit.server.layout import Call
from wireproof.emit.server.parameters import as_written
from wireproof.emit.server.shapes import shape
from wireproof.ir.contract import (
    Contract,
    MediaType,
    Operation,
    Parameter,
    SecurityScheme,
)
from wireproof.ir.media import essence, is_json
from wireproof.ir.schema import SchemaId
from wireproof.mock.forms import fields_of
from wireproof.mock.message import Request
from wireproof.mock.runtime import runtime

_DEEPEST = 200

Schemas = Any
"""The runtime's `validation.Schemas`."""

KeyOf = Callable[[SchemaId], str | None]


class Inbound:
    """Checks the requests of one operation. Raises the runtime's `Problem` for what is wrong."""

    def __init__(
        self,
        contract: Contract,
        operation: Operation,
        names: tuple[str, ...],
        schemas: Schemas,
        key_of: KeyOf,
    ) -> None:
        self._operation = operation
        self._schemas = schemas
        self._key_of = key_of
        self._contract = contract
        plans = tuple(_parameter_plan(contract, p, key_of) for p in operation.parameters)
        self._bind = runtime("params").compile_parameters(
            plans, names, schemas, refuse_unknown=False
        )

    def parameters(self, request: Request, values: tuple[str, ...]) -> dict[str, Any]:
        """What is read of a request beside its body, by the names of parameters.

        Raises:
            Problem: 400, with pointers into the request.
        """
        found: dict[str, Any] = {}
        self._bind(self._context(request, values), found)
        return found

    def check(self, request: Request, values: tuple[str, ...]) -> None:
        """Nothing, where the request may pass.

        Args:
            request: The request.
            values: What stands in the path's parameters, percent-encoded.

        Raises:
            Problem: 400 or 415, with pointers into the request.
        """
        self._bind(self._context(request, values), {})
        self._body(request)

    def _context(self, request: Request, values: tuple[str, ...]) -> Any:  # noqa: ANN401 - the runtime's Context
        scope = {
            "type": "http",
            "method": request.method,
            "path": request.path,
            "query_string": request.query.encode("latin-1", "replace"),
            "headers": [(k.encode("latin-1"), v.encode("latin-1")) for k, v in request.headers],
        }
        return runtime("context").Context(scope, self._operation.id, values)

    def _body(self, request: Request) -> None:
        body = self._operation.request
        if body is None or not body.content:
            return
        problem = runtime("problem")
        if not request.body:
            if body.required:
                raise problem.malformed(problem.Detail("/body", "required", "a body is required"))
            return
        media = _covering(body.content, request.first("content-type"))
        if media is None:
            offered = ", ".join(one.media_type for one in body.content)
            sent = request.first("content-type")[:100] or "a body without a content type"
            text = f"Send {offered}, not {sent}."
            detail = problem.Detail("/header/content-type", "unsupported_media_type", text)
            raise problem.Problem(415, "unsupported_media_type", text, errors=[detail])
        self._value(media, request)

    def _value(self, media: MediaType, request: Request) -> None:
        key = self._key_of(media.schema) if media.schema is not None else None
        kind = request_kind(media)
        if kind == "json":
            value = _json(request.body)
        elif kind in ("form", "multipart"):
            value = fields_of(
                request.first("content-type"),
                request.body,
                _shape(shape(self._contract, media.schema)),
            )
        else:
            return
        if key is None:
            return
        validator = self._schemas.validator(key)
        if not validator.is_valid(value):
            raise runtime("problem").malformed(*validator.errors(value, "body"))


def _json(body: bytes) -> object:
    exact, problem = runtime("exact_json"), runtime("problem")
    try:
        return exact.loads(body, max_depth=_DEEPEST)
    except exact.InexactJsonError as error:
        raise problem.malformed(problem.Detail("/body", "json", f"not JSON: {error}")) from None


def _covering(content: tuple[MediaType, ...], content_type: str) -> MediaType | None:
    covers = runtime("body").covers
    name = essence(content_type)
    if not name:
        return content[0] if len(content) == 1 and is_json(content[0].media_type) else None
    return next((one for one in content if covers(one.media_type, name)), None)


def _parameter_plan(contract: Contract, parameter: Parameter, key_of: KeyOf) -> object:
    as_json = bool(parameter.media_type and is_json(parameter.media_type))
    written = as_written(parameter)
    return runtime("plan").ParameterPlan(
        name=parameter.name,
        argument=parameter.name,
        location=parameter.location.value,
        required=parameter.required or parameter.location.value == "path",
        style=parameter.style,
        explode=parameter.explode,
        shape=_shape(shape(contract, parameter.schema) if written else None),
        type=object,
        schema=key_of(parameter.schema) if as_json or written else None,
        json=as_json,
    )


def _shape(source: object) -> Any:  # noqa: ANN401 - the runtime's Shape
    """The runtime's `Shape` that the emitter's expression stands for."""
    plan = runtime("plan")
    if not isinstance(source, Call):
        return plan.Shape()
    arguments: dict[str, Any] = {}
    if source.positional and isinstance(source.positional[0], tuple):
        arguments["kinds"] = tuple(ast.literal_eval(kind) for kind in source.positional[0])
    items, members = source.keywords.get("items"), source.keywords.get("members")
    if items is not None:
        arguments["items"] = _shape(items)
    if isinstance(members, dict):
        arguments["members"] = {name: _shape(member) for name, member in members.items()}
    if source.keywords.get("open") == "False":
        arguments["open"] = False
    return plan.Shape(**arguments)


def check_credentials(contract: Contract, operation: Operation, request: Request) -> None:
    """Whether the request carries the credentials of one alternative; their truth is not judged.

    Raises:
        Problem: 401.
    """
    alternatives = operation.security
    if not alternatives or any(
        all(_carried(contract.security_schemes.get(use.scheme), request) for use in alternative)
        for alternative in alternatives
    ):
        return
    wanted = " or ".join(
        " and ".join(_told(contract.security_schemes.get(use.scheme), use.scheme) for use in one)
        for one in alternatives
        if one
    )
    problem = runtime("problem")
    raise problem.Problem(401, "unauthorized", f"This operation asks for credentials: {wanted}.")


def _told(scheme: SecurityScheme | None, name: str) -> str:
    """A scheme by its name and by what carries it."""
    if scheme is None or scheme.kind == "mutualTLS":
        return name
    if scheme.signature is not None:
        return f"{name} (headers Signature and Signature-Input)"
    if scheme.kind == "apiKey":
        return f"{name} ({scheme.api_key_in} {scheme.api_key_name})"
    kind = scheme.http_scheme if scheme.kind == "http" else "Bearer"
    return f"{name} (header Authorization: {kind.capitalize()} ...)"


def _carried(scheme: SecurityScheme | None, request: Request) -> bool:
    if scheme is None or scheme.kind == "mutualTLS":
        return True
    if scheme.signature is not None:
        return bool(request.first("signature")) and bool(request.first("signature-input"))
    if scheme.kind == "apiKey":
        return _key_carried(scheme, request)
    given = request.first("authorization").partition(" ")[0].lower()
    wanted = scheme.http_scheme.lower() if scheme.kind == "http" else "bearer"
    return given == wanted


def _key_carried(scheme: SecurityScheme, request: Request) -> bool:
    name = scheme.api_key_name
    if scheme.api_key_in == "header":
        return bool(request.first(name.lower()))
    if scheme.api_key_in == "query":
        return name in runtime("percent").split_query(request.query.encode("latin-1", "replace"))
    pairs = "; ".join(request.all("cookie")).split(";")
    return any(pair.partition("=")[0].strip() == name for pair in pairs)
