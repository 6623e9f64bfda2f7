"""The open corpora as documents of spaCy's words, with whatever each corpus says of them.

A layer that a corpus does not annotate is None and costs nothing in training; where a corpus annotates some
entity types only, each word has a *set* of labels that its annotation allows, and the loss is that of the set.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sayso.language.tokenizer import blank

NLP = blank()
ENTITIES = ("PER", "ORG", "LOC", "NORP", "DATE", "MONEY", "FAC", "PRODUCT", "MISC")
ROLES = ("SOURCE", "CUE", "CONTENT")


def bio(labels: Iterable[str]) -> tuple[str, ...]:
    return ("O", *(f"{mark}-{label}" for label in labels for mark in "BI"))


NER_TAGS = bio(ENTITIES)
SAYS_TAGS = bio(ROLES)


@dataclass
class Word:
    """One spaCy token and its labels; None where the corpus is silent."""

    text: str
    gap: int
    """White space before it, as an index into features.GAPS."""
    starts: bool | None = None
    """Begins a sentence."""
    upos: str | None = None
    xpos: str | None = None
    feats: str | None = None
    lemma: str | None = None
    head: int | None = None
    """Place of its head in the document; its own place for a root."""
    deprel: str | None = None
    ner: tuple[str, ...] | None = None
    """Tags that the annotation allows."""
    says: float | None = None
    """Whether an attribution is anchored here: see Saying."""
    told: float | None = None
    """Whether it tells an act: 1, 0, or between where good readers differ."""
    event: str | None = None
    """PLOVER type of the act it tells."""
    mode: str | None = None
    """Its mode, NO_MODE where it has none, None where that is not known."""
    realis: str | None = None
    background: bool | None = None


class Pair(NamedTuple):
    """Two parties in one sentence and what one did to the other; each a range of words [start, end)."""

    source: tuple[int, int]
    target: tuple[int, int]
    sentence: tuple[int, int]
    event: str
    """PLOVER type, or NONE."""

    def moved(self, by: int) -> Pair:
        """The same pair where words are counted from `by`."""
        spans = [(start - by, end - by) for start, end in (self.source, self.target, self.sentence)]
        return Pair(spans[0], spans[1], spans[2], self.event)


class Parties(NamedTuple):
    """Who did and who suffered the act that one word tells: all of them, each a range of words [start, end)."""

    trigger: int
    actors: tuple[tuple[int, int], ...]
    recipients: tuple[tuple[int, int], ...]

    def moved(self, by: int) -> Parties:
        """The same where words are counted from `by`."""
        sides = [tuple((start - by, end - by) for start, end in side) for side in (self.actors, self.recipients)]
        return Parties(self.trigger - by, sides[0], sides[1])


class Saying(NamedTuple):
    """One attribution: its anchor, the first word of its cue (of its content where it has none), and the words of its
    parts, each a role of ROLES and a range [start, end). No two parts share a word."""

    anchor: int
    parts: tuple[tuple[str, int, int], ...]

    def within(self, first: int, last: int) -> Saying:
        """What of it stands among the words [first, last), counted from `first`."""
        cut = ((role, max(start, first), min(end, last)) for role, start, end in self.parts)
        return Saying(self.anchor - first, tuple((r, s - first, e - first) for r, s, e in cut if s < e))


@dataclass
class Document:
    name: str
    source: str
    words: list[Word] = field(default_factory=list)
    pairs: list[Pair] = field(default_factory=list)
    parties: list[Parties] = field(default_factory=list)
    sayings: list[Saying] = field(default_factory=list)


NO_MODE = "none"
NONE = "NONE"
"""What a pair is between whom nothing happened."""


def squeeze(text: str) -> str:
    """The text without white space, by which corpora are aligned."""
    return "".join(text.split())
