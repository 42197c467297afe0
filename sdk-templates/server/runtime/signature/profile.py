"""The fixed profile: Signature-Input and Signature, read by the letter.

A signature names the components that the contract lists, in its order (the optional ones all or
none), then the six parameters in any order; each once, in canonical form (RFC 8941, RFC 9421 2.3).
"""

from __future__ import annotations

import binascii
import re
from base64 import b64encode
from collections.abc import Iterable
from typing import NamedTuple

from ..plan import SignaturePlan
from .refusals import invalid

_PARAMETER = re.compile(
    r';(?:(created|expires)=(0|[1-9]\d{0,14})|(nonce|keyid|alg|tag)="([ !#-\[\]-~]{1,256})")',
    re.ASCII,
)
_PARAMETERS = frozenset({"created", "expires", "nonce", "keyid", "alg", "tag"})


class Claims(NamedTuple):
    """A parsed Signature-Input, times in seconds since the epoch.

    `value` is the inner list with its parameters, as received.
    """

    value: str
    components: tuple[str, ...]
    created: int
    expires: int
    nonce: str
    key_id: str
    algorithm: str


class Profile:
    """Reads the two fields of a signature by the contract's profile."""

    def __init__(self, plan: SignaturePlan) -> None:
        self._plan = plan
        self._lists = {_inner_list(names): names for names in _component_lists(plan)}
        self._prefix = f"{plan.label}="
        self._usual = _usual(plan, self._lists)

    def claims(self, value: str) -> Claims:
        """Parse Signature-Input. Raises Problem unless it is exactly what the profile says."""
        usual = self._usual.fullmatch(value)
        if usual is not None:
            whole, names, created, expires, nonce, key_id, algorithm = usual.groups()
            components = self._lists[names]
            return Claims(whole, components, int(created), int(expires), nonce, key_id, algorithm)
        return self._unusual(value)

    def _unusual(self, value: str) -> Claims:
        """The same for parameters in another order; says what is wrong where something is."""
        if not value.startswith(self._prefix):
            raise invalid(f"Signature-Input must hold exactly the label {self._plan.label}.")
        value = value[len(self._prefix) :]
        inner, close, rest = value.partition(")")
        names = self._lists.get(inner + close)
        if names is None:
            wanted = " or ".join(self._lists)
            raise invalid(f"The covered components must be {wanted}.")
        found = _parameters(rest)
        self._check(found)
        return Claims(
            value,
            names,
            int(found["created"]),
            int(found["expires"]),
            found["nonce"],
            found["keyid"],
            found["alg"],
        )

    def _check(self, found: dict[str, str]) -> None:
        lacking = _PARAMETERS - found.keys()
        if lacking:
            raise invalid(f"Signature-Input lacks {', '.join(sorted(lacking))}.")
        if found["tag"] != self._plan.tag:
            raise invalid(f'The tag must be "{self._plan.tag}".')
        if found["alg"] not in self._plan.algorithms:
            raise invalid(f"The algorithm must be {' or '.join(self._plan.algorithms)}.")

    def signature(self, value: str) -> bytes:
        """The octets in a Signature field. Raises Problem unless they are all that it holds."""
        prefix = f"{self._prefix}:"
        if not value.startswith(prefix) or not value.endswith(":") or len(value) <= len(prefix):
            raise invalid(f"Signature must be {prefix}<base64>: and nothing else.")
        signature = _octets(value[len(prefix) : -1])
        if signature is None:
            raise invalid("The signature is not canonical base64.")
        return signature


def _component_lists(plan: SignaturePlan) -> list[tuple[str, ...]]:
    """The component lists that a signature may have: all, and without the optional ones."""
    required = tuple(name for name in plan.components if name not in plan.optional)
    return [plan.components, required] if required != plan.components else [plan.components]


def _usual(plan: SignaturePlan, lists: Iterable[str]) -> re.Pattern[str]:
    """A whole Signature-Input, its parameters in the order in which signers write them."""
    number, text = r"(0|[1-9]\d{0,14})", r'"([ !#-\[\]-~]{1,256})"'
    inner = "|".join(map(re.escape, lists))
    algorithm = "|".join(map(re.escape, plan.algorithms))
    return re.compile(
        f"{re.escape(plan.label)}=(({inner});created={number};expires={number};nonce={text}"
        f';keyid={text};alg="({algorithm})";tag="{re.escape(plan.tag)}")',
        re.ASCII,
    )


def _inner_list(names: tuple[str, ...]) -> str:
    return "({})".format(" ".join(f'"{name}"' for name in names))


def _parameters(text: str) -> dict[str, str]:
    """The parameters behind the inner list, by name."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        match = _PARAMETER.match(text, at)
        if match is None:
            raise invalid("The parameters of Signature-Input are not in canonical form.")
        name, value = match[1] or match[3], match[2] or match[4]
        if name in found:
            raise invalid(f"The parameter {name} is repeated.")
        found[name] = value
        at = match.end()
    return found


def _octets(text: str) -> bytes | None:
    """The octets of canonical base64, None for anything else (pad bits included)."""
    try:
        octets = binascii.a2b_base64(text, strict_mode=True)
    except ValueError:  # binascii.Error, or no ASCII
        return None
    return octets if octets and b64encode(octets).decode("ascii") == text else None
