"""Krippendorff's alpha is that of the examples its author computed by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.ledger.people.agreeing import alpha

BINARY = ["0100000010", "1110010000"]
NOMINAL = ["aabbdcccedda", "babbbcccedd" + "d"]
MISSING = ["123321412...", "123322412" + "5.3", ".33323422" + "51.", "123324412" + "51."]


def units(rows: list[str]) -> list[list[str]]:
    """The values of each unit, without the missing ones."""
    return [[value for value in unit if value != "."] for unit in zip(*rows, strict=True)]


@pytest.mark.parametrize(("rows", "expected"), [(BINARY, 0.095), (NOMINAL, 0.692), (MISSING, 0.743)])
def test_alpha_is_that_of_the_published_examples(rows: list[str], expected: float) -> None:
    """Krippendorff, Computing Krippendorff's Alpha-Reliability (2011): A two coders, binary; B nominal; C four coders, some missing."""
    found = alpha(units(rows))
    assert found is not None
    assert round(found, 3) == expected


def test_who_always_agrees_has_one() -> None:
    assert alpha([["a", "a"], ["b", "b"]]) == 1


@pytest.mark.parametrize("nothing", [[], [["a"], ["b"]], [["a", "a"], ["a", "a"]]])
def test_where_nothing_varies_there_is_no_alpha(nothing: list[list[str]]) -> None:
    assert alpha(nothing) is None


@given(st.lists(st.lists(st.sampled_from("abc"), max_size=5), max_size=12))
def test_alpha_is_never_above_one_and_does_not_depend_on_order(found: list[list[str]]) -> None:
    one, other = alpha(found), alpha([list(reversed(unit)) for unit in reversed(found)])
    assert one == pytest.approx(other) if one is not None else other is None
    assert one is None or one <= 1
