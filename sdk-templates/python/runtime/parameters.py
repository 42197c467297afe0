"""Parameters as text: every style of OpenAPI (3.1, section 4.8.12.3) in its default or not.

Names and values are percent-encoded here, once; what comes out is sent as it is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from urllib.parse import quote

from .absent import NotGiven
from .codecs import encode
from .narrow import is_array, is_object
from .operation import Style
from .wire import Json, dumps

Values = Mapping[str, object]
Styles = Mapping[str, Style]

_RESERVED = ":/?#[]@!$&'()*+,;="
_DEFAULT = Style()


def scalar(value: Json) -> str:
    """One JSON scalar as text; structures that stand inside another one are written as JSON."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (dict, list)):
        return dumps(value).decode("utf-8")
    return "" if value is None else str(value)


def percent(text: str) -> str:
    """Percent-encoded, all but the unreserved characters of RFC 3986."""
    return quote(text, safe="")


def _percent_reserved(text: str) -> str:
    return quote(text, safe=_RESERVED + "%")


def expand_path(template: str, values: Values, styles: Styles) -> str:
    """A path template with its parameters filled in.

    Raises:
        ValueError: where a parameter is empty or a dot segment: the path would mean another
            resource.
    """
    path = template
    for name, value in values.items():
        text = _path_value(name, value, styles.get(name, _DEFAULT))
        if text in {"", ".", ".."}:
            raise ValueError(f"path parameter {name!r} must not be {text!r}")
        path = path.replace("{" + name + "}", text)
    return path


def _path_value(name: str, value: object, style: Style) -> str:
    data = _data(value, style)
    explode = bool(style.explode)
    match style.style:
        case "label":
            return "." + _joined(data, percent, "." if explode else ",", explode=explode)
        case "matrix":
            return _matrix(name, data, explode=explode)
        case _:
            return _joined(data, percent, ",", explode=explode)


def _matrix(name: str, data: Json, *, explode: bool) -> str:
    if explode and is_object(data):
        return "".join(f";{percent(k)}={percent(scalar(v))}" for k, v in data.items())
    if explode and is_array(data):
        return "".join(f";{percent(name)}={percent(scalar(v))}" for v in data)
    return f";{percent(name)}={_joined(data, percent, ',', explode=False)}"


def _joined(data: Json, enc: Callable[[str], str], comma: str, *, explode: bool) -> str:
    if is_object(data):
        equals = "=" if explode else comma
        return comma.join(f"{enc(str(k))}{equals}{enc(scalar(v))}" for k, v in data.items())
    if is_array(data):
        return comma.join(enc(scalar(item)) for item in data)
    return enc(scalar(data))


def query_string(values: Values, styles: Styles) -> str:
    """The query, without `?`; parameters that are not given or None are left out."""
    pairs: list[str] = []
    for name, value in values.items():
        if value is not None and not isinstance(value, NotGiven):
            pairs.extend(_query_pairs(name, value, styles.get(name, _DEFAULT)))
    return "&".join(pairs)


def _query_pairs(name: str, value: object, style: Style) -> Iterable[str]:
    enc = _percent_reserved if style.allow_reserved else percent
    data = _data(value, style)
    match style.style:
        case "querystring":
            return [percent(data)] if style.json else _form("", data, enc, explode=True)
        case "deepObject":
            return _deep(name, data, enc)
        case "spaceDelimited" if not style.explode:
            return [f"{percent(name)}={_joined(data, enc, '%20', explode=False)}"]
        case "pipeDelimited" if not style.explode:
            return [f"{percent(name)}={_joined(data, enc, '%7C', explode=False)}"]
        case _:
            return _form(name, data, enc, explode=style.explode is not False)


def _form(name: str, data: Json, enc: Callable[[str], str], *, explode: bool) -> list[str]:
    if explode and is_object(data):
        return [f"{percent(str(k))}={enc(scalar(v))}" for k, v in data.items()]
    if explode and is_array(data):
        return [f"{percent(name)}={enc(scalar(item))}" for item in data]
    return [f"{percent(name)}={_joined(data, enc, ',', explode=False)}"]


def _deep(name: str, data: Json, enc: Callable[[str], str]) -> list[str]:
    """`filter[side]=buy`; deeper members nest their brackets.

    OpenAPI leaves lists open. They travel as the servers that read brackets have them (Stripe,
    PHP, Rack, qs): `tags[]=a&tags[]=b`, and with an index where items have brackets of their own.
    """
    if is_object(data):
        pairs = (_deep(f"{name}[{key}]", member, enc) for key, member in data.items())
        return [pair for group in pairs for pair in group]
    if is_array(data):
        structured = any(is_object(item) or is_array(item) for item in data)
        items = (
            _deep(f"{name}[{index if structured else ''}]", item, enc)
            for index, item in enumerate(data)
        )
        return [pair for group in items for pair in group]
    if data is None:
        return []
    return [f"{quote(name, safe='[]')}={enc(scalar(data))}"]


def header_fields(values: Values, styles: Styles) -> dict[str, str]:
    """Header parameters as fields.

    Raises:
        ValueError: for a value that is no printable ASCII: a line break could smuggle in
            another field.
    """
    fields: dict[str, str] = {}
    for name, value in values.items():
        if value is None or isinstance(value, NotGiven):
            continue
        style = styles.get(name, _DEFAULT)
        text = _joined(_data(value, style), str, ",", explode=bool(style.explode))
        fields[name] = checked_field(name, text)
    return fields


def checked_field(name: str, value: str) -> str:
    """The value, if it can be a header field's (RFC 9110 section 5.5)."""
    if not all(" " <= character <= "~" or character == "\t" for character in value):
        raise ValueError(f"header field {name!r} must be printable ASCII without line breaks")
    return value


def cookie_header(values: Values, styles: Styles) -> str:
    """The Cookie field, "" where there is nothing to send."""
    pairs: list[str] = []
    for name, value in values.items():
        if value is not None and not isinstance(value, NotGiven):
            style = styles.get(name, _DEFAULT)
            data = _data(value, style)
            pairs.extend(_form(name, data, percent, explode=style.explode is not False))
    return "; ".join(pairs)


def _data(value: object, style: Style) -> Json:
    data = encode(value, style.codec)
    return dumps(data).decode("utf-8") if style.json else data
