"""Which two contracts a command compares."""

from __future__ import annotations

import os
from pathlib import Path

from wireproof.cli.config import Config
from wireproof.compat.rules import ALL
from wireproof.compat.semver import Version
from wireproof.compat.waivers import Waiver, read_waivers
from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.ir.build import build
from wireproof.ir.contract import Contract
from wireproof.source.parse import collector_paused, parse
from wireproof.source.revision import is_revision
from wireproof.source.workspace import load

RELEASES = "releases"
WAIVERS = "waivers.yaml"
_ENDINGS = frozenset({".yaml", ".yml", ".json"})


def read_contract(ref: str) -> Contract:
    """The contract at a path, `-`, or `REV:path`. Raises LoadError where it cannot be read."""
    with collector_paused():
        return build(load(ref).contract)


def both_refs(head: str | None, base: str | None, config: Config) -> tuple[str, str]:
    """The base and the head that a command compares.

    Raises:
        UsageError: There is none, or both are standard input.
    """
    new = head_ref(head, config)
    old = base_ref(base, config, new)
    if old == new == "-":
        raise _usage("both contracts are standard input", "name a file or REV:path for one")
    return old, new


def contract_ref(given: str, path: str | None) -> str:
    """A path, `-` or `REV:path` as it is; of a git revision alone, the contract at `path`.

    Raises:
        UsageError: It is none of these, or of a revision there is no path.
    """
    if given == "-" or ":" in given or Path(given).exists():
        return given
    if not is_revision(given):
        if Path(given).suffix in _ENDINGS:
            return given
        hint = "give a path, REV or REV:path; `git fetch` brings revisions"
        raise _usage(f"there is no file and no git revision {given}", hint)
    if path is None or path == "-":
        raise _usage(f"which file of the revision {given}?", f"write {given}:path/to/contract.yaml")
    return f"{given}:./{Path(os.path.relpath(path)).as_posix()}"


def head_ref(given: str | None, config: Config) -> str:
    """The contract under judgement: the argument, else the configured one."""
    if given:
        return contract_ref(given, config.spec)
    if config.spec:
        return config.spec
    raise _usage("which contract?", "give HEAD, or name it in wireproof.yaml as spec:")


def base_ref(given: str | None, config: Config, head: str | None = None) -> str:
    """What it is compared with: the argument, else the latest release.

    Of a revision alone it is the configured contract, else the file that is the head.
    """
    if given:
        plain = head if head is not None and ":" not in head else None
        return contract_ref(given, config.spec or plain)
    latest = latest_release(config)
    if latest is None:
        raise _usage(
            "there is no release to compare with",
            "give --against, or make the first release with `wireproof release`",
        )
    return str(latest)


def releases_folder(config: Config) -> Path:
    """`releases/` beside the contract."""
    return Path(config.spec).parent / RELEASES if config.spec else config.root / RELEASES


def latest_release(config: Config) -> Path | None:
    """The frozen contract with the highest version, None where there is none."""
    found = base_of_release(config)
    return found[1] if found else None


def base_of_release(config: Config) -> tuple[Version, Path] | None:
    """The highest released version and its frozen contract."""
    found = [
        (version, path)
        for path in releases_folder(config).glob("*.yaml")
        if (version := Version.parse(path.stem))
    ]
    return max(found) if found else None


def names(base: Contract, head: Contract) -> tuple[str, str]:
    """How a report calls two contracts: by version, where that tells them apart."""
    old, new = base.version, head.version
    return (old, new) if old and new and old != new else ("base", "head")


def waivers_for(given: Path | None, config: Config) -> tuple[Waiver, ...]:
    """The waivers of a file, by default of `waivers.yaml` beside the contract.

    Raises UsageError where it is not there although it was asked for, or holds something else.
    """
    path = given or (Path(config.spec).parent / WAIVERS if config.spec else config.root / WAIVERS)
    if not path.is_file():
        if given is None:
            return ()
        raise _usage(f"there is no file {path}", "see `wireproof breaking --help`")
    written = path.read_bytes()
    if not written.strip():  # nothing is waived any more
        return ()
    root = parse(str(path), written).document.root
    return read_waivers(root, (rule.id for rule in ALL))


def _usage(message: str, hint: str) -> UsageError:
    return UsageError(Diagnostic("no-contract", Severity.ERROR, message, help=hint))
