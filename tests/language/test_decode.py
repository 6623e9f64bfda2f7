"""Tag sequences are valid, lemmas come out of edits, sentences cover the window."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from sayso.language.decode import Lemmas, Spot, TagSet, edited, sentence_bounds, without_verbs

TAGS = TagSet.of(("O", "B-PER", "I-PER", "B-ORG", "I-ORG"))


@given(arrays(np.float32, st.tuples(st.integers(1, 12), st.just(5)), elements=st.floats(-5, 5, width=32)))
@settings(deadline=None)
def test_an_inside_tag_follows_its_own_kind(scores: np.ndarray) -> None:
    for before, tag in pairwise(["O", *(TAGS.names[i] for i in TAGS.best(scores))]):
        assert not tag.startswith("I-") or before[1:] == tag[1:]


def test_spots_are_the_tagged_runs() -> None:
    scores = np.eye(5, dtype=np.float32)[[1, 2, 0, 3, 1]] * 9
    assert TAGS.spots(scores) == [Spot(0, 2, "PER"), Spot(3, 4, "ORG"), Spot(4, 5, "PER")]


@pytest.mark.parametrize(
    ("word", "script", "lemma"),
    [("Storming", "l|3|", "storm"), ("was", "l|3|be", "be"), ("Paris", "k|0|", "Paris"), ("cities", "l|3|y", "city")],
)
def test_edits_make_lemmas(word: str, script: str, lemma: str) -> None:
    assert edited(word, script) == lemma


def test_the_table_of_lemmas_goes_before_the_edit() -> None:
    lemmas = Lemmas({"VERB": {"began": "begin"}})
    assert lemmas("Began", "VERB", "l|2|") == "begin"
    assert lemmas("Began", "NOUN", "l|0|") == "began"


def test_the_first_word_begins_a_sentence() -> None:
    scores = np.array([[9, 0], [9, 0], [0, 9]], dtype=np.float32)
    assert sentence_bounds(scores, np.zeros(3, dtype=bool)) == [(0, 2), (2, 3)]
    assert sentence_bounds(scores, np.array([False, True, False])) == [(0, 1), (1, 2), (2, 3)]


def test_no_name_ends_in_a_finite_verb() -> None:
    words = ["Veltria", "armed", "the", "rebels", "fled", "Just", "Stop", "Oil"]
    tags = ["NNP", "VBD", "DT", "NNS", "VBD", "RB", "VB", "NN"]
    spots = [Spot(0, 2, "ORG"), Spot(4, 5, "FAC"), Spot(5, 8, "ORG")]
    assert without_verbs(spots, words, tags) == [Spot(0, 1, "ORG"), Spot(5, 8, "ORG")]
