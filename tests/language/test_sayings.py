"""Attributions are read off words as whole chains, one for each anchor."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.language.decode import Spot
from sayso.language.sayings import DISTANCES, NEAREST, PARAGRAPHS, SIDES, SayingHead, distances

TAGS = ("O", "B-SOURCE", "I-SOURCE", "B-CUE", "I-CUE", "B-CONTENT", "I-CONTENT")
WIDTH, HIDDEN = 4, 3


def head(seed: int = 0, **changes: np.ndarray) -> SayingHead:
    """A head with random weights."""
    random = np.random.default_rng(seed)
    shapes = {
        "anchor.weight": (HIDDEN, WIDTH), "anchor.bias": (HIDDEN,), "anchored.weight": (1, HIDDEN), "anchored.bias": (1,),
        "word.weight": (2 * HIDDEN, WIDTH), "word.bias": (2 * HIDDEN,), "asking.weight": (2 * HIDDEN, WIDTH), "asking.bias": (2 * HIDDEN,),
        "tag.weight": (7, HIDDEN), "tag.bias": (7,), "distance.weight": (DISTANCES, HIDDEN), "follows": (7, 7), "begins": (7,),
    }  # fmt: skip
    weights = {name: random.normal(size=shape).astype(np.float32) for name, shape in shapes.items()}
    return SayingHead(TAGS, weights | changes)


SCORES = arrays(
    np.float32, st.tuples(st.integers(1, 3), st.integers(1, 5), st.just(7)), elements=st.floats(-9, 9, width=32)
)


def is_valid(path: list[int]) -> bool:
    names = ["O", *(TAGS[i] for i in path)]
    return all(not name.startswith("I-") or before[1:] == name[1:] for before, name in pairwise(names))


@given(SCORES)
@settings(deadline=None)
def test_an_inside_tag_follows_its_own_role(scores: np.ndarray) -> None:
    assert all(is_valid(path) for path in head().paths(scores).tolist())


@pytest.mark.parametrize("seed", range(3))
def test_the_path_is_the_likeliest_of_all(seed: int) -> None:
    follows, begins = np.random.default_rng(seed).normal(size=(7, 7)), np.random.default_rng(seed).normal(size=7)
    scores = np.random.default_rng(seed).normal(size=(1, 4, 7)).astype(np.float32)
    reader = head(follows=follows.astype(np.float32), begins=begins.astype(np.float32))

    def worth(path: tuple[int, ...]) -> float:
        steps = sum(follows[a, b] for a, b in pairwise(path))
        return begins[path[0]] + steps + sum(scores[0, i, tag] for i, tag in enumerate(path))

    best = max((path for path in product(range(7), repeat=4) if is_valid(list(path))), key=worth)
    assert tuple(reader.paths(scores)[0]) == best


def test_distance_tells_side_and_paragraph() -> None:
    found = distances([0, 1, 1, 3, 1], np.array([1]))[0]
    assert len(set(found.tolist())) == 4
    same, other = SIDES * PARAGRAPHS, SIDES * (PARAGRAPHS + 1)
    assert found.tolist() == [
        same + NEAREST - 1,
        same + NEAREST,
        same + NEAREST + 1,
        other + NEAREST + 2,
        other + NEAREST + 2,
    ]


def test_no_word_is_further_than_the_table() -> None:
    gaps = [3] * 400
    found = distances(gaps, np.array([0, 399]))
    assert found.min() >= 0
    assert found.max() < DISTANCES


def test_a_window_without_an_anchor_says_nothing() -> None:
    silent = head(**{"anchored.bias": np.array([-1e3], dtype=np.float32)})
    said = silent(np.ones((5, WIDTH), dtype=np.float32), [0, 1, 1, 1, 1])
    assert said.groups == []
    assert len(said.odds) == 5


def test_parts_are_the_tagged_runs_of_each_role() -> None:
    scores = np.full((1, 6, 7), -9, dtype=np.float32)
    for place, tag in enumerate((5, 6, 0, 1, 3, 5)):
        scores[0, place, tag] = 9
    (path,) = head(follows=np.zeros((7, 7), dtype=np.float32)).paths(scores)
    group = head()._group(path)
    assert group.content == [Spot(0, 2, "CONTENT"), Spot(5, 6, "CONTENT")]
    assert (group.source, group.cue) == ([Spot(3, 4, "SOURCE")], [Spot(4, 5, "CUE")])
