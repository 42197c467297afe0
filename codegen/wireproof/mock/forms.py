"""Forms as JSON data: URL-encoded and multipart bodies, read by the shape of their schema."""

from __future__ import annotations

from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

from wireproof.ir.media import is_form
from wireproof.mock.runtime import runtime


def fields_of(content_type: str, body: bytes, shape: Any) -> dict[str, object]:  # noqa: ANN401 - the runtime's Shape
    """The fields of a form; the octets of a file are the empty text.

    Raises:
        Problem: 400, where the body is no such form.
    """
    if is_form(content_type):
        percent = runtime("percent")
        raw = percent.split_query(body)
        found = {name: [percent.decode_query(v, name) for v in vs] for name, vs in raw.items()}
    else:
        found = _parts(content_type, body)
    members = shape.members or {}
    return {name: _read(name, texts, members.get(name)) for name, texts in found.items()}


def _parts(content_type: str, body: bytes) -> dict[str, list[str]]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    message = BytesParser(policy=HTTP).parsebytes(head + body)
    if not message.is_multipart():
        problem = runtime("problem")
        detail = "not multipart/form-data: the boundary is missing or nothing stands between"
        raise problem.malformed(problem.Detail("/body", "multipart", detail))
    found: dict[str, list[str]] = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        octets = payload if isinstance(payload, bytes) else b""
        is_file = part.get_filename() is not None
        found.setdefault(str(name or ""), []).append(
            "" if is_file else octets.decode("utf-8", "replace")
        )
    return found


def _read(name: str, texts: list[str], member: Any) -> object:  # noqa: ANN401 - the runtime's Shape
    scalar = runtime("styles").scalar
    if member is not None and member.items is not None:
        element = scalar(member.items)
        return [element(text) if element else text for text in texts]
    if len(texts) != 1:
        problem = runtime("problem")
        place = problem.pointer("body", name)
        raise problem.malformed(
            problem.Detail(place, "duplicate", "this field was sent more than once")
        )
    convert = scalar(member) if member is not None else None
    return convert(texts[0]) if convert else texts[0]
