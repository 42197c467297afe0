"""From an operation and its arguments to a request."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypedDict

from .absent import NOT_GIVEN, NotGiven
from .auth import Credential
from .body import encode_body
from .config import ClientConfig
from .errors import ConfigurationError
from .narrow import is_mapping
from .operation import Operation
from .parameters import checked_field, cookie_header, expand_path, header_fields, query_string
from .request import Request, RequestOptions, Timeout
from .wire import dumps, to_json

_NO_VALUES: Mapping[str, object] = {}


class Arguments(TypedDict, total=False):
    """A call's arguments under their names on the wire, by the place where they travel."""

    path: Mapping[str, object]
    query: Mapping[str, object]
    headers: Mapping[str, object]
    cookies: Mapping[str, object]
    body: object
    options: RequestOptions


@dataclass(frozen=True, slots=True, eq=False)
class Call:
    """One call of one operation. The idempotency key is fixed here, before any attempt."""

    operation: Operation[Any]
    path: Mapping[str, object] = field(default_factory=dict[str, object])
    query: Mapping[str, object] = field(default_factory=dict[str, object])
    headers: Mapping[str, object] = field(default_factory=dict[str, object])
    cookies: Mapping[str, object] = field(default_factory=dict[str, object])
    body: object = NOT_GIVEN
    options: RequestOptions = field(default_factory=RequestOptions)
    key: str = ""

    @classmethod
    def of(cls, operation: Operation[Any], arguments: Arguments) -> Call:
        """The call, with its idempotency key found or made."""
        return _with_key(cls(operation, **arguments))

    def at_cursor(self, cursor: object) -> Call:
        """The same call, for the page behind a cursor."""
        paging = self.operation.paging
        if paging is None:
            raise ConfigurationError(f"{self.operation.id} has no pages")
        return replace(self, query={**self.query, paging.cursor: cursor})

    def timeout(self, config: ClientConfig) -> Timeout:
        """The limits of one attempt."""
        options = self.options
        return Timeout.of(options["timeout"]) if "timeout" in options else config.timeout


def _has_room(call: Call, location: str) -> bool:
    """Whether a key can be put there: a list or a text as a body has no member for it."""
    return location != "body" or isinstance(call.body, NotGiven) or is_mapping(call.body)


def _with_key(call: Call) -> Call:
    idempotency = call.operation.idempotency
    if idempotency is None:
        return call
    key = _places(call, idempotency.location).get(idempotency.key, NOT_GIVEN)
    if not isinstance(key, NotGiven):
        return replace(call, key=_key_text(key))
    if not idempotency.generated or not _has_room(call, idempotency.location):
        return call
    made = str(uuid.uuid4())
    if idempotency.location == "header":
        return replace(call, headers={**call.headers, idempotency.key: made}, key=made)
    if idempotency.location == "query":
        return replace(call, query={**call.query, idempotency.key: made}, key=made)
    return replace(call, body={**_mapping(call.body), idempotency.key: made}, key=made)


def _key_text(key: object) -> str:
    return key if isinstance(key, str) else dumps(to_json(key)).decode("utf-8")


def _places(call: Call, location: str) -> Mapping[str, object]:
    places = {"header": call.headers, "query": call.query}
    return places[location] if location in places else _mapping(call.body)


def _mapping(value: object) -> Mapping[str, object]:
    return value if is_mapping(value) else _NO_VALUES


def build_request(config: ClientConfig, call: Call) -> Request:
    """The request of a call, complete but for what each attempt adds (credentials, date)."""
    operation, options = call.operation, call.options
    origin, prefix = split_base_url(server_of(operation, config))
    query = query_string({**config.query, **call.query}, operation.query_styles)
    extra = query_string(options.get("extra_query", {}), {})
    request = Request(
        method=operation.method,
        origin=origin,
        path=(prefix + expand_path(operation.path, call.path, operation.path_styles)) or "/",
        query="&".join(part for part in (query, extra) if part),
        headers=_headers(config, call),
    )
    body = _body(call)
    if not isinstance(body, NotGiven):
        request.content, media = encode_body(operation, body)
        if media:
            request.headers.setdefault("Content-Type", media)
    return request


def _headers(config: ClientConfig, call: Call) -> dict[str, str]:
    operation = call.operation
    fields = {
        "Accept": operation.accept,
        "Accept-Encoding": "gzip, deflate",
        "User-Agent": config.user_agent,
    }
    _merge(fields, config.headers)
    _merge(fields, header_fields(call.headers, operation.header_styles))
    cookies = cookie_header(call.cookies, operation.cookie_styles)
    if cookies:
        fields["Cookie"] = cookies
    _merge(fields, call.options.get("extra_headers", {}))
    return fields


def _merge(fields: dict[str, str], more: Mapping[str, str | NotGiven]) -> None:
    """Set fields by case-insensitive name; `NOT_GIVEN` takes one away."""
    for name, value in more.items():
        for known in [key for key in fields if key.lower() == name.lower()]:
            del fields[known]
        if not isinstance(value, NotGiven):
            fields[name] = checked_field(name, value)


def _body(call: Call) -> object:
    """The body with the caller's additions; `NOT_GIVEN` where none of an optional one was given.

    An empty mapping is a body that somebody gave; where members are arguments, it has their names.
    """
    extra = call.options.get("extra_body")
    if extra is not None:
        return {**_mapping(call.body), **extra}
    if call.operation.body_required or not is_mapping(call.body) or not call.body:
        return call.body
    given = any(not isinstance(member, NotGiven) for member in call.body.values())
    return call.body if given else NOT_GIVEN


def server_of(operation: Operation[Any], config: ClientConfig) -> str:
    """The base URL: the operation's own, its own path on the client's host, or the client's."""
    if operation.server.startswith("/"):
        return split_base_url(config.base_url)[0] + operation.server
    return operation.server or config.base_url


def split_base_url(url: str) -> tuple[str, str]:
    """Origin and path prefix of a base URL."""
    scheme, separator, rest = url.partition("://")
    authority, slash, path = rest.partition("/")
    if not separator or not authority:
        raise ConfigurationError(f"not an absolute URL: {url!r}")
    return f"{scheme}://{authority}", (slash + path).rstrip("/")


def credentials_for(config: ClientConfig, call: Call) -> tuple[Credential, ...]:
    """The credentials of the first alternative that the client has all of.

    Raises:
        ConfigurationError: where none is complete and the caller brings no credentials along.
    """
    alternatives = call.operation.security
    for names in alternatives:
        if names and all(name in config.credentials for name in names):
            return tuple(config.credentials[name] for name in names)
    if not alternatives or () in alternatives or _brings_own(config, call):
        return ()
    wanted = " or ".join(" with ".join(names) for names in alternatives)
    raise ConfigurationError(
        f"{call.operation.id} needs credentials ({wanted}), and the client has none for it"
    )


def _brings_own(config: ClientConfig, call: Call) -> bool:
    given = [*config.headers, *(call.options.get("extra_headers", {}))]
    return any(name.lower() in {"authorization", "cookie", "x-api-key"} for name in given)
