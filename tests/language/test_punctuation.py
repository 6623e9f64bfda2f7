"""Punctuation marks hang where Universal Dependencies hangs them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.punctuation import attach, pairs

MARKS = set(".,:;!?()“”\"'-")


def hung(sentence: str, heads: list[int]) -> dict[int, str]:
    """Place of each mark → the word it now hangs on."""
    words = sentence.split()
    marks = np.array([word in MARKS for word in words])
    found = attach(np.array(heads), words, marks)
    return {place: words[found[place]] for place in np.flatnonzero(marks).tolist()}


@pytest.mark.parametrize(
    ("sentence", "heads", "expected"),
    [
        pytest.param("Police left .", [1, 1, 0], {2: "left"}, id="the stop on the root"),
        pytest.param(
            "Lee , who fled , spoke .", [5, 2, 3, 0, 0, 5, 2], {1: "fled", 4: "Lee", 6: "spoke"}, id="a relative clause"
        ),
        pytest.param("cars , shops and homes", [0, 0, 0, 4, 0], {1: "shops"}, id="coordination: on what follows"),
        pytest.param(
            "the army ( and police ) left",
            [1, 6, 1, 4, 1, 1, 6],
            {2: "police", 5: "police"},
            id="brackets on what they hold",
        ),
        pytest.param(
            "“ We saw it , ” Lee said .",
            [2, 2, 7, 2, 2, 7, 7, 7, 0],
            {0: "saw", 4: "saw", 5: "saw", 8: "said"},
            id="a quotation",
        ),
        pytest.param("He left . 8", [1, 1, 3, 1], {2: "left"}, id="a stop never looks ahead"),
    ],
)
def test_marks_hang_on_the_unit_they_bound(sentence: str, heads: list[int], expected: dict[int, str]) -> None:
    assert hung(sentence, heads) == expected


def test_pairs_nest_and_outer_ones_come_first() -> None:
    words = "( a “ b ” ) c )".split()
    assert pairs(words, [word in MARKS for word in words]) == [(0, 5), (2, 4)]


def test_a_mark_that_bears_words_is_left_alone() -> None:
    assert attach(np.array([1, 1, 1]), ["a", "-", "b"], np.array([False, True, False])).tolist() == [1, 1, 1]


@st.composite
def trees(draw: st.DrawFn) -> tuple[list[int], list[str]]:
    size = draw(st.integers(1, 14))
    order = draw(st.permutations(range(size)))
    heads = [0] * size
    for n, word in enumerate(order):
        heads[word] = word if n == 0 else order[draw(st.integers(0, n - 1))]
    return heads, draw(st.lists(st.sampled_from(["a", *sorted(MARKS)]), min_size=size, max_size=size))


@given(trees())
def test_a_tree_stays_a_tree_and_only_marks_move(tree: tuple[list[int], list[str]]) -> None:
    heads, words = tree
    marks = np.array([word in MARKS for word in words])
    found = attach(np.array(heads), words, marks)
    assert (found == np.array(heads))[~marks].all()
    assert (found == np.arange(len(heads))).sum() == 1
    for word in range(len(heads)):
        for _ in heads:
            word = int(found[word])
        assert found[word] == word
