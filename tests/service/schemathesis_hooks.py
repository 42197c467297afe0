"""Northgate's own checks for schemathesis: what its contract promises beyond OpenAPI."""

from __future__ import annotations

import re
from typing import Any

import schemathesis

from tests.service import schemathesis_plausible
from tests.service.contract_reading import contract

__all__ = ["schemathesis_plausible"]  # its hooks register themselves

# Values of the right form that no schema can tell from good ones, and the rule that refuses them.
UNSAYABLE = {
    "/query/cursor": "only what the venue gave out",
    "/query/start_time": "of the years 1 to 9999 in UTC, no leap second",
    "/query/end_time": "of the years 1 to 9999 in UTC, no leap second",
    "/body/public_key": "a point of the curve, not of small order",
    "/body/expire_time": "in the future, if keys or orders are to live that long",
    "/body/ip_allow_list": "an address or range that exists",
}


def _promised(case: Any, status: int) -> set[str]:
    """Codes of an operation's answers of that status (`x-error-codes`)."""
    operation = contract()["paths"][case.operation.path][case.operation.method.lower()]
    answer = operation["responses"].get(str(status), {})
    while "$ref" in answer:
        target: Any = contract()
        for token in answer["$ref"].removeprefix("#/").split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        answer = target
    return set(answer.get("x-error-codes", ()))


@schemathesis.check
def promised_code(_ctx: Any, response: Any, case: Any) -> None:
    """An error carries one of the codes that the contract lists for its operation and status."""
    if response.status_code < 400 or str(response.status_code) in ("405", "406"):
        return
    code = response.json()["code"]
    promised = _promised(case, response.status_code)
    assert code in promised, f"{code} is not among the codes promised: {sorted(promised)}"


@schemathesis.check
def refused_by_a_rule(_ctx: Any, response: Any, case: Any) -> None:
    """Good data is malformed only where the schema cannot say what is good."""
    good = case.meta is not None and case.meta.generation.mode.is_positive
    if not good or response.status_code != 400:
        return
    problem = response.json()
    places = {re.sub(r"/\d+$", "", error["pointer"]) for error in problem["errors"]}
    assert places, problem
    assert places <= set(UNSAYABLE), f"well formed, and refused at {sorted(places)}: {problem}"


@schemathesis.check
def no_trace_of_the_inside(_ctx: Any, response: Any, _case: Any) -> None:
    """Answers tell nothing of the server's code, and may not be sniffed or cached."""
    for word in ("Traceback", "sqlalchemy", "sqlite3", ".py"):
        assert word not in response.text, word


@schemathesis.check
def canceled_for_good(ctx: Any, response: Any, case: Any) -> None:
    """An order that was canceled can be read, and never is anything else again."""
    if (
        case.operation.definition.raw.get("operationId") != "getOrder"
        or response.status_code != 200
    ):
        return
    for related in ctx.internals.find_related(case_id=case.id):
        answer = ctx.internals.find_response(case_id=related.id)
        canceled = (
            related.operation.definition.raw.get("operationId") == "cancelOrder"
            and answer is not None
            and answer.status_code == 200
            and answer.json()["order_id"] == response.json()["order_id"]
        )
        if canceled:
            assert response.json()["status"] in ("canceled", "pending_cancel")
