"""Discriminators: which property tells the arms of a union apart, and what the arms say of it."""

from __future__ import annotations

from wireproof.emit.typescript.spelling import Spelling
from wireproof.ir.types import EnumDecl, LiteralType, ModelDecl, UnionArm, UnionDecl
from wireproof.source.node import Json


def tag_of(spelling: Spelling, union: UnionDecl) -> str | None:
    """The property on the wire; None where there is none, or where an arm contradicts its tags.

    A contract may map the tag `"one"` to an arm whose own schema admits the number 1 there, and
    nothing else. No value is both, so that the schemas alone count.
    """
    if union.tag is None:
        return None
    for arm in union.arms:
        values = fixed(spelling, arm, union.tag)
        if (
            arm.tags
            and values is not None
            and not set(map(repr, values)) & set(map(repr, arm.tags))
        ):
            return None
    return union.tag


def optional(spelling: Spelling, union: UnionDecl, tag: str) -> bool:
    """Whether some arm lets a value come without its tag."""
    models = (spelling.resolve(arm.type) for arm in union.arms)
    return not all(_requires(model, tag) for model in models if isinstance(model, ModelDecl))


def _requires(model: ModelDecl, tag: str) -> bool:
    return any(prop.name == tag and prop.required for prop in model.properties)


def fixed(spelling: Spelling, arm: UnionArm, tag: str) -> list[Json] | None:
    """The values that an arm's own schema admits for the tag; None where it leaves that open."""
    model = spelling.resolve(arm.type)
    if not isinstance(model, ModelDecl):
        return None
    prop = next((each for each in model.properties if each.name == tag and each.required), None)
    kind = spelling.resolve(prop.type) if prop is not None else None
    if isinstance(kind, LiteralType):
        return [kind.value]
    if isinstance(kind, EnumDecl) and not kind.open:
        return [member.value for member in kind.members]
    return None
