"""Which prediction is of which article."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.evaluation.matching import Key, match


def keys(*pairs: tuple[str, str]) -> list[Key]:
    return [Key(*pair) for pair in pairs]


def test_by_id_whatever_the_order() -> None:
    assert match(keys(("a", "x"), ("b", "y")), keys(("b", "q"), ("a", "r"))) == [1, 0]


def test_else_by_text_without_white_space() -> None:
    assert match(keys(("a", "x y"), ("b", "z")), keys(("1", "z\n"), ("b", "?"), ("2", " xy"))) == [2, 1]


def test_else_by_order_where_nothing_matches_and_there_are_as_many() -> None:
    assert match(keys(("a", "x"), ("b", "y")), keys(("1", "p"), ("2", "q"))) == [0, 1]
    assert match(keys(("a", "x"), ("b", "y")), keys(("1", "p"))) == [None, None]


def test_what_has_no_id_is_known_by_its_text() -> None:
    assert match(keys(("", "x"), ("", "y")), keys(("", "y"), ("", "x"))) == [1, 0]


def test_the_same_id_twice_is_taken_in_order() -> None:
    assert match(keys(("a", "x"), ("a", "y")), keys(("a", "p"), ("a", "q"), ("a", "r"))) == [0, 1]


KEYS = st.lists(
    st.tuples(st.sampled_from("abc"), st.sampled_from(["x", "y", "z "])).map(lambda key: Key(*key)), max_size=5
)


@settings(max_examples=50, deadline=None)
@given(KEYS, KEYS)
def test_no_prediction_is_taken_twice(gold: list[Key], found: list[Key]) -> None:
    taken = [number for number in match(gold, found) if number is not None]
    assert len(set(taken)) == len(taken)


@settings(max_examples=50, deadline=None)
@given(KEYS)
def test_everything_matches_itself(gold: list[Key]) -> None:
    numbers = match(gold, gold)
    assert all(n is not None and gold[n].id == key.id for n, key in zip(numbers, gold, strict=True))
