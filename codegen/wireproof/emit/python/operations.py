"""Operations as data: the descriptors at the head of every module of a resource."""

from __future__ import annotations

from collections.abc import Mapping

from wireproof.emit.python.answers import Answer, page_model
from wireproof.emit.python.codecs import Codecs
from wireproof.emit.python.expressions import row
from wireproof.emit.python.imports import Imports
from wireproof.emit.python.models import field_names
from wireproof.emit.python.spelling import Spelling
from wireproof.emit.python.text import WIDTH, literal, quoted
from wireproof.ir.contract import Contract, Location, MediaType, Operation, Parameter, Server
from wireproof.ir.media import is_json, is_multipart
from wireproof.ir.repeating import repeatable
from wireproof.ir.signature import Place, Signature
from wireproof.ir.types import Property

_DEFAULT_STYLES: Mapping[Location, tuple[str, bool]] = {
    Location.PATH: ("simple", False),
    Location.QUERY: ("form", True),
    Location.QUERYSTRING: ("", True),
    Location.HEADER: ("simple", False),
    Location.COOKIE: ("form", True),
}
_STYLE_FIELDS: Mapping[str, frozenset[Location]] = {
    "path_styles": frozenset({Location.PATH}),
    "query_styles": frozenset({Location.QUERY, Location.QUERYSTRING}),
    "header_styles": frozenset({Location.HEADER}),
    "cookie_styles": frozenset({Location.COOKIE}),
}


class OperationWriter:
    """Writes the descriptors of one module."""

    def __init__(self, spelling: Spelling, codecs: Codecs, imports: Imports) -> None:
        self._spelling = spelling
        self._codecs = codecs
        self._imports = imports

    def text(
        self, constant: str, signature: Signature, answer: Answer, lookup: str = ""
    ) -> list[str]:
        """The lines of one descriptor."""
        operation = signature.operation
        paged = answer.kind == "call_pages"
        name = "PagedOperation" if paged else "Operation"
        self._imports.add(".._runtime.operation", name)
        parameters = f"{answer.item}, {answer.type}" if paged else answer.type
        rows = [
            ("id", quoted(operation.id)),
            ("method", quoted(operation.binding.method)),
            ("path", quoted("/" + operation.binding.path.removeprefix("/"))),
            *self._answer_rows(answer),
            *self._body_rows(signature),
            *self._style_rows(operation),
            *self._promise_rows(signature, lookup),
            *self._page_rows(signature, answer),
        ]
        head = f"{constant}: {name}[{parameters}] = {name}("
        if len(head) > WIDTH:
            head = f"{constant}: {name}[\n    {parameters}\n] = {name}("
        return [head, *(line for key, value in rows for line in row(key, value)), ")"]

    def _answer_rows(self, answer: Answer) -> list[tuple[str, str]]:
        rows = []
        if answer.returns != "None":
            rows.append(("returns", answer.returns))
        if answer.by_status:
            table = ", ".join(
                f"{status}: {spelled}" for status, spelled in answer.by_status.items()
            )
            rows.append(("by_status", f"{{{table}}}"))
        if answer.accept != "application/json":
            rows.append(("accept", quoted(answer.accept)))
        if answer.exact:
            rows.append(("exact", "True"))
        return rows

    def _body_rows(self, signature: Signature) -> list[tuple[str, str]]:
        body = signature.body
        if body is None:
            return []
        rows = [("content_type", quoted(_sent_media(body.media_type)))]
        whole = next((a for a in signature.arguments if a.place is Place.BODY), None)
        if whole is not None:
            codec = self._codecs.expression(whole.type, self._imports)
        else:
            fields = [a.source for a in signature.arguments if isinstance(a.source, Property)]
            codec = self._codecs.members(fields, self._imports)
        if codec:
            rows.append(("body_codec", codec))
        request = signature.operation.request
        if request is not None and not request.required:
            rows.append(("body_required", "False"))
        return rows + self._encoding_rows(body)

    def _encoding_rows(self, body: MediaType) -> list[tuple[str, str]]:
        if is_multipart(body.media_type):
            types = {
                one.property_name: one.content_type.partition(",")[0].strip()
                for one in body.encoding
                if one.content_type and "*" not in one.content_type
            }
            return [("part_types", literal(types))] if types else []
        styles = {
            one.property_name: text
            for one in body.encoding
            if (text := self._encoding_style(one.style, one.explode, reserved=one.allow_reserved))
        }
        return [("body_styles", _table(styles))] if styles else []

    def _encoding_style(self, style: str | None, explode: bool | None, *, reserved: bool) -> str:  # noqa: FBT001 - three-valued, as the contract has it
        parts = []
        if style not in (None, "form"):
            parts.append(f"style={quoted(str(style))}")
        if explode is not None and (explode is False or style not in (None, "form")):
            parts.append(f"explode={explode}")
        if reserved:
            parts.append("allow_reserved=True")
        if parts:
            self._imports.add(".._runtime.operation", "Style")
        return f"Style({', '.join(parts)})" if parts else ""

    def _style_rows(self, operation: Operation) -> list[tuple[str, str]]:
        rows = []
        for field, locations in _STYLE_FIELDS.items():
            styles = {
                parameter.name: text
                for parameter in operation.parameters
                if parameter.location in locations and (text := self._style(parameter))
            }
            if styles:
                rows.append((field, _table(styles)))
        return rows

    def _style(self, parameter: Parameter) -> str:
        parts = []
        style, explode = _DEFAULT_STYLES[parameter.location]
        if parameter.location is Location.QUERYSTRING:
            parts.append('style="querystring"')
            if is_json(parameter.media_type or ""):
                parts.append("json=True")
        elif parameter.media_type is not None:
            parts.append("json=True")
        elif (parameter.style, parameter.explode) != (style, explode):
            parts += [f"style={quoted(parameter.style)}", f"explode={parameter.explode}"]
        if parameter.allow_reserved:
            parts.append("allow_reserved=True")
        codec = self._codecs.expression(parameter.type, self._imports)
        if codec:
            parts.append(f"codec={codec}")
        if not parts:
            return ""
        self._imports.add(".._runtime.operation", "Style")
        return f"Style({', '.join(parts)})"

    def _promise_rows(self, signature: Signature, lookup: str) -> list[tuple[str, str]]:
        operation, contract = signature.operation, self._spelling.contract
        rows = []
        if operation.security:
            uses = [
                _tuple([quoted(use.scheme) for use in one if is_carried(contract, use.scheme)])
                for one in operation.security
            ]
            rows.append(("security", _tuple(list(dict.fromkeys(uses)))))
        if operation.servers != contract.servers and operation.servers:
            url = server_url(operation.servers[0])
            if url:
                rows.append(("server", quoted(url)))
        rows += self._replay_rows(signature, lookup)
        if operation.rate_limit is not None:
            cost = operation.rate_limit
            self._imports.add(".._runtime.operation", "Cost")
            rows.append(("cost", f"Cost({quoted(cost.bucket)}, {cost.cost})"))
        return rows

    def _replay_rows(self, signature: Signature, lookup: str) -> list[tuple[str, str]]:
        operation = signature.operation
        idempotency = operation.idempotency
        rows = []
        if repeatable(operation):
            rows.append(("replay", "Replay.SAFE"))
        elif idempotency is not None:
            rows.append(("replay", "Replay.KEYED"))
        if rows:
            self._imports.add(".._runtime.operation", "Replay")
        if idempotency is not None:
            self._imports.add(".._runtime.operation", "Idempotency")
            given = any(
                _wire_name(a.source) == idempotency.key and a.required for a in signature.arguments
            )
            generated = "" if given else ", generated=True"
            place = (
                f"Idempotency({quoted(idempotency.key)}, {quoted(idempotency.location)}{generated})"
            )
            rows.append(("idempotency", place))
            if lookup:
                rows.append(("lookup", lookup))
        return rows

    def _page_rows(self, signature: Signature, answer: Answer) -> list[tuple[str, str]]:
        pagination, model = signature.operation.pagination, page_model(self._spelling, signature)
        if answer.kind != "call_pages" or pagination is None or model is None:
            return []
        names = field_names(one for one in model.properties if not one.write_only)
        self._imports.add(".._runtime.operation", "Paging")
        texts = (pagination.cursor, names[pagination.items], names[pagination.next_cursor])
        return [("paging", f"Paging({', '.join(map(quoted, texts))})")]


def is_carried(contract: Contract, scheme: str) -> bool:
    """Whether requests show this credential; a client certificate is the transport's affair."""
    declared = contract.security_schemes.get(scheme)
    return declared is not None and declared.kind != "mutualTLS"


def server_url(server: Server) -> str:
    """A server's URL or path, with the variables' defaults; "" where something stays open."""
    url = server.url
    for name, (default, _) in server.variables.items():
        url = url.replace("{" + name + "}", default)
    usable = url.startswith(("http://", "https://", "/")) and "{" not in url
    return url.rstrip("/") if usable else ""


def _wire_name(source: object) -> str:
    return source.name if isinstance(source, Parameter | Property) else ""


def _sent_media(media_type: str) -> str:
    return "application/octet-stream" if "*" in media_type else media_type


def _tuple(parts: list[str]) -> str:
    return f"({parts[0]},)" if len(parts) == 1 else f"({', '.join(parts)})"


def _table(rows: Mapping[str, str]) -> str:
    return "{" + ", ".join(f"{quoted(name)}: {text}" for name, text in rows.items()) + "}"
