"""The best dependency tree for a matrix of arc scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]


def best_tree(scores: Scores) -> Heads:
    """Heads of one sentence: `scores[i, j]` is the score of j as the head of i, `scores[i, i]` of i as the root.

    Exactly one word is the root (its own head). Greedy where that is a tree already, else
    Chu-Liu/Edmonds (Edmonds 1967) under the likeliest root.
    """
    size = len(scores)
    if size == 1:
        return np.zeros(1, dtype=np.int64)
    heads: Heads = scores.argmax(1)
    own = np.arange(size)
    roots = np.flatnonzero(heads == own)
    if len(roots) == 1 and not _cycle(heads):
        return heads
    without = scores.astype(np.float64).copy()
    diagonal = without.diagonal().copy()
    np.fill_diagonal(without, -np.inf)
    candidates = roots if len(roots) else own
    root = int(candidates[(diagonal - without.max(1))[candidates].argmax()])
    without[root] = -np.inf
    without[root, root] = 0.0
    return _edmonds(without, root)


def _cycle(heads: Heads) -> list[int]:
    """The words of a cycle, or none. The root is its own head and no cycle."""
    state = [0] * len(heads)
    for start in range(len(heads)):
        path = []
        at = start
        while not state[at]:
            state[at] = 1
            path.append(at)
            at = int(heads[at])
        if state[at] == 1 and heads[at] != at:
            return path[path.index(at) :]
        for word in path:
            state[word] = 2
    return []


def _edmonds(scores: NDArray[np.float64], root: int) -> Heads:
    """Maximum spanning arborescence; `scores[i, j]` for arcs j → i, the diagonal unused but for the root."""
    heads: Heads = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads)
    if not cycle:
        return heads
    inside = np.zeros(len(scores), dtype=bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    loop = np.asarray(cycle)
    own = scores[loop, heads[loop]]
    entering = scores[np.ix_(loop, outside)] - own[:, None]  # cost of breaking the cycle at each word
    leaving = scores[np.ix_(outside, loop)]
    size = len(outside)
    small = np.full((size + 1, size + 1), -np.inf)
    small[:size, :size] = scores[np.ix_(outside, outside)]
    small[size, :size] = entering.max(0)
    small[:size, size] = leaving.max(1)
    solved = _edmonds(small, int(np.flatnonzero(outside == root)[0]))
    result = heads.copy()
    for n, word in enumerate(outside):
        result[word] = loop[leaving[n].argmax()] if solved[n] == size else outside[solved[n]]
    entered = solved[size]
    broken = int(entering[:, entered].argmax())
    result[loop[broken]] = outside[entered]
    result[root] = root
    return result
