"""What a replay is played on: mocks, receivers, clients and a stage, each for both contracts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field

from wireproof.cli.replay_servers import Served, receiver, served
from wireproof.cli.witness_answer import Client, Stage, stage
from wireproof.compat.pairing import OperationPair, operations
from wireproof.ir.contract import Contract, Operation

Both = tuple[Served, Served]


@dataclass
class Theatre:
    """Everything that a replay needs; of two things the base's comes first.

    Attributes:
        contracts: The two contracts.
        names: How reports call them.
        pairs: Their operations by label.
        mocks: Mocks that let everybody in.
        receivers: Who receives what the contracts' servers send.
        clients: Who was given the contracts.
        stage: A server that gives one answer.
    """

    contracts: tuple[Contract, Contract]
    names: tuple[str, str]
    pairs: Mapping[str, OperationPair]
    mocks: Both
    receivers: Both
    clients: tuple[Client, Client]
    stage: Stage
    stack: ExitStack = field(repr=False)
    _guarded: Both | None = None

    def guarded(self) -> Both:
        """Mocks that look for credentials; started when first asked for."""
        if self._guarded is None:
            base, head = (
                self.stack.enter_context(served(one, credentials=True)) for one in self.contracts
            )
            self._guarded = base, head
        return self._guarded


@contextmanager
def theatre(base: Contract, head: Contract, names: tuple[str, str]) -> Iterator[Theatre]:
    """All of it on loopback, until the block ends."""
    pairs = {pair.label: pair for pair in operations(base, head)}
    with ExitStack() as stack:
        yield Theatre(
            (base, head),
            names,
            pairs,
            (stack.enter_context(served(base)), stack.enter_context(served(head))),
            (
                stack.enter_context(served(receiver(base, _hooks(pairs, "base")))),
                stack.enter_context(served(receiver(head, _hooks(pairs, "head")))),
            ),
            (Client(base), Client(head)),
            stack.enter_context(stage()),
            stack,
        )


def _hooks(pairs: Mapping[str, OperationPair], side: str) -> dict[str, Operation]:
    found = {label: getattr(pair, side) for label, pair in pairs.items() if pair.inverted}
    return {label: operation for label, operation in found.items() if operation is not None}
