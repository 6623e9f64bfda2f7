"""Every matrix of scores becomes a tree, and the best one."""

from __future__ import annotations

from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.language.trees import best_tree

SCORES = st.integers(1, 5).flatmap(
    lambda n: arrays(np.float32, (n, n), elements=st.floats(-9, 9, width=32), unique=True)
)


def is_tree(heads: np.ndarray) -> bool:
    if sum(h == i for i, h in enumerate(heads)) != 1:
        return False
    for start in range(len(heads)):
        at = start
        for _ in heads:
            at = int(heads[at])
        if heads[at] != at:
            return False
    return True


def total(scores: np.ndarray, heads: tuple[int, ...] | np.ndarray) -> float:
    return float(sum(scores[i, h] for i, h in enumerate(heads)))


@given(SCORES)
@settings(max_examples=200, deadline=None)
def test_one_root_and_no_cycle(scores: np.ndarray) -> None:
    assert is_tree(best_tree(scores))


@given(SCORES)
@settings(max_examples=100, deadline=None)
def test_the_best_tree_under_its_root(scores: np.ndarray) -> None:
    """No other tree with the same root scores more."""
    heads = best_tree(scores)
    root = next(i for i, h in enumerate(heads) if i == h)
    others = (h for h in product(range(len(heads)), repeat=len(heads)) if h[root] == root and is_tree(np.array(h)))
    assert total(scores, heads) >= max(total(scores, h) for h in others) - 1e-4


def test_a_word_alone_is_the_root() -> None:
    assert best_tree(np.zeros((1, 1), dtype=np.float32)).tolist() == [0]
