"""Places written one behind the other: the container of a place ("Paris, Texas"), or a list of places."""

from __future__ import annotations

import re
from itertools import pairwise

from sayso.coding.parsed import Doc
from sayso.coding.place_words import Toponym

LONGEST_GAP = 28
"""Characters between a place and its container: ", in the far south-western "."""
JOINED = (",", "and", "or", ", and", ", or", "&")
_BETWEEN = re.compile(
    r"\s*(?:,|\(|,? in|, near|\bof)\s*(?:the )?(?:(?:far )?(?:north|south|east|west|central)(?:-?(?:east|west))?(?:ern)? )?\Z"
)


def listed(text: str, doc: Doc, found: list[Toponym]) -> set[int]:
    """Indices of the toponyms in a list ("Oslo, Bergen and Paris"), in which none lies in the next."""
    inside: set[int] = set()
    run: list[int] = [0]
    joint = ""
    for number in range(1, len(found) + 1):
        gap = ""
        if number < len(found):
            gap = text[found[number - 1].range.span(doc).end : doc[found[number].range.start].idx].strip()
        if gap in JOINED:
            run.append(number)
            joint = gap
            continue
        if len(run) >= 3 and joint != ",":
            inside.update(run)
        run = [number]
    return inside


def contain(text: str, doc: Doc, found: list[Toponym]) -> None:
    """Set the container of each toponym that has one written right behind it."""
    lists = listed(text, doc, found)
    for number, (one, other) in enumerate(pairwise(found)):
        if number in lists and number + 1 in lists:
            continue
        gap = text[one.range.span(doc).end : doc[other.range.start].idx]
        if len(gap) < LONGEST_GAP and _BETWEEN.match(gap) and one.range.end <= other.range.start:
            one.container = one.beside = other
            one.bracketed = "(" in gap
