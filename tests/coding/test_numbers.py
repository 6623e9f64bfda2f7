"""Numbers in words and digits."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.coding.figures.bounds import quantities
from sayso.coding.numbers import read
from sayso.coding.tables import table
from sayso.coding.words import lex


@pytest.mark.parametrize("example", table("numbers")["example"], ids=lambda e: e["text"])
def test_every_example_of_the_lexicon_holds(example: dict[str, Any]) -> None:
    words = lex(example["text"])
    number = read(words, 0)
    assert number is not None
    assert (number.value, number.end) == (example["value"], len(words))


@given(st.integers(0, 10**9))
def test_digits_with_and_without_separators(value: int) -> None:
    for text in (str(value), f"{value:,}"):
        number = read(lex(text), 0)
        assert number is not None
        assert number.value == value


@given(st.text(max_size=200))
def test_words_cover_the_text_in_order(text: str) -> None:
    at = 0
    for word in lex(text):
        assert at <= word.start < word.end
        assert text[word.start : word.end] == word.text
        assert not text[at : word.start].strip()
        at = word.end


@pytest.mark.parametrize(
    ("text", "low", "high", "approximate"),
    [
        ("at least 130", 130, None, False),
        ("no fewer than twelve", 12, None, False),
        ("more than 500", 500, None, False),
        ("as many as 40", None, 40, False),
        ("fewer than 40", None, 40, False),
        ("nearly a hundred", 100, 100, True),
        ("between 36 and 40", 36, 40, False),
        ("36-40", 36, 40, False),
        ("two or three hundred", 200, 300, False),
        ("dozens", 24, None, True),
        ("several hundred", 300, None, True),
        ("no one", 0, 0, False),
        ("50 or so", 50, 50, True),
        ("100 or more", 100, None, False),
    ],
)
def test_bounds(text: str, low: float | None, high: float | None, approximate: bool) -> None:
    (found,) = quantities(lex(text))
    assert (found.start, found.end) == (0, len(text))
    assert (found.low, found.high, found.approximate) == (low, high, approximate)


@given(
    st.lists(
        st.sampled_from("at least up to between 5 and 7 - a hundred two dozen or so , $ half million no one".split()),
        max_size=30,
    )
)
def test_figures_never_overlap(words: list[str]) -> None:
    found = quantities(lex(" ".join(words)))
    assert all(a.end <= b.start for a, b in pairwise(found))
