"""A whole answer that a contract allows, where what matters is its status, headers or kind."""

from __future__ import annotations

from wireproof.cli.witness_answer import Given, as_field, concrete_status
from wireproof.cli.witness_request import Untold, as_json
from wireproof.compat.pairing import normal_media_type
from wireproof.compat.subsume.prover import Prover
from wireproof.compat.subsume.verdicts import Flow
from wireproof.ir.contract import Contract, MediaType, Response
from wireproof.ir.media import is_json, is_text


def outcome(contract: Contract, response: Response, media_type: str = "") -> Given:
    """The smallest answer: required headers, and a body if the response has one.

    Args:
        contract: The contract that allows it.
        response: Which of its responses.
        media_type: Of the body; "" for JSON where that is one of them.

    Raises:
        Untold: The body cannot be written.
    """
    smallest = Prover(contract.schemas, contract.schemas, Flow.RESPONSE).smallest
    headers = [(h.name, as_field(smallest(h.schema))) for h in response.headers if h.required]
    media = _media(response.content, media_type)
    if media is None:
        return Given(concrete_status(response.status), tuple(headers))
    name = _concrete(media.media_type)
    value = smallest(media.schema) if media.schema is not None else None
    if is_json(name):
        body = as_json(value)
    elif is_text(name):
        body = as_field(value).encode("utf-8", "replace")
    else:
        body = b""
    headers.append(("Content-Type", name))
    return Given(concrete_status(response.status), tuple(headers), body)


def _media(content: tuple[MediaType, ...], wanted: str) -> MediaType | None:
    if wanted:
        name = normal_media_type(wanted)
        found = [media for media in content if normal_media_type(media.media_type) == name]
        if not found:
            raise Untold(f"no answer comes as {wanted}")
        return found[0]
    json = (media for media in content if is_json(media.media_type))
    return next(json, next(iter(content), None))


def _concrete(media_type: str) -> str:
    """A media type of a range that is not JSON, so that readers of JSON alone are told apart."""
    main, _, sub = normal_media_type(media_type).partition("/")
    if "*" not in f"{main}{sub}":
        return media_type
    return "text/plain" if main in {"*", "text"} else f"{main}/octet-stream"
