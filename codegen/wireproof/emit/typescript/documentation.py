"""Comments of functions and their arguments."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

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


_TRANSPORT = "this needs a transport of your own, `ClientOptions.fetch`."


class Walked(Enum):
    """How the items of a result are had."""

    NOT = "not"
    PAGES = "pages"  # the call itself is walked
    STREAM = "stream"  # its result is


class Documentation:
    """Writes TSDoc from what the contract says."""

    def __init__(self, spelling: Spelling) -> None:
        self.examples = Examples(spelling)

    def function(self, operation: Named, sample: str, *, streamed: bool) -> str:
        """The comment of a standalone function, its `sample` and errors included."""
        source = operation.operation
        summary = source.summary or f"{source.binding.method} {source.binding.path}"
        how = "The result comes as a stream of events." if streamed else ""
        if operation.bodied_read:
            how = f"`fetch` sends no body with {source.binding.method}: {_TRANSPORT} {how}".strip()
        tags = [
            *_lifecycle(source.lifecycle),
            "@example",
            *sample.replace("*/", "*\\/").split("\n"),
        ]
        tags += self._throws(operation)
        return docstring(summary, source.description, how, tags=tags)

    def brief(self, operation: Named) -> str:
        """The comment of a method: what it does, and what is deprecated."""
        source = operation.operation
        summary = source.summary or f"{source.binding.method} {source.binding.path}"
        tags = _lifecycle(source.lifecycle)
        return docstring(summary, source.description, tags=tags, indent="  ")

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

    def sample(self, operation: Named, *, name: str, walked: Walked) -> str:
        """A call of the function as a statement."""
        callee = {
            Walked.NOT: f"await {name}",
            Walked.PAGES: f"for await (const item of {name}",
            Walked.STREAM: f"for await (const item of await {name}",
        }[walked]
        call = self.examples.call(operation.signature, callee, "client")
        return f"{call};" if walked is Walked.NOT else f"{call}) {{\n  console.log(item);\n}}"

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
