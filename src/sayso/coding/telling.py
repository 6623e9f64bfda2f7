"""What the network makes of an article's words: which tell an act, of what type, how real, with which parties."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import cached_property

import numpy as np

from sayso.coding.parsed import Doc, Token
from sayso.coding.ranges import Range
from sayso.language import Heads
from sayso.language.events import NO_MODE, Told, log_softmax

CONTENT = frozenset(("VERB", "NOUN", "ADJ", "PROPN", "AUX"))
"""Parts of speech of words that may tell an act."""
FAMILIES = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""Types that the head of pairs was taught as one."""
LONGEST = 150
"""Words of a sentence, around the trigger, in which parties are looked for."""


class Telling:
    """The event heads put to one document. Places are token indices of the document."""

    def __init__(self, doc: Doc, heads: Heads):
        self.doc = doc
        self.heads = heads
        self.vectors = np.asarray(doc.tensor, dtype=np.float32)

    @cached_property
    def read(self) -> Told:
        """What each token tells."""
        return self.heads.events(self.vectors)

    def place(self, words: Range) -> int:
        """Of the content words of a trigger the one that most tells an act; the last word where it has none."""
        own = [i for i in range(*words) if self.doc[i].pos_ in CONTENT]
        return max(own, key=lambda i: (float(self.read.told[i]), -i)) if own else words.end - 1

    def told(self, place: int) -> float:
        """Log-odds that the word tells an act."""
        return float(self.read.told[place])

    def type(self, place: int, name: str) -> float:
        """Log-probability of the type, of an act told there."""
        return float(self.read.types[place, self.heads.events.index[name]])

    def best(self, place: int) -> str:
        """The likeliest type of an act told there."""
        return self.heads.events.types[int(self.read.types[place].argmax())]

    def modes(self, place: int, allowed: Collection[str]) -> dict[str, float]:
        """Log-probability of each of these modes, and of NO_MODE, of an act told there."""
        names = self.heads.events.modes
        columns = [n for n, name in enumerate(names) if name == NO_MODE or name in allowed]
        scores = log_softmax(self.read.modes[place, columns])
        return {names[n]: float(score) for n, score in zip(columns, scores, strict=True)}

    def realis(self, place: int) -> dict[str, float]:
        """Log-probability of each degree of reality."""
        return dict(zip(self.heads.events.realis, map(float, self.read.realis[place]), strict=True))

    def background(self, place: int) -> float:
        """Log-odds that it is told as history."""
        return float(self.read.background[place])

    def parties(self, place: int, words: Sequence[int]) -> list[tuple[float, float]]:
        """For each word: log-odds that it heads the actor, and the recipient, of the act told at `place`."""
        if not words:
            return []
        scores = self.heads.events.parties(self.vectors[place : place + 1], self.vectors[list(words)])[0]
        return [(float(a), float(r)) for a, r in scores.T]

    def between(self, source: Range, target: Range, sentence: Range) -> dict[str, float]:
        """Probability of each type, `NONE` among them, of what one party does to another, all of them in the sentence."""
        start, end = sentence
        ranges = [(max(0, r.start - start), min(end, r.end) - start) for r in (source, target)]
        return self.heads.pairs(self.vectors[start:end], *ranges)


def around(token: Token) -> Range:
    """The token's sentence, or so much of it around the token as is looked at."""
    sentence = token.sent
    return Range(max(sentence.start, token.i - LONGEST // 2), min(sentence.end, token.i + LONGEST // 2))
