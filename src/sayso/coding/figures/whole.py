"""A phrase that is a part of a number, and the whole number: "no fewer than" and "no fewer than 200"."""

from __future__ import annotations

from functools import cache

from sayso.coding.figures.bounds import LONGEST, quantities
from sayso.coding.parsed import Doc
from sayso.coding.ranges import Range
from sayso.coding.tables import table
from sayso.coding.words import lex


def whole_number(doc: Doc, found: Range) -> Range:
    """The phrase with all of the number, where it has nothing but words that open, blur or make one.

    A parser may hang "200" of "no fewer than 200 were arrested" on another word than "fewer".
    """
    words = doc[found.start : found.end]
    if not all(word.like_num or word.lower_ in _opening() for word in words):
        return found
    sentence = doc[found.start].sent
    start, end = max(sentence.start, found.start - LONGEST), min(sentence.end, found.end + LONGEST)
    first = doc[start].idx
    for one in quantities(lex(doc.text[first : doc[end - 1].end_char])):
        inside = [i for i in range(start, end) if one.start <= doc[i].idx - first < one.end]
        if inside and inside[0] <= found.start < found.end <= inside[-1] + 1:
            return Range(inside[0], inside[-1] + 1)
    return found


@cache
def _opening() -> frozenset[str]:
    """The words of the phrases before a number."""
    return frozenset(
        word for phrases in table("measures")["bounds"].values() for one in phrases for word in one.split()
    )
