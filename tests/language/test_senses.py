"""The occurrences of a name in one article agree on what it names."""

from __future__ import annotations

import numpy as np

from sayso.language.decode import Spot, TagSet
from sayso.language.senses import Name, agree

PLACE, PERSON = np.log(np.array([[0.8, 0.2], [0.3, 0.7]], dtype=np.float32))


def test_two_that_are_sure_win_over_one_that_is_not() -> None:
    names = [Name(("zaria",), PLACE), Name(("zaria",), PERSON), Name(("zaria",), PLACE)]
    assert agree(names) == [0, 0, 0]


def test_other_words_have_their_own_sense() -> None:
    assert agree([Name(("zaria",), PLACE), Name(("okello",), PERSON)]) == [0, 1]


def test_a_surname_is_heard_with_the_full_name() -> None:
    weak = np.log(np.array([0.55, 0.45], dtype=np.float32))
    assert agree([Name(("mary", "okello"), PERSON), Name(("okello",), weak)]) == [1, 1]


def test_scores_of_a_span_are_over_types_not_marks() -> None:
    tags = TagSet.of(["O", "B-LOC", "I-LOC", "B-PER", "I-PER"])
    scores = np.array([[0, 5, 0, 0, 0], [0, 0, 5, 0, 0]], dtype=np.float32)
    (found,) = tags.type_scores(scores, [Spot(0, 2, "LOC")])
    assert tags.types == ["LOC", "PER"]
    assert found[0] > np.log(0.9)
    assert found[1] < np.log(0.1)
