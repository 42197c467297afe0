"""From a witness to an HTTP answer that carries it, and what clients of a contract make of it."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import orjson

from wireproof.cli.witness_request import Untold, as_json, check_field
from wireproof.compat.finding import Witness
from wireproof.compat.pairing import covered
from wireproof.compat.statuses import DEFAULT, covers, statuses
from wireproof.emit.server.schema_document import SchemaDocument
from wireproof.ir.contract import Contract, Operation, Response
from wireproof.ir.media import is_json
from wireproof.ir.samples import styles
from wireproof.ir.schema import SchemaId
from wireproof.mock.runtime import runtime
from wireproof.source.node import Json

_PART = re.compile(r"response (\S+) (?:(body)|header '(.*)')\Z")
_DEEPEST = 200
_POLL = 0.01  # seconds between two looks whether the end has come


@dataclass(frozen=True, slots=True)
class Given:
    """An answer: its status, and the header or the body that the witness is."""

    status: int
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""


def status_of(witness: Witness) -> str:
    """The status that a witness of an answer is of, as the contract writes it. Raises Untold."""
    return _part(witness)[1]


def given(witness: Witness) -> Given:
    """The answer. Raises Untold where HTTP cannot carry it."""
    found = _part(witness)
    status = concrete_status(found[1])
    if found[3]:
        text = as_field(witness.value)
        check_field(found[3], text)
        return Given(status, ((found[3], text),))
    name = witness.media_type
    if "*" in name:
        name = "application/json"
    if not is_json(name):
        raise Untold(f"a value cannot be written as {name or 'this media type'}")
    return Given(status, (("Content-Type", name),), as_json(witness.value))


def _part(witness: Witness) -> re.Match[str]:
    found = _PART.match(witness.part)
    if found is None:
        raise Untold(f"{witness.part!r} is no answer by itself")
    return found


def concrete_status(status: str) -> int:
    """A status, or one of a range; one that is no success for `default`."""
    if status.isdigit():
        return int(status)
    return int(status[0]) * 100 if status[:1].isdigit() else 500


def as_field(value: Json) -> str:
    """A value as the text of a header, in the style of all headers (simple)."""
    if isinstance(value, list):
        return ",".join(map(styles.spelled, value))
    if isinstance(value, dict):
        return ",".join(f"{name},{styles.spelled(one)}" for name, one in value.items())
    return styles.spelled(value)


@dataclass
class Stage:
    """A server that gives one answer to whatever is asked."""

    answer: Given = field(default_factory=lambda: Given(200))
    host: str = ""
    port: int = 0


@contextmanager
def stage() -> Iterator[Stage]:
    """On loopback, until the block ends."""
    play = Stage()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - http.server looks methods up by verb
            if name.startswith("do_"):
                return self._play
            raise AttributeError(name)

        def _play(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            self.send_response(play.answer.status)
            for name, value in play.answer.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(play.answer.body)))
            self.end_headers()
            self.wfile.write(play.answer.body)

        def log_message(self, format: str, *args: Any) -> None:  # noqa: A002, ANN401 - http.server's signature
            """Quiet."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        play.host, play.port = str(server.server_address[0]), int(server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, args=(_POLL,), daemon=True)
        thread.start()
        try:
            yield play
        finally:
            server.shutdown()
            thread.join()


class Client:
    """What people who were given a contract make of answers."""

    def __init__(self, contract: Contract) -> None:
        self._document = SchemaDocument(contract)

    def complaint(self, response: Response, witness: Witness, answer: Given) -> str:
        """What is wrong with an answer, as received; "" where nothing is."""
        header = _part(witness)[3]
        if header:
            stated = (one for one in response.headers if one.name.lower() == header.lower())
            text = next(value for name, value in answer.headers if name.lower() == header.lower())
            return self._wrong(next(stated).schema, [text, *_readings(text)], f"header {header}")
        return self._body(response, answer)

    def unread(self, operation: Operation, answer: Given) -> str:
        """What is wrong with a whole answer to who handles what is declared; "" for nothing."""
        declared, status = statuses(operation.responses), str(answer.status)
        if not covers(declared, status):
            return f"the status {status} is not declared"
        known = {one.status.lower(): one for one in operation.responses}
        response = known.get(status) or known.get(f"{status[0]}xx") or known[DEFAULT]
        present = {name.lower() for name, _ in answer.headers}
        for header in response.headers:
            if header.required and header.name.lower() not in present:
                return f"the header {header.name} is missing"
        sent = _content_type(answer)
        if (
            response.content
            and sent
            and not covered(sent, [m.media_type for m in response.content])
        ):
            return f"{sent} is not declared"
        return self._body(response, answer)

    def _body(self, response: Response, answer: Given) -> str:
        sent = _content_type(answer)
        media = [one for one in response.content if sent and covered(sent, [one.media_type])]
        schema = media[0].schema if media else None
        if schema is None or not is_json(sent):
            return ""
        value = runtime("exact_json").loads(answer.body, max_depth=_DEEPEST)
        return self._wrong(schema, [value], "body")

    def _wrong(self, schema: SchemaId, values: list[Json], place: str) -> str:
        key = self._document.key(schema, "out")
        if key is None:
            return ""
        schemas = runtime("validation").Schemas(orjson.loads(self._document.render()))
        validator = schemas.validator(key)
        if any(validator.is_valid(value) for value in values):
            return ""
        detail = validator.errors(values[0], place)[0]
        return f"{detail.pointer}: {detail.detail}"


def _content_type(answer: Given) -> str:
    return next((text for name, text in answer.headers if name.lower() == "content-type"), "")


def _readings(text: str) -> list[Json]:
    """What a text may stand for: a header does not tell numbers and lists from text."""
    readings: list[Json] = [text.split(",")]
    with suppress(orjson.JSONDecodeError):
        readings.insert(0, orjson.loads(text))
    return readings
