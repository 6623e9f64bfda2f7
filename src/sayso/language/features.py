"""What the encoder is told of each word: its wordpieces, its capitals, and the white space before it.

Training and running share this module, so that a word looks the same to both.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

SHAPES = ("lower", "title", "upper", "initial", "mixed", "number", "mark")
GAPS = ("none", "space", "line", "paragraph")
PIECES_A_WORD = 8
"""A word is cut after so many wordpieces: an endless string costs no more than a long word."""
CHARS_A_WORD = 64
CLS, SEP = "[CLS]", "[SEP]"


@lru_cache(maxsize=100_000)
def shape(word: str) -> int:
    """Index into SHAPES. The vocabulary is uncased; this is what is left of the capitals."""
    if not any(c.isalpha() for c in word):
        return 5 if any(c.isdigit() for c in word) else 6
    if word.islower():
        return 0
    if word.isupper():
        return 3 if len(word.strip(".")) == 1 else 2
    return 1 if word[:1].isupper() and word[1:].islower() else 4


def gap(white: str) -> int:
    """Index into GAPS of the white space before a word."""
    lines = white.count("\n")
    if lines > 1 or "\u2029" in white:
        return 3
    return 2 if lines or "\r" in white else int(bool(white))


class WordPieces:
    """Wordpiece ids of words, remembered: news repeats its words.

    `tokenizer` is the uncased BERT tokenizer; its normaliser strips accents and lower-cases.
    """

    def __init__(self, tokenizer: Tokenizer, remember: int = 200_000):
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[int, ...]] = {}
        self._remember = remember
        self.cls, self.sep, self._unknown = (tokenizer.token_to_id(name) or 0 for name in (CLS, SEP, "[UNK]"))

    def __call__(self, word: str) -> tuple[int, ...]:
        """The ids of one word: one to PIECES_A_WORD of them."""
        found = self._known.get(word)
        if found is None:
            ids = self._tokenizer.encode(word[:CHARS_A_WORD], add_special_tokens=False).ids
            found = tuple(ids[:PIECES_A_WORD]) or (self._unknown,)
            if len(self._known) >= self._remember:
                self._known.clear()
            self._known[word] = found
        return found


Features = dict[str, NDArray[np.int64]]


def features(words: Sequence[str], gaps: Sequence[int], shapes: Sequence[int], pieces: WordPieces) -> Features:
    """The encoder's input for one window of words.

    `ids`, `shape`, `gap`: one a wordpiece, with [CLS] and [SEP]; shape and gap stand on a word's first
    piece, 1-based (0 elsewhere). `first`, `last`: one a word, the places of its first and last piece.
    """
    ids, shape_row, gap_row = [pieces.cls], [0], [0]
    first, last = [], []
    for word, before, form in zip(words, gaps, shapes, strict=True):
        own = pieces(word)
        first.append(len(ids))
        ids.extend(own)
        shape_row.extend((form + 1, *(0,) * (len(own) - 1)))
        gap_row.extend((before + 1, *(0,) * (len(own) - 1)))
        last.append(len(ids) - 1)
    rows = {"ids": [*ids, pieces.sep], "shape": [*shape_row, 0], "gap": [*gap_row, 0], "first": first, "last": last}
    return {name: np.asarray(row, dtype=np.int64) for name, row in rows.items()}
