"""What a declared type could be called: the material from which names are allocated.

Inline types have no name of their own, so each gets the words of its place: the component or
operation that owns it, what it is there, and the way down. The items of the list that
`listOrders` returns are `("listOrders", "Response", "Item")`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wireproof.ir.contract import Contract, MediaType, Operation
from wireproof.ir.schema import SchemaId
from wireproof.ir.types import (
    AliasDecl,
    EnumDecl,
    ListType,
    MapType,
    ModelDecl,
    NamedType,
    NullableType,
    Type,
    TypeDecl,
    UnionArm,
    UnionDecl,
)

_SCHEMAS = "#/components/schemas/"
_OWNED = (_SCHEMAS, "#/paths/", "#/webhooks/")
_SHARED = {
    "headers": "Header",
    "parameters": "Param",
    "requestBodies": "Request",
    "responses": "Response",
}

_MEDIA_WORDS = {
    "application/json": "Json",
    "application/x-www-form-urlencoded": "Form",
    "application/xml": "Xml",
    "multipart/form-data": "Multipart",
}

Context = tuple[str, ...]
Place = tuple[Type, Context]


@dataclass(frozen=True, slots=True)
class NameHints:
    """Names that a type could have, best first; "" where the contract gives none.

    Attributes:
        sdk_name: `x-sdk-name`: what the contract's author asks for.
        component: Its name under components/schemas.
        title: The schema's title.
        context: Raw words of its place, outermost first; never empty.
    """

    sdk_name: str
    component: str
    title: str
    context: Context


def contexts(contract: Contract) -> Mapping[SchemaId, NameHints]:
    """Hints for every declared type, in the order of `contract.types`."""
    places = _Places(contract)
    return {type_id: _hints(contract, type_id, places.found[type_id]) for type_id in contract.types}


class _Places:
    """The first place of every declared type; a component's inline types are its own."""

    def __init__(self, contract: Contract) -> None:
        self.found: dict[SchemaId, Context] = {}
        self._contract = contract
        owners = [type_id for type_id in contract.types if _component(type_id)]
        operations = [*contract.operations, *contract.webhooks]
        for foreign in (False, True):
            for owner in owners:
                self._descend(NamedType(owner), (_component(owner),), owner, foreign=foreign)
            for operation in operations:
                place = f"#{operation.origin.pointer}"
                for type_, context in _operation_places(operation):
                    self._descend(type_, context, place, foreign=foreign)

    def _descend(self, root: Type, context: Context, owner: str, *, foreign: bool) -> None:
        seen: set[SchemaId] = set()
        pending = [(root, context)]
        while pending:
            type_id, place = _named(*pending.pop())
            if type_id is None or type_id in seen or not _belongs(type_id, owner, foreign):
                continue
            seen.add(type_id)
            place = self.found.setdefault(type_id, _shared_place(type_id) or place)
            members = tuple(_members(self._contract, self._contract.types[type_id]))
            pending.extend((type_, (*place, *words)) for type_, words in reversed(members))


def _belongs(type_id: SchemaId, owner: str, foreign: bool) -> bool:  # noqa: FBT001 - passed on from a keyword
    """Whether a walk from `owner` names this type; what others own waits for a second round."""
    if type_id == owner or type_id.startswith(f"{owner}/"):
        return True
    return not _component(type_id) and (foreign or not type_id.startswith(_OWNED))


def _component(type_id: SchemaId) -> str:
    """The component's name; "" for an inline type."""
    name = type_id.removeprefix(_SCHEMAS)
    if name == type_id or "/" in name:
        return ""
    return name.replace("~1", "/").replace("~0", "~")


def _shared_place(type_id: SchemaId) -> Context:
    """The place of a schema that stands directly in a shared response, parameter, ..."""
    parts = type_id.split("/")
    if parts[:2] != ["#", "components"] or len(parts) < 4 or parts[2] not in _SHARED:  # noqa: PLR2004 - #/components/KIND/NAME
        return ()
    if parts[-1] != "schema":
        return ()
    name, suffix = parts[3], _SHARED[parts[2]]
    return (name,) if name.lower().endswith(suffix.lower()) else (name, suffix)


def _hints(contract: Contract, type_id: SchemaId, context: Context) -> NameHints:
    schema = contract.schemas.get(type_id)
    if schema is None:
        return NameHints("", "", "", context)
    stated = schema.extensions.get("x-sdk-name")
    is_property = type_id.rpartition("/")[0].endswith("/properties")
    sdk_name = stated if isinstance(stated, str) and not is_property else ""
    return NameHints(sdk_name, _component(type_id), schema.title, context)


def _named(type_: Type, context: Context) -> tuple[SchemaId | None, Context]:
    """The declaration behind lists, maps and null, with the words for the way there."""
    while True:
        match type_:
            case NullableType(inner=inner):
                type_ = inner
            case ListType(item=inner):
                type_, context = inner, (*context, "Item")
            case MapType(value=inner):
                type_, context = inner, (*context, "Value")
            case NamedType(id=type_id):
                return type_id, context
            case _:
                return None, context


def _members(contract: Contract, declaration: TypeDecl) -> Iterator[Place]:
    match declaration:
        case ModelDecl(properties=properties, additional=additional):
            for one in properties:
                yield one.type, (one.name,)
            if additional is not None:
                yield additional, ("Value",)
        case UnionDecl(id=type_id, arms=arms):
            for index, arm in enumerate(arms):
                yield arm.type, _arm_words(contract, type_id, arms, index)
        case AliasDecl(target=target):
            yield target, ()
        case EnumDecl():
            return


def _arm_words(
    contract: Contract, union: SchemaId, arms: tuple[UnionArm, ...], index: int
) -> Context:
    """The words for an inline arm: its tag, the component it joins, its kind, its position."""
    arm = arms[index]
    type_id, _ = _named(arm.type, ())
    if type_id is None or not type_id.startswith(f"{union}/"):
        return ()
    if len(arm.tags) == 1:
        return (arm.tags[0],)
    if joined := _joined_component(contract, union, type_id):
        return (joined,)
    if type_id.endswith("/discriminator"):
        return ("Base",)
    kind = _kind(contract, arm.type)
    alike = [other for other in arms if _kind(contract, other.type) == kind]
    return (kind,) if len(alike) == 1 else (f"Option{index + 1}",)


def _joined_component(contract: Contract, union: SchemaId, type_id: SchemaId) -> str:
    """The component to which an arm refers that was joined with its siblings."""
    _, keyword, position = type_id.rsplit("/", 2)
    schema = contract.schemas.get(union)
    if schema is None or keyword not in {"oneOf", "anyOf"} or not position.isdecimal():
        return ""
    arms = schema.one_of if keyword == "oneOf" else schema.any_of
    return _component(arms[int(position)]) if int(position) < len(arms) else ""


def _kind(contract: Contract, type_: Type) -> str:
    type_id, _ = _named(type_, ())
    if type_id is None:
        return ""
    match contract.types[type_id]:
        case ModelDecl():
            return "Object"
        case EnumDecl():
            return "Enum"
        case UnionDecl():
            return "Union"
        case AliasDecl():
            return "Alias"


def _operation_places(operation: Operation) -> Iterator[Place]:
    name = _operation_words(operation)
    for parameter in operation.parameters:
        yield parameter.type, (*name, parameter.sdk_name or parameter.name)
    if operation.request is not None:
        yield from _content_places(operation.request.content, (*name, "Request"))
    successes = [r.status for r in operation.responses if r.status.startswith("2")]
    for response in operation.responses:
        words = (*name, *_status_words(response.status, successes))
        yield from _content_places(response.content, words)
        for header in response.headers:
            yield header.type, (*words, header.name)
    for callback in operation.callbacks:
        yield from _operation_places(callback)


def _operation_words(operation: Operation) -> Context:
    if operation.sdk_name and operation.tags:
        return (operation.tags[0], operation.sdk_name)
    return (operation.id,)


def _status_words(status: str, successes: list[str]) -> Context:
    if status in successes:
        return ("Response",) if status == successes[0] else ("Response", status)
    return ("Error",) if status == "default" else ("Error", status)


def _content_places(content: tuple[MediaType, ...], context: Context) -> Iterator[Place]:
    for index, media in enumerate(content):
        words = (*context, _media_word(media.media_type)) if index else context
        yield media.type, words
        if media.item_type is not None:
            yield media.item_type, (*words, "Event")
        for encoding in media.encoding:
            for header in encoding.headers:
                yield header.type, (*words, encoding.property_name, header.name)


def _media_word(media_type: str) -> str:
    """A word for a body's second and further media types."""
    essence = media_type.partition(";")[0].strip().lower()
    return _MEDIA_WORDS.get(essence) or essence.replace("*", "any")
