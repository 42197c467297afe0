"""Shapes of what operations answer with, for the check of results as they arrive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from wireproof.emit.typescript.layout import braces, brackets
from wireproof.emit.typescript.operations import Named
from wireproof.emit.typescript.results import Kind, kind_of, split_streams
from wireproof.emit.typescript.spelling import Spelling
from wireproof.emit.typescript.validators import Shapes


def result_shapes(spelling: Spelling, operations: Iterable[Named]) -> Iterator[tuple[str, str]]:
    """Operation id and shape; none for files, texts, streams and calls that give nothing."""
    shapes = Shapes(spelling, sent=False, prefix="types.")
    for operation in operations:
        whole, _ = split_streams(operation.signature)
        kinds = {kind_of(result.media) for result in whole}
        if Kind.JSON not in kinds or kinds - {Kind.JSON, Kind.NOTHING}:
            continue
        media = [result.media for result in whole if result.media is not None]
        found = list(dict.fromkeys(shapes.of(each.type, each.schema, "  ") for each in media))
        if len(found) > 1:
            found = [braces([brackets(found, before="anyOf: ", indent="    ")], indent="  ")]
        if found[0] != '"unknown"':
            yield operation.operation.id, found[0]
