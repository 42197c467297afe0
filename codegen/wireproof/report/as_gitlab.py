"""GitLab code quality: a JSON list in the format of Code Climate, as GitLab reads it."""

from __future__ import annotations

import hashlib
import json
from collections import Counter

from wireproof.diagnostics import Severity
from wireproof.report.listing import Listing

_SEVERITIES = {Severity.INFO: "info", Severity.WARNING: "minor", Severity.ERROR: "major"}


def render(listing: Listing) -> str:
    """One object per finding; fingerprints are unique within the list, as GitLab demands."""
    seen: Counter[str] = Counter()
    rows = []
    for entry in listing.entries:
        diagnostic = entry.diagnostic
        seen[entry.fingerprint] += 1
        basis = f"{entry.fingerprint}:{seen[entry.fingerprint]}"
        rows.append(
            {
                "description": diagnostic.message,
                "check_name": diagnostic.rule,
                "fingerprint": hashlib.sha256(basis.encode()).hexdigest(),
                "severity": _SEVERITIES[diagnostic.severity],
                "location": {
                    "path": diagnostic.span.file if diagnostic.span else "",
                    "lines": {"begin": diagnostic.span.line if diagnostic.span else 1},
                },
            }
        )
    return json.dumps(rows, indent=2, ensure_ascii=False) + "\n"
