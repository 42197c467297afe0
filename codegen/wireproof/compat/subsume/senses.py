"""Schemas that state the same at the same place of two contracts, whatever their words are.

Between two versions of a contract descriptions are reworded everywhere. A schema whose words alone
changed, with all that it refers to, admits what it admitted: the solver may take one for the other.
"""

from __future__ import annotations

from collections.abc import Mapping

from wireproof.compat.subsume.twins import Alike
from wireproof.compat.subsume.values import freeze
from wireproof.ir.schema import Schema, SchemaId, differing, edges

_WORDS = frozenset(
    {"title", "description", "examples", "default", "has_default", "deprecated", "extensions"}
)
_ASIDE = _WORDS | {"enum"}


class Senses:
    """Decides for ids that both contracts have, and remembers."""

    def __init__(
        self, left: Mapping[SchemaId, Schema], right: Mapping[SchemaId, Schema], alike: Alike
    ) -> None:
        self._sides = (left, right)
        self._alike = alike
        self._known: dict[SchemaId, bool] = {}

    def equal(self, schema_id: SchemaId) -> bool:
        """Whether both contracts state the same under an id, all that is reached included."""
        if schema_id not in self._known:
            self._settle(schema_id)
        return self._known[schema_id]

    def _settle(self, first: SchemaId) -> None:
        """Decide everything reachable at once: unequal is what reaches something unequal."""
        users: dict[SchemaId, list[SchemaId]] = {first: []}
        unequal: list[SchemaId] = []
        queue = [first]
        while queue:
            current = queue.pop()
            both = self._both(current)
            if both is None or not (self._alike(*both) or _state_the_same(*both)):
                unequal.append(current)
                continue
            for child in () if self._alike(*both) else edges(both[0]):
                known = self._known.get(child)
                if known is None:
                    if child not in users:
                        users[child] = []
                        queue.append(child)
                    users[child].append(current)
                elif not known:
                    unequal.append(current)
        marked = set(unequal)
        while unequal:
            for user in users[unequal.pop()]:
                if user not in marked:
                    marked.add(user)
                    unequal.append(user)
        self._known.update({each: each not in marked for each in users})

    def _both(self, schema_id: SchemaId) -> tuple[Schema, Schema] | None:
        left, right = (side.get(schema_id) for side in self._sides)
        return None if left is None or right is None else (left, right)


def _state_the_same(left: Schema, right: Schema) -> bool:
    """Whether the keywords of two schemas are equal; what is not modelled is not looked into."""
    return (
        not left.unmodelled and differing(left, right) <= _ASIDE and _listed(left) == _listed(right)
    )


def _listed(schema: Schema) -> frozenset[object] | None:
    return None if schema.enum is None else frozenset(map(freeze, schema.enum))
