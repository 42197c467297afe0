"""The request that a call must give, worked out from the contract's own words.

Independent of every SDK's runtime, so that both can be held against it: styles as OpenAPI 3.1
section 4.8.12.3 has them, forms and multipart as section 4.8.15 (Encoding Object).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import quote

from wireproof.emit.cases.model import BodyKind, Given, Part, Sent
from wireproof.emit.cases.text import dumps, spelled
from wireproof.ir.contract import Encoding, MediaType, Parameter
from wireproof.ir.media import essence, is_form, is_json, is_multipart
from wireproof.ir.signature import Place, Signature
from wireproof.ir.types import (
    AliasDecl,
    ListType,
    NamedType,
    NullableType,
    Property,
    Scalar,
    ScalarType,
    Type,
    TypeDecl,
    TypeView,
)
from wireproof.source.node import Json

Pair = tuple[str, str]

_DELIMITERS = {"spaceDelimited": " ", "pipeDelimited": "|"}
_CONTENT = {"json": "application/json", "file": "application/octet-stream"}


def sent(types: TypeView, signature: Signature, given: Iterable[Given]) -> Sent:
    """The request of a call with these arguments."""
    binding = signature.operation.binding
    path, query, raw_query = "/" + binding.path.removeprefix("/"), list[Pair](), ""
    headers: dict[str, str] = {}
    cookies: list[Pair] = []
    body: Given | None = None
    fields: dict[str, Given] = {}
    for one in given:
        source = one.argument.source
        if one.argument.place is Place.BODY:
            body = one
        elif isinstance(source, Property):
            fields[source.name] = one
        elif isinstance(source, Parameter):
            match one.argument.place:
                case Place.PATH:
                    path = path.replace("{" + source.name + "}", _in_path(source, one.value))
                case Place.QUERY:
                    query += _pairs(source, one.value)
                case Place.QUERYSTRING:
                    raw_query = _whole(source, one.value)
                case Place.HEADER:
                    headers[source.name.lower()] = _in_header(source, one.value)
                case _:
                    cookies += _pairs(source, one.value)
    request = signature.operation.request
    needed = request is not None and request.required
    media_type, kind, content = _body(types, signature.body, body, fields, needed=needed)
    return Sent(
        method=binding.method,
        path=path,
        query=tuple(query),
        raw_query=raw_query,
        headers=headers,
        cookies=tuple(cookies),
        media_type=media_type,
        kind=kind,
        body=content,
    )


def _in_path(parameter: Parameter, value: Json) -> str:
    if parameter.media_type is not None:
        return quote(dumps(value), safe="")
    name, explode = quote(parameter.name, safe=""), parameter.explode
    if parameter.style == "matrix":
        if explode and isinstance(value, dict):
            return "".join(f";{_enc(k)}={_enc(spelled(v))}" for k, v in value.items())
        if explode and isinstance(value, list):
            return "".join(f";{name}={_enc(spelled(v))}" for v in value)
        return f";{name}={','.join(map(_enc, _listed(value, explode=False)))}"
    if parameter.style == "label":
        between = "." if explode else ","
        return f".{between.join(_escaped(value, explode=explode))}"
    return ",".join(_escaped(value, explode=explode))


def _escaped(value: Json, *, explode: bool) -> Iterator[str]:
    if explode and isinstance(value, dict):
        yield from (f"{_enc(k)}={_enc(spelled(v))}" for k, v in value.items())
    else:
        yield from map(_enc, _listed(value, explode=False))


def _enc(text: str) -> str:
    return quote(text, safe="")


def _listed(value: Json, *, explode: bool) -> list[str]:
    """A value as the texts that a separator stands between."""
    if isinstance(value, dict):
        rows = ((key, spelled(member)) for key, member in value.items())
        return [f"{k}={v}" for k, v in rows] if explode else [text for row in rows for text in row]
    return [spelled(item) for item in (value if isinstance(value, list) else [value])]


def _pairs(parameter: Parameter, value: Json) -> list[Pair]:
    if parameter.media_type is not None:
        return [(parameter.name, dumps(value))]
    return styled(parameter.name, value, parameter.style, explode=parameter.explode)


def styled(name: str, value: Json, style: str, *, explode: bool) -> list[Pair]:
    """The pairs of a query parameter, a cookie or a field of a form, decoded."""
    if style == "deepObject":
        return list(_deep(name, value))
    if explode and isinstance(value, dict):
        return [(key, spelled(member)) for key, member in value.items()]
    if explode and isinstance(value, list):
        return [(name, spelled(item)) for item in value]
    return [(name, _DELIMITERS.get(style, ",").join(_listed(value, explode=False)))]


def _deep(name: str, value: Json) -> Iterator[Pair]:
    """Members and structured items in brackets, `items[0][id]=1`; a list of scalars is `tags[]=a`.

    OpenAPI says nothing of what is deeper than one member: so it stands in Stripe's documentation,
    and so PHP, Rack and qs read it.
    """
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _deep(f"{name}[{key}]", member)
    elif isinstance(value, list):
        structured = any(isinstance(item, dict | list) for item in value)
        for index, item in enumerate(value):
            yield from _deep(f"{name}[{index if structured else ''}]", item)
    elif value is not None:
        yield name, spelled(value)


def _whole(parameter: Parameter, value: Json) -> str:
    if is_json(parameter.media_type or ""):
        return _enc(dumps(value))
    pairs = styled("", value, "form", explode=True)
    return "&".join(f"{_enc(name)}={_enc(text)}" for name, text in pairs)


def _in_header(parameter: Parameter, value: Json) -> str:
    if parameter.media_type is not None:
        return dumps(value)
    return ",".join(_listed(value, explode=parameter.explode))


_Body = tuple[str, BodyKind, "Json | tuple[Pair, ...] | tuple[Part, ...]"]


def _body(
    types: TypeView,
    media: MediaType | None,
    whole: Given | None,
    fields: dict[str, Given],
    *,
    needed: bool,
) -> _Body:
    if media is None or (whole is None and not fields and not needed):
        return "", BodyKind.NONE, None
    name = "" if "*" in media.media_type else essence(media.media_type)
    if whole is not None and not (is_form(name) or is_multipart(name)):
        kind = BodyKind.TEXT if _is_text(name, whole.value) else BodyKind.JSON
        return name, kind, whole.value
    typed = {key: (one.argument.type, one.value) for key, one in fields.items()}
    if whole is not None:
        typed = {key: (whole.argument.type, value) for key, value in whole.value.items()}
    if is_form(name):
        return name, BodyKind.FORM, tuple(_form(media, typed))
    if is_multipart(name):
        return name, BodyKind.PARTS, tuple(_parts(types, media, typed))
    return name, BodyKind.JSON, {key: value for key, (_, value) in typed.items()}


def _is_text(name: str, value: Json) -> bool:
    return isinstance(value, str) and not is_json(name)


def _form(media: MediaType, fields: dict[str, tuple[Type, Json]]) -> Iterator[Pair]:
    """Without a style of its own a list repeats its field, and an object travels as JSON."""
    encodings = {one.property_name: one for one in media.encoding}
    for name, (_, value) in fields.items():
        encoding = encodings.get(name)
        if value is None:
            continue
        if _has_style(encoding):
            assert encoding is not None  # noqa: S101 - what has a style is there
            style = encoding.style or "form"
            explode = style == "form" if encoding.explode is None else encoding.explode
            yield from styled(name, value, style, explode=explode)
        else:
            yield from ((name, spelled(v)) for v in (value if isinstance(value, list) else [value]))


def _has_style(encoding: Encoding | None) -> bool:
    return encoding is not None and (
        encoding.style is not None or encoding.explode is not None or encoding.allow_reserved
    )


def _parts(
    types: TypeView, media: MediaType, fields: dict[str, tuple[Type, Json]]
) -> Iterator[Part]:
    stated = {
        one.property_name: one.content_type.partition(",")[0].strip()
        for one in media.encoding
        if one.content_type and "*" not in one.content_type
    }
    for name, (type_, value) in fields.items():
        if value is None:
            continue
        use = bare(types, type_)
        repeated = isinstance(use, ListType) and isinstance(value, list)
        item = bare(types, use.item) if isinstance(use, ListType) else use
        for each in value if repeated else [value]:
            file = item == ScalarType(Scalar.BINARY)
            structured = isinstance(each, dict | list)
            usual = "application/json" if structured else ""
            yield Part(name, each, stated.get(name, usual), file)


def bare(types: TypeView, type_: Type) -> Type | TypeDecl:
    """The type without null and aliases: a declaration that is no alias, or an unnamed type."""
    seen: set[Type] = set()
    use: Type = type_
    while use not in seen:
        seen.add(use)
        if isinstance(use, NullableType):
            use = use.inner
        elif isinstance(use, NamedType):
            declared = types[use.id]
            if not isinstance(declared, AliasDecl):
                return declared
            use = declared.target
    return use
