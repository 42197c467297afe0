"""Names of what an operation becomes: module, function, method, type of its arguments."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from wireproof.emit.typescript.imports import MODULE_OF
from wireproof.emit.typescript.text import identifier, type_identifier
from wireproof.emit.typescript.typenames import RESERVED_TYPES
from wireproof.emit.words import camel, kebab, pascal, words
from wireproof.ir.contract import Contract, Operation
from wireproof.ir.signature import Signature, signature

_UNTAGGED = "operations"
OBJECT_MEMBERS = frozenset(
    {
        "constructor",
        "hasOwnProperty",
        "isPrototypeOf",
        "propertyIsEnumerable",
        "toLocaleString",
        "toString",
        "valueOf",
    }
)
"""What every object has."""

_INHERITED = OBJECT_MEMBERS | {"__proto__"}
# Members of the class client, and `then`, which would make it a promise.
_FACADE = OBJECT_MEMBERS | {"client", "then", "withOptions"}
_MODULES = frozenset(
    {
        "index",
        "types",
        "errors",
        "auth",
        "checks",
        "limits",
        "client",
        "create",
        "validators",
        "runtime",
        "custom",
    }
)


@dataclass(frozen=True, slots=True)
class Named:
    """An operation under its TypeScript names.

    Attributes:
        module: File name and package subpath of its resource: `market-data`.
        resource: Property of the class client: `marketData`; "" for operations without a tag.
        class_name: Class that holds the methods: `MarketDataResource`.
        function: Standalone function: `createOrder`.
        method: Method of the resource: `create`.
        params: Interface of its arguments: `CreateOrderParams`.
    """

    signature: Signature
    module: str
    resource: str
    class_name: str
    function: str
    method: str
    params: str

    @property
    def operation(self) -> Operation:
        """The operation itself."""
        return self.signature.operation

    @property
    def bodied_read(self) -> bool:
        """Whether it has a body that `fetch` refuses to send (Fetch Standard, Request class)."""
        read = self.operation.binding.method in ("GET", "HEAD")
        return read and self.signature.body is not None


def name_operations(contract: Contract, types: Iterable[str]) -> list[Named]:
    """Every operation with its names, in document order."""
    taken = RESERVED_TYPES | frozenset(types)
    signatures = [_sayable(signature(contract, operation)) for operation in contract.operations]
    tags = list(dict.fromkeys(each.resource for each in signatures))
    modules = _modules(set(tags))
    classes = dict(zip(tags, _distinct(tags, _class_name, taken), strict=True))
    functions = _distinct(
        [each.operation.id for each in signatures],
        lambda name: identifier(name, fallback="call", suffix="Operation"),
        frozenset(MODULE_OF) | taken | {"then"},  # a module with it would be taken for a promise
    )
    params = _distinct(
        functions, lambda name: f"{type_identifier(name, fallback='Call')}Params", taken
    )
    methods = _methods(signatures, functions)
    # The facade inherits the methods of operations without a tag.
    inherited = {
        method for each, method in zip(signatures, methods, strict=True) if not each.resource
    }
    properties = dict(zip(tags, _distinct(tags, _property, _FACADE | inherited), strict=True))
    return [
        Named(
            signature=each,
            module=modules[each.resource],
            resource=properties[each.resource] if each.resource else "",
            class_name=classes[each.resource],
            function=function,
            method=method,
            params=param,
        )
        for each, function, method, param in zip(
            signatures, functions, methods, params, strict=True
        )
    ]


def _sayable(said: Signature) -> Signature:
    """The signature with other names for arguments that are called like a member of every object.

    Nobody could tell whether they are given: `{}.constructor` is a function.
    """
    taken = {argument.name for argument in said.arguments}
    if not taken & _INHERITED:
        return said
    arguments = []
    for argument in said.arguments:
        name = argument.name
        while name in _INHERITED or (name != argument.name and name in taken):
            name = f"{camel(name)}Value"
        arguments.append(replace(argument, name=name))
    return replace(said, arguments=tuple(arguments))


def _property(tag: str) -> str:
    return identifier(tag or _UNTAGGED, fallback="resource", suffix="Operations")


def _modules(tags: set[str]) -> dict[str, str]:
    spelled = {tag: kebab(tag) if tag else _UNTAGGED for tag in tags}
    counts = Counter(spelled.values())
    modules = {}
    for tag, name in spelled.items():
        clash = tag and (counts[name] > 1 or not name)
        free = f"{name or 'resource'}-{_digest(tag)}" if clash else name
        modules[tag] = f"{free}-{_UNTAGGED}" if free in _MODULES else free
    return modules


def _methods(signatures: list[Signature], functions: list[str]) -> list[str]:
    wanted = [_method(each) for each in signatures]
    owners: defaultdict[tuple[str, str], int] = defaultdict(int)
    for each, name in zip(signatures, wanted, strict=True):
        owners[each.resource, name] += 1
    return [
        name if owners[each.resource, name] == 1 else function
        for each, name, function in zip(signatures, wanted, functions, strict=True)
    ]


def _method(signature: Signature) -> str:
    """A class member may be called `delete`, but not `constructor`."""
    spelled = identifier(signature.method, fallback="call", suffix="")
    return f"{spelled}Operation" if spelled in _FACADE or not spelled else spelled


def _distinct(names: list[str], spell: Callable[[str], str], taken: frozenset[str]) -> list[str]:
    """Spelled names, all different; of equal ones, each gets a digest of its own name."""
    spelled = [spell(name) for name in names]
    counts = Counter(each.casefold() for each in spelled)
    result = []
    used: set[str] = set()
    for name, each in zip(names, spelled, strict=True):
        final = each
        if counts[each.casefold()] > 1:
            final = f"{each}{pascal(_digest(name))}"
        while final in taken or final in used:
            final = f"{final}Operation"
        used.add(final)
        result.append(final)
    return result


def _digest(name: str) -> str:
    return "x" + hashlib.sha256(name.encode()).hexdigest()[:6]


def _class_name(tag: str) -> str:
    return f"{type_identifier(pascal(*words(tag)) or 'Operations', fallback='Tag')}Resource"
