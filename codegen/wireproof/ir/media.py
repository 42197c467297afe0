"""Families of media types: which bodies are JSON, text, forms, or opaque octets.

Names may carry parameters and any case: `Application/JSON; charset=utf-8` is JSON.
"""

from __future__ import annotations

_JSON = frozenset(
    {
        "application/json",
        "application/json-seq",
        "application/jsonl",
        "application/x-json",
        "application/x-ndjson",
        "text/json",
    }
)
_TEXT = frozenset(
    {
        "application/graphql",
        "application/javascript",
        "application/xml",
        "application/x-yaml",
        "application/yaml",
    }
)
_FORM = "application/x-www-form-urlencoded"
_OPAQUE_KINDS = frozenset({"audio", "font", "image", "model", "video"})


def essence(media_type: str) -> str:
    """Type and subtype in lower case, without parameters."""
    return media_type.partition(";")[0].strip().lower()


def is_json(media_type: str) -> bool:
    """JSON, a sequence of JSON values, or a type with the suffix +json."""
    name = essence(media_type)
    return name in _JSON or name.endswith("+json")


def is_form(media_type: str) -> bool:
    """An URL-encoded form."""
    return essence(media_type) == _FORM


def is_multipart(media_type: str) -> bool:
    """Any multipart type."""
    return essence(media_type).startswith("multipart/")


def is_text(media_type: str) -> bool:
    """Readable text that is not JSON."""
    name = essence(media_type)
    is_textual = name.startswith("text/") or name in _TEXT or name.endswith("+xml")
    return is_textual and not is_json(name)


def is_octets(media_type: str) -> bool:
    """Opaque bytes: images, archives, PDF, octet-stream. A range such as `*/*` is none."""
    name = essence(media_type)
    kind = name.partition("/")[0]
    if "*" in name and kind not in _OPAQUE_KINDS:
        return False
    if is_json(name) or is_text(name) or is_form(name):
        return False
    return kind == "application" or kind in _OPAQUE_KINDS
