"""Reading bodies: from octets of a declared media type to the handler's typed `body`."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from pydantic import ValidationError
from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException
from starlette.requests import Request

from . import exact_json
from .body import Limits, charset, covers, essence
from .context import Context
from .params import conversion_errors, converter
from .percent import decode_query, split_query
from .plan import BodyPlan, Shape
from .problem import Detail, Problem, malformed, pointer
from .scalars import scalar
from .validation import Schemas

ReadBody = Callable[[Context], Awaitable[Any]]
Parse = Callable[[Context], Awaitable[Any]]

ABSENT = object()
"""What a reader returns for an optional body that was not sent."""

_UTF8 = frozenset({"", "utf-8", "utf8", "us-ascii"})


def compile_body(
    plans: tuple[BodyPlan, ...], schemas: Schemas, limits: Limits, *, required: bool
) -> ReadBody:
    """What reads the bodies of one operation.

    The reader raises Problem 400 for what does not follow the contract and 415 for another media
    type.
    """
    parsers = {essence(plan.media_type): _parser(plan, schemas, limits) for plan in plans}
    exact = {media_type.encode("latin-1"): parse for media_type, parse in parsers.items()}
    offered = ", ".join(plan.media_type for plan in plans)

    async def read(context: Context) -> object:
        if not context.body:
            if required:
                raise malformed(Detail("/body", "required", "a body is required"))
            return ABSENT
        content_type = context.fields.get(b"content-type", b"")
        parse = exact.get(content_type) or _select(parsers, content_type, offered)
        if b"content-encoding" in context.fields:
            _refuse_encoding(context)
        return await parse(context)

    return read


def _select(parsers: dict[str, Parse], content_type: bytes, offered: str) -> Parse:
    """The parser of a media type with parameters, or of a range that covers it."""
    declared = content_type.decode("latin-1")
    name = essence(declared)
    if name and charset(declared) in _UTF8:
        for pattern, parse in parsers.items():
            if covers(pattern, name):
                return parse
    raise _unsupported(f"Send {offered}, not {declared[:100] or 'a body without a content type'}.")


def _refuse_encoding(context: Context) -> None:
    coding = (context.header("content-encoding") or "").strip().lower()
    if coding != "identity":
        raise _unsupported("Send the body without a content coding.", "content-encoding")


def _unsupported(detail: str, name: str = "content-type") -> Problem:
    error = Detail(pointer("header", name), "unsupported_media_type", detail)
    return Problem(415, "unsupported_media_type", detail, errors=[error])


def _parser(plan: BodyPlan, schemas: Schemas, limits: Limits) -> Parse:
    match plan.kind:
        case "json":
            return _json_parser(plan, schemas, limits)
        case "form":
            return _form_parser(plan, schemas)
        case "multipart":
            return _multipart_parser(plan, schemas)
        case "text":
            return _text_parser(plan, schemas)
        case "binary":
            return _octets


async def _octets(context: Context) -> bytes:
    return context.body


def _checker(plan: BodyPlan, schemas: Schemas) -> Callable[..., Any]:
    """Validate JSON data and turn it into the handler's type."""
    convert = converter(plan.type)
    validator = schemas.validator(plan.schema) if plan.schema is not None else None

    def check(value: object, data: object = None) -> object:
        if validator is not None and not validator.is_valid(value):
            raise malformed(*validator.errors(value, "body"))
        if convert is None:
            return value
        try:
            return convert(value if data is None else data)
        except ValidationError as error:
            raise malformed(*conversion_errors(error, "body")) from None

    return check


def _json_parser(plan: BodyPlan, schemas: Schemas, limits: Limits) -> Parse:
    check = _checker(plan, schemas)
    depth, decimals = limits.depth, plan.decimals

    async def parse(context: Context) -> object:
        try:
            value = exact_json.loads(context.body, max_depth=depth, decimals=decimals)
        except exact_json.InexactJsonError as error:
            raise malformed(Detail("/body", "json", f"not JSON: {error}")) from None
        return check(value)

    return parse


def _text_parser(plan: BodyPlan, schemas: Schemas) -> Parse:
    check = _checker(plan, schemas)

    async def parse(context: Context) -> object:
        try:
            return check(context.body.decode("utf-8"))
        except UnicodeDecodeError:
            raise malformed(Detail("/body", "encoding", "the body is not UTF-8")) from None

    return parse


def _field_reader(shape: Shape | None) -> Callable[[str, list[str]], Any]:
    """What reads the texts of one form field, by the shape of the body's schema."""
    members = (shape.members or {}) if shape is not None else {}

    def read(name: str, texts: list[str]) -> object:
        member = members.get(name, Shape())
        if member.items is not None:
            element = scalar(member.items)
            return [element(text) if element else text for text in texts]
        if len(texts) != 1:
            place = pointer("body", name)
            raise malformed(Detail(place, "duplicate", "this field was sent more than once"))
        convert = scalar(member)
        return convert(texts[0]) if convert else texts[0]

    return read


def _form_parser(plan: BodyPlan, schemas: Schemas) -> Parse:
    check = _checker(plan, schemas)
    read = _field_reader(plan.shape)

    async def parse(context: Context) -> object:
        fields = split_query(context.body)
        return check(
            {
                name: read(name, [decode_query(value, name) for value in values])
                for name, values in fields.items()
            }
        )

    return parse


def _multipart_parser(plan: BodyPlan, schemas: Schemas) -> Parse:
    check = _checker(plan, schemas)
    read = _field_reader(plan.shape)

    async def parse(context: Context) -> object:
        texts: dict[str, list[str]] = {}
        files: dict[str, list[bytes]] = {}
        async with Request(context.scope, _replay(context.body)).form() as form:
            for name, part in form.multi_items():
                if isinstance(part, UploadFile):
                    files.setdefault(name, []).append(await part.read())
                else:
                    texts.setdefault(name, []).append(part)
        value: dict[str, Any] = {name: read(name, found) for name, found in texts.items()}
        octets = {name: _shaped(plan.shape, name, found) for name, found in files.items()}
        # Octets have no JSON form: validation sees a text in their place.
        stand_in = {
            name: [""] * len(o) if isinstance(o, list) else "" for name, o in octets.items()
        }
        return check({**value, **stand_in}, {**value, **octets})

    async def guarded(context: Context) -> object:
        try:
            return await parse(context)
        except (MultiPartException, UnicodeDecodeError, KeyError) as error:
            detail = f"not multipart/form-data: {error}"
            raise malformed(Detail("/body", "multipart", detail)) from None

    return guarded


def _shaped(shape: Shape | None, name: str, found: list[bytes]) -> bytes | list[bytes]:
    member = (shape.members or {}).get(name) if shape is not None else None
    return found if len(found) > 1 or (member is not None and member.items) else found[0]


def _replay(body: bytes) -> Callable[[], Awaitable[dict[str, Any]]]:
    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    return receive
