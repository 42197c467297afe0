"""Colours for code in guides, worked out when the site is built: no script runs in the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape

_WORDS: Mapping[str, str] = {
    "python": "and as assert async await class def elif else except False finally for from if "
    "import in is lambda None not or pass raise return True try while with yield",
    "ts": "async await class const else export extends false finally for from function if import "
    "in instanceof interface let new null of return throw true try type typeof undefined var while",
    "json": "false null true",
    "sh": "cat cd curl export npm pip wireproof",
}
_ALIASES = {
    "bash": "sh", "console": "sh", "javascript": "ts", "js": "ts", "mjs": "ts", "py": "python",
    "shell": "sh", "typescript": "ts",
}  # fmt: skip
_STRING = r'"(?:[^"\\\n]|\\.)*"|\'(?:[^\'\\\n]|\\.)*\'|`(?:[^`\\]|\\.)*`'
_COMMENTS = {"python": r"#[^\n]*", "sh": r"(?<![^\s])#[^\n]*", "ts": r"//[^\n]*"}
_NUMBER = r"\b\d[\d_.]*\b"
_KEY = r'"(?:[^"\\\n]|\\.)*"(?=\s*:)'


def highlighted(code: str, language: str, _attributes: str = "") -> str:
    """Code as HTML with a `span` around strings, comments, numbers and keywords.

    "" for a language that is not known: markdown-it escapes and writes it as it is then.
    """
    name = _ALIASES.get(language, language)
    if name not in _WORDS:
        return ""
    kinds = {
        "c": _COMMENTS.get(name, ""),
        "k": _KEY if name == "json" else "",
        "s": _STRING,
        "n": _NUMBER,
        "w": rf"(?<![\w$-])(?:{'|'.join(_WORDS[name].split())})(?![\w-])",
    }
    pattern = "|".join(f"(?P<{kind}>{text})" for kind, text in kinds.items() if text)
    made: list[str] = []
    end = 0
    for match in re.finditer(pattern, code):
        made.append(escape(code[end : match.start()]))
        made.append(f'<span class="{match.lastgroup}">{escape(match.group())}</span>')
        end = match.end()
    return "".join(made) + escape(code[end:])
