"""`python -m demo.pictures`: draws the pictures of the README out of what the tool really shows."""

from __future__ import annotations

import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import chdir
from datetime import date
from html import escape
from pathlib import Path

from wireproof.cli.findings import gate_report, trails
from wireproof.cli.revisions import names, read_contract
from wireproof.compat.gate import judge
from wireproof.compat.rule import Policy
from wireproof.docs.highlight import highlighted
from wireproof.docs.shell import Shell
from wireproof.ir.build import build
from wireproof.ir.contract import Contract, Operation
from wireproof.report import findings_text
from wireproof.source.workspace import load

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "pictures"
_MONO = "ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace"
_SANS = "system-ui,-apple-system,'Segoe UI',Roboto,'DejaVu Sans',sans-serif"
_COLOURS = {"red": "#ff7b72", "yellow": "#e3b341", "green": "#7ee787", "cyan": "#79c0ff"}
_CODE = {"s": "#0a6b3d", "n": "#8f3d00", "w": "#7a1fa2", "k": "#0b5cad", "c": "#566273"}
_METHODS = {"GET": "#0a6b3d", "POST": "#0b5cad", "DELETE": "#b3261e"}
_MARKED = re.compile(r"\x01(\w+)\x02(.*?)\x03")
_SPAN = re.compile(r'<span class="(\w)">(.*?)</span>', re.DOTALL)
_TAG_OR_BLANK = re.compile(r"(<[^>]*>)| ")
_MOST = 118  # columns of the terminal
_LABEL = 20  # letters of a menu entry
_DAY = date(2026, 11, 22)  # no sunset lies behind it


def pictures() -> dict[str, str]:
    """File name -> SVG. Same contract and tool, same bytes."""
    contract = build(load(ROOT / "spec" / "northgate.openapi.yaml").contract)
    return {"gate.svg": _terminal(_report()), "reference.svg": _reference(contract)}


def _report() -> list[str]:
    """What `wireproof breaking` says of Northgate, once a property is made required."""
    with tempfile.TemporaryDirectory() as name, chdir(name):
        shutil.copytree(ROOT / "spec", "spec")
        _edit("spec/schemas/orders.yaml", "type, quantity]", "type, quantity, time_in_force]")
        _edit("spec/northgate.openapi.yaml", "version: 1.0.0", "version: 1.1.0")
        base = read_contract("spec/releases/1.0.0.yaml")
        head = read_contract("spec/northgate.openapi.yaml")
        report = gate_report(
            judge(base, head, Policy(today=_DAY)), *names(base, head), trails(base, head)
        )
        # Frames are read from the files when they are printed.
        text = findings_text.render(report, lambda part, colour: f"\x01{colour}\x02{part}\x03")
    return ["$ wireproof breaking", *text.rstrip("\n").split("\n")]


def _edit(path: str, old: str, new: str) -> None:
    text = Path(path).read_text(encoding="utf-8")
    if text.count(old) != 1:
        raise SystemExit(f"{path} has changed: {old!r} is not there once")
    Path(path).write_text(text.replace(old, new), encoding="utf-8")


def _terminal(lines: list[str]) -> str:
    rows = [row for line in lines for row in _folded(line)]
    height = 58 + 19 * len(rows)
    body = "".join(
        f'<text x="22" y="{62 + 19 * at}">{_coloured(row)}</text>\n' for at, row in enumerate(rows)
    )
    dots = "".join(
        f'<circle cx="{22 + 20 * at}" cy="20" r="6" fill="{colour}"/>'
        for at, colour in enumerate(("#ff5f57", "#febc2e", "#28c840"))
    )
    return (
        f"{_open(950, height, 'wireproof breaking: a break, and the request that proves it')}"
        f'<rect width="950" height="{height}" rx="10" fill="#0d1117"/>\n{dots}\n'
        f'<g font-family="{_MONO}" font-size="13" fill="#c9d1d9">\n'
        f"{body}</g>\n</svg>\n"
    )


def _folded(line: str) -> Iterator[str]:
    """A line as a terminal of 118 columns breaks it; marks of colours count for nothing."""
    while len(_MARKED.sub(r"\2", line)) > _MOST:
        at = line.rfind(" ", 0, _MOST)
        yield line[:at]
        line = "    " + line[at + 1 :]
    yield line


def _coloured(line: str) -> str:
    def mark(match: re.Match[str]) -> str:
        colour = _COLOURS.get(match[1])
        look = f'fill="{colour}"' if colour else 'font-weight="bold" fill="#f0f6fc"'
        return f"<tspan {look}>{match[2]}</tspan>"

    return _solid(_MARKED.sub(mark, escape(line, quote=False)))


def _reference(contract: Contract) -> str:
    """An operation as the site shows it: where it stands, what it is, how it is called."""
    shown = next(one for one in contract.operations if one.id == "createOrder")
    code = Shell(contract).call(shown)
    lines = highlighted(code, "sh").split("\n")
    sample = "".join(
        f'<text x="588" y="{148 + 18 * at}">{_spans(line)}</text>\n'
        for at, line in enumerate(lines)
    )
    height = max(440, 190 + 18 * len(lines))
    return (
        f"{_open(1040, height, 'A page of wireproof docs: Northgate, Place an order')}"
        f'<rect width="1040" height="{height}" rx="10" fill="#fff" stroke="#dde3ea"/>\n'
        f'<path d="M0 10a10 10 0 0 1 10-10h230v{height}H10a10 10 0 0 1-10-10z" fill="#f5f7fa"/>\n'
        f'<rect x="564" y="92" width="452" height="{height - 122}" rx="8" fill="#f5f7fa" '
        'stroke="#dde3ea"/>\n'
        f'<g font-family="{_SANS}" font-size="13.5" fill="#1b2330">\n'
        f"{_menu(contract, shown)}{_words(contract, shown)}"
        '<text x="588" y="118" font-weight="600">curl</text>'
        '<text x="640" y="118" fill="#566273">Python</text>'
        '<text x="704" y="118" fill="#566273">TypeScript</text>\n</g>\n'
        f'<g font-family="{_MONO}" font-size="11.5" fill="#1b2330">\n'
        f"{sample}</g>\n</svg>\n"
    )


def _menu(contract: Contract, shown: Operation) -> str:
    made = [
        f'<text x="22" y="38" font-size="17" font-weight="700">{escape(contract.title)}</text>\n'
    ]
    y = 70
    for one in [o for o in contract.operations if o.tags == shown.tags][:11]:
        weight = ' font-weight="700"' if one is shown else ""
        colour = _METHODS.get(one.binding.method, "#8f3d00")
        summary = one.summary if len(one.summary) <= _LABEL else f"{one.summary[: _LABEL - 1]}…"
        made.append(
            f'<text x="22" y="{y}"{weight}>{escape(summary)}</text>'
            f'<text x="222" y="{y}" font-size="10" font-weight="700" fill="{colour}" '
            f'text-anchor="end">{one.binding.method}</text>\n'
        )
        y += 28
    return "".join(made)


def _words(contract: Contract, shown: Operation) -> str:
    title, path = escape(shown.summary), escape(shown.binding.path)
    made = [
        f'<text x="270" y="62" font-size="25" font-weight="700">{title}</text>\n',
        f'<text x="270" y="92" font-family="{_MONO}" fill="#566273">',
        f"{shown.binding.method} {path}</text>\n",
    ]
    body = shown.request.content[0].schema if shown.request else None
    schema = contract.schemas[body] if body else None
    y = 132
    for name in (schema.required if schema else ())[:9]:
        member = contract.schemas[schema.properties[name]] if schema else None
        kind = next(iter(sorted(member.types or ())), "string") if member else "string"
        made.append(
            f'<text x="270" y="{y}" font-family="{_MONO}" font-weight="700">{escape(name)}</text>'
            f'<text x="440" y="{y}" fill="#566273">{kind}</text>'
            f'<text x="500" y="{y}" fill="#b3261e" font-size="11">required</text>\n'
        )
        y += 28
    return "".join(made)


def _spans(line: str) -> str:
    return _solid(_SPAN.sub(lambda m: f'<tspan fill="{_CODE[m[1]]}">{m[2]}</tspan>', line))


def _solid(text: str) -> str:
    """With blanks that no renderer folds; those within tags stay."""
    return _TAG_OR_BLANK.sub(lambda match: match[1] or "\u00a0", text)


def _open(width: int, height: int, title: str) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}" role="img" aria-label="{escape(title)}">\n'
        f"<title>{escape(title)}</title>\n"
    )


def main() -> None:
    """Write the pictures."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in pictures().items():
        (FOLDER / name).write_text(text, encoding="utf-8")
        print(f"wrote {FOLDER.relative_to(ROOT) / name}: {len(text.encode())} bytes")


if __name__ == "__main__":
    main()
