"""Does a value fit its schema? Validators for schemas as they stand in the contract."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import jsonschema_rs

from wireproof.lint.relaxed import Relaxed, relaxed, usable
from wireproof.source.document import Document
from wireproof.source.node import Json, Node

_RESOURCE = "urn:wireproof:contract"
_PLAIN = frozenset(
    (
        "description", "title", "type", "format", "enum", "const", "default", "example",
        "examples", "minLength", "maxLength", "pattern", "minimum", "maximum", "multipleOf",
    )
)  # fmt: skip
_PROSE = frozenset(("description", "title", "default", "example", "examples"))
_SHOWN = 3
_CLIP = 160


@dataclass(frozen=True, slots=True)
class _Validator:
    """A compiled validator; with a member, it judges objects that hold the value under it."""

    compiled: Any
    member: str = ""

    def errors(self, value: Json) -> Iterator[Any]:
        return iter(self.compiled.iter_errors({self.member: value} if self.member else value))


class Validators:
    """Validators of a contract's schemas, compiled when first asked for.

    To compile a schema is to compile all that it leads to. So schemas that are likely to be asked
    for are compiled together, each as a member of one object, and share what they lead to.

    Args:
        document: The contract.
        version: Of OpenAPI, `3.0`.
        schemas: The values of all its schemas.
        likely: The schemas with a value beside them.
    """

    def __init__(
        self,
        document: Document,
        version: str,
        schemas: Collection[Json],
        likely: Iterable[Node] = (),
    ) -> None:
        self._document = document
        self._version = version
        self._schemas = schemas
        self._alike: dict[str, Any] = {}
        self._made: dict[int, _Validator | None] = {}
        self._likely = _distinct(likely)

    def errors(self, schema: Node, value: Json) -> list[str]:
        """What is wrong with a value, at most three sentences; nothing for a schema in disorder."""
        validator = self._validator(schema)
        if validator is None:
            return []
        try:
            return list(_first(validator, value))
        except (ValueError, RecursionError):  # nested too deep, or a number beyond all bounds
            return []

    def compiles(self, pattern: str) -> bool:
        """Whether a pattern is a regular expression, in ECMA's dialect or at least in Python's.

        The validator's engine also refuses what is right but large: `^.{1,2097152}`.
        """
        if usable(pattern):
            return True
        with suppress(re.error, OverflowError, RecursionError):
            re.compile(pattern)
            return True
        return False

    def _validator(self, schema: Node) -> _Validator | None:
        likely, self._likely = self._likely, []
        if likely:
            self._compile_all(likely)
        key = id(schema.value)
        if key not in self._made:
            self._made[key] = self._compile(schema)
        return self._made[key]

    def _compile_all(self, schemas: list[Node]) -> None:
        """All in one; where one of them cannot be compiled, each half for itself."""
        members = {str(number): self._reference(schema) for number, schema in enumerate(schemas)}
        try:
            compiled = self._compiled({"properties": members})
        except (ValueError, RecursionError):
            half = len(schemas) // 2
            if half:
                self._compile_all(schemas[:half])
                self._compile_all(schemas[half:])
            else:
                self._made[id(schemas[0].value)] = None
        else:
            for number, schema in enumerate(schemas):
                self._made[id(schema.value)] = _Validator(compiled, str(number))

    def _compile(self, schema: Node) -> _Validator | None:
        """A validator, or None where the schema cannot be compiled: another rule says so."""
        try:
            if _plain(schema.value):
                return _Validator(self._leaf(schema.value))
            return _Validator(self._compiled(self._reference(schema)))
        except (ValueError, RecursionError):
            return None

    def _compiled(self, schema: Json) -> Any:  # noqa: ANN401 - a class per draft
        return jsonschema_rs.Draft202012Validator(
            schema, registry=self._registry, validate_formats=True
        )

    def _reference(self, schema: Node) -> Json:
        return {"$ref": f"{_RESOURCE}{self._relaxed.reference(schema)}"}

    @cached_property
    def _registry(self) -> jsonschema_rs.Registry:
        return jsonschema_rs.Registry([(_RESOURCE, self._relaxed.root)])

    @cached_property
    def _relaxed(self) -> Relaxed:
        return relaxed(self._document, self._version, self._schemas)

    def _leaf(self, schema: Json) -> Any:  # noqa: ANN401 - a class per draft
        """A validator that all schemas share which say the same of values."""
        said = (
            {key: value for key, value in schema.items() if key not in _PROSE}
            if isinstance(schema, dict)
            else schema
        )
        key = repr(said)
        if key not in self._alike:
            self._alike[key] = jsonschema_rs.Draft202012Validator(said, validate_formats=True)
        return self._alike[key]


def _plain(schema: Json) -> bool:
    """Whether a schema means the same in every version and refers to nothing."""
    return isinstance(schema, bool) or (isinstance(schema, dict) and schema.keys() <= _PLAIN)


def _distinct(schemas: Iterable[Node]) -> list[Node]:
    """Those that are not plain, each once."""
    distinct = {id(one.value): one for one in schemas if isinstance(one.value, dict)}
    return [one for one in distinct.values() if not _plain(one.value)]


def _first(validator: _Validator, value: Json) -> Iterator[str]:
    for number, error in enumerate(validator.errors(value)):
        if number == _SHOWN:
            return
        path = error.instance_path[1:] if validator.member else error.instance_path
        place = "".join(f"/{step}" for step in path)
        message = error.message if len(error.message) <= _CLIP else f"{error.message[:_CLIP]}..."
        yield f"{place}: {message}" if place else message
