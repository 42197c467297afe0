"""The package's own names, and its resources: what an integrator types first."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from wireproof.emit.environment import env_prefix
from wireproof.emit.python.text import (
    KEYWORDS,
    distinct,
    first_paragraph,
    identifier,
    prose,
    type_identifier,
)
from wireproof.emit.target import EmitInput
from wireproof.emit.words import kebab, pascal, snake
from wireproof.ir.contract import Contract, Operation

UNTAGGED = "api"
"""The resource of operations without a tag."""

_CLIENT_MEMBERS = KEYWORDS | {
    "aclose",
    "answering_raw",
    "call",
    "call_binary",
    "call_pages",
    "call_stream",
    "close",
    "config",
    "configured",
    "fetch_page",
    "getattr",
    "globals",
    "object",
    "sorted",
    "str",
    "self",
    "transport",
    "with_options",
}

_OTHERS = sys.stdlib_module_names | {
    "annotated_types",
    "anyio",
    "certifi",
    "cryptography",
    "h11",
    "httpcore",
    "httpx",
    "idna",
    "pydantic",
    "pydantic_core",
    "tests",
    "typing_extensions",
    "typing_inspection",
}
"""A package of that name would hide a module that it, or what it is made of, imports."""


@dataclass(frozen=True, slots=True)
class Resource:
    """A tag and its operations. `name` is the module and the client's attribute."""

    name: str
    class_name: str
    tag: str
    description: str
    operations: tuple[Operation, ...]


@dataclass(frozen=True, slots=True)
class Package:
    """Names of the package itself."""

    name: str
    distribution: str
    client: str
    version: str
    title: str
    description: str
    env_prefix: str

    @property
    def base_error(self) -> str:
        """The class that all errors derive from."""
        return f"{self.client}Error"

    @classmethod
    def of(cls, source: EmitInput) -> Package:
        """From the target's options, else from the contract's title."""
        contract, options = source.contract, source.options
        words = [word for word in snake(contract.title).split("_") if word not in {"api", "rest"}]
        guess = identifier("_".join(words[:4]), fallback="sdk")
        name = identifier(str(options.get("package", guess)), fallback="sdk")
        if name in _OTHERS:
            name = f"{name}_sdk"
        return cls(
            name=name,
            distribution=str(options.get("distribution", kebab(name))),
            client=type_identifier(str(options.get("client", pascal(name)))),
            version=str(options.get("version", _version(contract.version))),
            title=" ".join(prose(contract.title)) or name,
            description=first_paragraph(contract.description),
            env_prefix=env_prefix(options, contract.title),
        )


def _version(text: str) -> str:
    """The contract's version if it can be a package's (PEP 440, plain releases), else 0.1.0."""
    parts = text.removeprefix("v").split(".")
    return (
        ".".join(parts) if all(part.isdecimal() and part.isascii() for part in parts) else "0.1.0"
    )


def resources(contract: Contract, operations: tuple[Operation, ...]) -> list[Resource]:
    """Operations by their first tag: declared tags in their order, then the others."""
    grouped: dict[str, list[Operation]] = {tag.name: [] for tag in contract.tags}
    for operation in operations:
        grouped.setdefault(operation.tags[0] if operation.tags else "", []).append(operation)
    told = {tag.name: tag.description for tag in contract.tags}
    found: list[Resource] = []
    taken: set[str] = set()
    for tag, members in grouped.items():
        if not members:
            continue
        name = identifier(tag or UNTAGGED, fallback="resource", reserved=_CLIENT_MEMBERS)
        name = distinct(name, taken | {"shared"})
        taken.add(name)
        class_name = f"{type_identifier(pascal(name))}Resource"
        found.append(Resource(name, class_name, tag, told.get(tag, ""), tuple(members)))
    return found
