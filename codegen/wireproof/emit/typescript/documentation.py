"""Comments of functions and their arguments."""

from __future__ import annotations

from collections.abc import Mapping

from wireproof.emit.typescript.examples import Examples
from wireproof.emit.typescript.operations import Named
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.text import docstring, literal, prose
from wireproof.ir.contract import Lifecycle, Parameter, Stability
from wireproof.ir.signature import Argument
from wireproof.ir.types import Property

ERROR_CLASSES: Mapping[str, str] = {
    "400": "BadRequestError",
    "401": "AuthenticationError",
    "403": "PermissionError",
    "404": "NotFoundError",
    "409": "ConflictError",
    "422": "UnprocessableError",
    "429": "RateLimitError",
}
"""The runtime's class for a status."""


def error_class(status: str) -> str:
    """The runtime's class for a status as the contract writes it."""
    if status.startswith("5"):
        return "ServerError"
    return ERROR_CLASSES.get(status, "ApiError")


class Documentation:
    """Writes TSDoc from what the contract says."""

    def __init__(self, spelling: Spelling) -> None:
        self.examples = Examples(spelling)

    def function(self, operation: Named, *, stream: bool = False) -> str:
        """The comment of a standalone function, example and errors included."""
        source = operation.operation
        summary = source.summary or f"{source.binding.method} {source.binding.path}"
        how = "The result comes as a stream of events." if stream else ""
        tags = [*_lifecycle(source.lifecycle), *self._example(operation, stream=stream)]
        tags += self._throws(operation)
        return docstring(summary, source.description, how, tags=tags)

    def brief(self, operation: Named) -> str:
        """The comment of a method: one line, and what is deprecated."""
        source = operation.operation
        summary = source.summary or f"{source.binding.method} {source.binding.path}"
        return docstring(summary, tags=_lifecycle(source.lifecycle), indent="  ")

    def argument(self, argument: Argument) -> str:
        """The comment of one argument."""
        source = argument.source
        tags: list[str] = []
        if isinstance(source, Parameter):
            tags += _lifecycle(source.lifecycle)
        elif isinstance(source, Property) and source.deprecated:
            tags.append("@deprecated")
        default = getattr(source, "default", None)
        if default is not None and not isinstance(default, list | dict):
            tags += [f"@defaultValue {line}" for line in prose(f"`{literal(default)}`")]
        return docstring(argument.description, tags=tags, indent="  ")

    def _example(self, operation: Named, *, stream: bool) -> list[str]:
        call = self.sample(operation, stream=stream)
        safe = call.replace("*/", "*\\/")
        return ["@example", *safe.split("\n")]

    def sample(self, operation: Named, *, stream: bool = False, client: str = "client") -> str:
        """A call of the function as a statement."""
        name = operation.function + ("Stream" if stream else "")
        paged = operation.operation.pagination is not None and not stream
        callee = f"for await (const item of {name}" if paged else f"await {name}"
        call = self.examples.call(operation.signature, callee, client)
        return f"{call}) {{\n  console.log(item);\n}}" if paged else f"{call};"

    @staticmethod
    def _throws(operation: Named) -> list[str]:
        lines = []
        for response in operation.operation.responses:
            if response.error_codes and response.status[:1] in "45":
                codes = ", ".join(f"`{code}`" for code in response.error_codes)
                text = f"@throws {error_class(response.status)} {response.status}: {codes}"
                first, *rest = prose(text) or [""]
                # prose() escapes the tag, which here is ours
                lines += [first.removeprefix("\\"), *rest]
        return lines


def _lifecycle(lifecycle: Lifecycle) -> list[str]:
    tags = []
    if lifecycle.deprecated:
        when = f" It may be gone from {lifecycle.sunset} on." if lifecycle.sunset else ""
        tags.append(f"@deprecated{when}")
    if lifecycle.stability is not Stability.STABLE:
        tags.append(f"@{lifecycle.stability.value}")
    return tags
