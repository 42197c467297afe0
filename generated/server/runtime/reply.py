"""Replies: what a handler returns, as status, header fields and octets.

A handler returns the body of the operation's first declared success, or a `Reply` that names
another status, media type or header fields. What the contract does not declare is not sent.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, NamedTuple, TypeVar

import orjson
from pydantic import BaseModel, TypeAdapter
from typing_extensions import TypeAliasType

from .body import covers, essence
from .plan import PythonType, ReplyPlan

T_co = TypeVar("T_co", covariant=True)
Render = Callable[[Any], bytes]


@dataclass(frozen=True, slots=True)
class Reply(Generic[T_co]):
    """An answer that says more than its body.

    Attributes:
        body: The body; None where the status has none.
        status: One that the contract declares for the operation; None for its first success.
        headers: Header fields to send along.
        media_type: Which of several declared media types the body is of.
    """

    body: T_co
    status: int | None = None
    headers: Iterable[tuple[str, str]] = ()
    media_type: str | None = None


class UndeclaredReplyError(Exception):
    """A handler answered in a way that the contract does not declare: a bug of the handler."""


@dataclass(frozen=True, slots=True)
class Form:
    """How one declared answer is written. `status` is None where the contract gives a range."""

    plan: ReplyPlan
    status: int | None
    render: Render | None
    fields: tuple[tuple[bytes, bytes], ...]


class Prepared(NamedTuple):
    """An answer on its way out. `payload` is a stream where the handler returned one."""

    form: Form
    status: int
    fields: list[tuple[bytes, bytes]]
    payload: bytes | AsyncIterator[bytes]


class Replies:
    """The answers that one operation may give."""

    def __init__(self, operation_id: str, plans: tuple[ReplyPlan, ...]) -> None:
        self._operation_id = operation_id
        self._forms = tuple(_form(plan) for plan in plans)
        self.first = next((form for form in self._forms if _succeeds(form)), None)

    @property
    def media_types(self) -> tuple[str, ...]:
        """Media types that a success may have."""
        return tuple(
            form.plan.media_type for form in self._forms if _succeeds(form) and form.plan.media_type
        )

    def prepare(self, result: object) -> Prepared:
        """Write a handler's result.

        Raises:
            UndeclaredReplyError: the contract does not declare this answer, or its body is of
                another type.
        """
        if type(result) is Reply:
            form, status = self._select(result)
            fields = [
                (name.lower().encode("latin-1"), value.encode("latin-1"))
                for name, value in result.headers
            ]
            return self._write(form, status, fields, result.body)
        form_ = self.first
        if form_ is None or form_.status is None:
            raise UndeclaredReplyError(
                f"{self._operation_id} declares no single success: return Reply(..., status=...)"
            )
        return self._write(form_, form_.status, [], result)

    def _write(
        self, form: Form, status: int, fields: list[tuple[bytes, bytes]], body: object
    ) -> Prepared:
        if form.render is None:
            if body is not None:
                raise UndeclaredReplyError(f"{self._operation_id}: {status} has no body")
            return Prepared(form, status, fields, b"")
        fields += form.fields
        if isinstance(body, AsyncIterator):
            return Prepared(form, status, fields, body)
        try:
            payload = form.render(body)
        except (TypeError, ValueError, AttributeError) as error:
            raise UndeclaredReplyError(f"{self._operation_id}: {status}: {error}") from error
        return Prepared(form, status, fields, payload)

    def _select(self, reply: Reply[object]) -> tuple[Form, int]:
        status = reply.status
        if status is None:
            status = self.first.status if self.first else None
            if status is None:
                raise UndeclaredReplyError(f"{self._operation_id}: a Reply must name its status")
        found = self.declared(status)
        if reply.media_type is not None:
            wanted = essence(reply.media_type)
            found = [form for form in found if covers(form.plan.media_type or "", wanted)]
            if found:
                return _retyped(found[0], reply.media_type), status
        if not found:
            what = f"{status} {reply.media_type or ''}".strip()
            raise UndeclaredReplyError(f"{self._operation_id} declares no answer {what}")
        return found[0], status

    def declared(self, status: int) -> list[Form]:
        """What the contract declares for a status: exactly, else its range, else `default`."""
        for key in (str(status), f"{status // 100}XX", "default"):
            found = [form for form in self._forms if form.plan.status.upper() == key.upper()]
            if found:
                return found
        return []


def _succeeds(form: Form) -> bool:
    return form.plan.status[:1] in ("1", "2", "3") or form.plan.status == "default"


def _retyped(form: Form, media_type: str) -> Form:
    """A form declared for a media range, for the media type that was chosen."""
    if form.plan.media_type and "*" not in form.plan.media_type:
        return form
    fields = ((b"content-type", media_type.encode("latin-1")),)
    return Form(form.plan, form.status, form.render, fields)


def _form(plan: ReplyPlan) -> Form:
    status = int(plan.status) if plan.status.isdigit() else None
    render = _RENDERERS[plan.kind](plan)
    media_type = plan.media_type or ""
    if "*" in media_type:
        media_type = {"json": "application/json", "text": "text/plain; charset=utf-8"}.get(
            plan.kind, "application/octet-stream"
        )
    elif plan.kind == "text" and "charset" not in media_type:
        media_type = f"{media_type}; charset=utf-8"
    fields = ((b"content-type", media_type.encode("latin-1")),) if media_type else ()
    return Form(plan, status, render, fields)


def _json(plan: ReplyPlan) -> Render:
    if plan.decimals:
        return _exact_json(plan.type)
    declared = _unaliased(plan.type)
    if isinstance(declared, type) and issubclass(declared, BaseModel):
        return _model(declared)
    serializer = TypeAdapter(plan.type).serializer

    def render(body: object) -> bytes:
        return serializer.to_json(body, by_alias=True, exclude_unset=True, warnings="error")

    return render


def _model(declared: type[BaseModel]) -> Render:
    """The hot path: one model class, its own serializer."""

    def render(body: object) -> bytes:
        if not isinstance(body, declared):
            raise TypeError(f"expected {declared.__name__}, not {type(body).__name__}")
        return body.__pydantic_serializer__.to_json(
            body, by_alias=True, exclude_unset=True, warnings="error"
        )

    return render


def _unaliased(annotation: PythonType) -> PythonType:
    """The type behind an alias of an alias."""
    while isinstance(annotation, TypeAliasType):
        annotation = annotation.__value__
    return annotation


def _exact_json(annotation: PythonType) -> Render:
    """JSON with decimals written as numbers, digit by digit."""
    adapter: TypeAdapter[Any] = TypeAdapter(annotation)

    def default(value: object) -> object:
        if isinstance(value, Decimal):
            return orjson.Fragment(format(value, "f"))
        if isinstance(value, bytes):
            return b64encode(value).decode("ascii")
        raise TypeError(f"{type(value).__name__} is not JSON")

    def render(body: object) -> bytes:
        data = adapter.dump_python(body, by_alias=True, exclude_unset=True, warnings="error")
        return orjson.dumps(data, default=default)

    return render


def _text(_: ReplyPlan) -> Render:
    def render(body: object) -> bytes:
        if isinstance(body, str):
            return body.encode("utf-8")
        if isinstance(body, bytes):
            return body
        raise TypeError(f"expected str, not {type(body).__name__}")

    return render


def _binary(_: ReplyPlan) -> Render:
    def render(body: object) -> bytes:
        if isinstance(body, bytes | bytearray | memoryview):
            return bytes(body)
        raise TypeError(f"expected bytes, not {type(body).__name__}")

    return render


_RENDERERS: dict[str, Callable[[ReplyPlan], Render | None]] = {
    "json": _json,
    "text": _text,
    "binary": _binary,
    "none": lambda _: None,
}
