"""Two validators that share no code judge a witness on the original schemas."""

from __future__ import annotations

from dataclasses import dataclass

import jsonschema_rs

from wireproof.compat.subsume.convert import DEFINITIONS, Conversion
from wireproof.compat.subsume.reading import Reading
from wireproof.compat.subsume.touch import touched
from wireproof.compat.subsume.values import depth_of
from wireproof.ir.schema import SchemaId
from wireproof.source.node import Json

MAX_DEPTH = 60
"""Values that nest deeper are not judged: validators in Python recurse."""


class Unjudged(Exception):  # noqa: N818 - a finding about the value, not an error
    """The validators cannot judge; the message says why."""


@dataclass(frozen=True, slots=True)
class _Fitting:
    """A document made for one schema and one value."""

    schema_id: SchemaId
    value: Json
    document: dict[str, Json]
    compiled: jsonschema_rs.Draft202012Validator


class Judges:
    """Both validators for schemas of one contract, read by one side."""

    def __init__(self, reading: Reading) -> None:
        self._conversion = Conversion(reading)
        self._whole: dict[SchemaId, jsonschema_rs.Draft202012Validator] = {}
        self._last: _Fitting | None = None

    def accept(self, schema_id: SchemaId, value: Json) -> tuple[bool, bool]:
        """What jsonschema-rs and jsonschema say. Raises Unjudged."""
        if depth_of(value, MAX_DEPTH + 1) > MAX_DEPTH:
            raise Unjudged(f"the witness nests deeper than {MAX_DEPTH} levels")
        try:
            fitting = self._fitting(schema_id, value)
            return fitting.compiled.is_valid(value), _second(fitting.document, value)
        except (RecursionError, ValueError, ArithmeticError) as problem:
            raise Unjudged(f"a validator gave up: {problem}") from None

    def quick(self, schema_id: SchemaId, value: Json) -> bool:
        """What the fast one of them says, made for many values. Raises Unjudged."""
        validator = self._whole.get(schema_id)
        if validator is None:
            name = self._conversion.name(schema_id)
            definitions = self._conversion.closure(name)
            document = {"$ref": f"{DEFINITIONS}{name}", "$defs": definitions}
            validator = self._whole[schema_id] = _compile(document)
        try:
            return validator.is_valid(value)
        except (RecursionError, ValueError) as problem:
            raise Unjudged(f"a validator gave up: {problem}") from None

    def error(self, schema_id: SchemaId, value: Json) -> str:
        """The first complaint about a value."""
        errors = self._fitting(schema_id, value).compiled.iter_errors(value)
        return next((error.message for error in errors), "")

    def _fitting(self, schema_id: SchemaId, value: Json) -> _Fitting:
        """The validator for a value; who judges a value asks for its error next."""
        last = self._last
        if last is None or last.schema_id != schema_id or last.value is not value:
            document = self._document(schema_id, value)
            last = self._last = _Fitting(schema_id, value, document, _compile(document))
        return last

    def _document(self, schema_id: SchemaId, value: Json) -> dict[str, Json]:
        """As much of a schema as a value touches."""
        name = self._conversion.name(schema_id)
        definitions = touched(self._conversion, name, value)
        return {"$ref": f"{DEFINITIONS}{name}", "$defs": definitions}


def _compile(document: dict[str, Json]) -> jsonschema_rs.Draft202012Validator:
    try:
        return jsonschema_rs.Draft202012Validator(document, validate_formats=True)
    except (ValueError, RecursionError) as problem:
        raise Unjudged(f"a validator refuses the schema: {problem}") from None


def _second(document: dict[str, Json], value: Json) -> bool:
    """What jsonschema says, which is loaded for the first witness: it takes its time."""
    from wireproof.compat.subsume.second import accepts  # noqa: PLC0415 - see above

    return accepts(document, value)
