"""Resources as their template writes them."""

from __future__ import annotations

from dataclasses import dataclass, field

from wireproof.ir.contract import Operation
from wireproof.ir.signature import Signature


@dataclass(frozen=True, slots=True)
class MethodView:
    """One method as the template writes it.

    `returns` and `async_returns` are annotations; `parameters`, `call` are lines; `raw` says how
    its raw variant is wrapped, "" where there is none.
    """

    name: str
    constant: str
    verb: str
    parameters: tuple[str, ...]
    returns: str
    async_returns: str
    awaited: bool
    doc: str
    async_doc: str
    call: tuple[str, ...]
    raw: str
    deprecated: str
    sample: tuple[str, ...]
    summary: str
    operation: Operation
    signature: Signature


@dataclass(frozen=True, slots=True)
class ResourceView:
    """One module of a resource."""

    name: str
    class_name: str
    doc: str
    property_doc: str
    imports: list[str]
    constants: list[list[str]]
    methods: list[MethodView] = field(default_factory=list)

    @property
    def has_raw(self) -> bool:
        """Whether any method has a raw variant."""
        return any(method.raw for method in self.methods)
