"""The likeliest tags are found as a whole, and chains beside one another do not meddle."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.language.chains import likeliest

TAGS = 4
VALUES = st.floats(-9, 9, width=32)
SCORES = arrays(np.float32, st.tuples(st.integers(0, 3), st.integers(1, 6), st.just(TAGS)), elements=VALUES)
BEGINS = arrays(np.float32, (TAGS,), elements=VALUES)
FOLLOWS = arrays(np.float32, (TAGS, TAGS), elements=VALUES)


@pytest.mark.parametrize("seed", range(5))
def test_no_other_sequence_is_likelier(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    scores, begins, follows = (drawn.normal(size=s).astype(np.float32) for s in ((1, 5, TAGS), TAGS, (TAGS, TAGS)))

    def worth(path: tuple[int, ...]) -> float:
        steps = sum(follows[a, b] for a, b in pairwise(path))
        return float(begins[path[0]] + steps + sum(scores[0, i, tag] for i, tag in enumerate(path)))

    (found,) = likeliest([scores], begins, follows)
    assert tuple(found[0]) == max(product(range(TAGS), repeat=5), key=worth)


@given(st.lists(SCORES, max_size=4), BEGINS, FOLLOWS)
@settings(deadline=None)
def test_chains_beside_one_another_are_as_alone(
    scores: list[np.ndarray], begins: np.ndarray, follows: np.ndarray
) -> None:
    together = likeliest(scores, begins, follows)
    assert [paths.shape for paths in together] == [one.shape[:2] for one in scores]
    for one, paths in zip(scores, together, strict=True):
        for chain, path in zip(one, paths, strict=True):
            (alone,) = likeliest([chain[None]], begins, follows)
            assert alone[0].tolist() == path.tolist()


@given(SCORES, BEGINS)
@settings(deadline=None)
def test_what_is_barred_is_not_taken(scores: np.ndarray, begins: np.ndarray) -> None:
    follows = np.zeros((TAGS, TAGS), dtype=np.float32)
    follows[0, 1] = -1e4
    for path in likeliest([scores], begins, follows)[0].tolist():
        assert (0, 1) not in set(pairwise(path))
