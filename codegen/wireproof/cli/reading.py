"""Contracts as commands read them: each once, and files that did not change never again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wireproof.source.document import Document
from wireproof.source.parse import Memory, collector_paused
from wireproof.source.workspace import Workspace, load

if TYPE_CHECKING:
    from wireproof.ir.contract import Contract


class Reading:
    """What was read since `begin`, for all steps of a round to share."""

    def __init__(self) -> None:
        self._memory = Memory()
        self._workspaces: dict[str, Workspace] = {}
        self._contracts: dict[str, tuple[Document, Contract]] = {}

    def begin(self) -> None:
        """Look at the files again from now on."""
        self._workspaces.clear()

    def workspace(self, ref: str, *, allow_remote: bool = False) -> Workspace:
        """The document at a path, `-`, or `REV:path`. Raises LoadError."""
        if ref not in self._workspaces:
            read = self._memory.parse
            self._workspaces[ref] = load(ref, allow_remote=allow_remote, read=read)
        return self._workspaces[ref]

    def contract(self, ref: str) -> Contract:
        """The same as a contract; the one of last time where its only file is as it was."""
        from wireproof.ir.build import build  # noqa: PLC0415 - linting alone has no need of it

        document = self.workspace(ref).contract
        known = self._contracts.get(ref)
        if known is None or known[0] is not document:
            with collector_paused():
                known = self._contracts[ref] = (document, build(document))
        return known[1]
