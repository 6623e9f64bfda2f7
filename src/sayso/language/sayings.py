"""Who says what by which words: attributions, read off the vectors of a window's words.

A word may anchor an attribution: the first one of its cue, or of its content where it has no cue. For each anchor the
words of the window are tagged as its source, cue and content, or neither, as one chain: the likeliest whole sequence
(Viterbi). Attributions may so stand within one another. The last layers of the network's head; they run outside it
because the anchors are not known before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.language.chains import likeliest
from sayso.language.decode import BARRED, Group, Spot
from sayso.language.events import leaky

Array = NDArray[np.float32]
NEAREST = 9
"""Steps of distance to each side: 1, 2–3, 4–7, 8–15 … words."""
PARAGRAPHS = 2
"""Paragraphs away, at most, that are told apart."""
SIDES = 2 * NEAREST + 1
DISTANCES = SIDES * (2 * PARAGRAPHS + 1)
LINE = 2
"""From this gap on, a new line begins: see features.GAPS."""
LAYERS = ("anchor", "anchored", "word", "asking", "tag")
ANCHOR = 0.0
"""Log-odds above which a word is taken for an anchor."""


def distances(gaps: Sequence[int] | NDArray[np.int64], anchors: NDArray[np.int64]) -> NDArray[np.int64]:
    """(anchors, words) How far and to which side each word is from each anchor, in words and in paragraphs."""
    away = np.arange(len(gaps))[None] - anchors[:, None]
    steps = np.ceil(np.log2(np.abs(away) + 1)).astype(np.int64)
    line = np.cumsum(np.asarray(gaps) >= LINE)
    apart: NDArray[np.int64] = np.clip(line[None] - line[anchors][:, None], -PARAGRAPHS, PARAGRAPHS)
    side: NDArray[np.int64] = np.clip(np.sign(away) * steps, -NEAREST, NEAREST) + NEAREST
    return side + SIDES * (apart + PARAGRAPHS)


class Heard(NamedTuple):
    """Each word's log-odds of being an anchor, and (anchors, words, tags) how well each tag fits each word for each anchor."""

    odds: Array
    scores: Array


class SayingHead:
    """The layers of the attribution head; `tags` are its BIO tags of source, cue and content."""

    def __init__(self, tags: Sequence[str], weights: Mapping[str, Array]):
        self._tags = [name.partition("-")[::2] for name in tags]
        self._layers = {
            name: (np.ascontiguousarray(weights[f"{name}.weight"].T), weights[f"{name}.bias"]) for name in LAYERS
        }
        self._distance = weights["distance.weight"]
        barred = [
            [mark == "I" and (before == "O" or before_role != role) for mark, role in self._tags]
            for before, before_role in self._tags
        ]
        inner = [mark == "I" for mark, _ in self._tags]
        self._follows = np.where(barred, BARRED, weights["follows"]).astype(np.float32)
        self._begins = np.where(inner, BARRED, weights["begins"]).astype(np.float32)

    @classmethod
    def read(cls, path: Path, tags: Sequence[str]) -> SayingHead:
        with np.load(path, allow_pickle=False) as saved:
            return cls(tags, {name: saved[name].astype(np.float32) for name in saved.files})

    def hear(self, words: Array, gaps: Sequence[int]) -> Heard:
        """What a window's words tell of its attributions, before the likeliest chains are chosen.

        `words`: vectors (words, width); `gaps`: the white space before each, as an index into features.GAPS.
        """
        odds: Array = self._layer("anchored", leaky(self._layer("anchor", words)))[:, 0]
        anchors = np.flatnonzero(odds > ANCHOR)
        if not len(anchors):
            return Heard(odds, np.zeros((0, len(words), len(self._tags)), dtype=np.float32))
        return Heard(odds, self.scores(words, gaps, anchors))

    def tell(self, heard: Sequence[Heard]) -> list[list[Group]]:
        """The attributions of each window, in the order of their anchors."""
        found = likeliest([one.scores for one in heard], self._begins, self._follows)
        return [[self._group(path) for path in paths] for paths in found]

    def scores(self, words: Array, gaps: Sequence[int], anchors: NDArray[np.int64]) -> Array:
        """(anchors, words, tags) How well each tag fits each word of each anchor's attribution."""
        word, gate = np.split(self._layer("word", words)[None], 2, axis=-1)
        own, heed = np.split(self._layer("asking", words[anchors])[:, None], 2, axis=-1)
        hidden = word + own
        hidden += gate * heed  # in place: these are the largest arrays of a reading
        hidden += self._distance[distances(gaps, anchors)]
        return self._layer("tag", leaky(hidden))

    def _group(self, path: NDArray[np.int64]) -> Group:
        group = Group([], [], [])
        for i in np.flatnonzero(path).tolist():
            mark, role = self._tags[path[i]]
            spots: list[Spot] = getattr(group, role.lower())
            if mark == "B":
                spots.append(Spot(i, i + 1, role))
            else:
                spots[-1] = Spot(spots[-1].start, i + 1, role)
        return group

    def _layer(self, name: str, x: Array) -> Array:
        weight, bias = self._layers[name]
        result: Array = x @ weight + bias
        return result
