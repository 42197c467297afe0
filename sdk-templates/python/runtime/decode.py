"""From the bytes of an answer to what the operation promises."""

from __future__ import annotations

import json
from typing import Any, Literal, TypeVar, cast

from pydantic import TypeAdapter, ValidationError

from .body import is_json
from .errors import ResponseDecodeError
from .operation import Operation
from .request import ResponseHead
from .wire import Json, loads_exact

T = TypeVar("T")

TypeForm = Any
"""A class, or a type such as `list[Order]`, which the type system cannot describe yet."""


def decode(operation: Operation[T], head: ResponseHead, content: bytes, *, strict: bool) -> T:
    """The answer as the operation's type.

    Raises:
        ResponseDecodeError: where it is not what the contract says.
    """
    target = operation.by_status.get(head.status, operation.returns)
    if target is None:
        return cast("T", None)
    media = head.headers.get("content-type", "").partition(";")[0].strip().lower()
    if target is bytes:
        return cast("T", content)
    if target is str and not is_json(media):
        return cast("T", _text(content, _charset(head)))
    try:
        return cast("T", _validated(operation, target, content, strict=strict))
    except ValidationError as error:
        raise ResponseDecodeError(
            _explain(operation, head, media, error), status=head.status, content=content
        ) from error
    except (ValueError, RecursionError) as error:
        message = f"{operation.id}: {head.status} with a body that is no JSON: {error}"
        raise ResponseDecodeError(message, status=head.status, content=content) from error


def _validated(
    operation: Operation[Any], target: TypeForm, content: bytes, *, strict: bool
) -> object:
    adapter = _adapter(operation, target)
    extra: Literal["forbid"] | None = "forbid" if strict else None
    if not operation.exact:
        return adapter.validate_json(content, strict=strict or None, extra=extra)
    if strict:
        adapter.validate_json(content, strict=True, extra=extra)
    return adapter.validate_python(loads_exact(content))


def decode_event(operation: Operation[T], data: str, *, strict: bool) -> T:
    """One event of a stream as the operation's type."""
    if operation.returns is str:
        return cast("T", data)
    try:
        content = data.encode("utf-8")
        return cast("T", _validated(operation, operation.returns, content, strict=strict))
    except ValueError as error:
        raise ResponseDecodeError(
            f"{operation.id}: an event that the contract does not describe: {error}",
            status=200,
            content=data.encode("utf-8"),
        ) from error


def _adapter(operation: Operation[Any], target: TypeForm) -> TypeAdapter[Any]:
    adapter = operation.adapters.get(target)
    if adapter is None:
        adapter = operation.adapters[target] = TypeAdapter(target)
    return cast("TypeAdapter[Any]", adapter)


def _explain(
    operation: Operation[Any], head: ResponseHead, media: str, error: ValidationError
) -> str:
    first = error.errors(include_url=False, include_input=False)[0]
    place = ".".join(map(str, first["loc"])) or "the body"
    more = f" (and {error.error_count() - 1} more)" if error.error_count() > 1 else ""
    return (
        f"{operation.id}: {head.status} {media or 'without media type'} is not what the contract "
        f"says: {place}: {first['msg']}{more}"
    )


def _charset(head: ResponseHead) -> str:
    _, _, parameters = head.headers.get("content-type", "").partition(";")
    for parameter in parameters.split(";"):
        name, _, value = parameter.strip().partition("=")
        if name.lower() == "charset":
            return value.strip('"')
    return "utf-8"


def _text(content: bytes, charset: str) -> str:
    """Text in its charset; in UTF-8 where that is none that Python knows, or no charset at all."""
    try:
        return content.decode(charset, "replace")
    except (LookupError, ValueError):
        return content.decode("utf-8", "replace")


def error_body(content: bytes) -> Json:
    """The body of an error: JSON if it is, text otherwise."""
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        return content.decode("utf-8", "replace")
