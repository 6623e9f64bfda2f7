"""Spans: what a field may hold, what two share, and that the closest belong together."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.evaluation.spans import Spans, make_spans, pair, shared, tidy
from sayso.records import Span

SPAN = st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda s: Span(s[0], s[0] + s[1]))
ITEMS = st.lists(st.lists(SPAN, max_size=3).map(lambda spans: tidy(*spans)), max_size=6)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        (None, ()),
        ([], ()),
        ([2, 5], (Span(2, 5),)),
        ([[7, 9], [2, 5], [7, 9]], (Span(2, 5), Span(7, 9))),
        ([[0, 10]], (Span(0, 10),)),
    ],
)
def test_a_field_holds_one_span_several_or_none(written: Any, read: Spans) -> None:
    assert make_spans(written, 10) == read


@pytest.mark.parametrize(
    "written", ["2-5", [2], [2, 5, 7], [[2, 5], 7], [5, 2], [3, 3], [-1, 2], [2, 11], [True, 2], [2.0, 5]]
)
def test_what_is_no_span_is_refused(written: Any) -> None:
    with pytest.raises(ValueError, match="span"):
        make_spans(written, 10)


def test_the_closest_are_paired_first() -> None:
    """Both overlap the first; the one that shares more of it gets it, though it comes later."""
    gold = [tidy(Span(0, 10)), tidy(Span(10, 20))]
    found = [tidy(Span(8, 11)), tidy(Span(2, 10))]
    assert sorted(pair(shared(gold, found))) == [(0, 1), (1, 0)]


def test_of_the_equally_close_the_first_comes_first() -> None:
    assert pair({(1, 0): 2, (0, 1): 2, (0, 0): 2}) == [(0, 0)]


def test_touching_is_not_overlapping() -> None:
    assert shared([tidy(Span(0, 5))], [tidy(Span(5, 9))]) == {}


@settings(max_examples=50, deadline=None)
@given(ITEMS, ITEMS)
def test_shared_characters_are_those_of_all_parts(gold: list[Spans], found: list[Spans]) -> None:
    for (g, f), characters in shared(gold, found).items():
        assert characters == sum(len(set(range(*a)) & set(range(*b))) for a in gold[g] for b in found[f]) > 0
    apart = {(g, f) for g in range(len(gold)) for f in range(len(found))} - shared(gold, found).keys()
    assert not any(a.overlaps(b) for g, f in apart for a in gold[g] for b in found[f])


@settings(max_examples=50, deadline=None)
@given(ITEMS, ITEMS)
def test_pairs_are_one_to_one_and_leave_no_two_apart(gold: list[Spans], found: list[Spans]) -> None:
    close = shared(gold, found)
    pairs = pair(close)
    golds, founds = {g for g, _ in pairs}, {f for _, f in pairs}
    assert len(golds) == len(founds) == len(pairs)
    assert all(g in golds or f in founds for g, f in close)
