"""From a witness to an HTTP request that carries it and is otherwise as small as can be."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlencode

import orjson

from wireproof.compat.finding import Witness
from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.text import spelled
from wireproof.compat.subsume.verdicts import Flow
from wireproof.ir.contract import Contract, Location, Operation, Parameter
from wireproof.ir.media import is_json
from wireproof.source.node import Json


@dataclass(frozen=True, slots=True)
class Sendable:
    """A request; `target` is path and query below the server's address."""

    method: str
    target: str
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None


def sendable(contract: Contract, operation: Operation, witness: Witness) -> Sendable | str:
    """The request, or why there is none."""
    values: dict[Location, list[tuple[str, str]]] = {location: [] for location in Location}
    smallest = Prover(contract.schemas, contract.schemas, Flow.REQUEST).smallest
    for parameter in operation.parameters:
        carries = witness.part == f"{parameter.location.value} parameter {parameter.name!r}"
        if carries or parameter.required:
            value = witness.value if carries else _example(parameter, smallest(parameter.schema))
            values[parameter.location] += _written(parameter, value)
    path = operation.binding.path
    for name, text in values[Location.PATH]:
        if not text:
            return f"the path parameter {name!r} would be empty"
        path = path.replace(f"{{{name}}}", quote(text, safe=""))
    query = urlencode(values[Location.QUERY])
    headers = list(values[Location.HEADER])
    if values[Location.COOKIE]:
        headers.append(("Cookie", "; ".join(f"{k}={v}" for k, v in values[Location.COOKIE])))
    if any(not text.isascii() or not text.isprintable() for _, text in headers):
        return "a header cannot carry this text"
    target = f"{path}?{query}" if query else path
    body = _body(operation, witness, smallest)
    if isinstance(body, str):
        return body
    if body is not None:
        headers.append(("Content-Type", body[0]))
    return Sendable(
        operation.binding.method, target, tuple(headers), body[1] if body is not None else None
    )


def _example(parameter: Parameter, smallest: Json) -> Json:
    return parameter.examples[0].value if parameter.examples else smallest


def _written(parameter: Parameter, value: Json) -> list[tuple[str, str]]:
    """Names and texts; lists as their style has it, objects as JSON."""
    if isinstance(value, list):
        texts = [_text(item) for item in value]
        if parameter.explode and parameter.location is Location.QUERY:
            return [(parameter.name, text) for text in texts]
        return [(parameter.name, ",".join(texts))]
    return [(parameter.name, _text(value))]


def _text(value: Json) -> str:
    return orjson.dumps(value).decode() if isinstance(value, dict | list) else spelled(value)


def _body(
    operation: Operation, witness: Witness, smallest: object
) -> tuple[str, bytes] | str | None:
    request = operation.request
    carries = witness.part == "body"
    if request is None or not (carries or request.required):
        return None
    media = next((one for one in request.content if is_json(one.media_type)), None)
    if media is None:
        return "its body is not JSON"
    value: Json = witness.value
    if not carries:
        value = smallest(media.schema) if callable(smallest) and media.schema else {}
    return media.media_type, orjson.dumps(value, default=_number)


def _number(value: object) -> Json:
    return orjson.Fragment(str(value))
