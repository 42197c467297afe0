"""Operations as functions: what the template of a resource module prints."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from wireproof.emit.typescript import parameters
from wireproof.emit.typescript.bodies import encoded
from wireproof.emit.typescript.documentation import Documentation, Walked
from wireproof.emit.typescript.idempotency import Keyed, keyed
from wireproof.emit.typescript.imports import MODULE_OF, Imports
from wireproof.emit.typescript.layout import braces
from wireproof.emit.typescript.operations import Named
from wireproof.emit.typescript.paging import Paging, paging
from wireproof.emit.typescript.results import (
    Kind,
    Outcome,
    kind_of,
    outcome,
    sent_as_is,
    split_streams,
)
from wireproof.emit.typescript.servers import server_of
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.text import RESERVED, entry, identifier, literal, member
from wireproof.ir.contract import Parameter
from wireproof.ir.repeating import repeatable
from wireproof.ir.signature import Argument, Place

# What the runtime repeats unless the plan says otherwise.
_REPEATED = frozenset({"GET", "HEAD", "OPTIONS", "PUT", "DELETE"})
_LOCALS = frozenset({"client", "params", "options", "body", "cursor", "key"})


# What the URL Standard takes for a slash, or drops, where it stands as it is.
_LOST_IN_URLS = re.compile(r"[\\\t\n\r]")


class CannotGenerate(Exception):  # noqa: N818 - it reports, nothing went wrong
    """Why an operation has to be left out, as a sentence for its diagnostic."""


@dataclass(frozen=True, slots=True)
class Function:
    """One exported function, spelled out.

    Attributes:
        plan: Entries of the plan's object literal, without commas.
        before: Statements in front of the `return`.
        sample: A call as a statement.
    """

    name: str
    method: str
    doc: str
    brief: str
    params: str
    parameter: str
    optional: bool
    returns: str
    result: str
    before: tuple[str, ...]
    plan: tuple[str, ...]
    sample: str
    paging: Paging | None = None


@dataclass(slots=True)
class Writer:
    """Spells functions; one for the whole contract."""

    spelling: Spelling
    named: Mapping[str, Named]
    documentation: Documentation
    base: str = ""
    _taken: frozenset[str] = field(default=frozenset())

    def __post_init__(self) -> None:
        functions = {each.function for each in self.named.values()}
        self._taken = frozenset(MODULE_OF) | functions | RESERVED | _LOCALS

    def functions(self, operation: Named, imports: Imports) -> list[Function]:
        """The function of an operation, and a second one where it can also stream."""
        whole, live = split_streams(operation.signature)
        made = []
        if whole:
            made.append(self._function(operation, outcome(self.spelling, whole, imports), imports))
        if live:
            streamed = outcome(self.spelling, live, imports)
            made.append(self._function(operation, streamed, imports, stream=bool(whole)))
        return made

    def argument_type(self, operation: Named, argument: Argument, imports: Imports) -> str:
        """The type that a caller gives for an argument."""
        body = operation.signature.body
        if body is None or argument.place not in (Place.BODY, Place.FIELD):
            return self.spelling.use(argument.type, imports, sent=True)
        if argument.place is Place.BODY and sent_as_is(body):
            return imports.runtime_type("Upload")
        files = kind_of(body) is Kind.MULTIPART
        spelled = self.spelling.use(argument.type, imports, sent=True, files=files)
        if argument.place is Place.BODY and (files or kind_of(body) is Kind.FORM):
            return "object" if spelled == "unknown" else f"{spelled} & object"
        return spelled

    def _function(
        self, operation: Named, result: Outcome, imports: Imports, *, stream: bool = False
    ) -> Function:
        signature = operation.signature
        values, before = self._values(operation)
        key = keyed(self.spelling, operation, self.named, values, imports)
        if key is not None:
            before = [*before, *key.before]
        pages = None
        if not stream:
            pages = paging(self.spelling, operation, values, imports)
        imports.runtime("send")
        imports.runtime_type("Client")
        imports.runtime_type("CallOptions")
        if pages is None:
            returns = f"{imports.runtime_type('Call')}<{result.type}>"
        else:
            returns = f"{imports.runtime('PagedCall')}<{result.type}, {pages.item}>"
        name = operation.function + ("Stream" if stream else "")
        walked = Walked.PAGES if pages else Walked.STREAM if result.live else Walked.NOT
        sample = self.documentation.sample(operation, name=name, walked=walked)
        return Function(
            name=name,
            method=operation.method + ("Stream" if stream else ""),
            doc=self.documentation.function(operation, sample, streamed=stream),
            brief=self.documentation.brief(operation),
            params=operation.params,
            parameter="params" if signature.arguments else "_params",
            optional=not any(argument.required for argument in signature.arguments),
            returns=returns,
            result=result.type,
            sample=sample,
            before=tuple(before),
            plan=tuple(self._plan(operation, result, values, key, imports)),
            paging=pages,
        )

    def _values(self, operation: Named) -> tuple[dict[str, str], list[str]]:
        """The expression of each argument, and the statement that takes the arguments apart."""
        arguments = operation.signature.arguments
        fields = _fields(arguments)
        apart = [each for each in arguments if each not in fields or _renamed(each)]
        if not fields or not apart:
            values = {each.name: member("params", each.name) for each in arguments}
            return {**values, "...": "params"}, []
        values = {each.name: member("body", each.name) for each in fields}
        locals_: dict[str, str] = {}
        for each in apart:
            locals_[each.name] = self._local(each.name, set(locals_.values()))
        taken = [name if name == local else entry(name, local) for name, local in locals_.items()]
        statement = braces([*taken, "...body"], before="const ", indent="  ", after=" = params;")
        return {**values, **locals_, "...": "body"}, [statement]

    def _local(self, name: str, used: set[str]) -> str:
        local = identifier(name)
        if name.isidentifier() and name.isascii() and name not in RESERVED:
            local = name  # `const { dry_run } = params` reads best
        while local in self._taken or local in used:
            local += "Value"
        return local

    def _plan(
        self,
        operation: Named,
        result: Outcome,
        values: Mapping[str, str],
        key: Keyed | None,
        imports: Imports,
    ) -> list[str]:
        source = operation.signature.operation
        lines = [
            f"id: {literal(source.id)}",
            f"method: {literal(source.binding.method)}",
            f"path: {self._path(operation, values, imports)}",
        ]
        if url := server_of(source, self.spelling.contract, self.base):
            lines.append(f"server: {literal(url)}")
        lines += self._places(operation, values, imports, accept=result.accept)
        if operation.signature.body is not None:
            lines.append(f"body: {self._body(operation, values, imports)}")
        lines.append(f"read: {result.reader}")
        if any(source.security):
            alternatives = [[use.scheme for use in each] for each in source.security if each]
            lines.append(f"security: {literal(alternatives)}")
        said = key is not None and key.entry.startswith("idempotent")
        if not said and repeatable(source) != (source.binding.method in _REPEATED):
            lines.append(f"idempotent: {literal(repeatable(source))}")
        if key is not None:
            lines.append(key.entry)
        if source.rate_limit is not None:
            lines.append(f"cost: {literal([source.rate_limit.bucket, source.rate_limit.cost])}")
        return lines

    def _places(
        self, operation: Named, values: Mapping[str, str], imports: Imports, *, accept: str
    ) -> list[str]:
        spellers = {
            Place.QUERY: ("query", parameters.query),
            Place.HEADER: ("headers", parameters.header),
            Place.COOKIE: ("cookies", parameters.cookie),
        }
        groups: dict[str, list[str]] = {name: [] for name, _ in spellers.values()}
        if accept:
            groups["headers"].append(entry("accept", literal(accept)))
        for argument in operation.signature.arguments:
            source = argument.source
            if isinstance(source, Parameter) and argument.place in spellers:
                group, spell = spellers[argument.place]
                value = spell(self.spelling, source, values[argument.name], imports)
                groups[group].append(entry(source.name, value))
            elif argument.place is Place.QUERYSTRING:
                value = f"{imports.runtime('wholeQuery')}({values[argument.name]})"
                groups["query"].append(entry(argument.name, value))
        return [
            braces(entries, before=f"{name}: ", indent="      ")
            for name, entries in groups.items()
            if entries
        ]

    def _path(self, operation: Named, values: Mapping[str, str], imports: Imports) -> str:
        # What stands behind a # is never sent; it only tells operations apart.
        template = "/" + operation.signature.operation.binding.path.partition("#")[0].lstrip("/")
        given = {
            argument.source.name: argument
            for argument in operation.signature.arguments
            if isinstance(argument.source, Parameter) and argument.place is Place.PATH
        }
        parts: list[str] = []
        for text, name in re.findall(r"([^{]*)(?:\{([^}]*)\})?", template.replace("{}", "%7B%7D")):
            sent = _LOST_IN_URLS.sub(lambda found: f"%{ord(found[0]):02X}", text)
            parts.append(sent.replace("`", "\\`").replace("$", "\\$"))
            if not name:
                continue
            argument = given.get(name)
            if argument is None or not isinstance(argument.source, Parameter):
                raise CannotGenerate(f"its path holds {{{name}}}, which is no parameter of it")
            value = values[argument.name]
            parts.append(f"${{{parameters.path(self.spelling, argument.source, value, imports)}}}")
        joined = "".join(parts)
        if "${" in joined or "\\" in joined or "`" in joined:
            return f"`{joined}`"
        return literal(joined)

    def _body(self, operation: Named, values: Mapping[str, str], imports: Imports) -> str:
        media = operation.signature.body
        arguments = operation.signature.arguments
        if media is None:
            raise CannotGenerate("its body has no media type")
        whole = next((each for each in arguments if each.place is Place.BODY), None)
        value = values["..."] if whole is None else values[whole.name]
        renamed = [
            entry(each.source.name, values[each.name])
            for each in arguments
            if _renamed(each) and each.source is not None
        ]
        if renamed:
            value = braces([f"...{value}", *renamed], indent="      ")
        if whole is None and not any(each.required for each in _fields(arguments)):
            request = operation.operation.request
            if request is not None and not request.required:
                value = f"{imports.runtime('anyOf')}({value})"
        return encoded(self.spelling, media, value, imports)


def _fields(arguments: Iterable[Argument]) -> list[Argument]:
    return [each for each in arguments if each.place is Place.FIELD]


def _renamed(argument: Argument) -> bool:
    name = getattr(argument.source, "name", None)
    return argument.place is Place.FIELD and name is not None and name != argument.name
