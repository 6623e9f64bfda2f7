"""Words that name a place, the lexicon's words about places, and the prepositions behind which places stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from sayso.coding.parsed import Doc, Token
from sayso.coding.ranges import Range
from sayso.coding.tables import table
from sayso.gazetteer.normal import normal


@dataclass(eq=False)
class Toponym:
    """Words that name a place, before it is known which one."""

    range: Range
    name: str
    """What the gazetteer is asked for."""
    found: str
    """How it was found: the entity's label, or `scan`."""
    facility: str | None = None
    """The noun of a facility ("airport") in it or right after it."""
    physical: str = ""
    """The noun of a water or height that stands before it: "the river Ural"."""
    division: bool = False
    """With a noun of an administrative division: "Donetsk region"."""
    container: Toponym | None = None
    """The place in which it lies, as written beside it: Georgia for "Athens, Georgia"."""
    bracketed: bool = False
    """The container stands in brackets."""
    beside: Toponym | None = None
    """The container as it was written, kept where no place of the name is known to lie in it."""


class _Words:
    """The lexicon's words, as sets."""

    def __init__(self) -> None:
        data: dict[str, Any] = table("places")
        self.at = frozenset(data["locative"]["at"])
        self.motion = frozenset(data["locative"]["from_to"])
        self.facilities = frozenset(data["facilities"]["words"])
        self.in_names = frozenset(data["facilities"]["in_names"])
        self.after = frozenset(data["divisions"]["after"])
        self.before = frozenset(data["divisions"]["before"])
        self.physical = frozenset(data["physical"]["words"])
        self.vague = frozenset(normal(n) for n in data["vague"]["names"])
        self.bodies = frozenset(data["sites"]["bodies"])
        self.states = frozenset([*data["us_states"], *(a for row in data["us_abbreviations"].values() for a in row)])


@cache
def words() -> _Words:
    return _Words()


def root(doc: Doc, span: Range) -> Token:
    """The token by which the words hang in the tree."""
    for i in range(span.start, span.end):
        if not span.start <= doc[i].head.i < span.end or doc[i].head.i == i:
            return doc[i]
    return doc[span.end - 1]


def prepositions(token: Token) -> list[str]:
    """Its own prepositions, or those of the first of its coordination: "in A and B"."""
    found = [c.lower_ for c in token.children if c.dep_ == "case" and c.i < token.i]
    if not found and token.dep_ in ("conj", "appos", "flat", "compound", "nmod:desc") and token.head.i < token.i:
        return [c.lower_ for c in token.head.children if c.dep_ == "case" and c.i < token.head.i]
    return found


def is_locative(doc: Doc, span: Range) -> bool:
    """Whether a preposition of place stands before the words."""
    if any(p in words().at for p in prepositions(root(doc, span))):
        return True
    before = doc[span.start - 1].lower_ if span.start else ""
    if before == "the" and span.start > 1:
        before = doc[span.start - 2].lower_
    return before in ("in", "near", "outside", "around", "across", "throughout")


def is_moved_to(doc: Doc, span: Range) -> bool:
    """Whether "to" or "from" stands before the words."""
    return any(p in words().motion for p in prepositions(root(doc, span)))
