"""Error codes of the contract as classes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from wireproof.emit.typescript.documentation import error_class
from wireproof.emit.typescript.imports import MODULE_OF, Imports
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.text import docstring, literal, type_identifier
from wireproof.emit.words import words
from wireproof.ir.contract import Operation, Response
from wireproof.ir.types import NamedType


@dataclass(frozen=True, slots=True)
class CodeClass:
    """One class of `errors.ts`; `code` is already a literal."""

    name: str
    base: str
    code: str
    doc: str


def code_classes(
    spelling: Spelling, operations: Iterable[Operation], imports: Imports
) -> list[CodeClass]:
    """A class for each code in `x-error-codes`, in the order of first mention."""
    responses: dict[str, list[Response]] = {}
    for operation in operations:
        for response in operation.responses:
            for code in response.error_codes:
                responses.setdefault(code, []).append(response)
    taken = set(spelling.names.values()) | set(MODULE_OF)
    made = []
    for code, answers in responses.items():
        statuses = sorted({answer.status for answer in answers})
        bases = {error_class(status) for status in statuses}
        base = imports.runtime(bases.pop() if len(bases) == 1 else "ApiError")
        body = _body(spelling, answers, imports)
        made.append(
            CodeClass(
                name=_class_name(code, taken),
                base=f"{base}<{body}>" if body else base,
                code=literal(code),
                doc=docstring(f"{', '.join(statuses)} `{code}`."),
            )
        )
    if made:
        imports.runtime("hasCode")
    return made


def _class_name(code: str, taken: set[str]) -> str:
    plain = code if words(code)[-1:] == ("error",) else f"{code}_error"
    name = type_identifier(plain, fallback="Code", suffix="Code")
    while name in taken:
        name = f"{name.removesuffix('Error')}CodeError"
    taken.add(name)
    return name


def _body(spelling: Spelling, answers: list[Response], imports: Imports) -> str:
    types = {media.type for answer in answers for media in answer.content}
    if len(types) == 1 and isinstance(found := types.pop(), NamedType):
        return spelling.use(found, imports)
    return ""
