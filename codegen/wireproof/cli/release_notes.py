"""What a release enters in CHANGELOG.md, and how its version is refused."""

from __future__ import annotations

import re

from wireproof.compat.semver import Bump, Version
from wireproof.diagnostics import ContractError, Diagnostic, Severity

_TITLE = "# Changelog\n"
_UNRELEASED = re.compile(r"^## \[Unreleased\][^\n]*\n", re.MULTILINE)
_RELEASE = re.compile(r"^## ", re.MULTILINE)


def entry(version: Version, previous: Version | None, changes: str, upgrading: str) -> str:
    """A version's part of the changelog: what changed in the contract, and what callers do."""
    first = "First release of the contract.\n" if previous is None else changes
    text = f"## [contract {version}]\n\n### Contract\n\n{first or 'Nothing that is promised.'}"
    return f"{text}\n### Upgrading from {previous}\n\n{upgrading}" if upgrading else text


def insert(log: str, version: Version, text: str) -> str:
    """The changelog with an entry above the older ones; one of the same version is replaced."""
    log = log or _TITLE
    heading = re.escape(f"## [contract {version}]")
    log = re.sub(rf"^{heading}\n(?:(?!## ).*\n)*", "", log, flags=re.MULTILINE)
    unreleased = _UNRELEASED.search(log)
    following = _RELEASE.search(log, unreleased.end() if unreleased else 0)
    place = following.start() if following else len(log)
    before, after = log[:place].rstrip("\n"), log[place:]
    return f"{before}\n\n{text.rstrip()}\n" + (f"\n{after}" if after else "")


def unchanged(previous: Version) -> ContractError:
    """Nothing to release."""
    return ContractError(
        Diagnostic(
            "nothing-to-release",
            Severity.ERROR,
            f"the contract is what {previous} promises already",
            help="there is nothing to do",
        )
    )


def refused(version: Version, previous: Version, least: Version, bump: Bump) -> ContractError:
    """A step that is too small for what changed."""
    return ContractError(
        Diagnostic(
            "version-too-small",
            Severity.ERROR,
            f"{version} after {previous} is too small: the changes are {bump.label}",
            help=f"release {least} or later; `wireproof breaking` shows why",
        )
    )
