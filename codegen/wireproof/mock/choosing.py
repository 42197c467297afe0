"""Which of the declared answers is given, and in which media type."""

from __future__ import annotations

from wireproof.ir.contract import MediaType, Operation, Response
from wireproof.ir.media import essence
from wireproof.ir.signature import preferred
from wireproof.mock.prefer import Preferences
from wireproof.mock.runtime import runtime


class Impossible(Exception):  # noqa: N818 - names the answer, not a fault of the program
    """The contract has no answer of the kind that was asked for."""

    def __init__(self, status: int, code: str, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.code = code
        self.detail = detail


def response(operation: Operation, code: str) -> tuple[Response, int]:
    """The declared response and the status to send it with.

    Args:
        operation: The operation.
        code: The status that the caller prefers; "" for the usual one, the first success.

    Raises:
        Impossible: none is declared for that status.
    """
    declared = {one.status.upper(): one for one in operation.responses}
    if not code:
        return _usual(declared)
    if code.isascii() and code.isdigit() and 200 <= int(code) <= 599:  # noqa: PLR2004 - final statuses (RFC 9110 15)
        for key in (code, f"{code[0]}XX", "DEFAULT"):
            if key in declared:
                return declared[key], int(code)
    known = ", ".join(one.status for one in operation.responses) or "nothing"
    raise Impossible(404, "no_such_response", f"{operation.id} declares no {code}: it has {known}.")


def media_type(chosen: Response, wanted: Preferences, accept: str) -> MediaType:
    """The media type to answer in.

    Args:
        chosen: A response with content.
        wanted: May name an example.
        accept: The request's Accept field, "" where it has none.

    Raises:
        Impossible: nothing that is declared was asked for.
    """
    fitting = [one for one in chosen.content if _accepts(accept, one.media_type)]
    if wanted.example:
        named = [m for m in fitting if any(e.name == wanted.example for e in m.examples)]
        if not named:
            known = sorted({e.name for m in chosen.content for e in m.examples if e.name})
            text = ", ".join(known) or "none"
            raise Impossible(
                404,
                "no_such_example",
                f"There is no example {wanted.example} of this answer; named are: {text}.",
            )
        return named[0]
    shown = preferred(tuple(fitting))
    if shown is None:
        offered = ", ".join(one.media_type for one in chosen.content)
        raise Impossible(406, "not_acceptable", f"This operation answers with {offered}.")
    return shown


def _usual(declared: dict[str, Response]) -> tuple[Response, int]:
    """The answer to give when nobody says which: the first success, else whatever comes first."""
    for prefix in ("2", "D", "3", "4", "5", "1"):
        for key, one in declared.items():
            if key.startswith(prefix):
                status = key.replace("XX", "00")
                return one, int(status) if status.isdigit() else 200
    raise Impossible(501, "no_response", "The contract declares no response of this operation.")


def _accepts(accept: str, media_type: str) -> bool:
    if not accept.strip():
        return True
    covers = runtime("body").covers
    for part in accept.split(","):
        pattern, *parameters = (piece.strip() for piece in part.split(";"))
        refused = any(p.replace(" ", "").rstrip("0.") == "q=" for p in parameters)
        name = essence(media_type)
        if not refused and (covers(pattern, name) or covers(name, pattern.lower())):
            return True
    return False
