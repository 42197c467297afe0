"""What people who use the generated SDKs compile against: declared types and signatures.

Read from the same IR that the emitters read, so that both mean the same surface.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wireproof.compat.rule import Comparison, Kept
from wireproof.ir.contract import Contract
from wireproof.ir.dump import notation
from wireproof.ir.schema import SchemaId
from wireproof.ir.signature import Argument, Signature, signature
from wireproof.ir.types import ModelDecl, Property, Type, TypeDecl
from wireproof.ir.usage import usage
from wireproof.source.node import Node, escape


@dataclass(frozen=True, slots=True)
class Declared:
    """A type that both SDKs declare under the same id, and which way it travels in the base."""

    name: str
    base: TypeDecl
    head: TypeDecl
    sent: bool
    received: bool


def declared(comparison: Comparison) -> Iterator[Declared]:
    """Types of the base that the head declares as well, in the base's order."""
    ways = usage(comparison.base)
    heads = by_place(comparison.head)
    for type_id, base in comparison.base.types.items():
        place = stable(comparison.base, type_id)
        head = heads.get(place)
        if head is not None:
            sent, received = type_id in ways.sent, type_id in ways.received
            yield Declared(short(place), base, comparison.head.types[head], sent, received)


def by_place(contract: Contract) -> Mapping[str, SchemaId]:
    """The declared types of a contract by what stays the same where names in paths change."""
    return {stable(contract, type_id): type_id for type_id in contract.types}


def fields(found: Declared) -> Iterator[tuple[Property, Property | None]]:
    """The properties of a model, each with the head's; nothing for other kinds of types."""
    if isinstance(found.base, ModelDecl) and isinstance(found.head, ModelDecl):
        heads = {one.name: one for one in found.head.properties}
        for one in found.base.properties:
            yield one, heads.get(one.name)


@dataclass(frozen=True, slots=True)
class Calls:
    """An operation's call shape in both contracts."""

    kept: Kept
    base: Signature
    head: Signature

    def arguments(self) -> Iterator[tuple[Argument, Argument | None]]:
        """The base's arguments, each with the head's of the same origin on the wire."""
        heads = {_key(argument): argument for argument in self.head.arguments}
        for argument in self.base.arguments:
            yield argument, heads.get(_key(argument))

    def new(self) -> Iterator[Argument]:
        """Arguments that only the head has."""
        known = {_key(argument) for argument in self.base.arguments}
        yield from (one for one in self.head.arguments if _key(one) not in known)


def calls(comparison: Comparison) -> Iterator[Calls]:
    """The call shapes of operations that clients call."""
    for kept in comparison.kept():
        if kept.request.value == "request":
            yield Calls(
                kept,
                signature(comparison.base, kept.base),
                signature(comparison.head, kept.head),
            )


def spelled(type_: Type, contract: Contract) -> str:
    """A type in one line, components by name: what tells two types apart."""
    return stable(contract, notation(type_)).replace(_COMPONENTS, "")


def stable(contract: Contract, spelling: str) -> str:
    """Ids by the names of parameters, not by their positions, and without the names in paths."""
    return _INLINE.sub(lambda found: _stable(contract, found[0]), spelling)


def _stable(contract: Contract, pointer: str) -> str:
    tokens = pointer.split("/")
    if tokens[1] not in {"paths", "webhooks"}:
        return pointer
    node: Node | None = contract.origin
    for place, token in enumerate(tokens[1:], 1):
        node = (
            node.get(
                int(token)
                if token.isdigit() and isinstance(node.value, list)
                else _unescaped(token)
            )
            if node
            else None
        )
        if node is not None and tokens[place - 1] == "parameters" and isinstance(node.key, int):
            value = node.value if isinstance(node.value, dict) else {}
            tokens[place] = escape(f"{value.get('in')}:{value.get('name')}")
    tokens[2:3] = [_TEMPLATE.sub("{}", token) for token in tokens[2:3]]
    return "/".join(tokens)


def told(spelling: str) -> str:
    """A spelling for people: what has no name is called by where it stands."""
    placed = _INLINE.sub(lambda found: _place(found[0]), spelling)
    return _WAY.sub(lambda found: _steps(found[0].lstrip("/")), placed)


def short(type_id: str) -> str:
    """How reports call a type: `Order`, `Order.legs[]`, `response 200.items[]`."""
    if type_id.startswith(_COMPONENTS):
        name, _, way = type_id[len(_COMPONENTS) :].partition("/")
        return f"{_unescaped(name)}{_steps(way)}"
    return told(type_id)


_COMPONENTS = "#/components/schemas/"
_INLINE = re.compile(r"#/[^\s<>|,]+")
_WAY = re.compile(r"(?:/(?:properties/[^/\s<>|,]+|items|(?:allOf|oneOf|anyOf)/\d+))+")
_TEMPLATE = re.compile(r"\{[^{}]*\}")
_HOMES = {
    "parameters": "parameter",
    "requestBody": "body",
    "responses": "response",
    "headers": "header",
}


def _place(pointer: str) -> str:
    """`#/paths/~1a/get/responses/200/content/x~1y/schema/items` -> `response 200[]`."""
    before, found, way = pointer.partition("/schema")
    words = []
    steps = before.split("/")
    for step, following in zip(steps, [*steps[1:], ""], strict=True):
        if step in _HOMES:
            named = _unescaped(following).rpartition(":")[2]
            name = "" if step == "requestBody" else f" {named}"
            words.append(f"{_HOMES[step]}{name}")
    if not found or not words:
        return pointer
    return f"{' '.join(words)}{_steps(way.lstrip('/'))}"


def _steps(way: str) -> str:
    """`properties/legs/items` -> `.legs[]`; which arm of a choice it is goes unsaid."""
    said = ""
    steps = iter(way.split("/"))
    for step in steps:
        if step == "properties":
            said += f".{_unescaped(next(steps, ''))}"
        elif step == "items":
            said += "[]"
    return said


def _key(argument: Argument) -> tuple[str, str]:
    source = argument.source
    return argument.place.value, argument.name if source is None else source.name


def _unescaped(token: str) -> str:
    return token.replace("~1", "/").replace("~0", "~")
