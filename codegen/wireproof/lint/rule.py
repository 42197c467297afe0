"""Rules: one file each, named by its id, with its documentation as its docstring.

A rule names one flaw of a contract. Its module holds `RULE = Rule(...)` and one generator that
takes a node of a kind the rule visits and yields `Problem`s. The docstring has four sections,
*What*, *Why*, *Bad* and *Good*; the last two are contracts (everything but `openapi` and `info`)
and are run as tests: Bad must fire exactly this rule, Good must be silent.

A team's own rules are files of the same shape, named in `wireproof.yaml` under `lint: rule-files`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from wireproof.diagnostics import Severity
from wireproof.lint.scope import Scope
from wireproof.source.grammar import Kind
from wireproof.source.node import Json, Node


@dataclass(frozen=True, slots=True)
class Problem:
    """What a rule found at one node.

    Attributes:
        node: The node to point at; references are not followed, so the place is true.
        message: One sentence that names the thing and what is wrong with it.
        help: What to do about it.
        key: Point at the key that names the node, not at its value.
        related: Further places, with what to say of each.
    """

    node: Node
    message: str
    help: str = ""
    key: bool = False
    related: tuple[tuple[str, Node], ...] = ()


Check = Callable[[Node, Scope], Iterable[Problem]]


@dataclass(frozen=True, slots=True)
class Rule:
    """What a rule is about.

    Attributes:
        id: Kebab-case, the module's name with dashes.
        severity: Its level where nothing else is configured.
        visits: Kinds of nodes it wants to see, as in `source.grammar`: `openapi` is the root and
            is seen once; an object that is a `$ref` is seen as `reference` only.
        check: The generator; None for what `source.validate` finds under this id.
        keys: Where given, only nodes that hold one of these keys are visited.
        recommended: Whether it is on unless `extends: all` asks for everything.
        options: Its options with their defaults.
    """

    id: str
    severity: Severity
    visits: tuple[Kind, ...] = ()
    check: Check | None = None
    keys: frozenset[str] = frozenset()
    recommended: bool = True
    options: Mapping[str, Json] = field(default_factory=dict)
