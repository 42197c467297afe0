"""The baseline: findings that were there before the rule was, kept by content, not by line."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from wireproof.diagnostics import Diagnostic, Severity, Span, UsageError
from wireproof.lint.engine import Found

_VERSION = 1


@dataclass(frozen=True, slots=True)
class Compared:
    """Findings against a baseline.

    Attributes:
        new: What the baseline does not hold.
        known: How many findings it holds back.
        gone: How many of its entries are found no more.
    """

    new: tuple[Found, ...]
    known: int
    gone: int


def compare(found: Sequence[Found], baseline: Counter[str]) -> Compared:
    """Findings less the known ones; as many of a fingerprint as the baseline counts."""
    left = baseline.copy()
    new = []
    for one in found:
        if left[one.fingerprint] > 0:
            left[one.fingerprint] -= 1
        else:
            new.append(one)
    return Compared(tuple(new), len(found) - len(new), left.total())


def read(path: Path) -> Counter[str]:
    """Fingerprints with their counts. Raises UsageError where the file is none of ours."""
    try:
        document = json.loads(path.read_bytes())
        if document["version"] != _VERSION:
            raise _wrong(path, f"is of version {document['version']!r}")
        return Counter(
            {entry["fingerprint"]: int(entry.get("count", 1)) for entry in document["findings"]}
        )
    except OSError as error:
        raise _wrong(path, f"cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _wrong(path, "is no baseline") from None


def write(path: Path, found: Iterable[Found]) -> None:
    """Replace the baseline: sorted, with rule and place for whoever reviews the change."""
    listed = list(found)
    counts = Counter(one.fingerprint for one in listed)
    entries = {
        one.fingerprint: {
            "rule": one.diagnostic.rule,
            "place": one.diagnostic.pointer,
            "fingerprint": one.fingerprint,
            **({"count": counts[one.fingerprint]} if counts[one.fingerprint] > 1 else {}),
        }
        for one in reversed(listed)
    }
    ranked = sorted(
        entries.values(), key=lambda entry: (entry["rule"], entry["place"], entry["fingerprint"])
    )
    text = json.dumps({"version": _VERSION, "findings": ranked}, indent=1, ensure_ascii=False)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n", encoding="utf-8")
    except OSError as error:
        hint = "check the path and its permissions"
        raise _wrong(path, f"cannot be written: {error.strerror}", hint) from None


def _wrong(path: Path, what: str, hint: str = "write it anew with --update-baseline") -> UsageError:
    return UsageError(
        Diagnostic(
            "baseline",
            Severity.ERROR,
            f"the baseline {path} {what}",
            Span.point(str(path)),
            help=hint,
        )
    )
