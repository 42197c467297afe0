"""One signature: how an operation is called, the same in every language.

The stub, both SDKs, the documentation's samples and the mock all start from `signature()`, so
they cannot drift apart. Names stay as on the wire; emitters spell them for their language.

A JSON, form or multipart body that is one model is flattened: its properties become arguments of
place FIELD. It stays one BODY argument where that would lose something: unions, maps, lists,
nullable bodies, models whose undeclared members have a type of their own, and bodies in any other
media type. A field is required where the model says so, even if the body as a whole is optional:
of the public contracts that were looked at, those which leave `required: true` out of a body with
required members mean it. A call that is given no field of an optional body sends no body.
Read-only properties are no arguments. Of several media types the first JSON one is
sent, else multipart, else form, else the first; but multipart where a member is raw octets, for
which JSON has no spelling. The others stay on the operation, but no call can choose them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from wireproof.ir.contract import (
    Contract,
    HttpBinding,
    Location,
    MediaType,
    Operation,
    Parameter,
    RequestBody,
    Response,
)
from wireproof.ir.media import is_form, is_json, is_multipart
from wireproof.ir.types import (
    AliasDecl,
    AnyType,
    ModelDecl,
    NamedType,
    Property,
    Scalar,
    ScalarType,
    Type,
)


class Place(Enum):
    """Where an argument travels."""

    PATH = "path"
    QUERY = "query"
    QUERYSTRING = "querystring"  # the whole query as one value, OpenAPI 3.2
    HEADER = "header"
    COOKIE = "cookie"
    FIELD = "field"  # a top-level property of a JSON or form body
    BODY = "body"  # the whole body


@dataclass(frozen=True, slots=True)
class Argument:
    """One argument of a call.

    `name` is unique within the signature, even when only letters and digits are compared and
    case is not: the wire name, or the `x-sdk-name`, with the place put before it (`header_date`,
    `body_id`) where an earlier argument has taken it. Path parameters come first in this, then
    the body or its fields, then query, header and cookie parameters. `source` is what it came
    from; None for a whole body.
    """

    name: str
    place: Place
    type: Type
    required: bool
    description: str
    source: Parameter | Property | None


@dataclass(frozen=True, slots=True)
class Result:
    """One successful answer. `media` is None where there is no body."""

    status: str
    media: MediaType | None


@dataclass(frozen=True, slots=True)
class Signature:
    """How an operation is called and what comes back.

    Attributes:
        operation: The operation.
        resource: What it belongs to: its first tag, "" where it has none.
        method: Its name in an SDK: `x-sdk-name`, or the operation id.
        arguments: Required ones first, otherwise in document order.
        body: The media type that is sent; None where there is no body.
        results: Every 2XX answer in document order, else `default`, else an answer without a
            body; never empty. Each with the media type that a call asks for.
    """

    operation: Operation
    resource: str
    method: str
    arguments: tuple[Argument, ...]
    body: MediaType | None
    results: tuple[Result, ...]


_PLACES = {
    Location.PATH: Place.PATH,
    Location.QUERY: Place.QUERY,
    Location.QUERYSTRING: Place.QUERYSTRING,
    Location.HEADER: Place.HEADER,
    Location.COOKIE: Place.COOKIE,
}
_RANK = {
    Place.PATH: 0,
    Place.BODY: 1,
    Place.FIELD: 2,
    Place.QUERY: 3,
    Place.QUERYSTRING: 4,
    Place.HEADER: 5,
    Place.COOKIE: 6,
}
_OCTETS = ScalarType(Scalar.BINARY)
_WITHOUT_BODY = frozenset({"204", "205"})
_NOT_IN_NAMES = re.compile(r"[\W_]+")


def signature(contract: Contract, operation: Operation) -> Signature:
    """How an operation is called and what comes back."""
    body = None if operation.request is None else _sent(contract, operation.request.content)
    arguments = [
        _argument(parameter.sdk_name or parameter.name, parameter)
        for parameter in operation.parameters
    ]
    if operation.request is not None and body is not None:
        arguments.extend(_body_arguments(contract, operation.request, body))
    named = _distinct(arguments)
    return Signature(
        operation=operation,
        resource=operation.tags[0] if operation.tags else "",
        method=operation.sdk_name or operation.id,
        arguments=tuple(sorted(named, key=lambda argument: not argument.required)),
        body=body,
        results=_results(operation),
    )


def preferred(content: tuple[MediaType, ...]) -> MediaType | None:
    """The media type that a call uses: JSON, else multipart, else form, else the first."""
    return min(content, key=_media_rank, default=None)


def _sent(contract: Contract, content: tuple[MediaType, ...]) -> MediaType | None:
    """The media type that a request travels in."""
    body = preferred(content)
    if body is None or not is_json(body.media_type):
        return body
    multipart = next((one for one in content if is_multipart(one.media_type)), None)
    model = None if multipart is None else _flattened(contract, body)
    if model is None or all(one.type != _OCTETS for one in model.properties):
        return body
    return multipart


def _media_rank(media: MediaType) -> int:
    name = media.media_type
    if name.partition(";")[0].strip().lower() == "application/json":
        return 0
    if is_json(name):
        return 1
    if is_multipart(name):
        return 2
    return 3 if is_form(name) else 4


def _argument(name: str, parameter: Parameter) -> Argument:
    return Argument(
        name=name,
        place=_PLACES[parameter.location],
        type=parameter.type,
        required=parameter.required,
        description=parameter.description,
        source=parameter,
    )


def _body_arguments(contract: Contract, request: RequestBody, body: MediaType) -> list[Argument]:
    model = _flattened(contract, body)
    fields = [] if model is None else [one for one in model.properties if not one.read_only]
    if not fields:
        whole = Argument("body", Place.BODY, body.type, request.required, request.description, None)
        return [whole]
    return [
        Argument(
            name=one.sdk_name or one.name,
            place=Place.FIELD,
            type=one.type,
            required=one.required,
            description=one.description,
            source=one,
        )
        for one in fields
    ]


def _flattened(contract: Contract, body: MediaType) -> ModelDecl | None:
    """The model whose properties become arguments; None where the body stays whole."""
    name = body.media_type
    if not (is_json(name) or is_multipart(name) or is_form(name)):
        return None
    type_ = body.type
    seen: set[Type] = set()
    while isinstance(type_, NamedType) and type_ not in seen:
        seen.add(type_)
        match contract.types[type_.id]:
            case ModelDecl(additional=None | AnyType()) as model:
                return model
            case AliasDecl(target=target):
                type_ = target
            case _:
                return None
    return None


def _distinct(arguments: list[Argument]) -> list[Argument]:
    """The arguments in their order, the less important one of two equal names prefixed."""
    taken: set[str] = set()
    names: dict[int, str] = {}
    by_rank = sorted(range(len(arguments)), key=lambda index: _RANK[arguments[index].place])
    for index in by_rank:
        argument = arguments[index]
        names[index] = _free(argument.name, argument.place, taken)
        taken.add(_plain(names[index]))
    return [
        argument
        if argument.name == names[index]
        else Argument(
            names[index],
            argument.place,
            argument.type,
            argument.required,
            argument.description,
            argument.source,
        )
        for index, argument in enumerate(arguments)
    ]


def _free(name: str, place: Place, taken: set[str]) -> str:
    prefix = "body" if place is Place.FIELD else place.value
    candidate, count = name, 1
    while _plain(candidate) in taken:
        candidate = f"{prefix}_{name}" if count == 1 else f"{prefix}_{name}_{count}"
        count += 1
    return candidate


def _plain(name: str) -> str:
    return _NOT_IN_NAMES.sub("", name).casefold() or name


def _results(operation: Operation) -> tuple[Result, ...]:
    successes = [one for one in operation.responses if one.status.startswith("2")]
    successes = successes or [one for one in operation.responses if one.status == "default"]
    found = tuple(Result(one.status, _result_media(operation, one)) for one in successes)
    return found or (Result("2XX", None),)


def _result_media(operation: Operation, response: Response) -> MediaType | None:
    binding = operation.binding
    if isinstance(binding, HttpBinding) and binding.method == "HEAD":
        return None
    return None if response.status in _WITHOUT_BODY else preferred(response.content)
