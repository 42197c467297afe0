"""What `wireproof verify` cannot know about a server, as `verify:` in wireproof.yaml has it.

    verify:
      opaque: [cursor]             # parameters whose values only the server can make
      values:
        order_id: [ord_1, ord_2]   # what to send for a parameter: one value, or several
        X-Account: main

A contract says how an id or a cursor is written, and not which ones there are. An optional opaque
parameter is never sent. Where a required one has no values here, made-up ones are sent, and that
the server refuses them is no finding; every other check still counts. Names are those of
parameters, wherever they stand: path, query, header or cookie.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from wireproof.ir.contract import Contract, HttpBinding, Operation
from wireproof.source import expect
from wireproof.source.node import Json, Node

_KEYS = ("opaque", "values")
_PARAMETERS = "#/components/parameters/"


@dataclass(frozen=True, slots=True)
class Settings:
    """What is known of parameters beyond the contract.

    Attributes:
        opaque: Names of parameters whose values are not made up, or not held against the server.
        values: Name -> the values to send.
    """

    opaque: frozenset[str] = frozenset()
    values: Mapping[str, tuple[Json, ...]] = field(default_factory=dict)

    def excuses(self, operation: Operation) -> bool:
        """Whether an operation asks for an opaque parameter that nothing is known of."""
        return any(
            one.required and one.name in self.opaque and one.name not in self.values
            for one in operation.parameters
        )


def read_settings(node: Node | None, contract: Contract) -> Settings:
    """Settings as configured.

    Raises:
        UsageError: with the place of the first thing that is wrong.
    """
    expect.only(node, _KEYS, "verify", "write opaque: [cursor]")
    if node is None or node.value is None:
        return Settings()
    known = {one.name for operation in contract.operations for one in operation.parameters}
    opaque = node.get("opaque")
    names = expect.texts(opaque, "verify.opaque")
    for name, one in zip(names, opaque.elements() if opaque else (), strict=True):
        _named(name, known, one, key=False)
    values: dict[str, tuple[Json, ...]] = {}
    for name, given in expect.entries(node.get("values"), "verify.values", "write order_id: [...]"):
        _named(name, known, given, key=True)
        listed = given.value if isinstance(given.value, list) else [given.value]
        if not listed or any(isinstance(value, dict | list | None) for value in listed):
            raise expect.wrong(given, f"verify.values.{name} has no value", "write [one, another]")
        values[name] = tuple(listed)
    return Settings(frozenset(names), values)


def _named(name: str, known: set[str], node: Node, *, key: bool) -> None:
    if name not in known:
        message = f"no operation has a parameter {name!r}"
        raise expect.wrong(node, message, expect.near(name, sorted(known)), key=key)


def narrowed(document: dict[str, Any], contract: Contract, settings: Settings) -> dict[str, Any]:
    """The contract's document as it is asked by: without what nobody can make up.

    Args:
        document: OpenAPI as JSON data, bundled; it is changed.
        contract: The same, built.
        settings: What is known of its parameters.
    """
    if not settings.opaque and not settings.values:
        return document
    for operation in contract.operations:
        assert isinstance(operation.binding, HttpBinding)  # noqa: S101 - the union has one member today
        item = document["paths"].get(operation.binding.path)
        if isinstance(item, dict):
            for holder in (item, item.get(operation.binding.method.lower())):
                if isinstance(holder, dict) and isinstance(holder.get("parameters"), list):
                    given = holder["parameters"]
                    holder["parameters"] = list(_asked(given, document, settings))
    return document


def _asked(
    parameters: list[Any], document: dict[str, Any], settings: Settings
) -> Iterator[dict[str, Any]]:
    for one in parameters:
        parameter = _resolved(one, document)
        name, values = parameter.get("name"), settings.values.get(parameter.get("name", ""))
        if values is not None:
            rest = {key: parameter[key] for key in parameter if key not in _SAID}
            yield {**rest, "schema": {"enum": list(values)}}
        elif name not in settings.opaque or parameter.get("required") is True:
            yield one


_SAID = ("schema", "content", "example", "examples")


def _resolved(parameter: dict[str, Any], document: dict[str, Any]) -> dict[str, Any]:
    """A parameter, or the component that it refers to."""
    reference = parameter.get("$ref")
    seen: set[str] = set()
    while (
        isinstance(reference, str) and reference.startswith(_PARAMETERS) and reference not in seen
    ):
        seen.add(reference)
        components = document["components"]["parameters"]
        name = reference.removeprefix(_PARAMETERS).replace("~1", "/").replace("~0", "~")
        parameter = components.get(name, {})
        reference = parameter.get("$ref")
    return parameter
