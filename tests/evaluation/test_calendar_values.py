"""TimeML values: which days they name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.evaluation.calendar_values import interval


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2019", "2019-01-01", "2019-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020-02-29", "2020-02-29", "2020-02-29"),
        ("2021-W01", "2021-01-04", "2021-01-10"),
        ("2021-W01-3", "2021-01-06", "2021-01-06"),
        ("2021-W01-WE", "2021-01-09", "2021-01-10"),
        ("2021-Q3", "2021-07-01", "2021-09-30"),
        ("2021-H2", "2021-07-01", "2021-12-31"),
        ("2021-SP", "2021-03-01", "2021-05-31"),
        ("2021-SU", "2021-06-01", "2021-08-31"),
        ("2021-FA", "2021-09-01", "2021-11-30"),
        ("2021-WI", "2021-12-01", "2022-02-28"),
        ("198", "1980-01-01", "1989-12-31"),
        ("19", "1900-01-01", "1999-12-31"),
        ("2020-05-04T14:30", "2020-05-04", "2020-05-04"),
        ("2020-05-04TMO", "2020-05-04", "2020-05-04"),
    ],
)
def test_values_of_the_calendar(value: str, first: str, last: str) -> None:
    assert interval(value) == (first, last)


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", "P3D", "PT5M", "PRESENT_REF", "XXXX-05", "2020-XX", "T10:00", "2020-Q5", "2020-06-31", "2020-13"),
        *("2021-W54", "0000", "00", "9999-WI", "2020-5-4", "2020-05-04-05", "２０２０"),
    ],
)
def test_values_that_name_no_interval(value: str | None) -> None:
    assert interval(value) is None


@settings(max_examples=50, deadline=None)
@given(st.dates())
def test_every_day_is_itself(day: date) -> None:
    assert interval(day.isoformat()) == (day.isoformat(), day.isoformat())


@settings(max_examples=50, deadline=None)
@given(st.text("0123456789-WQHXSPEFAIUT", max_size=12))
def test_any_value_is_a_period_or_none(value: str) -> None:
    found = interval(value)
    assert found is None or found[0] <= found[1]
