"""Binding: the application's handlers to the contract's operations, checked before serving.

Everything that is wrong is collected and told at once, so that a half-implemented service is
finished from one list.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Mapping
from typing import Any

from .operation import Handler
from .plan import OperationPlan


class HandlerError(Exception):
    """Handlers are missing or do not fit; the message lists all of them."""

    def __init__(self, problems: Iterable[str]) -> None:
        self.problems = tuple(problems)
        lines = "\n".join(f"  - {problem}" for problem in self.problems)
        super().__init__(f"the handlers do not fit the contract:\n{lines}")


def bind_handlers(
    operations: tuple[OperationPlan, ...], groups: Mapping[str, object]
) -> dict[str, Handler]:
    """Handlers by operation id.

    Args:
        operations: The contract's operations.
        groups: The objects that implement them, by the field of the generated `Handlers`.

    Raises:
        HandlerError: with everything that is missing or does not fit.
    """
    problems: list[str] = []
    bound: dict[str, Handler] = {}
    for group in dict.fromkeys(plan.group for plan in operations):
        if groups.get(group) is None:
            needed = ", ".join(plan.handler for plan in operations if plan.group == group)
            problems.append(f"no handlers for {group}: {needed}")
    for plan in operations:
        owner = groups.get(plan.group)
        if owner is None:
            continue
        problem = _flaw(plan, owner)
        if problem:
            problems.append(f"{plan.group}.{plan.handler} ({plan.method} {plan.path}): {problem}")
        else:
            bound[plan.id] = getattr(owner, plan.handler)
    if problems:
        raise HandlerError(problems)
    return bound


def _flaw(plan: OperationPlan, owner: object) -> str:
    """What is wrong with the handler of one operation, "" where nothing is."""
    handler: Any = getattr(owner, plan.handler, None)
    if handler is None:
        return f"{type(owner).__name__} has no such method"
    if not callable(handler):
        return f"is a {type(handler).__name__}, not a method"
    if not _is_async(handler):
        return "must be an async function"
    return _signature_flaw(plan, handler)


def _is_async(handler: object) -> bool:
    return inspect.iscoroutinefunction(handler) or inspect.iscoroutinefunction(
        getattr(handler, "__call__", None)  # noqa: B004 - its own function is asked, not whether it exists
    )


def _signature_flaw(plan: OperationPlan, handler: Any) -> str:  # noqa: ANN401 - any callable
    parameters = list(inspect.signature(handler).parameters.values())
    if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters):
        return ""
    if not parameters or parameters[0].kind is parameters[0].KEYWORD_ONLY:
        return "must take the request's context as its first argument"
    accepted = {
        parameter.name
        for parameter in parameters[1:]
        if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
    }
    expected = [parameter.argument for parameter in plan.parameters]
    if plan.body:
        expected.append("body")
    lacking = [name for name in expected if name not in accepted]
    if lacking:
        return f"does not take {', '.join(lacking)}"
    always = {p.argument for p in plan.parameters if p.required or p.has_default}
    if plan.body and plan.body_required:
        always.add("body")
    demanded = [
        parameter.name
        for parameter in parameters[1:]
        if parameter.default is parameter.empty
        and parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY)
        and parameter.name not in always
    ]
    if demanded:
        return f"demands {', '.join(demanded)}, which a request need not carry: give it a default"
    return ""
