"""Date lines, datelines and the dates of metadata are read, and nothing is made up."""

from __future__ import annotations

import pytest

from sayso.reading.dateline import dateline
from sayso.reading.dates import date_in_address, is_date_line, printed_dates, published


@pytest.mark.parametrize(
    "line",
    [
        "Jan 5, 2022",
        "Friday, January 4, 2019",
        "5 January 2022",
        "5th of January, 2022, 10:30 GMT",
        "2022-01-05",
        "05.01.2022 14:32",
        "Published: 5 January 2022 at 10:00 GMT | Updated: 6 January 2022 at 09:15 GMT",
        "Posted on Jan. 5, 2022 9:30 a.m.",
        "3 hours ago",
        "14:32",
        "Last updated: yesterday",
    ],
)
def test_a_line_that_only_dates_the_page_is_a_date_line(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "On January 5 the town fell.",
        "January 5 massacre remembered",
        "May will not resign",
        "12 killed",
        "0 0",
        "March for peace",
        "",
    ],
)
def test_other_lines_are_not(line: str) -> None:
    assert not is_date_line(line)


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("Jan 5, 2022", "2022-01-05"),
        ("Wednesday, 5 January 2022", "2022-01-05"),
        ("5 JAN 90", "1990-01-05"),
        ("5 Jan 21", "2021-01-05"),
        ("25/12/2021", "2021-12-25"),
        ("12/25/2021", "2021-12-25"),
        ("05.03.2021", "2021-03-05"),
        ("2021/03/05", "2021-03-05"),
    ],
)
def test_printed_dates_are_read(text: str, iso: str) -> None:
    assert [date.iso() for date in printed_dates(text)] == [iso]


@pytest.mark.parametrize("text", ["03/04/2021", "31 February 2021", "Jan 45, 2020", "99/99/2020"])
def test_dates_that_could_be_two_days_or_none_are_left_out(text: str) -> None:
    assert [date.iso() for date in printed_dates(text) if date.iso()] == []


def test_a_date_without_a_year_has_none() -> None:
    (date,) = printed_dates("Jan 5")
    assert date.iso() is None
    assert date.iso(2022) == "2022-01-05"


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("2022-01-05", "2022-01-05"),
        ("2022-01-05T10:00:00Z", "2022-01-05T10:00:00+00:00"),
        ("2022-01-05 10:00", "2022-01-05T10:00:00"),
        ("20220105", "2022-01-05"),
        ("20220105103000", "2022-01-05T10:30:00+00:00"),
        ("Wed, 05 Jan 2022 10:00:00 +0600", "2022-01-05T10:00:00+06:00"),
        ("January 5, 2022", "2022-01-05"),
        ("last week", None),
        ("", None),
        ("5", None),
        ("9" * 5000, None),
    ],
)
def test_dates_of_metadata_become_iso(value: str, iso: str | None) -> None:
    assert published(value) == iso


@pytest.mark.parametrize(
    ("url", "iso"),
    [
        ("https://example.org/world/2022/01/05/riots-spread", "2022-01-05"),
        ("https://example.org/2022/jan/05/riots", "2022-01-05"),
        ("https://example.org/2022-01-05-riots.html", "2022-01-05"),
        ("https://example.org/2022/13/05/x", None),
        ("https://example.org/story/20220105", None),
        ("report.txt", None),
    ],
)
def test_the_day_in_an_address_is_found(url: str, iso: str | None) -> None:
    assert date_in_address(url) == iso


@pytest.mark.parametrize(
    ("head", "iso"),
    [
        ("ORURO, Jan 5, 2022 (Example News) — ", "2022-01-05"),
        ("ORURO (Reuters) - ", None),
        ("SAN SALVADOR, 5 JAN 90 -- [EXCERPTS] ", "1990-01-05"),
        ("MOSCOW (USSR), 7 JUL 89 (IZVESTIYA) -- [REPORT] [A WRITER] [TEXT] ", "1989-07-07"),
        ("GOMA — ", None),
        ("COLUMBIA, S.C. - ", None),
        ("Port-au-Prince, Haiti (AP) — ", None),
        ("MOSCOW, January 5, 2022. /TASS/. ", "2022-01-05"),
        ("Delhi, Jan 5 (IANS) ", None),
        ("NEW DELHI: ", None),
    ],
)
def test_datelines_end_where_the_report_begins(head: str, iso: str | None) -> None:
    found = dateline(head + "Miners blocked the road to the capital, officials said.")
    assert found is not None
    assert head[: found.end].strip() == head.strip()
    assert (found.date.iso() if found.date else None) == iso


@pytest.mark.parametrize(
    "text",
    [
        "The army — which denies the charge — has sealed off the town.",
        "The mayor said: the town is safe.",
        "Miners blocked the road - again.",
        "“Go home,” he said — and left.",
        "He (Jane's brother) was shot on Friday.",
    ],
)
def test_prose_with_dashes_has_no_dateline(text: str) -> None:
    assert dateline(text) is None


def test_in_a_text_of_capitals_a_name_before_a_dash_is_no_dateline() -> None:
    assert dateline("THE ARMY -- WHICH DENIES IT -- SEALED OFF THE TOWN.", shouting=True) is None
    assert dateline("LIMA, 3 MAR 89 (EFE) -- THE ARMY SEALED OFF THE TOWN.", shouting=True) is not None
