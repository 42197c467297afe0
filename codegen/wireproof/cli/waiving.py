"""What `wireproof waive` does: finds the findings, and adds an entry for each to the file."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path

from wireproof.cli.config import Config, read_config
from wireproof.cli.revisions import WAIVERS, both_refs, read_contract
from wireproof.compat.finding import Finding, Verdict
from wireproof.compat.gate import judge
from wireproof.compat.rules import ALL
from wireproof.compat.settings import read_settings
from wireproof.compat.waivers import read_waivers
from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.source.parse import parse


@dataclass(frozen=True, slots=True)
class Accepted:
    """Which findings are accepted, why, and until when."""

    fingerprints: tuple[str, ...]
    reason: str
    expires: date


def add(
    accepted: Accepted,
    against: str | None,
    config_path: Path | None,
    waivers: Path | None,
    today: date,
) -> tuple[Path, int]:
    """Add entries to the waivers; the file, and how many were added.

    Raises:
        UsageError: a fingerprint is that of no break, or the file is no list of waivers.
        LoadError: a contract cannot be read.
    """
    config = read_config(config_path)
    settings = read_settings(config.compat, config.root)
    base, head = both_refs(None, against, config)
    old, new = read_contract(base), read_contract(head)
    breaks = [
        finding
        for finding in judge(old, new, settings.policy(today))
        if finding.verdict is not Verdict.COMPATIBLE
    ]
    chosen = [_found(fingerprint, breaks) for fingerprint in dict.fromkeys(accepted.fingerprints)]
    path = waivers or settings.waivers or _beside(head, config)
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    start = "" if text.strip() in {"", "[]"} else text.rstrip("\n") + "\n\n"
    made = start + "\n".join(_entry(finding, accepted) for finding in chosen)
    # What is there already may be no list, or one written in a line: nothing is written then.
    read_waivers(parse(str(path), made.encode()).document.root, (rule.id for rule in ALL))
    path.write_text(made, encoding="utf-8")
    return path, len(chosen)


def _beside(head: str, config: Config) -> Path:
    return Path(head).parent / WAIVERS if config.spec else config.root / WAIVERS


def _found(fingerprint: str, findings: Sequence[Finding]) -> Finding:
    known = {finding.fingerprint: finding for finding in findings}
    if fingerprint in known:
        return known[fingerprint]
    near = get_close_matches(fingerprint, known, n=1)
    help_ = f"did you mean {near[0]}?" if near else "`wireproof breaking` shows those there are"
    message = f"no break has the fingerprint {fingerprint}"
    raise UsageError(Diagnostic("no-such-finding", Severity.ERROR, message, help=help_))


def _entry(finding: Finding, accepted: Accepted) -> str:
    """One waiver as YAML; JSON texts are YAML texts."""
    at = next(iter(finding.operations), f"#{finding.subject}")
    return (
        f"- rule: {finding.rule}\n"
        f"  at: {json.dumps(at, ensure_ascii=False)}\n"
        f"  fingerprints: [{json.dumps(finding.fingerprint)}]\n"
        f"  reason: {json.dumps(accepted.reason, ensure_ascii=False)}\n"
        f"  expires: {accepted.expires}\n"
    )
