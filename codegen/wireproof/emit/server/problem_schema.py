"""The contract's own problem schema, where it has one: which members and codes it declares."""

from __future__ import annotations

from dataclasses import dataclass

from wireproof.ir.contract import Contract
from wireproof.ir.media import essence
from wireproof.ir.types import EnumDecl, ModelDecl, NamedType


@dataclass(frozen=True, slots=True)
class ProblemSchema:
    """Members of the problem model, and values of its `code`; None where none are declared."""

    members: tuple[str, ...] | None = None
    codes: tuple[str, ...] | None = None


def find_problem(contract: Contract) -> ProblemSchema:
    """The first model that a response declares as `application/problem+json`."""
    for operation in contract.operations:
        for response in operation.responses:
            for media in response.content:
                if essence(media.media_type) != "application/problem+json":
                    continue
                if isinstance(media.type, NamedType):
                    model = contract.types[media.type.id]
                    if isinstance(model, ModelDecl):
                        return _of(contract, model)
    return ProblemSchema()


def _of(contract: Contract, model: ModelDecl) -> ProblemSchema:
    members = tuple(member.name for member in model.properties)
    code = next((member for member in model.properties if member.name == "code"), None)
    if code is None or not isinstance(code.type, NamedType):
        return ProblemSchema(members)
    declared = contract.types[code.type.id]
    if not isinstance(declared, EnumDecl):
        return ProblemSchema(members)
    return ProblemSchema(members, tuple(str(member.value) for member in declared.members))
