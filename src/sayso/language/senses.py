"""One article, one sense of a name: occurrences of the same words agree on what they name.

A small network doubts whether a city it has never read of is a place or a person; where it has seen the city
five times in one article it has five chances to be right (Gale, Church and Yarowsky 1992).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]


class Name(NamedTuple):
    """An entity's words, lower-cased, and the log-likelihood of each type."""

    words: tuple[str, ...]
    scores: Array


def agree(names: Sequence[Name]) -> list[int]:
    """The type, by place in `scores`, of each name: that which its occurrences together find likeliest.

    A word alone is also heard as the last word of longer names ("Okello" after "Mary Okello").
    """
    votes: dict[tuple[str, ...], Array] = {}
    for name in names:
        votes[name.words] = votes[name.words] + name.scores if name.words in votes else name.scores
    tails: dict[str, Array] = {}
    for words, scores in votes.items():
        if len(words) > 1:
            tails[words[-1]] = tails[words[-1]] + scores if words[-1] in tails else scores
    found = []
    for name in names:
        total = votes[name.words]
        if len(name.words) == 1 and name.words[0] in tails:
            total = total + tails[name.words[0]]
        found.append(int(total.argmax()))
    return found
