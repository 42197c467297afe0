"""Where two schema graphs differ: pairs of schemas below a root, and their changes by rule."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from wireproof.compat.schemas.change import Change, SchemaRule
from wireproof.compat.schemas.lockstep import SchemaPair, children, peeled
from wireproof.compat.schemas.trials import Schemas
from wireproof.compat.schemas.wrappers import same_shape
from wireproof.ir.schema import Schema, differing

_WORDS = frozenset(
    {"title", "description", "examples", "default", "has_default", "deprecated", "extensions"}
)
"""Fields of a schema that do not say which values it admits."""

Found = tuple[SchemaRule, Change]


class Differences:
    """Remembers what many roots ask about the same pair."""

    def __init__(
        self,
        base: Schemas,
        head: Schemas,
        rules: Sequence[SchemaRule],
        alike: Callable[[Schema, Schema], bool],
    ) -> None:
        self._base = base
        self._head = head
        self._rules = rules
        self._alike = alike
        self._matched: dict[SchemaPair, tuple[SchemaPair, ...]] = {}
        self._equals: dict[SchemaPair, bool] = {}
        self._changes: dict[SchemaPair, tuple[Found, ...]] = {}

    def peeled(self, pair: SchemaPair) -> SchemaPair:
        """The pair without a wrapper that only one side has."""
        return peeled(pair, self._base, self._head)

    def alike(self, pair: SchemaPair) -> bool:
        """Whether two schemas and all they reach are written alike."""
        return self._alike(self._base[pair.base], self._head[pair.head])

    def below(self, root: SchemaPair) -> dict[SchemaPair, tuple[SchemaPair, ...]]:
        """Changed pairs from the root down, each with its changed children, parents first."""
        found: dict[SchemaPair, tuple[SchemaPair, ...]] = {}
        queue = [root]
        while queue:
            pair = queue.pop()
            if pair not in found:
                found[pair] = self._children(pair)
                queue.extend(reversed(found[pair]))
        return found

    def same(self, below: Mapping[SchemaPair, tuple[SchemaPair, ...]]) -> tuple[SchemaPair, ...]:
        """Pairs that mean the same with all they reach: only words differ, nothing is asked."""
        users: dict[SchemaPair, list[SchemaPair]] = {}
        for pair, inner in below.items():
            for child in inner:
                users.setdefault(child, []).append(pair)
        queue = [pair for pair in below if not self._equal(pair)]
        unequal = set(queue)
        while queue:
            for user in users.get(queue.pop(), ()):
                if user not in unequal:
                    unequal.add(user)
                    queue.append(user)
        return tuple(pair for pair in below if pair not in unequal)

    def _equal(self, pair: SchemaPair) -> bool:
        """Whether two schemas at one place state the same, references by name included."""
        known = self._equals.get(pair)
        if known is None:
            base, head = self._base[pair.base], self._head[pair.head]
            known = self._equals[pair] = pair.base == pair.head and differing(base, head) <= _WORDS
        return known

    def _children(self, pair: SchemaPair) -> tuple[SchemaPair, ...]:
        """The changed ones."""
        known = self._matched.get(pair)
        if known is None:
            found = children(self._base[pair.base], self._head[pair.head])
            both = map(self.peeled, found)
            known = self._matched[pair] = tuple(
                child for child in dict.fromkeys(both) if not self.alike(child)
            )
        return known

    def changes(self, pair: SchemaPair) -> tuple[Found, ...]:
        """What differs in two schemas, not in what they refer to, and which rule names it."""
        known = self._changes.get(pair)
        if known is None:
            known = self._changes[pair] = tuple(self._detect(pair))
        return known

    def _detect(self, pair: SchemaPair) -> Iterator[Found]:
        base, head = same_shape(self._base[pair.base], self._head[pair.head])
        changed = differing(base, head)
        for rule in self._rules:
            if rule.raw or not changed.isdisjoint(rule.fields):
                for change in rule.detect(base, head):
                    yield rule, change
