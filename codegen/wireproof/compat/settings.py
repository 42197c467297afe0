"""How the gate is set up: what gates, and by which reading, as `compat:` in wireproof.yaml has it.

    compat:
      fail-on: breaking            # or unproven, or never
      tiers: [wire, behaviour]     # what gates; sdk is the third
      strict: false                # true: what is unproven is an error
      open-world: false            # true: judge undeclared properties strictly
      notice: {stable: 180, beta: 30}   # days from a deprecation to its sunset, by stability
      waivers: spec/waivers.yaml   # default: beside the contract
      overrides:
        - paths: ["/internal/*"]   # patterns of API paths, or of names of webhooks
          tiers: [wire]

The last override that fits a path counts. A finding gates where it does for one of its operations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from fnmatch import fnmatchcase
from pathlib import Path

from wireproof.compat.finding import Finding, Tier
from wireproof.compat.rule import Policy
from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.ir.contract import Stability
from wireproof.source.node import Node

FAIL_ON: Mapping[str, Severity | None] = {
    "breaking": Severity.ERROR,
    "unproven": Severity.WARNING,
    "never": None,
}
"""Name -> the least severity that fails."""

_KEYS = ("fail-on", "tiers", "strict", "open-world", "notice", "waivers", "overrides")
_TIERS = {tier.value: tier for tier in Tier}
_DEFAULT = frozenset({Tier.WIRE, Tier.BEHAVIOUR})


@dataclass(frozen=True, slots=True)
class Override:
    """Other tiers for the operations under some paths."""

    paths: tuple[str, ...]
    tiers: frozenset[Tier]

    def applies(self, operation: str) -> bool:
        """Whether an operation, `POST /v1/orders`, is meant."""
        path = operation.partition(" ")[2]
        return any(fnmatchcase(path, pattern) for pattern in self.paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What gates and by which reading.

    Attributes:
        fail_on: A key of `FAIL_ON`.
        tiers: What is reported and gates, overrides aside.
        overrides: In order; the last that applies counts.
        strict: Unproven findings are errors.
        open_world: Judge undeclared properties strictly.
        notice: Days that a sunset date must lie ahead, by level of stability.
        waivers: The file of accepted breaks, None for the one beside the contract.
    """

    fail_on: str = "breaking"
    tiers: frozenset[Tier] = _DEFAULT
    overrides: tuple[Override, ...] = ()
    strict: bool = False
    open_world: bool = False
    notice: Mapping[str, int] = field(default_factory=dict)
    waivers: Path | None = None

    @property
    def gating(self) -> frozenset[Tier]:
        """What gates, for some paths at least."""
        return self.tiers.union(*(one.tiers for one in self.overrides))

    def policy(self, today: date) -> Policy:
        """The readings of compatibility on a day."""
        return Policy(
            today=today,
            open_world=self.open_world,
            strict=self.strict,
            sdk=Tier.SDK in self.gating,
            notice=self.notice,
        )

    def counts(self, finding: Finding) -> bool:
        """Whether a finding is of a tier that gates, for one of its operations at least."""
        if not finding.operations:
            return finding.tier in self.tiers
        return any(finding.tier in self._tiers(operation) for operation in finding.operations)

    def fails(self, finding: Finding) -> bool:
        """Whether a finding that counts gives exit status 1."""
        threshold = FAIL_ON[self.fail_on]
        return threshold is not None and finding.severity >= threshold

    def with_tiers(self, names: tuple[str, ...]) -> Settings:
        """The same for these tiers everywhere."""
        return replace(self, tiers=frozenset(map(Tier, names)), overrides=())

    def _tiers(self, operation: str) -> frozenset[Tier]:
        tiers = self.tiers
        for override in self.overrides:
            if override.applies(operation):
                tiers = override.tiers
        return tiers


def read_settings(node: Node | None, root: Path) -> Settings:
    """Settings as configured; paths relative to `root`.

    Raises:
        UsageError: with the place of the first thing that is wrong.
    """
    if node is None:
        return Settings()
    _known(node, _KEYS, "compat")
    fail_on = _choice(node.get("fail-on"), tuple(FAIL_ON), "compat.fail-on", "breaking")
    waivers = node.get("waivers")
    if waivers is not None and not isinstance(waivers.value, str):
        raise _wrong(waivers, "compat.waivers must name a file", "write waivers: spec/waivers.yaml")
    return Settings(
        fail_on=fail_on,
        tiers=_tiers(node.get("tiers"), "compat.tiers"),
        overrides=tuple(map(_override, _elements(node.get("overrides"), "compat.overrides"))),
        strict=_flag(node.get("strict"), "compat.strict"),
        open_world=_flag(node.get("open-world"), "compat.open-world"),
        notice=_notice(node.get("notice")),
        waivers=root / waivers.value if waivers is not None else None,
    )


def _override(node: Node) -> Override:
    where = "an entry of compat.overrides"
    _known(node, ("paths", "tiers"), where)
    paths = _elements(node.get("paths"), f"paths of {where}")
    if not paths or any(not isinstance(path.value, str) for path in paths):
        raise _wrong(node, f"{where} needs paths", 'write paths: ["/internal/*"]')
    if node.get("tiers") is None:
        raise _wrong(node, f"{where} needs tiers", f"some of {', '.join(_TIERS)}, or []")
    return Override(
        tuple(path.value for path in paths), _tiers(node.get("tiers"), f"tiers of {where}")
    )


def _tiers(node: Node | None, where: str) -> frozenset[Tier]:
    if node is None:
        return _DEFAULT
    return frozenset(
        _TIERS[_choice(one, tuple(_TIERS), where, "")] for one in _elements(node, where)
    )


def _notice(node: Node | None) -> dict[str, int]:
    levels = tuple(level.value for level in Stability)
    if node is None:
        return {}
    _known(node, levels, "compat.notice")
    for level, days in node.items():
        if type(days.value) is not int or days.value < 0:
            raise _wrong(days, f"compat.notice.{level} is {days.value!r}", "write a number of days")
    return dict(node.value)


def _flag(node: Node | None, where: str) -> bool:
    if node is None:
        return False
    if not isinstance(node.value, bool):
        raise _wrong(node, f"{where} is {node.value!r}", "write true or false")
    return node.value


def _choice(node: Node | None, known: tuple[str, ...], where: str, default: str) -> str:
    if node is None:
        return default
    if node.value not in known:
        near = get_close_matches(str(node.value), known, n=1)
        hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(known)}"
        raise _wrong(node, f"{where} cannot be {node.value!r}", hint)
    return str(node.value)


def _elements(node: Node | None, where: str) -> list[Node]:
    if node is None:
        return []
    if not isinstance(node.value, list):
        raise _wrong(node, f"{where} must be a list", "write [...]")
    return list(node.elements())


def _known(node: Node, keys: tuple[str, ...], where: str) -> None:
    if not isinstance(node.value, dict):
        raise _wrong(node, f"{where} must be a mapping", f"with the keys {', '.join(keys)}")
    for key, child in node.items():
        if key not in keys:
            near = get_close_matches(str(key), keys, n=1)
            hint = f"did you mean {near[0]}?" if near else f"known are {', '.join(keys)}"
            raise _wrong(child, f"{where} knows no key {key!r}", hint, key=True)


def _wrong(node: Node, message: str, hint: str, *, key: bool = False) -> UsageError:
    span = node.key_span if key else node.span
    return UsageError(Diagnostic("config", Severity.ERROR, message, span, node.pointer, hint))
