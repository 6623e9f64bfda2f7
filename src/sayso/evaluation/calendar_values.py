"""Which days a TimeML value names."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

_VALUE = re.compile(
    r"""(?P<century>\d\d)
      | (?P<decade>\d{3})
      | (?P<year>\d{4})
        (?: - (?: (?P<month>\d\d) (?: - (?P<day>\d\d) )?
                | W (?P<week>\d\d) (?: - (?P<weekday>[1-7]|WE) )?
                | Q (?P<quarter>[1-4])
                | H (?P<half>[12])
                | (?P<season>SP|SU|FA|WI) ) )?""",
    re.VERBOSE | re.ASCII,
)
_SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""The first of a season's three months; winter runs into the next year."""


def interval(value: str | None) -> tuple[str, str] | None:
    """First and last day, inclusive, as ISO dates; None where the value names no interval of the calendar.

    Read are `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, ISO weeks `YYYY-Www` with `-1` to `-7` and `-WE`, quarters, halves,
    seasons, decades `YYY` and centuries `YY` (`19` is 1900 to 1999). A time of day is cut off. Durations, PRESENT_REF,
    values with X, days that no calendar has, and null name none.
    """
    found = _VALUE.fullmatch((value or "").partition("T")[0])
    if found is None:
        return None
    try:
        first, last = _days({name: text for name, text in found.groupdict().items() if text})
    except ValueError:  # the 31st of June, a 54th week
        return None
    return first.isoformat(), last.isoformat()


def _days(part: dict[str, str]) -> tuple[date, date]:
    if "century" in part:
        return _months(100 * int(part["century"]), 1, 1200)
    if "decade" in part:
        return _months(10 * int(part["decade"]), 1, 120)
    year = int(part["year"])
    if "day" in part:
        day = date(year, int(part["month"]), int(part["day"]))
        return day, day
    if "week" in part:
        return _week(year, int(part["week"]), part.get("weekday"))
    if "month" in part:
        return _months(year, int(part["month"]), 1)
    if "quarter" in part:
        return _months(year, 3 * int(part["quarter"]) - 2, 3)
    if "half" in part:
        return _months(year, 6 * int(part["half"]) - 5, 6)
    if "season" in part:
        return _months(year, _SEASONS[part["season"]], 3)
    return _months(year, 1, 12)


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    years, month = divmod(first + count - 2, 12)
    _, length = monthrange(year + years, month + 1)
    return date(year, first, 1), date(year + years, month + 1, length)


def _week(year: int, week: int, weekday: str | None) -> tuple[date, date]:
    first, last = (1, 7) if weekday is None else (6, 7) if weekday == "WE" else (int(weekday), int(weekday))
    return date.fromisocalendar(year, week, first), date.fromisocalendar(year, week, last)
