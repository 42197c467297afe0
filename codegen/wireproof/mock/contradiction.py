"""Why an operation refuses everything: some contracts ask for what nobody can send."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.verdicts import Flow
from wireproof.ir.contract import Contract, Operation
from wireproof.ir.samples.find import Finder
from wireproof.ir.samples.request import sample_request
from wireproof.mock.message import Request

Refusal = Callable[[Request], Any]
"""The Problem that a request is answered with, None where it may pass."""


def contradiction(contract: Contract, operation: Operation, refusal: Refusal) -> str:
    """A sentence where a request that was made from the contract is refused as well; else "".

    Args:
        contract: The contract.
        operation: One of its operations.
        refusal: Checks a request of that operation, credentials aside.
    """
    leaf = Prover(contract.schemas, contract.schemas, Flow.REQUEST).smallest
    sample = sample_request(operation, Finder(contract, leaf, outbound=False).find)
    fields = [(name.lower(), value) for name, value in sample.headers]
    if sample.content_type:
        fields.append(("content-type", sample.content_type))
    refused = refusal(Request(sample.method, sample.target, tuple(fields), sample.body))
    if refused is None:
        return ""
    why = "; ".join(f"{one.pointer} {one.detail}" for one in refused.errors[:2]) or refused.detail
    return (
        f"The contract may contradict itself: what was made from it for {operation.id} is refused "
        f"too ({why})."
    )
