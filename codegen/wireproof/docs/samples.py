"""Sample calls of every operation: curl, and both SDKs through the code that writes the SDKs."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Mapping
from urllib.parse import quote, urlencode

from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.verdicts import Flow
from wireproof.emit.names import Names
from wireproof.emit.python.files import _plan as python_plan
from wireproof.emit.target import EmitInput
from wireproof.emit.templates import Templates
from wireproof.emit.typescript.documentation import Documentation
from wireproof.emit.typescript.operations import name_operations
from wireproof.emit.typescript.spelling import Spelling
from wireproof.ir.contract import Contract, Location, Operation, Parameter, SecurityScheme
from wireproof.ir.media import is_json
from wireproof.ir.signature import preferred
from wireproof.source.node import Json

Sample = Mapping[str, str]
"""`lang`, `label` and `source`, as redoc's `x-codeSamples` has them."""

Options = Mapping[str, Mapping[str, Json]]
"""Target name -> its options in `wireproof.yaml`."""


def samples(
    contract: Contract, names: Names, templates: Templates, options: Options
) -> dict[str, list[Sample]]:
    """Samples by operation id, curl first."""
    found: dict[str, list[Sample]] = {}
    shell = _Shell(contract)
    for operation in contract.operations:
        found[operation.id] = [_sample("Shell", "curl", shell.call(operation))]
    given = EmitInput(contract, names, templates, options.get("python", {}))
    for operation_id, call in _python(given):
        found[operation_id].append(_sample("Python", "Python", call))
    for operation_id, call in _typescript(contract, names, options.get("typescript", {})):
        found[operation_id].append(_sample("TypeScript", "TypeScript", call))
    return found


def _sample(lang: str, label: str, source: str) -> Sample:
    return {"lang": lang, "label": label, "source": source}


def _python(given: EmitInput) -> Iterator[tuple[str, str]]:
    plan = python_plan(given)
    package, client = plan.package.name, plan.package.client
    seen: set[str] = set()
    for resource in plan.resources:
        for method in resource.methods:
            if method.operation.id not in seen:
                seen.add(method.operation.id)
                head = f"from {package} import {client}\n\nclient = {client}()\n"
                yield method.operation.id, head + "\n".join(method.sample)


def _typescript(
    contract: Contract, names: Names, options: Mapping[str, Json]
) -> Iterator[tuple[str, str]]:
    spelling = Spelling(contract, names)
    types = frozenset({*spelling.names.values(), *spelling.inputs.values()})
    documentation = Documentation(spelling)
    package = str(options.get("package", contract.title.lower().replace(" ", "-")))
    for named in name_operations(contract, types):
        call = documentation.sample(named)
        extra = ", decimal" if "decimal(" in call else ""
        head = f'import {{ createClient{extra} }} from "{package}";\n'
        head += f'import {{ {named.function} }} from "{package}/{named.module}";\n\n'
        yield named.operation.id, f"{head}const client = createClient();\n{call}"


class _Shell:
    """Writes curl commands."""

    def __init__(self, contract: Contract) -> None:
        self._contract = contract
        self._prover = Prover(contract.schemas, contract.schemas, Flow.REQUEST)

    def call(self, operation: Operation) -> str:
        """One command, a flag a line."""
        method = operation.binding.method
        parts = [f"curl {shlex.quote(self._url(operation))}"]
        if method != "GET":
            parts.insert(0, f"curl -X {shlex.quote(method)} {parts.pop()[5:]}")
        parts += self._headers(operation)
        parts += self._credentials(operation)
        body = self._body(operation)
        return " \\\n  ".join([*parts, *body])

    def _url(self, operation: Operation) -> str:
        server = next(iter(operation.servers or self._contract.servers), None)
        url = "" if server is None else server.url
        for name, (default, _) in server.variables.items() if server else ():
            url = url.replace("{" + name + "}", default)
        path = operation.binding.path
        for parameter in _in(operation, Location.PATH):
            shown = quote(_text(self._value(parameter)), safe="")
            path = path.replace("{" + parameter.name + "}", shown)
        pairs = [
            (parameter.name, _text(self._value(parameter)))
            for parameter in _in(operation, Location.QUERY)
            if parameter.required
        ]
        query = f"?{urlencode(pairs)}" if pairs else ""
        base = url.rstrip("/") if "://" in url else f"https://api.example.com{url.rstrip('/')}"
        return f"{base}{path}{query}"

    def _headers(self, operation: Operation) -> list[str]:
        return [
            f"-H {shlex.quote(f'{parameter.name}: {_text(self._value(parameter))}')}"
            for parameter in _in(operation, Location.HEADER)
            if parameter.required
        ]

    def _credentials(self, operation: Operation) -> list[str]:
        for alternative in operation.security[:1]:
            schemes = [self._contract.security_schemes.get(use.scheme) for use in alternative]
            return [flag for s in schemes if s is not None for flag in _credential(s, operation)]
        return []

    def _body(self, operation: Operation) -> list[str]:
        media = preferred(operation.request.content) if operation.request else None
        if media is None:
            return []
        value = media.examples[0].value if media.examples else None
        if value is None and media.schema is not None:
            value = self._prover.smallest(media.schema)
        kind = f"-H {shlex.quote(f'Content-Type: {media.media_type}')}"
        if not is_json(media.media_type):
            return [kind, "--data-binary @body"]
        text = json.dumps(value, indent=2, ensure_ascii=False, default=str)
        return [kind, f"-d {shlex.quote(text)}"]

    def _value(self, parameter: Parameter) -> Json:
        if parameter.examples:
            return parameter.examples[0].value
        schema = self._contract.schemas[parameter.schema]
        if schema.examples:
            return schema.examples[0]
        return self._prover.smallest(parameter.schema)


def _in(operation: Operation, location: Location) -> list[Parameter]:
    return [one for one in operation.parameters if one.location is location]


def _text(value: Json) -> str:
    if isinstance(value, list):
        return ",".join(map(_text, value))
    if isinstance(value, bool):
        return str(value).lower()
    return "" if value is None else str(value)


def _credential(scheme: SecurityScheme, operation: Operation) -> list[str]:
    if scheme.signature is not None:
        digest = ['-H "Content-Digest: $CONTENT_DIGEST"'] if operation.request else []
        return [*digest, '-H "Signature-Input: $SIGNATURE_INPUT"', '-H "Signature: $SIGNATURE"']
    if scheme.kind == "apiKey" and scheme.api_key_in == "header":
        return [f'-H {shlex.quote(scheme.api_key_name + ": ")}"$API_KEY"']
    if scheme.kind == "apiKey" and scheme.api_key_in == "cookie":
        return [f'-b {shlex.quote(scheme.api_key_name + "=")}"$API_KEY"']
    if scheme.http_scheme.lower() == "basic":
        return ['-u "$USERNAME:$PASSWORD"']
    return [] if scheme.kind in ("mutualTLS", "apiKey") else ['-H "Authorization: Bearer $TOKEN"']
