"""Sets of Unicode scalar values as sorted, disjoint, closed intervals."""

from __future__ import annotations

import sys
import unicodedata
from bisect import bisect_right
from functools import cache

Charset = tuple[tuple[int, int], ...]
"""Closed intervals of code points, ascending, not touching. Surrogates are never members."""

SURROGATES = (0xD800, 0xDFFF)
EVERY: Charset = ((0, SURROGATES[0] - 1), (SURROGATES[1] + 1, sys.maxunicode))
NONE: Charset = ()


def normal(intervals: list[tuple[int, int]]) -> Charset:
    """The union of arbitrary intervals in normal form, surrogates removed."""
    merged: list[tuple[int, int]] = []
    for low, high in sorted(intervals):
        if merged and low <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(high, merged[-1][1]))
        else:
            merged.append((low, high))
    return intersection(tuple(merged), EVERY)


def of(characters: str) -> Charset:
    """The set of the given characters."""
    return normal([(ord(character), ord(character)) for character in characters])


def union(*sets: Charset) -> Charset:
    """All characters of all sets."""
    return normal([interval for charset in sets for interval in charset])


def intersection(left: Charset, right: Charset) -> Charset:
    """The characters that both sets have."""
    found: list[tuple[int, int]] = []
    i = j = 0
    while i < len(left) and j < len(right):
        low, high = max(left[i][0], right[j][0]), min(left[i][1], right[j][1])
        if low <= high:
            found.append((low, high))
        if left[i][1] < right[j][1]:
            i += 1
        else:
            j += 1
    return tuple(found)


def complement(charset: Charset) -> Charset:
    """Every Unicode scalar value that is not in the set."""
    gaps: list[tuple[int, int]] = []
    start = 0
    for low, high in charset:
        if start < low:
            gaps.append((start, low - 1))
        start = high + 1
    if start <= sys.maxunicode:
        gaps.append((start, sys.maxunicode))
    return intersection(tuple(gaps), EVERY)


def contains(charset: Charset, point: int) -> bool:
    """Whether a code point is in the set."""
    index = bisect_right(charset, (point, sys.maxunicode + 1)) - 1
    return index >= 0 and charset[index][0] <= point <= charset[index][1]


PREFERRED = "abcdxyz0123ABCXYZ_- .:/@"
"""Characters that a reader likes best in a witness, the best first."""


@cache
def representative(charset: Charset) -> str:
    """The most readable character of a set that is not empty."""
    for character in PREFERRED:
        if contains(charset, ord(character)):
            return character
    printable = intersection(charset, ((0x21, 0x7E),)) or intersection(charset, ((0xA1, 0x24F),))
    return chr((printable or charset)[0][0])


DIGIT: Charset = ((0x30, 0x39),)
WORD: Charset = union(DIGIT, ((0x41, 0x5A), (0x5F, 0x5F), (0x61, 0x7A)))
LINE_END = of("\n\r\u2028\u2029")
SPACE = union(
    of("\t\n\v\f\r \u00a0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff"), ((0x2000, 0x200A),)
)


@cache
def category(name: str) -> Charset | None:
    """A Unicode general category by its short name (`L`, `Lu`, `Nd`); None if there is none."""
    found: list[tuple[int, int]] = []
    for point in range(sys.maxunicode + 1):
        if unicodedata.category(chr(point)).startswith(name):
            if found and found[-1][1] == point - 1:
                found[-1] = (found[-1][0], point)
            else:
                found.append((point, point))
    return normal(found) if found else None
