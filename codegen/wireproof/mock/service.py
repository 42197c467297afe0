"""From a request to an answer: routing, checking, choosing. Free of sockets and of state."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from typing import Any

import orjson

from wireproof.emit.server.identifiers import path_of
from wireproof.emit.server.problem_schema import find_problem
from wireproof.emit.server.schema_document import SchemaDocument
from wireproof.emit.server.servable import servable
from wireproof.emit.server.service_plan import base_path
from wireproof.ir.contract import Contract, Operation
from wireproof.ir.schema import SchemaId
from wireproof.mock.answers import Answers
from wireproof.mock.choosing import Impossible
from wireproof.mock.contradiction import contradiction
from wireproof.mock.inbound import Inbound, check_credentials
from wireproof.mock.message import Answer, Request
from wireproof.mock.prefer import preferences
from wireproof.mock.runtime import runtime


@dataclass(frozen=True, slots=True)
class _Served:
    operation: Operation
    inbound: Inbound
    answers: Answers


class Mock:
    """Answers requests as the contract says.

    The same request always gets the same answer. Operations are compiled when first asked for,
    so that a contract of any size is served at once.

    Args:
        contract: The contract.
        seed: Varies made-up values and the choice among examples; None shows the first example.
        credentials: Whether requests without credentials are refused where some are asked for.

    Attributes:
        operations: What is served.
        diagnostics: What cannot be served, and why.
        base_path: Path of the first declared server; paths are served below it and without it.
    """

    def __init__(
        self, contract: Contract, *, seed: int | None = None, credentials: bool = True
    ) -> None:
        self._contract = contract
        self._seed = seed
        self._credentials = credentials
        self.operations, self.diagnostics = servable(contract)
        self.base_path = base_path(contract)
        self._router = runtime("routing").Router()
        for operation in self.operations:
            method, path = path_of(operation)
            self._router.add(path, method, operation)
        self._served: dict[str, _Served] = {}
        self._contradictions: dict[str, str] = {}
        problem = find_problem(contract)
        self._dialect = runtime("problem").Dialect(
            members=None if problem.members is None else frozenset(problem.members),
            codes=None if problem.codes is None else frozenset(problem.codes),
        )

    def handle(self, request: Request) -> Answer:
        """The answer to a request; never raises."""
        problem = runtime("problem").Problem
        try:
            return self._handle(request)
        except problem as refused:
            return self._refuse(request, refused)
        except Impossible as error:
            return self._refuse(request, problem(error.status, error.code, error.detail))

    def parameters(self, request: Request) -> dict[str, Any] | None:
        """What the contract reads of a request beside its body; None where it refuses it."""
        found = self._find(request.path)
        operation = found[0].methods.get(request.method) if found else None
        if found is None or operation is None:
            return None
        try:
            return self._compiled(operation).inbound.parameters(request, found[1])
        except runtime("problem").Problem:
            return None

    def _handle(self, request: Request) -> Answer:
        problem = runtime("problem").Problem
        found = self._find(request.path)
        if found is None:
            raise problem(404, "not_found", f"The contract has no path {request.path[:200]}.")
        route, values = found
        operation = route.methods.get(request.method)
        if operation is None and request.method == "HEAD":
            operation = route.methods.get("GET")
        if operation is None:
            if request.method == "OPTIONS":
                return Answer(204, (("allow", route.allow),))
            detail = f"{request.method[:20]} is not a method of {route.path}."
            raise problem(405, "method_not_allowed", detail, headers=[("allow", route.allow)])
        served = self._compiled(operation)
        if self._credentials:
            check_credentials(self._contract, operation, request)
        try:
            served.inbound.check(request, values)
        except problem as refused:
            raise self._explained(served, refused) from None
        wanted = preferences(request.all("prefer"))
        reply = served.answers.reply(wanted, ",".join(request.all("accept")))
        return Answer(reply.status, reply.headers, reply.body, remark=reply.notice)

    def _explained(self, served: _Served, refused: Any) -> Any:  # noqa: ANN401 - the runtime's Problem
        """A refusal; where nothing could pass at all, it says so."""
        operation = served.operation
        if operation.id not in self._contradictions:
            refusal = partial(self._refusal, operation)
            self._contradictions[operation.id] = contradiction(self._contract, operation, refusal)
        remark = self._contradictions[operation.id]
        if remark:
            refused.detail = f"{refused.detail} {remark}".lstrip()
        return refused

    def _refusal(self, operation: Operation, request: Request) -> Any:  # noqa: ANN401 - the runtime's Problem
        problem = runtime("problem").Problem
        found = self._find(request.path)
        if found is None or found[0].methods.get(request.method) is not operation:
            return problem(404, "not_found", f"{request.path[:100]} leads elsewhere")
        try:
            self._compiled(operation).inbound.check(request, found[1])
        except problem as refused:
            return refused
        return None

    def _find(self, path: str) -> Any:  # noqa: ANN401 - the runtime's Route with its values
        base = self.base_path
        if base and path.startswith(base):
            found = self._router.find(path[len(base) :])
            if found is not None:
                return found
        return self._router.find(path)

    def _compiled(self, operation: Operation) -> _Served:
        served = self._served.get(operation.id)
        if served is None:
            served = self._served[operation.id] = self._compile(operation)
        return served

    def _compile(self, operation: Operation) -> _Served:
        # A route is shared by paths that name their parameters differently.
        names = runtime("routing").Route(path_of(operation)[1]).names
        document = SchemaDocument(self._contract)
        into = {one: document.key(one, "in") for one in _received(operation)}
        out = {one: document.key(one, "out") for one in _sent(operation)}
        schemas = runtime("validation").Schemas(orjson.loads(document.render()))
        return _Served(
            operation,
            Inbound(self._contract, operation, names, schemas, into.__getitem__),
            Answers(self._contract, operation, schemas, out.__getitem__, self._seed),
        )

    def _refuse(self, request: Request, problem: Any) -> Answer:  # noqa: ANN401 - the runtime's Problem
        asked = f"{request.method} {request.target}".encode() + request.body
        body = self._dialect.render(problem, f"mock-{sha256(asked).hexdigest()[:16]}")
        headers = (("content-type", "application/problem+json"), *problem.headers)
        return Answer(problem.status, headers, body, refused=True, remark=problem.detail)


def _received(operation: Operation) -> list[SchemaId]:
    body = operation.request.content if operation.request else ()
    found = [parameter.schema for parameter in operation.parameters]
    return found + [media.schema for media in body if media.schema is not None]


def _sent(operation: Operation) -> list[SchemaId]:
    return [
        schema
        for response in operation.responses
        for media in response.content
        for schema in (media.schema, media.item_schema)
        if schema is not None
    ]
