"""The likeliest sequence of tags, where how well a tag fits depends on the one before it (Viterbi 1967)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float32]
Paths = NDArray[np.int64]


def likeliest(scores: Sequence[Array], begins: Array, follows: Array) -> list[Paths]:
    """For each of `scores` (chains, words, tags), the likeliest tags (chains, words), each chain by itself.

    `begins`: (tags,) how well each begins a chain; `follows`: (tags, tags) how well the second follows the first. Chains of all
    lengths go step by step side by side, because the steps take the time, not the sums in them.
    """
    lengths = np.array([one.shape[1] for one in scores for _ in one], dtype=np.int64)
    if not len(lengths):
        return [np.zeros(one.shape[:2], dtype=np.int64) for one in scores]
    order = np.argsort(-lengths, kind="stable")
    tags, longest = len(begins), max(one.shape[1] for one in scores)
    given = np.zeros((longest, len(lengths), tags), dtype=np.float32)
    for row, chain in zip(np.argsort(order).tolist(), (chain for one in scores for chain in one), strict=True):
        given[: len(chain), row] = chain
    steps = _steps(given, np.sort(lengths)[::-1], begins, follows)[:, np.argsort(order)]
    ends = np.cumsum([len(one) for one in scores])[:-1]
    return [rows[:, : one.shape[1]] for one, rows in zip(scores, np.split(steps.T, ends), strict=True)]


def _steps(given: Array, lengths: NDArray[np.int64], begins: Array, follows: Array) -> Paths:
    """(words, chains) The likeliest tags; `given` is (words, chains, tags), the chains longest first."""
    total = begins + given[0]
    came = np.zeros(given.shape, dtype=np.uint8)
    running = [int((lengths > i).sum()) for i in range(len(given))]
    before = np.ascontiguousarray(follows.T)
    for i in range(1, len(given)):
        on = running[i]
        reach = total[:on, None, :] + before
        came[i, :on] = reach.argmax(2)
        total[:on] = reach.max(2) + given[i, :on]
    path = np.zeros(given.shape[:2], dtype=np.int64)
    rows = np.arange(given.shape[1])
    path[lengths - 1, rows] = total.argmax(1)
    for i in range(len(given) - 1, 0, -1):
        on = running[i]
        path[i - 1, :on] = came[i, rows[:on], path[i, :on]]
    return path
