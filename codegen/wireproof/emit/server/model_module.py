"""The models' module: pieces in order, with docstrings, imports, and names before their use.

The value of an alias is evaluated at once, so what it refers to stands above it, or, round a
circle, in quotes. Annotations of classes wait, and a class of a circle is completed at the end.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from wireproof.emit.python.text import quoted
from wireproof.emit.server.model_document import PLACEHOLDER, Component
from wireproof.emit.server.model_order import sequence
from wireproof.emit.server.model_source import SAID, Piece, references

_ALIAS = re.compile(r'(\w+ = TypeAliasType\("\w+", )(.*)\)\Z')
_LITERAL = r'Literal\[(?:"(?:\\.|[^"\\])*"|[^\]"])*\]'
_FIRST = (("__future__", "annotations"),)


def module(components: Mapping[str, Component], pieces: Mapping[str, Piece]) -> str:
    """Python source of all types, without a header."""
    edges = {name: tuple(dict.fromkeys(references(one.schema))) for name, one in components.items()}
    order = sequence(edges)
    bodies, defined, waiting = [], set(), []
    for name in order:
        late = [other for other in edges[name] if other not in defined and other != name]
        text = pieces[name].text
        if "properties" in components[name].schema:
            waiting += [name] if late else []
        elif late:
            text = _quoted(text, name)
        bodies.append(_said(text, components[name]))
        defined.add(name)
    tail = "\n".join(f"{name}.model_rebuild()" for name in waiting)
    needed = {pair for piece in pieces.values() for pair in piece.imports}
    body = "\n\n\n".join([*bodies, *([tail] if tail else [])])
    return f"{_imports({*needed, *_FIRST}, maybe='Maybe[' in body)}\n\n\n{body}\n"


def _quoted(text: str, name: str) -> str:
    """An alias that is read when first asked for; its own name needs no quotes of its own then."""
    first, newline, rest = text.partition("\n")
    match = _ALIAS.match(first)
    if match is None:
        return text
    own = re.compile(rf'({_LITERAL})|"({re.escape(name)})"')
    value = own.sub(lambda found: found[1] or found[2], match[2])
    return f"{match[1]}{quoted(value)}){newline}{rest}"


def _said(text: str, component: Component) -> str:
    docs = {SAID.format(n): said for n, said in enumerate(component.docs.values())}
    docs[SAID.format("")] = component.docstring
    lines = (
        line if (said := docs.get(line.strip())) is None else line.replace(line.strip(), said)
        for line in text.split("\n")
    )
    return "\n".join(lines)


def _imports(needed: Iterable[tuple[str, str]], *, maybe: bool) -> str:
    """The import statements, one a module, in the usual groups."""
    modules: dict[str, set[str]] = defaultdict(set)
    for module_, name in needed:
        modules[module_.replace(PLACEHOLDER, ".runtime")].add(name)
    if maybe:
        modules[".runtime.model"].add("Maybe")
    groups: tuple[list[str], list[str], list[str], list[str]] = ([], [], [], [])
    for module_, found in sorted(modules.items()):
        line = f"from {module_} import {', '.join(sorted(found))}"
        groups[_group(module_)].append(line)
    return "\n\n".join("\n".join(group) for group in groups if group)


def _group(module_: str) -> int:
    if module_ == "__future__":
        return 0
    if module_.startswith("."):
        return 3
    return 2 if module_.partition(".")[0] in ("pydantic", "typing_extensions") else 1
