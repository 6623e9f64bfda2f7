"""Attributions are read off words as whole chains, one for each anchor."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.language.decode import Spot
from sayso.language.sayings import DISTANCES, NEAREST, PARAGRAPHS, SIDES, Heard, SayingHead, distances

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


def heard(scores: np.ndarray) -> Heard:
    return Heard(np.zeros(scores.shape[1], dtype=np.float32), scores)


@given(SCORES)
@settings(deadline=None)
def test_no_part_begins_within_another_role(scores: np.ndarray) -> None:
    for group in head().tell([heard(scores)])[0]:
        for role in ("source", "cue", "content"):
            assert all(spot.label.lower() == role and spot.start < spot.end for spot in getattr(group, role))


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
    found = silent.hear(np.ones((5, WIDTH), dtype=np.float32), [0, 1, 1, 1, 1])
    assert silent.tell([found]) == [[]]
    assert len(found.odds) == 5


def test_parts_are_the_tagged_runs_of_each_role() -> None:
    scores = np.full((1, 6, 7), -9, dtype=np.float32)
    for place, tag in enumerate((5, 6, 0, 1, 3, 5)):
        scores[0, place, tag] = 9
    ((group,),) = head(follows=np.zeros((7, 7), dtype=np.float32)).tell([heard(scores)])
    assert group.content == [Spot(0, 2, "CONTENT"), Spot(5, 6, "CONTENT")]
    assert (group.source, group.cue) == ([Spot(3, 4, "SOURCE")], [Spot(4, 5, "CUE")])
