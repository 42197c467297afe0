"""Modules of resources: one class with a method an operation, synchronous and asynchronous."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from wireproof.emit.python.answers import Answer, AnswerReader, stream_beside
from wireproof.emit.python.codecs import Codecs
from wireproof.emit.python.errors import ErrorIndex
from wireproof.emit.python.imports import Imports
from wireproof.emit.python.operations import OperationWriter
from wireproof.emit.python.samples import sample_call
from wireproof.emit.python.spelling import Spelling
from wireproof.emit.python.text import (
    KEYWORDS,
    WIDTH,
    argument_doc,
    distinct,
    docstring,
    first_sentence,
    identifier,
    literal,
    quoted,
    sentence,
)
from wireproof.emit.python.unions import union
from wireproof.emit.python.views import MethodView, ResourceView
from wireproof.ir.contract import Operation, Parameter
from wireproof.ir.signature import Argument, Place, Signature, signature
from wireproof.ir.types import LiteralType, Property

_RESERVED_ARGUMENTS = KEYWORDS | {
    "self",
    "options",
    "extra_headers",
    "extra_query",
    "extra_body",
    "timeout",
}
_RESERVED_METHODS = KEYWORDS | {
    "bool",
    "bytes",
    "cast",
    "float",
    "int",
    "object",
    "property",
    "str",
    "with_raw_response",
}
_PLACES: Mapping[str, frozenset[Place]] = {
    "path": frozenset({Place.PATH}),
    "query": frozenset({Place.QUERY, Place.QUERYSTRING}),
    "headers": frozenset({Place.HEADER}),
    "cookies": frozenset({Place.COOKIE}),
}
_VERBS: Mapping[str, tuple[str, str]] = {
    "call": ("{}", "{}"),
    "call_pages": ("Page[{}]", "AsyncPaginator[{}]"),
    "call_stream": ("Stream[{}]", "AsyncStream[{}]"),
    "call_binary": ("BinaryContent", "AsyncBinaryContent"),
}


class ResourceWriter:
    """Makes the view of one resource's module."""

    def __init__(
        self, spelling: Spelling, codecs: Codecs, errors: ErrorIndex, attribute: str
    ) -> None:
        self._spelling = spelling
        self._errors = errors
        self._imports = Imports()
        self._answers = AnswerReader(spelling, codecs, self._imports)
        self._writer = OperationWriter(spelling, codecs, self._imports)
        self._sample_target = f"client.{attribute}"
        self._constants: dict[str, list[str]] = {}
        self._methods: list[MethodView] = []
        self._taken: set[str] = set()

    def view(
        self,
        name: str,
        class_name: str,
        title: str,
        operations: Iterable[Operation],
        everything: Mapping[str, Operation],
    ) -> ResourceView:
        """The module's view. `everything` finds the operations that look a key up."""
        self._imports.add(".._runtime.resource", "AsyncResource")
        self._imports.add(".._runtime.resource", "Resource")
        for operation in operations:
            self._operation(operation, everything)
        self._wrappers()
        if any(method.deprecated for method in self._methods):
            self._imports.add("typing_extensions", "deprecated")
        constants = list(self._constants.values())
        return ResourceView(
            name=name,
            class_name=class_name,
            doc=docstring(title, indent="    "),
            property_doc=docstring(title, indent="        "),
            imports=self._imports.lines(),
            constants=constants,
            methods=self._methods,
        )

    def _wrappers(self) -> None:
        imports = self._imports
        imports.add("typing", "Unpack")
        imports.add(".._runtime.request", "RequestOptions", later=True)
        wrappers = {method.raw for method in self._methods if method.raw}
        if wrappers:
            imports.add(".._runtime.aio.client", "AsyncAPIClient", later=True)
            imports.add(".._runtime.sync.client", "APIClient", later=True)
        for wrapper in wrappers:
            imports.add(".._runtime.resource", wrapper)
            imports.add(".._runtime.resource", f"async_{wrapper}")

    def _operation(self, operation: Operation, everything: Mapping[str, Operation]) -> None:
        shape = signature(self._spelling.contract, operation)
        lookup = self._lookup(operation, everything)
        self._method(shape, self._answers.read(shape), shape.method, lookup)
        stream = stream_beside(operation)
        if stream is not None:
            answer = self._answers.read(shape, stream)
            self._method(shape, answer, f"{shape.method}_stream", "")

    def _lookup(self, operation: Operation, everything: Mapping[str, Operation]) -> str:
        """The descriptor of the operation that finds a key, and its parameter."""
        idempotency = operation.idempotency
        target = everything.get(idempotency.lookup) if idempotency is not None else None
        if idempotency is None or target is None:
            return ""
        named = [p.name for p in target.parameters if p.name == idempotency.key]
        required = [p.name for p in target.parameters if p.required]
        if not named and len(required) != 1:
            return ""
        shape = signature(self._spelling.contract, target)
        constant = f"_{identifier(shape.method).upper()}"
        answer = self._answers.read(shape)
        if answer.kind != "call":
            return ""
        if constant not in self._constants:
            self._constants[constant] = self._writer.text(constant, shape, answer)
        return f"({constant}, {quoted((named or required)[0])})"

    def _method(self, shape: Signature, answer: Answer, wanted: str, lookup: str) -> None:
        name = distinct(
            identifier(wanted, fallback="call", reserved=_RESERVED_METHODS), self._taken
        )
        self._taken.add(name)
        constant = f"_{name.rstrip('_').upper()}"
        self._constants[constant] = self._writer.text(constant, shape, answer, lookup)
        names = argument_names(shape)
        sync, asynchronous = self._returns(answer)
        summary, doc = shape.operation.summary, shape.operation.description
        sample = sample_call(self._spelling, shape, names, f"{self._sample_target}.{name}")
        paragraphs = self._paragraphs(shape, names, summary, doc)
        self._methods.append(
            MethodView(
                name=name,
                constant=constant,
                verb=answer.kind,
                parameters=tuple(self._parameter(one, names[one.name]) for one in shape.arguments),
                returns=sync,
                async_returns=asynchronous,
                awaited=answer.kind != "call_pages",
                doc=_method_doc(paragraphs, sample, ""),
                async_doc=_method_doc(
                    paragraphs, sample, "" if answer.kind == "call_pages" else "await "
                ),
                call=tuple(self._call(shape, names)),
                raw={"call": "raw", "call_pages": "raw_pages"}.get(answer.kind, ""),
                deprecated=_deprecation(shape.operation),
                sample=tuple(sample),
                summary=first_sentence(summary or doc),
                operation=shape.operation,
                signature=shape,
            )
        )

    def _returns(self, answer: Answer) -> tuple[str, str]:
        sync, asynchronous = _VERBS[answer.kind]
        inner = f"{answer.item}, {answer.type}" if answer.kind == "call_pages" else answer.type
        if answer.kind == "call_pages":
            self._imports.add(".._runtime.aio.paginator", "AsyncPaginator", later=True)
            self._imports.add(".._runtime.sync.pagination", "Page", later=True)
        elif answer.kind == "call_stream":
            self._imports.add(".._runtime.aio.stream", "AsyncStream", later=True)
            self._imports.add(".._runtime.sync.stream", "Stream", later=True)
        elif answer.kind == "call_binary":
            self._imports.add(".._runtime.aio.stream", "AsyncBinaryContent", later=True)
            self._imports.add(".._runtime.sync.stream", "BinaryContent", later=True)
        return sync.format(inner), asynchronous.format(inner)

    def _parameter(self, argument: Argument, name: str) -> str:
        annotation = self._spelling.sent(argument.type, self._imports)
        if argument.required:
            constant = isinstance(argument.type, LiteralType)
            default = (
                f" = {literal(argument.type.value)}"
                if isinstance(argument.type, LiteralType)
                else ""
            )
            return f"{name}: {annotation}{default if constant else ''}"
        self._imports.add(".._runtime.absent", "NOT_GIVEN")
        self._imports.add(".._runtime.absent", "NotGiven")
        if annotation == "object":
            return f"{name}: object = NOT_GIVEN"
        return f"{name}: {union([annotation, 'NotGiven'])} = NOT_GIVEN"

    def _call(self, shape: Signature, names: Mapping[str, str]) -> Iterable[str]:
        """The keyword arguments of the call on the client, as lines."""
        for keyword, places in _PLACES.items():
            rows = [
                f"{quoted(_wire(one))}: {names[one.name]}"
                for one in shape.arguments
                if one.place in places
            ]
            if rows:
                yield from _dict_lines(keyword, rows)
        fields = [
            f"{quoted(_wire(one))}: {names[one.name]}"
            for one in shape.arguments
            if one.place is Place.FIELD
        ]
        if fields:
            yield from _dict_lines("body", fields)
        for one in shape.arguments:
            if one.place is Place.BODY:
                yield f"body={names[one.name]},"

    def _paragraphs(
        self, shape: Signature, names: Mapping[str, str], summary: str, description: str
    ) -> list[str]:
        head = sentence(summary or description or shape.operation.id)
        more = description if summary and description != summary else ""
        told = [
            argument_doc(names[one.name], one.description, "    ")
            for one in shape.arguments
            if one.description
        ]
        names_of = self._errors.of(shape.operation)
        raises = "Raises:\n" + "\n".join(f"    {one}" for one in names_of) if names_of else ""
        arguments = "Args:\n" + "\n".join(told) if told else ""
        return [part for part in (head, more, arguments, raises) if part]


def argument_names(shape: Signature) -> dict[str, str]:
    """Python's name of every argument, by its name in the signature."""
    names: dict[str, str] = {}
    for one in shape.arguments:
        wanted = identifier(one.name, fallback="argument", reserved=_RESERVED_ARGUMENTS)
        names[one.name] = distinct(wanted, names.values())
    return names


def _wire(argument: Argument) -> str:
    source = argument.source
    return source.name if isinstance(source, Parameter | Property) else argument.name


def _dict_lines(keyword: str, rows: list[str]) -> Iterable[str]:
    line = f"{keyword}={{{', '.join(rows)}}},"
    if len(line) + 12 <= WIDTH:
        return [line]
    return [f"{keyword}={{", *(f"    {row}," for row in rows), "},"]


def _method_doc(paragraphs: list[str], sample: list[str], prefix: str) -> str:
    example = "\n".join(
        ["Example::", "", *(f"    {line}" for line in [prefix + sample[0], *sample[1:]])]
    )
    return docstring(*paragraphs, example, indent="        ")


def _deprecation(operation: Operation) -> str:
    if not operation.lifecycle.deprecated:
        return ""
    sunset = operation.lifecycle.sunset
    end = f" and may be gone from {sunset.isoformat()}" if sunset else ""
    return quoted(f"{operation.id} is deprecated{end}")
