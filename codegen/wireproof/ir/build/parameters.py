"""Parameters: merged over path and operation, with their effective serialisation."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from wireproof.ir.build.media import Bodies
from wireproof.ir.build.metadata import examples, lifecycle
from wireproof.ir.contract import Location, Parameter
from wireproof.ir.reading.reader import Reader, extensions
from wireproof.source.node import Node

_LOCATIONS = {location.value: location for location in Location}
_STYLES = {
    Location.PATH: "simple",
    Location.QUERY: "form",
    Location.QUERYSTRING: "form",
    Location.HEADER: "simple",
    Location.COOKIE: "form",
}
_EXPLODED_STYLES = frozenset({"form", "cookie"})
_NOT_PARAMETERS = frozenset({"accept", "content-type", "authorization"})
"""Header parameters that OpenAPI tells to ignore (Parameter Object, `name`)."""
_MODELLED = frozenset({"x-sdk-name", "x-sunset", "x-stability", "x-stability-level"})
_TEMPLATE = re.compile(r"\{([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Merged:
    """The parameters of an operation, and those declared for a place that its path lacks."""

    parameters: tuple[Parameter, ...]
    unplaced: tuple[Parameter, ...] = ()


class Parameters:
    """Reads parameter objects; one that many operations share is read once."""

    def __init__(self, reader: Reader, bodies: Bodies) -> None:
        self._reader = reader
        self._bodies = bodies
        self._read: dict[int, Parameter | None] = {}

    def merged(self, path_item: Node, operation: Node, template: str | None) -> Merged:
        """Those of the path, overridden or followed by those of the operation.

        With a path template, what stands in it and what is declared are brought together.
        """
        found: dict[tuple[str, Location], Parameter] = {}
        for holder in (path_item, operation):
            for parameter in self._declared(holder):
                found[parameter.name, parameter.location] = parameter
        if template is not None:
            return self._matched(found, operation, template)
        return Merged(tuple(found.values()))

    def _declared(self, holder: Node) -> Iterator[Parameter]:
        for element in self._reader.elements(holder, "parameters"):
            node = self._reader.mapping(element)
            if node is not None:
                key = id(node.value)
                if key not in self._read:
                    self._read[key] = self._parameter(node)
                parameter = self._read[key]
                if parameter is not None:
                    yield parameter

    def _parameter(self, node: Node) -> Parameter | None:
        reader = self._reader
        name, place = reader.text(node, "name"), reader.text(node, "in")
        location = _LOCATIONS.get(place)
        if location is None or not name:
            reader.report(
                "invalid-parameter",
                node,
                f"a parameter named {name!r} in {place!r} cannot be sent; it is left out",
                f"give it a `name`, and an `in` out of {', '.join(_LOCATIONS)}",
            )
            return None
        if location is Location.HEADER and name.lower() in _NOT_PARAMETERS:
            return None
        return self._built(node, name, location)

    def _built(self, node: Node, name: str, location: Location) -> Parameter:
        reader = self._reader
        schema, media_type = self._bodies.value_schema(node)
        constraints = self._bodies.schemas[schema]
        style = reader.text(node, "style") or _STYLES[location]
        return Parameter(
            name=name,
            location=location,
            required=location is Location.PATH or reader.flag(node, "required"),
            schema=schema,
            style=style,
            explode=reader.flag(node, "explode", default=style in _EXPLODED_STYLES),
            allow_reserved=reader.flag(node, "allowReserved"),
            allow_empty_value=reader.flag(node, "allowEmptyValue"),
            media_type=media_type,
            sdk_name=reader.text(node, "x-sdk-name"),
            description=reader.text(node, "description") or constraints.description,
            default=constraints.default,
            has_default=constraints.has_default,
            examples=examples(reader, node),
            lifecycle=lifecycle(reader, node),
            extensions=extensions(node.value, _MODELLED),
            types=self._bodies.types,
            origin=node,
        )

    def _matched(
        self, found: dict[tuple[str, Location], Parameter], operation: Node, template: str
    ) -> Merged:
        variables = dict.fromkeys(_TEMPLATE.findall(template))
        kept, unplaced = [], []
        for (name, location), parameter in found.items():
            if location is Location.PATH and name not in variables:
                self._reader.report(
                    "unknown-path-parameter",
                    parameter.origin,
                    f"`{template}` has no {{{name}}}; the parameter is left out",
                    "correct its name, or add it to the path",
                )
                unplaced.append(parameter)
            else:
                kept.append(parameter)
        missing = [name for name in variables if (name, Location.PATH) not in found]
        implied = (self._implied(name, operation, template) for name in missing)
        return Merged((*implied, *kept), tuple(unplaced))

    def _implied(self, name: str, operation: Node, template: str) -> Parameter:
        self._reader.report(
            "missing-path-parameter",
            operation,
            f"`{template}` uses {{{name}}}, which no parameter declares; text is assumed",
            f"declare a parameter `name: {name}`, `in: path`",
            at_key=True,
        )
        schema = self._bodies.anything(operation, f"{{{name}}}", {"type": "string"})
        return Parameter(
            name=name,
            location=Location.PATH,
            required=True,
            schema=schema,
            style="simple",
            explode=False,
            types=self._bodies.types,
            origin=operation,
        )
