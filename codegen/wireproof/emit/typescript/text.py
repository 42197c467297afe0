"""The only way from a contract's text into TypeScript: names, literals, comments.

Whatever the contract says, `identifier()` is an identifier that is not reserved, `key()` a property
key, `literal()` one expression that evaluates to the value, and `docstring()` a comment that
ends where it should.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from wireproof.emit.words import camel, pascal
from wireproof.source.node import Json

WIDTH = 100
"""Columns of a line in generated code."""

# ECMAScript 2024 in modules (so in strict mode), and `undefined`, which nobody may redeclare.
_KEYWORDS = """
arguments await break case catch class const continue debugger default delete do else enum eval
export extends false finally for function if implements import in instanceof interface let new null
package private protected public return static super switch this throw true try typeof undefined
var void while with yield
"""
RESERVED = frozenset(_KEYWORDS.split())
"""Words that no function or variable can be called."""

_ASCII_IDENTIFIER = re.compile(r"[A-Za-z_$][A-Za-z0-9_$]*\Z")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def identifier(name: str, *, fallback: str = "value", suffix: str = "Value") -> str:
    """A camelCase identifier for a function, a variable or a class member.

    Reserved words get `suffix` (`delete` becomes `deleteOperation`); a name that starts with a
    digit, or holds no letter at all, gets `fallback` before it.
    """
    return _legal(camel(name), fallback, suffix)


def type_identifier(name: str, *, fallback: str = "Type", suffix: str = "Model") -> str:
    """A PascalCase identifier for a type; capitals that the contract chose stay as they are."""
    spelled = name if _ASCII_IDENTIFIER.match(name) and name[0].isupper() else pascal(name)
    return _legal(spelled, fallback, suffix)


def _legal(spelled: str, fallback: str, suffix: str) -> str:
    # NFKC, because engines compare identifiers by code point and people by looks.
    text = "".join(
        c for c in unicodedata.normalize("NFKC", spelled) if f"_{c}".isidentifier() or c == "$"
    )
    if not text.replace("$", "_").isidentifier():
        text = fallback + text[:1].upper() + text[1:]
    return text + suffix if text in RESERVED else text


def key(name: str) -> str:
    """A member's key in a type or in an object literal, quoted where it must be."""
    return name if _ASCII_IDENTIFIER.match(name) else literal(name)


def entry(name: str, value: str) -> str:
    """One member of an object literal: `limit`, `limit: value`, `["__proto__"]: value`."""
    if name == "__proto__":  # as a plain key it would set the prototype
        return f'["__proto__"]: {value}'
    return name if name == value else f"{key(name)}: {value}"


def member(owner: str, name: str) -> str:
    """Access to a member: `params.limit`, `params["X-Limit"]`."""
    return f"{owner}.{name}" if _ASCII_IDENTIFIER.match(name) else f"{owner}[{literal(name)}]"


def literal(value: Json) -> str:  # noqa: PLR0911 - one return a kind of JSON value
    """An expression that evaluates to a JSON value. Decimals and big integers keep their digits."""
    if isinstance(value, str):
        return _visible(json.dumps(value, ensure_ascii=False))
    if value is None or isinstance(value, bool):
        return json.dumps(value)
    if isinstance(value, int):
        return str(value) if abs(value) < 2**53 else f"{value}n"
    if isinstance(value, Decimal | float):
        return _number(value)
    if isinstance(value, list | tuple):
        return f"[{', '.join(literal(item) for item in value)}]"
    if isinstance(value, dict):
        members = ", ".join(entry(str(name), literal(item)) for name, item in value.items())
        return f"{{ {members} }}" if members else "{}"
    return literal(str(value))


def _number(value: Decimal | float) -> str:
    text = str(value)
    return text if re.fullmatch(r"-?\d+(\.\d+)?([eE][+-]?\d+)?", text) else literal(text)


def docstring(*paragraphs: str, tags: Iterable[str] = (), indent: str = "") -> str:
    """A TSDoc comment with its newline, or "" where there is nothing to say.

    `paragraphs` are contract text and are escaped; `tags` are lines of ours that the caller has
    built with `prose()`.
    """
    lines: list[str] = []
    for paragraph in paragraphs:
        said = prose(paragraph, WIDTH - len(indent) - 3)
        if said:
            lines += ([""] if lines else []) + said
    tagged = list(tags)
    if tagged:
        lines += ([""] if lines else []) + tagged
    if not lines:
        return ""
    if len(lines) == 1 and len(indent) + len(lines[0]) + 7 <= WIDTH:
        return f"{indent}/** {lines[0]} */\n"
    body = "".join(f"{indent} * {line}".rstrip() + "\n" for line in lines)
    return f"{indent}/**\n{body}{indent} */\n"


def prose(text: str, width: int = WIDTH) -> list[str]:
    """Contract text as comment lines: wrapped, unable to end the comment or to act as a tag."""
    return [*_prose(text, width)]


@lru_cache(maxsize=1 << 13)
def _prose(text: str, width: int) -> tuple[str, ...]:
    """Remembered: the same words stand in several places, and in every round of `watch`."""
    safe = text.replace("*/", "*\\/")
    safe = re.sub(r"[\u2028\u2029\x85\x0b\x0c\r]+\n?", "\n", safe)
    lines: list[str] = []
    fenced = False
    for raw in safe.expandtabs(4).split("\n"):
        line = _visible(raw.rstrip())
        # A tag is an @ at the start of a line, or inside braces.
        line = re.sub(r"^(\s*(?:[-*]\s*)*)@", r"\1\\@", line).replace("{@", "{\\@")
        fenced ^= line.lstrip().startswith("```")
        lines += [line] if fenced else _wrapped(line, width)
    while lines and not lines[0]:
        lines.pop(0)
    while lines and not lines[-1]:
        lines.pop()
    return tuple(lines)


def _wrapped(line: str, width: int) -> list[str]:
    if len(line) <= width or line.lstrip().startswith("|"):
        return [line]
    lead = re.match(r"\s*(?:[-*]\s+|\d+\.\s+)?", line)
    hang = " " * min(len(lead.group() if lead else ""), width // 2)
    lines: list[str] = []
    current = ""
    for word in line.split(" "):
        longer = f"{current} {word}" if current else word
        if current.strip() and len(longer) > width:
            lines.append(current)
            current = hang + (f"\\{word}" if word.startswith("@") else word)
        else:
            current = longer if current or word else " "
    return [*lines, current]


def _visible(text: str) -> str:
    """Control characters, bidirectional marks and the like written out, so that they show."""
    if text.isascii() and text.isprintable():
        return text
    shown = []
    for char in text:
        if unicodedata.category(char) not in _INVISIBLE or char == "\u200d":
            shown.append(char)
        else:
            shown.append(f"\\u{ord(char):04x}" if char <= "\uffff" else f"\\u{{{ord(char):x}}}")
    return "".join(shown)
