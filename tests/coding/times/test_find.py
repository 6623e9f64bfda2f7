"""What time expressions are found, and which days they mean."""

from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sayso.coding.tables import table
from sayso.coding.times import calendar
from sayso.coding.times.context import Direction
from sayso.coding.times.find import Found, find

PUBLISHED = date(2022, 1, 5)  # a Wednesday


def read(text: str, published: date | None = PUBLISHED, tense: Direction = "past") -> dict[str, tuple[str, str] | None]:
    def days(found: Found) -> tuple[str, str] | None:
        return (found.interval.start.isoformat(), found.interval.end.isoformat()) if found.interval else None

    return {text[f.start : f.end]: days(f) for f in find(text, published, lambda _: tense)}


@pytest.mark.parametrize("example", table("times")["example"], ids=lambda e: e["time"])
def test_every_example_of_the_lexicon_holds(example: dict[str, Any]) -> None:
    published = date.fromisoformat(example["published"]) if "published" in example else None
    tense: Direction = "future" if any(word in example["text"] for word in (" will ", " may ")) else "past"
    found = read(example["text"], published, tense)
    assert example["time"] in found
    wanted = (example["start"], example["end"]) if "start" in example else None
    assert found[example["time"]] == wanted
    if "edtf" in example:
        intervals = [f.interval for f in find(example["text"], published, lambda _: tense) if f.interval]
        assert example["edtf"] in [one.edtf for one in intervals]


@pytest.mark.parametrize(
    ("text", "words", "days"),
    [
        ("He came on 05/02/2021.", "05/02/2021", "2021-02-05"),
        ("He came on 02/25/2021.", "02/25/2021", "2021-02-25"),
        ("He came on 25.12.2020.", "25.12.2020", "2020-12-25"),
        ("Dated 2020-11-03.", "2020-11-03", "2020-11-03"),
        ("He came on the 3rd of March 2019.", "the 3rd of March 2019", "2019-03-03"),
        ("It fell on Sept. 4, 2010.", "Sept. 4, 2010", "2010-09-04"),
        ("It burned on the night of January 2.", "the night of January 2", "2022-01-02"),
        ("It burned on Sunday night.", "Sunday night", "2022-01-02"),
        ("It burned on Wednesday.", "Wednesday", "2022-01-05"),
        ("It burned yesterday morning.", "yesterday morning", "2022-01-04"),
        ("It burned three days ago.", "three days ago", "2022-01-02"),
        ("They left on December 30.", "December 30", "2021-12-30"),
        ("They left on Good Friday 2019.", "Good Friday 2019", "2019-04-19"),
        ("On 2 May 2014 it began. The next day it ended.", "The next day", "2014-05-03"),
        ("On 2 May 2014 it began. That same day it ended.", "That same day", "2014-05-02"),
    ],
)
def test_days(text: str, words: str, days: str) -> None:
    assert read(text)[words] == (days, days)


@pytest.mark.parametrize(
    ("text", "words", "start", "end"),
    [
        ("It rose last week.", "last week", "2021-12-27", "2022-01-02"),
        ("It rose last month.", "last month", "2021-12-01", "2021-12-31"),
        ("It rose in November.", "November", "2021-11-01", "2021-11-30"),
        ("It rose in the 1980s.", "the 1980s", "1980-01-01", "1989-12-31"),
        ("It rose in early 2017.", "early 2017", "2017-01-01", "2017-12-31"),
        ("It rose in the second half of 2008.", "the second half of 2008", "2008-07-01", "2008-12-31"),
        ("It rose last summer.", "last summer", "2021-06-01", "2021-08-31"),
        ("It rose in the winter of 2010.", "the winter of 2010", "2010-12-01", "2011-02-28"),
        ("It rose from Monday to Wednesday.", "from Monday to Wednesday", "2022-01-03", "2022-01-05"),
        ("It rose two years ago.", "two years ago", "2020-01-01", "2020-12-31"),
        ("It rose in 1998-99.", "1998-99", "1998-01-01", "1999-12-31"),
    ],
)
def test_longer_intervals(text: str, words: str, start: str, end: str) -> None:
    assert read(text)[words] == (start, end)


def test_a_year_that_the_paragraph_names_holds_for_its_months() -> None:
    found = read("In 2017 he founded a party. In March he was jailed.\n\nIn October he was freed.")
    assert found["March"] == ("2017-03-01", "2017-03-31")
    assert found["October"] == ("2021-10-01", "2021-10-31")


def test_last_year_is_the_whole_year_and_gives_its_months_a_year() -> None:
    found = read("Last year, in late April, they had closed the bridge.")
    assert found["Last year"] == ("2021-01-01", "2021-12-31")
    assert found["late April"] == ("2021-04-01", "2021-04-30")


def test_the_verb_tells_which_weekday() -> None:
    assert read("The vote is on Friday.", tense="future")["Friday"] == ("2022-01-07", "2022-01-07")
    assert read("The vote was on Friday.", tense="past")["Friday"] == ("2021-12-31", "2021-12-31")


def test_by_a_weekday_is_the_one_that_is_near() -> None:
    assert read("By Thursday night the curfew was in force.")["Thursday night"] == ("2022-01-06", "2022-01-06")


def test_without_a_day_of_publication_only_full_dates_have_days() -> None:
    found = read("On Monday it was as on 3 June 1999.", published=None)
    assert found == {"Monday": None, "3 June 1999": ("1999-06-03", "1999-06-03")}


@pytest.mark.parametrize(
    "text",
    [
        "The 29-year-old was 18 years old then.",
        "About 2000 people and 1500 troops came.",
        "They may march.",
        "April Jones spoke.",
        "He is in his sixties.",
        "A second man sat there.",
        "The score was 3-2 at the Daily Planet.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read(text) == {}


@pytest.mark.parametrize("text", ["three weeks", "about ten minutes", "two and a half years", "every Sunday", "daily"])
def test_durations_and_sets_have_no_days(text: str) -> None:
    assert read(f"He waited {text}.") == {text: None}


def test_two_days_later_deep_in_a_sentence_is_counted_from_something_else() -> None:
    found = read("He retired in 1999. He was accused of theft and sent to jail, but left it a year later.")
    assert found["a year later"] is None


def test_days_that_do_not_exist_have_no_interval() -> None:
    assert read("On 31 February 2010 and 30/30/2010 nothing happened.").get("31 February 2010") is None


WORDS = st.sampled_from(
    "the a last next late early mid 5 31 2022 1999 January May Monday Sunday week weeks day night year years ago later of and "
    "- , . two half dozen 's to from between by summer fall quarter decade \n\n 05/01/22 12:30 p.m. now century 21st every".split(
        " "
    )
)


@given(st.lists(WORDS, max_size=40).map(" ".join), st.sampled_from(["past", "future", "present"]))
@example("Monday night of 2022", "past")
@settings(max_examples=200, deadline=None)
def test_expressions_are_in_order_inside_the_text_and_never_backwards(text: str, tense: Direction) -> None:
    at = 0
    for found in find(text, PUBLISHED, lambda _: tense):
        assert at <= found.start < found.end <= len(text)
        at = found.end
        if found.interval:
            assert found.interval.start <= found.interval.end
        for end in found.ends:
            assert found.start <= end.start < end.end <= found.end


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("It lasted from 2 to 5 January.", {"2": "2022-01-02", "5 January": "2022-01-05"}),
        ("It was shut January 2-5, 2021.", {"January 2": "2021-01-02", "5, 2021": "2021-01-05"}),
        ("Between March and May 2019 it was calm.", {"March": "2019-03-01", "May 2019": "2019-05-01"}),
        ("He ruled in 2011-13.", {"2011": "2011-01-01", "13": "2013-01-01"}),
        ("It began on 2 January.", {}),
    ],
)
def test_the_ends_of_a_range_are_expressions_of_their_own(text: str, ends: dict[str, str]) -> None:
    """As TimeML has them; the first takes the year of the last."""
    found = [end for one in find(text, PUBLISHED, lambda _: "past") for end in one.ends]
    assert {text[e.start : e.end]: e.interval.start.isoformat() for e in found if e.interval} == ends


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("three days", "P3D"),
        ("a fortnight", "P2W"),
        ("half an hour", "PT0.5H"),
        ("several months", "PXM"),
        ("two decades", "P20Y"),
    ],
)
def test_durations_have_their_length(text: str, value: str) -> None:
    """ISO 8601; X where it is not told how many, as TimeML writes it."""
    assert [f.value for f in find(f"He waited for {text}.", PUBLISHED, lambda _: "past")] == [value]


@given(st.text(max_size=300))
@settings(max_examples=100, deadline=None)
def test_any_text_can_be_read(text: str) -> None:
    find(text, PUBLISHED, lambda _: "past")


@pytest.mark.parametrize(
    "piece", ["the ", "last ", "January ", "5 ", "a few ", "1999-", "\n \n", "the end of ", "and "]
)
def test_time_grows_with_the_text_only(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    begun = time.perf_counter()
    find(text, PUBLISHED, lambda _: "past")
    assert time.perf_counter() - begun < 10


def test_easter() -> None:
    assert [calendar.easter(y) for y in (2000, 2019, 2024)] == [date(2000, 4, 23), date(2019, 4, 21), date(2024, 3, 31)]


def test_months_are_shifted_to_their_last_day() -> None:
    assert calendar.shift(date(2022, 3, 31), "month", -1) == date(2022, 2, 28)
    assert calendar.shift(date(2022, 1, 5), "year", -1.5) == date(2020, 7, 5)
