"""Protocols: what a template needs to write the handlers' module."""

from __future__ import annotations

from dataclasses import dataclass

from wireproof.emit.python.text import docstring
from wireproof.emit.server.annotations import annotation
from wireproof.emit.server.bodies import bodiless, body_annotation, reply_annotation
from wireproof.emit.server.identifiers import Identifiers, path_of
from wireproof.emit.server.parameters import default_source, in_path
from wireproof.ir.contract import Contract, Operation, Parameter

_HIDING = frozenset({"dict", "list"})


@dataclass(frozen=True, slots=True)
class Method:
    """One operation as a Protocol's method, ready to print."""

    name: str
    parameters: tuple[str, ...]
    returns: str
    docstring: str


@dataclass(frozen=True, slots=True)
class Protocol:
    """One group of operations."""

    name: str
    field: str
    docstring: str
    methods: tuple[Method, ...]


def protocols(
    contract: Contract, operations: tuple[Operation, ...], identifiers: Identifiers
) -> tuple[Protocol, ...]:
    """Protocols of all groups, in the order of first use."""
    descriptions = {tag.name: tag.description for tag in contract.tags}
    found: list[Protocol] = []
    for group, name in identifiers.protocols.items():
        members = [o for o in operations if identifiers.members[o.id].group == group]
        names = {identifiers.members[o.id].method for o in members}
        builtins = "builtins." if names & _HIDING else ""
        about = descriptions.get(members[0].tags[0], "") if members[0].tags else ""
        text = docstring(about or f"Handlers of {group}.", indent="    ")
        methods = tuple(_method(operation, identifiers, builtins) for operation in members)
        found.append(Protocol(name, group, text, methods))
    return tuple(found)


def _method(operation: Operation, identifiers: Identifiers, builtins: str) -> Method:
    method, path = path_of(operation)
    about = docstring(f"{method} {path}", operation.summary, _replies(operation), indent=" " * 8)
    return Method(
        identifiers.members[operation.id].method,
        tuple(_parameters(operation, identifiers, builtins)),
        _returns(operation, identifiers, builtins),
        about,
    )


def _parameters(operation: Operation, identifiers: Identifiers, builtins: str) -> list[str]:
    """Path parameters by position or name, the body, then the rest by name."""
    named = list(zip(operation.parameters, identifiers.arguments[operation.id], strict=True))
    positional = [_argument(p, n, identifiers, builtins) for p, n in named if in_path(p)]
    keyword = [_argument(p, n, identifiers, builtins) for p, n in named if not in_path(p)]
    # Arguments with a default may come before those without one, because all are keywords.
    body = _body(operation, identifiers, builtins)
    if body:
        (keyword if body.endswith("= None") else positional).append(body)
    return [*positional, *(["*", *keyword] if keyword else [])]


def _argument(parameter: Parameter, name: str, identifiers: Identifiers, builtins: str) -> str:
    text = annotation(parameter.type, identifiers, builtins=builtins)
    if parameter.required or in_path(parameter):
        return f"{name}: {text}"
    default = default_source(parameter)
    if default is not None and _plain(text, default):
        return f"{name}: {text} = {default}"
    optional = text if text == "Any" or text.endswith("| None") else f"{text} | None"
    return f"{name}: {optional} = None"


def _plain(text: str, default: str) -> bool:
    """Whether a default is a value of the annotated type, as a type checker sees it."""
    wanted = {"str": ('"', "'"), "bool": ("True", "False"), "int": tuple("-0123456789")}
    if text == "float":
        return default[:1] in "-0123456789"
    return default.startswith(wanted.get(text, ("\0",)))


def _body(operation: Operation, identifiers: Identifiers, builtins: str) -> str:
    request = operation.request
    if request is None or not request.content:
        return ""
    kinds = dict.fromkeys(
        body_annotation(media, identifiers, builtins=builtins) for media in request.content
    )
    text = " | ".join(kinds)
    if request.required:
        return f"body: {text}"
    return f"body: {text} = None" if text.endswith("None") else f"body: {text} | None = None"


def _success_types(operation: Operation, identifiers: Identifiers, builtins: str) -> list[str]:
    """Types of the successful answers, the first one that a bare result stands for."""
    found: list[str] = []
    for response in operation.responses:
        if response.status[:1] not in "123" and response.status != "default":
            continue
        if bodiless(operation, response):
            found.append("None")
            continue
        found += [
            _streamed(reply_annotation(media, identifiers, builtins=builtins))
            for media in response.content
        ]
    return list(dict.fromkeys(found)) or ["None"]


def _streamed(text: str) -> str:
    return "bytes | AsyncIterator[bytes]" if text == "bytes" else text


def _returns(operation: Operation, identifiers: Identifiers, builtins: str) -> str:
    types = _success_types(operation, identifiers, builtins)
    union = " | ".join(dict.fromkeys(part for text in types for part in text.split(" | ")))
    if _first_is_bare(operation):
        first = types[0]
        return f"{first} | Reply[{union}]" if first != "Any" else "Any"
    return f"Reply[{union}]"


def _first_is_bare(operation: Operation) -> bool:
    """Whether the first success has one status, so that a bare body says enough."""
    for response in operation.responses:
        if response.status[:1] in "123" or response.status == "default":
            return response.status.isdigit()
    return False


def _replies(operation: Operation) -> str:
    """What the operation answers, for the docstring: statuses and the codes of its problems."""
    successes = [r.status for r in operation.responses if r.status[:1] in "123"]
    lines = [f"Answers: {', '.join(successes)}."] if len(successes) > 1 else []
    lines += [
        f"{response.status}: {', '.join(response.error_codes)}."
        for response in operation.responses
        if response.error_codes
    ]
    return "\n".join(lines)
