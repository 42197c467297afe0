"""What the README shows: the operations that tell most about an SDK."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from wireproof.emit.python.views import MethodView, ResourceView
from wireproof.ir.contract import HttpBinding

_LONGEST = 12  # lines of a sample that a newcomer still reads
_WIDTH = 88


@dataclass(frozen=True, slots=True)
class Stop:
    """One operation on the tour."""

    resource: ResourceView
    method: MethodView

    def call(self, indent: str = "") -> str:
        """A sample call with as many arguments on a line as fit."""
        head, *arguments, last = self.method.sample if len(self.method.sample) > 1 else ("", "")
        if not arguments:
            return "\n".join(self.method.sample)
        lines = [f"{indent}   "]
        for argument in (one.strip() for one in arguments):
            if len(lines[-1]) + len(argument) + 1 > _WIDTH:
                lines.append(f"{indent}   ")
            lines[-1] += f" {argument}"
        return "\n".join([head, *lines, f"{indent}{last}"])


@dataclass(frozen=True, slots=True)
class Tour:
    """The operations shown; None where the contract has none of the kind.

    Attributes:
        first: What a newcomer would call first.
        keyed: One whose outcome can be looked up by its idempotency key.
        paged: One that lists in pages.
        upload: One that sends a file.
        download: One that answers with a file.
        stream: One that answers with a stream of events.
    """

    first: Stop | None
    keyed: Stop | None
    paged: Stop | None
    upload: Stop | None
    download: Stop | None
    stream: Stop | None


def tour(resources: tuple[ResourceView, ...]) -> Tour:
    """Choose the operations to show."""
    stops = [Stop(resource, method) for resource in resources for method in resource.methods]
    keyed = _first(stops, _is_keyed)
    return Tour(
        first=keyed or _first(stops, _is_simple_post) or _first(stops, _is_plain),
        keyed=keyed,
        paged=_first(stops, lambda method: method.verb == "call_pages"),
        upload=_first(stops, lambda method: any("FileInput" in p for p in method.parameters)),
        download=_first(stops, lambda method: method.verb == "call_binary"),
        stream=_first(stops, lambda method: method.verb == "call_stream"),
    )


def _first(stops: list[Stop], wanted: Callable[[MethodView], bool]) -> Stop | None:
    usable: Iterator[Stop] = (stop for stop in stops if not stop.method.deprecated)
    return next((stop for stop in usable if wanted(stop.method)), None)


def _is_plain(method: MethodView) -> bool:
    return method.verb in {"call", "call_pages"}


def _is_simple_post(method: MethodView) -> bool:
    binding = method.operation.binding
    posts = isinstance(binding, HttpBinding) and binding.method == "POST"
    return posts and _is_plain(method) and len(method.sample) <= _LONGEST


def _is_keyed(method: MethodView) -> bool:
    idempotency = method.operation.idempotency
    return idempotency is not None and bool(idempotency.lookup) and _is_plain(method)
