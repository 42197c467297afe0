"""Parameters: from text on the wire to the handler's typed arguments.

Covers every style of OpenAPI (simple, label, matrix, form, spaceDelimited, pipeDelimited,
deepObject, with and without explode) and the `content` form. What can be compiled is compiled at
start-up: `compile_parameters` returns one binder that fills the keyword arguments of a request.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter, ValidationError

from . import exact_json
from .context import Context
from .locations import Reader, reader
from .plan import ParameterPlan, PythonType
from .problem import Detail, malformed, pointer
from .scalars import MISSING
from .validation import Schemas, shorten

Binder = Callable[[Context, dict[str, Any]], None]
"""Puts one request's arguments into a mapping. Raises Problem 400."""

_IDENTITY: tuple[PythonType, ...] = (str, int, float, bool, Any, object)


def compile_parameters(
    plans: tuple[ParameterPlan, ...],
    names: tuple[str, ...],
    schemas: Schemas,
    *,
    refuse_unknown: bool,
) -> Binder:
    """One binder for all parameters of an operation.

    Args:
        plans: The parameters.
        names: Names in the path template, in order.
        schemas: Where their schemas are compiled.
        refuse_unknown: Answer 400 to query parameters that the contract does not declare.
    """
    binders = tuple(_binder(plan, names, schemas) for plan in plans)
    known = _known_query(plans) if refuse_unknown else None

    def bind(context: Context, arguments: dict[str, Any]) -> None:
        if known is not None and context.scope["query_string"]:
            for name in context.query:
                if name not in known and not known.covers(name):
                    raise malformed(
                        Detail(pointer("query", name), "unknown_parameter", "unknown parameter")
                    )
        for binder in binders:
            binder(context, arguments)

    return bind


class _Known(frozenset[str]):
    """Names of declared query parameters, with the prefixes of deep objects."""

    prefixes: tuple[str, ...] = ()

    def covers(self, name: str) -> bool:
        return bool(self.prefixes) and name.startswith(self.prefixes)


def _known_query(plans: tuple[ParameterPlan, ...]) -> _Known | None:
    """What may stand in the query; None where that cannot be told."""
    names: set[str] = set()
    prefixes: list[str] = []
    for plan in plans:
        if plan.location == "querystring":
            return None
        if plan.location != "query":
            continue
        if plan.style == "deepObject":
            prefixes.append(f"{plan.name}[")
        elif plan.shape.members is not None and plan.explode and plan.style == "form":
            if plan.shape.open:
                return None
            names.update(plan.shape.members)
        else:
            names.add(plan.name)
    known = _Known(names)
    known.prefixes = tuple(prefixes)
    return known


def _binder(plan: ParameterPlan, names: tuple[str, ...], schemas: Schemas) -> Binder:
    read = _json_reader(plan, names) if plan.json else reader(plan, names)
    is_valid, errors = None, None
    if plan.schema is not None:
        validator = schemas.validator(plan.schema)
        is_valid, errors = validator.is_valid, validator.errors
    convert = converter(plan.type)
    place = _place(plan)
    argument, has_default, required = plan.argument, plan.has_default, plan.required
    default = plan.default if convert is None else _converted_default(plan, convert)

    def bind(context: Context, arguments: dict[str, Any]) -> None:
        value = read(context)
        if value is MISSING:
            if required:
                raise malformed(Detail(pointer(*place), "required", "this parameter is required"))
            if has_default:
                arguments[argument] = default
            return
        if is_valid is not None and errors is not None and not is_valid(value):
            raise malformed(*errors(value, *place))
        arguments[argument] = value if convert is None else _convert(convert, value, place)

    return bind


def _place(plan: ParameterPlan) -> tuple[str, ...]:
    """Where a parameter stands in the request."""
    if plan.location == "querystring":
        return ("query",)
    return plan.location, plan.name.lower() if plan.location == "header" else plan.name


def converter(annotation: PythonType) -> Callable[[Any], Any] | None:
    """What turns valid JSON data into a value of a type; None where nothing has to be done."""
    if annotation in _IDENTITY:
        return None
    validate: Callable[[Any], Any] = TypeAdapter(annotation).validator.validate_python
    return validate


def _convert(convert: Callable[[Any], Any], value: object, place: tuple[str, ...]) -> Any:  # noqa: ANN401 - the parameter's own type
    try:
        return convert(value)
    except ValidationError as error:
        raise malformed(*conversion_errors(error, *place)) from None


def conversion_errors(error: ValidationError, *place: str) -> list[Detail]:
    """What pydantic could not turn into a value though the contract's schema lets it through."""
    return [
        Detail(pointer(*place, *found["loc"]), found["type"], shorten(found["msg"]))
        for found in error.errors(include_url=False, include_context=False, include_input=False)
    ]


def _converted_default(plan: ParameterPlan, convert: Callable[[Any], Any]) -> object:
    try:
        return convert(plan.default)
    except ValidationError:
        return plan.default  # the contract's own slip; handlers see what it says


def _json_reader(plan: ParameterPlan, names: tuple[str, ...]) -> Reader:
    """The `content` form: the text is a JSON document."""
    text = reader(plan, names)
    place = pointer(*_place(plan))

    def read(context: Context) -> object:
        value = text(context)
        if value is MISSING:
            return value
        try:
            return exact_json.loads(str(value).encode(), max_depth=32)
        except exact_json.InexactJsonError as error:
            raise malformed(Detail(place, "json", f"not JSON: {error}")) from None

    return read
