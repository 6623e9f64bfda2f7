"""Where paragraphs are in plain text: blank lines, single newlines, and lines broken at a fixed width."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from sayso.records import Span

WIDEST_WRAP = 132
"""No tool breaks lines wider than this (132 columns was the wide terminal); longer lines are paragraphs."""
NARROWEST_WRAP = 40
SLACK = 14
"""How far short of the width a line may stay although the next word would have fitted: typed text is ragged."""
WRAPPED_SHARE = 0.7
"""A text counts as wrapped when this share of its line ends stand where a word no longer fitted."""

_FINAL = re.compile(r"[.!?…:][\"'”’»)\]]*$")


class Line(NamedTuple):
    """A non-blank line: its span without white space at the ends, its indent, whether a blank line precedes it."""

    span: Span
    indent: int
    after_blank: bool


def paragraphs(text: str) -> list[Span]:
    """The paragraphs of a text, in order, without white space at their ends; together they hold every other character."""
    lines = list(_lines(text))
    width = _width(text, lines)
    spans: list[Span] = []
    for at, line in enumerate(lines):
        if at and _continues(text, lines[at - 1], line, width):
            spans[-1] = Span(spans[-1].start, line.span.end)
        else:
            spans.append(line.span)
    return spans


def _lines(text: str) -> list[Line]:
    found: list[Line] = []
    at, blank = 0, False
    for raw in text.splitlines(keepends=True):
        words = raw.strip()
        if words:
            start = at + raw.index(words[0])
            found.append(Line(Span(start, start + len(words)), start - at, blank))
        blank = not words
        at += len(raw)
    return found


def _width(text: str, lines: list[Line]) -> int | None:
    """The column at which the text's lines are broken, or None where line ends are paragraph ends."""
    pairs = [(a, b) for a, b in pairwise(lines) if not b.after_blank]
    if not pairs:
        return None
    lengths = sorted(a.indent + len_of(a) for a, _ in pairs)
    width = lengths[int(0.9 * (len(lengths) - 1))]
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return None
    full = sum(_is_full(text, a, b, width) and not _two_sentences(text, a, b) for a, b in pairs)
    return width if full >= WRAPPED_SHARE * len(pairs) else None


def _two_sentences(text: str, one: Line, other: Line) -> bool:
    """Whether a full stop ends the first line: once in a while by chance, always where each line is a sentence."""
    return _final(text, one) and not text[other.span.start].islower()


def _continues(text: str, before: Line, line: Line, width: int | None) -> bool:
    if line.after_blank:
        return False
    if width is None:
        return text[line.span.start].islower() and not _final(text, before) and len_of(before) > NARROWEST_WRAP // 2
    if line.indent >= before.indent + 2 and (line.indent >= 3 or _final(text, before)):
        return False
    if _is_full(text, before, line, width):
        return True
    return not _final(text, before) and before.indent + len_of(before) > width // 2


def _is_full(text: str, line: Line, after: Line, width: int) -> bool:
    """Whether the next line's first word would no longer have fitted on this line."""
    head = text[after.span.start : min(after.span.end, after.span.start + WIDEST_WRAP)]
    word = len(head.split(maxsplit=1)[0])
    return line.indent + len_of(line) + 1 + word > width - SLACK


def _final(text: str, line: Line) -> bool:
    return _FINAL.search(text, max(line.span.start, line.span.end - 8), line.span.end) is not None


def len_of(line: Line) -> int:
    return line.span.end - line.span.start
