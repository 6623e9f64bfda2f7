"""From the heads' outputs for one window to words' analyses: sentences, trees, labels, spans."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sayso.language.chains import likeliest
from sayso.language.trees import best_tree

Array = NDArray[np.float32]
LEAK = 0.1
"""Slope of the relation head's leaky ReLU, as in training."""


BARRED = np.float32(-1e4)
"""The score of a tag that may not stand where it would."""
UNLIKELY = 1e-4
"""A type is never less likely than this, so that one occurrence cannot outvote all others."""


class Spot(NamedTuple):
    """Words [start, end) with a label."""

    start: int
    end: int
    label: str


@dataclass(frozen=True)
class TagSet:
    """BIO tags and which may follow which."""

    names: tuple[str, ...]
    allowed: NDArray[np.bool_]
    """allowed[a, b]: tag b may follow tag a."""

    @classmethod
    def of(cls, names: Sequence[str]) -> TagSet:
        allowed = np.ones((len(names), len(names)), dtype=bool)
        for b, name in enumerate(names):
            if name.startswith("I-"):
                allowed[:, b] = [before[1:] == name[1:] for before in names]
        return cls(tuple(names), allowed)

    @cached_property
    def types(self) -> list[str]:
        """The labels without their marks."""
        return sorted({name.partition("-")[2] for name in self.names if name != "O"})

    def type_scores(self, scores: Array, spots: Sequence[Spot]) -> list[Array]:
        """Log-likelihood of each of `types` for each span, the mean over its words; `scores` is (words, tags)."""
        if not spots:
            return []
        raised = np.exp(scores - scores.max(1, keepdims=True))
        summed = np.stack([raised[:, own].sum(1) for own in self._columns], axis=1) / raised.sum(1, keepdims=True)
        likely = np.log(summed + np.float32(UNLIKELY))
        return [likely[spot.start : spot.end].mean(0) for spot in spots]

    @cached_property
    def _columns(self) -> list[list[int]]:
        """The tags of each of `types`."""
        return [[i for i, name in enumerate(self.names) if name[2:] == kind] for kind in self.types]

    @cached_property
    def _begins(self) -> Array:
        """(tags,) Zero for a tag that may begin a sequence."""
        return np.where([name.startswith("I-") for name in self.names], BARRED, np.float32(0))

    @cached_property
    def _follows(self) -> Array:
        """(tags, tags) Zero where the second may follow the first."""
        return np.where(self.allowed, np.float32(0), BARRED)

    @cached_property
    def _outside(self) -> int:
        return self.names.index("O")

    def best(self, scores: Array) -> NDArray[np.int64]:
        """The likeliest valid tag sequence for scores (words, tags): Viterbi where greedy is not valid."""
        path: NDArray[np.int64] = scores.argmax(1)
        if self._begins[path[0]] == 0 and self.allowed[path[:-1], path[1:]].all():
            return path
        ((path,),) = likeliest([scores[None]], self._begins, self._follows)
        return path

    def spots(self, scores: Array) -> list[Spot]:
        """Labelled spans of the likeliest sequence, in order."""
        found: list[Spot] = []
        path = self.best(scores)
        for i in np.flatnonzero(path != self._outside).tolist():
            mark, _, label = self.names[path[i]].partition("-")
            if mark == "B":
                found.append(Spot(i, i + 1, label))
            else:
                found[-1] = Spot(found[-1].start, i + 1, label)
        return found


FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
"""Tags of finite verbs (Penn Treebank)."""


def without_verbs(spots: Sequence[Spot], words: Sequence[str], tags: Sequence[str]) -> list[Spot]:
    """Entities without finite verbs written small at their ends: in "Veltria armed the rebels" no name holds "armed"."""
    found = []
    for start, end, label in spots:
        while start < end and tags[start] in FINITE and words[start].islower():
            start += 1
        while end > start and tags[end - 1] in FINITE and words[end - 1].islower():
            end -= 1
        if end > start:
            found.append(Spot(start, end, label))
    return found


class Relations:
    """Labels of chosen arcs: the last layer of the relation head, run outside the network because the arcs are
    chosen by a tree search."""

    def __init__(self, names: Sequence[str], weight: Array, bias: Array):
        self.names = tuple(names)
        self._weight, self._bias = np.ascontiguousarray(weight.T), bias
        self._root = self.names.index("root")

    def __call__(self, dependent: Array, head: Array, heads: NDArray[np.int64]) -> list[str]:
        """Label of each word's arc to `heads`; `root` for a word that is its own head, and only there."""
        hidden = dependent + head[heads]
        hidden = np.maximum(hidden, LEAK * hidden)
        scores = hidden @ self._weight + self._bias
        scores[:, self._root] = -np.inf
        names = [self.names[i] for i in scores.argmax(1)]
        return ["root" if heads[i] == i else name for i, name in enumerate(names)]


def sentence_bounds(scores: Array, forced: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """[start, end) of each sentence of a window. The first word always begins one."""
    begins = (scores[:, 1] > scores[:, 0]) | forced
    begins[0] = True
    starts = [int(i) for i in np.flatnonzero(begins)]
    return list(zip(starts, [*starts[1:], len(scores)], strict=True))


def trees(arcs: Array, sentences: Sequence[tuple[int, int]]) -> NDArray[np.int64]:
    """Heads of all words of a window, sentence by sentence; a root is its own head."""
    heads = np.zeros(len(arcs), dtype=np.int64)
    for start, end in sentences:
        heads[start:end] = best_tree(arcs[start:end, start:end]) + start
    return heads


@lru_cache(maxsize=100_000)
def edited(word: str, script: str) -> str:
    """Apply `case|letters to cut|letters to add` (see training/windows.py) to a form."""
    case, cut, add = script.split("|", 2)
    form = word.lower() if case == "l" else word
    stem = form[: len(form) - int(cut)] if int(cut) else form
    return (stem + add) or word


class Lemmas:
    """Lemmas: those of the treebanks' own words from a table, others by the edit that the network reads.

    `table` holds, by part of speech, the lemma of each lower-cased form; "" is the form itself.
    """

    def __init__(self, table: Mapping[str, Mapping[str, str]]):
        self._table = table

    def __call__(self, word: str, upos: str, script: str) -> str:
        form = word.lower()
        known = self._table.get(upos, {}).get(form)
        return edited(word, script) if known is None else known or form


class Group(NamedTuple):
    """One attribution: spans of words by role."""

    source: list[Spot]
    cue: list[Spot]
    content: list[Spot]
