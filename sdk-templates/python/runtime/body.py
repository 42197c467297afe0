"""Request bodies: JSON, forms, multipart with files, plain bytes and text."""

from __future__ import annotations

import mimetypes
import secrets
from collections.abc import Callable, Iterator, Mapping
from io import IOBase
from os import PathLike, fspath
from pathlib import Path
from typing import IO, Any, cast
from urllib.parse import quote

from .absent import NotGiven
from .codecs import Codec, encode, item_codec, member_codec
from .narrow import is_array, is_iterable, is_mapping, is_object
from .operation import Operation, Style
from .parameters import checked_field, query_string, scalar
from .request import StreamBody
from .wire import Json, dumps

FileContent = bytes | IO[bytes] | PathLike[str]
"""Bytes, an open binary file, or a path."""

FileInput = FileContent | tuple[str, FileContent] | tuple[str, FileContent, str]
"""A file: its content, or (name, content), or (name, content, media type)."""

_CHUNK = 65_536


def encode_body(operation: Operation[Any], value: object) -> tuple[bytes | StreamBody, str]:
    """The body of a call, and its Content-Type."""
    media = operation.content_type
    kind = media.partition(";")[0].strip().lower()
    if kind == "multipart/form-data":
        return multipart(operation, value)
    if kind == "application/x-www-form-urlencoded":
        data = encode(value, operation.body_codec)
        members = _form_members(data, operation.body_styles)
        return query_string(members, operation.body_styles).encode("ascii"), media
    if is_json(kind):
        return dumps(encode(value, operation.body_codec)), media
    return raw_body(value), media


def _form_members(data: Json, styles: Mapping[str, Style]) -> Mapping[str, Json]:
    """A form's members; an object travels as JSON unless it has a style (Encoding Object)."""
    members: dict[str, Any] = data if is_object(data) else {}
    return {
        name: scalar(member) if is_object(member) and name not in styles else member
        for name, member in members.items()
    }


def is_json(media: str) -> bool:
    """Whether a media type (without parameters) is JSON."""
    return media.endswith(("/json", "+json")) or media in {"*/*", "application/*", ""}


def raw_body(value: object) -> bytes | StreamBody:
    """Bytes, text, a file, a path, or an iterable of chunks; other values as JSON."""
    if isinstance(value, (bytes, bytearray)):
        return bytes(value)
    if isinstance(value, str):
        return value.encode("utf-8")
    if isinstance(value, (PathLike, IOBase)) or hasattr(value, "read"):
        return file_stream(cast("FileContent", value))
    if is_mapping(value) or is_array(value) or not is_iterable(value):
        return dumps(encode(value, None))
    return StreamBody(lambda: iter(value), replayable=False)


def file_stream(content: FileContent) -> bytes | StreamBody:
    """A file as a body that can be read again for a retry if the file can be."""
    if isinstance(content, bytes):
        return content
    if isinstance(content, PathLike):
        path = Path(content)
        return StreamBody(lambda: _path_chunks(path))
    return _open_file(content)


def _path_chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        yield from iter(lambda: file.read(_CHUNK), b"")


def _open_file(file: IO[bytes]) -> StreamBody:
    seekable = hasattr(file, "seekable") and file.seekable()
    start = file.tell() if seekable else 0

    def chunks() -> Iterator[bytes]:
        if seekable:
            file.seek(start)
        yield from iter(lambda: file.read(_CHUNK), b"")

    return StreamBody(chunks, replayable=seekable)


def multipart(operation: Operation[Any], value: object) -> tuple[bytes | StreamBody, str]:
    """A multipart/form-data body (RFC 7578); streamed if any part is."""
    boundary = secrets.token_hex(16)
    parts = list(_parts(operation, value))
    media = f"multipart/form-data; boundary={boundary}"
    pieces: list[tuple[bytes, bytes | StreamBody]] = [
        (_part_head(boundary, *head), content) for head, content in parts
    ]
    tail = f"--{boundary}--\r\n".encode("ascii")
    streams = [content for _, content in pieces if isinstance(content, StreamBody)]
    opener = _concatenate(pieces, tail)
    if not streams:
        return b"".join(opener()), media
    return StreamBody(opener, replayable=all(stream.replayable for stream in streams)), media


def _concatenate(
    pieces: list[tuple[bytes, bytes | StreamBody]], tail: bytes
) -> Callable[[], Iterator[bytes]]:
    def chunks() -> Iterator[bytes]:
        for head, content in pieces:
            yield head
            if isinstance(content, StreamBody):
                yield from content.open()
            else:
                yield content
            yield b"\r\n"
        yield tail

    return chunks


_Head = tuple[str, str, str]
"""Name of the part, file name or "", media type or ""."""


def _parts(operation: Operation[Any], value: object) -> Iterator[tuple[_Head, bytes | StreamBody]]:
    if not is_mapping(value):
        raise TypeError("a multipart body is a mapping from part to value")
    for name, member in value.items():
        if member is None or isinstance(member, NotGiven):
            continue
        media, codec = operation.part_types.get(name, ""), member_codec(operation.body_codec, name)
        if is_array(member):
            yield from (_part(name, item, media, item_codec(codec)) for item in member)
        else:
            yield _part(name, member, media, codec)


def _part(
    name: str, value: object, media: str, codec: Codec | None
) -> tuple[_Head, bytes | StreamBody]:
    if isinstance(value, tuple):
        filename, content, *rest = cast("tuple[str, FileContent, *tuple[str, ...]]", value)
        return (name, filename, rest[0] if rest else _guess(filename, media)), file_stream(content)
    if isinstance(value, (bytes, PathLike, IOBase)) or hasattr(value, "read"):
        filename = _filename(cast("FileContent", value)) or name
        return (name, filename, _guess(filename, media)), file_stream(cast("FileContent", value))
    data = encode(value, codec)
    if isinstance(data, (dict, list)) or is_json(media or "text/plain"):
        return (name, "", media or "application/json"), dumps(data)
    return (name, "", media), scalar(data).encode("utf-8")


def _filename(value: FileContent) -> str:
    path = fspath(value) if isinstance(value, PathLike) else _name_of(value)
    return Path(path).name if path else ""


def _name_of(file: object) -> str:
    name = getattr(file, "name", "")
    return name if isinstance(name, str) else ""


def _guess(filename: str, media: str) -> str:
    return media or mimetypes.guess_type(filename)[0] or "application/octet-stream"


def _part_head(boundary: str, name: str, filename: str, media: str) -> bytes:
    disposition = f'form-data; name="{_parameter(name)}"'
    if filename:
        disposition += f'; filename="{_parameter(filename)}"'
    lines = [f"--{boundary}", f"Content-Disposition: {disposition}"]
    if media:
        lines.append(f"Content-Type: {checked_field('Content-Type', media)}")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("utf-8")


def _parameter(text: str) -> str:
    """A quoted parameter as browsers write it (WHATWG HTML, multipart/form-data encoding)."""
    return "".join(quote(c) if c in '"\r\n' else c for c in text)
