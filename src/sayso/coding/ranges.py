"""Token ranges as sets of words: joined, cut and trimmed."""

from __future__ import annotations

from collections.abc import Iterable

from spacy.tokens import Doc, Token

from sayso.coding.draft import Range

MARKS = frozenset("“”„‟«»\"″''``「」『』《》‘’‚'")
EDGES = frozenset(",;:.–—-!?…") | {"--", "...", "---", "----", "·", "•", "*", "_", "/", ".."}


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
    while end > start and _loose(doc[end - 1], quoted):
        end -= 1
    return Range(start, end) if end > start else None


def _loose(token: Token, quoted: frozenset[int]) -> bool:
    if token.is_space or token.text in EDGES:
        return True
    return token.text in MARKS and token.i not in quoted


def tidy(doc: Doc, ranges: Iterable[Range], quoted: frozenset[int] = frozenset()) -> list[Range]:
    """Joined and trimmed; parts without a word are left out."""
    trimmed = (trim(doc, one, quoted) for one in join(ranges))
    return [one for one in trimmed if one is not None and any(doc[i].is_alpha or doc[i].like_num for i in range(*one))]


def size(ranges: Iterable[Range]) -> int:
    return sum(one.end - one.start for one in ranges)


def shared(one: Iterable[Range], other: Iterable[Range]) -> int:
    """How many tokens both hold."""
    second = list(other)
    return sum(max(0, min(a.end, b.end) - max(a.start, b.start)) for a in one for b in second)
