"""Token ranges, and ranges as sets of words: joined, cut and trimmed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import NamedTuple

from sayso.coding.parsed import Doc, Token
from sayso.records import Span

MARKS = frozenset("“”„‟«»\"″''``「」『』《》‘’‚'")
EMPTY = frozenset("DET ADP AUX CCONJ SCONJ PART PUNCT SPACE".split())
"""Parts of speech that say nothing by themselves."""
EDGES = frozenset(",;:.–—-!?…") | {"--", "...", "---", "----", "·", "•", "*", "_", "/", ".."}


class Range(NamedTuple):
    """Tokens [start, end) of the document."""

    start: int
    end: int

    def span(self, doc: Doc) -> Span:
        """The code points that these tokens cover, without white space at the ends."""
        return Span(doc[self.start].idx, doc[self.end - 1].end_char)

    def overlaps(self, other: Range) -> bool:
        return self.start < other.end and other.start < self.end

    def covers(self, other: Range) -> bool:
        return self.start <= other.start and other.end <= self.end

    def __contains__(self, index: object) -> bool:
        return isinstance(index, int) and self.start <= index < self.end


def subtree(token: Token) -> Range:
    """The words below a token, from first to last."""
    return Range(token.left_edge.i, token.right_edge.i + 1)


def join(ranges: Iterable[Range]) -> list[Range]:
    """The same tokens as ranges that neither overlap nor touch, in order."""
    found: list[Range] = []
    for one in sorted(ranges):
        if found and one.start <= found[-1].end:
            found[-1] = Range(found[-1].start, max(found[-1].end, one.end))
        elif one.end > one.start:
            found.append(one)
    return found


def without(ranges: Iterable[Range], holes: Iterable[Range]) -> list[Range]:
    """What is left of the ranges when the holes are cut out."""
    left = list(ranges)
    for hole in holes:
        left = [
            part
            for one in left
            for part in (Range(one.start, min(one.end, hole.start)), Range(max(one.start, hole.end), one.end))
            if part.end > part.start
        ]
    return join(left)


def trim(doc: Doc, one: Range, quoted: frozenset[int] = frozenset()) -> Range | None:
    """Without white space, stops and commas at the ends; marks that are `quoted` (of a quotation) stay."""
    start, end = one
    while start < end and _loose(doc[start], quoted):
        start += 1
    while end > start and (_loose(doc[end - 1], quoted) or (doc[end - 1].pos_ == "CCONJ" and end - 1 > start)):
        end -= 1
    return Range(start, end) if end > start else None


def _loose(token: Token, quoted: frozenset[int]) -> bool:
    if token.is_alpha:
        return False
    if token.is_space or token.text in EDGES or all(unicodedata.category(c) == "So" for c in token.text):
        return True
    return token.text in MARKS and token.i not in quoted


def tidy(doc: Doc, ranges: Iterable[Range], quoted: frozenset[int] = frozenset()) -> list[Range]:
    """Joined and trimmed; parts without a word are left out."""
    trimmed = [one for one in (trim(doc, one, quoted) for one in join(ranges)) if one is not None]
    kept = [one for one in trimmed if any(doc[i].is_alpha or doc[i].like_num for i in range(*one))]
    said = [one for one in kept if any(doc[i].pos_ not in EMPTY for i in range(*one))]
    return (
        said
        if len(said) > 1 or len(kept) > 1
        else [one for one in kept if one in said or doc[one.start].pos_ == "PRON"]
    )


def size(ranges: Iterable[Range]) -> int:
    return sum(one.end - one.start for one in ranges)


def shared(one: Iterable[Range], other: Iterable[Range]) -> int:
    """How many tokens both hold; in one pass over the sorted ranges."""
    first, second = join(one), join(other)
    total = a = b = 0
    while a < len(first) and b < len(second):
        total += max(0, min(first[a].end, second[b].end) - max(first[a].start, second[b].start))
        if first[a].end <= second[b].end:
            a += 1
        else:
            b += 1
    return total
