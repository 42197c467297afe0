"""What `wireproof verify` does: schemathesis asks, its failures become diagnostics."""

from __future__ import annotations

import hashlib
import json
import runpy
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wireproof import __version__
from wireproof.cli.verify_settings import Settings, narrowed
from wireproof.diagnostics import Diagnostic, Severity, UsageError
from wireproof.ir.contract import Contract, HttpBinding, Operation
from wireproof.report.listing import Entry, Listing
from wireproof.source.dump import dump_json
from wireproof.source.workspace import Workspace

_REFUSED = "positive_data_acceptance"  # schemathesis: what fits the schema was not taken
_PATIENCE = 10.0  # seconds for a connection


@dataclass(frozen=True, slots=True)
class Questions:
    """How a server is asked.

    Attributes:
        url: Where the contract's paths begin.
        headers: Sent with each request: credentials.
        max_examples: Requests an operation and phase.
        seed: The same seed asks the same questions.
        auth: Python file whose `auth` signs requests; None for none.
        settings: What is known of parameters.
    """

    url: str
    headers: Mapping[str, str]
    max_examples: int
    seed: int
    auth: Path | None = None
    settings: Settings = field(default_factory=Settings)


def verify(workspace: Workspace, contract: Contract, questions: Questions) -> Listing:
    """What the server does differently from its contract, one entry an operation and check.

    Raises:
        UsageError: schemathesis is not installed, or the server could not be asked.
    """
    try:
        import schemathesis  # noqa: PLC0415 - an extra, and slow to import
        from schemathesis.engine import from_schema  # noqa: PLC0415 - likewise
    except ImportError:
        raise _wrong(
            "schemathesis is not installed", "run `pip install 'wireproof[verify]'`"
        ) from None
    _reach(questions.url)
    document = json.loads(dump_json(workspace.contract.root.value))
    schema = schemathesis.openapi.from_dict(narrowed(document, contract, questions.settings))
    schema.config.update(base_url=questions.url, headers=dict(questions.headers))
    schema.config.generation.update(max_examples=questions.max_examples, deterministic=True)
    schema.config.seed = questions.seed
    if questions.auth is not None:
        schema.auth.set_from_requests(_signer(questions.auth))
    by_label = {_label(operation): operation for operation in contract.operations}
    found: dict[str, Entry] = {}
    for failure, check, sample in _failures(from_schema(schema).execute()):
        operation = by_label.get(failure.operation or "")
        if check == _REFUSED and operation and questions.settings.excuses(operation):
            continue
        key = f"{check}\0{failure.operation}\0{failure.title}"
        fingerprint = hashlib.sha256(key.encode()).hexdigest()[:32]
        found.setdefault(
            fingerprint, Entry(_diagnostic(failure, check, sample, operation), fingerprint)
        )
    entries = sorted(found.values(), key=lambda entry: entry.diagnostic.sort_key())
    return Listing(tuple(entries), {}, __version__, "verify")


def _signer(path: Path) -> Any:  # noqa: ANN401 - called as a requests.auth.AuthBase is
    """The function `auth` of a Python file.

    Raises:
        UsageError: there is none, or the file does not run.
    """
    try:
        auth = runpy.run_path(str(path)).get("auth")
    except Exception as error:  # noqa: BLE001 - whatever a user's file raises is told, not thrown
        raise _wrong(f"{path} does not run: {error!r}", "correct it") from None
    if not callable(auth):
        raise _wrong(
            f"{path} has no function `auth`", "write `def auth(request): ...; return request`"
        )
    return auth


def _reach(url: str) -> None:
    """Whether anybody listens there.

    Raises:
        UsageError: nobody does, or the URL names no host.
    """
    parts = urlsplit(url)
    try:
        port = parts.port or (443 if parts.scheme == "https" else 80)
        socket.create_connection((parts.hostname or "", port), timeout=_PATIENCE).close()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise _wrong(
            f"nobody answers at {url}: {reason}", "start the server, or correct the URL"
        ) from None


def _failures(events: Iterator[Any]) -> Iterator[tuple[Any, str, str]]:
    """Failure, name of the check, and a command that repeats it.

    Raises:
        UsageError: the engine itself failed: nobody listens, the contract cannot be read.
    """
    from schemathesis.engine import events as kinds  # noqa: PLC0415 - imported by now

    for event in events:
        if isinstance(event, kinds.FatalError):
            raise _wrong(f"the server could not be asked: {event.exception}", "check the URL")
        if isinstance(event, kinds.NonFatalError) and "onnection" in str(event.value):
            raise _wrong(f"the server could not be asked: {event.value}", "check the URL")
        if isinstance(event, kinds.ScenarioFinished):
            for checks in event.recorder.checks.values():
                for check in checks:
                    if check.failure_info is not None:
                        info = check.failure_info
                        yield info.failure, check.name, info.code_sample


def _diagnostic(
    failure: Any,  # noqa: ANN401 - a schemathesis Failure
    check: str,
    sample: str,
    operation: Operation | None,
) -> Diagnostic:
    message = f"{failure.operation}: {failure.title}"
    detail = " ".join(str(failure.message).split())
    return Diagnostic(
        rule=f"verify-{check.replace('_', '-')}",
        severity=Severity.ERROR,
        message=f"{message}: {detail}" if detail else message,
        span=operation.origin.key_span if operation is not None else None,
        pointer=operation.origin.pointer if operation is not None else "",
        help=f"repeat it: {sample}" if sample else "",
    )


def _label(operation: Operation) -> str:
    binding = operation.binding
    assert isinstance(binding, HttpBinding)  # noqa: S101 - the union has one member today
    return f"{binding.method} {binding.path}"


def _wrong(message: str, hint: str) -> UsageError:
    return UsageError(Diagnostic("verify", Severity.ERROR, message, help=hint))
