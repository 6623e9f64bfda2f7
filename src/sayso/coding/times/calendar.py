"""Intervals of the calendar: first and last day, granularity, and their EDTF string.

EDTF: the Library of Congress's Extended Date/Time Format, levels 0 to 2 (ISO 8601-2:2019): `2020-22` is a
summer, `199X` a decade, `2018-04~` approximately April 2018, `2022-01-02/2022-01-05` an interval.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

SEASONS = {21: (3, "spring"), 22: (6, "summer"), 23: (9, "autumn"), 24: (12, "winter")}
"""EDTF's number of a season: its first month (of the northern year) and name."""


@dataclass(frozen=True)
class Interval:
    """Days `start` to `end`, both inside."""

    start: date
    end: date
    granularity: str
    edtf: str

    def about(self) -> Interval:
        """The same days, told as approximate: "early", "late", "around"."""
        return self if self.edtf.endswith("~") or "/" in self.edtf else replace(self, edtf=self.edtf + "~")

    def at(self, granularity: str) -> Interval:
        """The same days with a finer granularity: a time of day."""
        return replace(self, granularity=granularity)


def day(year: int, month: int, number: int) -> Interval:
    """One day. ValueError where there is none such."""
    return of_day(date(year, month, number))


def of_day(at: date) -> Interval:
    return Interval(at, at, "day", at.isoformat())


def month(year: int, number: int) -> Interval:
    return Interval(*_months(year, number, 1), "month", f"{year:04d}-{number:02d}")


def year(number: int) -> Interval:
    return Interval(date(number, 1, 1), date(number, 12, 31), "year", f"{number:04d}")


def season(year: int, number: int) -> Interval:
    """Winter is December to the next February."""
    return Interval(*_months(year, SEASONS[number][0], 3), "season", f"{year:04d}-{number}")


def quarter(year: int, number: int) -> Interval:
    return Interval(*_months(year, 3 * number - 2, 3), "quarter", f"{year:04d}-{32 + number}")


def half(year: int, number: int) -> Interval:
    return Interval(*_months(year, 6 * number - 5, 6), "half-year", f"{year:04d}-{39 + number}")


def decade(first: int) -> Interval:
    first -= first % 10
    return Interval(date(first, 1, 1), date(first + 9, 12, 31), "decade", f"{first // 10:03d}X")


def century(number: int) -> Interval:
    """The 19th century as it is told by its years: 1800 to 1899."""
    first = max(1, (number - 1) * 100)
    return Interval(date(first, 1, 1), date((number - 1) * 100 + 99, 12, 31), "century", f"{number - 1:02d}XX")


def week(at: date) -> Interval:
    """The ISO week of a day."""
    first = at - timedelta(at.isoweekday() - 1)
    return between(of_day(first), of_day(first + timedelta(6)), "week")


def weekend(at: date) -> Interval:
    """Saturday and Sunday of the ISO week of a day."""
    last = week(at).end
    return between(of_day(last - timedelta(1)), of_day(last), "weekend")


def between(first: Interval, last: Interval, granularity: str = "interval") -> Interval:
    """From the first day of one to the last day of the other. ValueError where that is backwards."""
    if last.end < first.start:
        raise ValueError("an interval that ends before it begins")
    edges = (one.edtf.partition("/")[0 if one is first else 2] or one.edtf for one in (first, last))
    return Interval(first.start, last.end, granularity, "/".join(edges))


def containing(at: date, unit: str) -> Interval:
    """The day, week, month … that a day is in. ValueError for a unit that is none of the calendar's."""
    makers = {
        "day": lambda: of_day(at),
        "night": lambda: of_day(at),
        "week": lambda: week(at),
        "fortnight": lambda: week(at),
        "weekend": lambda: weekend(at),
        "month": lambda: month(at.year, at.month),
        "quarter": lambda: quarter(at.year, (at.month + 2) // 3),
        "half": lambda: half(at.year, (at.month + 5) // 6),
        "year": lambda: year(at.year),
        "decade": lambda: decade(at.year),
        "century": lambda: century(at.year // 100 + 1),
    }
    if unit not in makers:
        raise ValueError(f"no unit of the calendar: {unit}")
    return makers[unit]()


def shift(at: date, unit: str, count: float) -> date:
    """The day so many units later (earlier where `count` is negative), cut to the month's end.

    ValueError or OverflowError outside the calendar.
    """
    days = {"day": 1, "night": 1, "week": 7, "weekend": 7, "fortnight": 14}
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
    if unit in days:
        return at + timedelta(round(count * days[unit]))
    if unit not in months:
        return at + timedelta(round(count * {"hour": 1 / 24, "minute": 1 / 1440}.get(unit, 0)))
    total = at.year * 12 + at.month - 1 + round(count * months[unit])
    to_year, to_month = total // 12, total % 12 + 1
    if not 1 <= to_year <= 9999:
        raise ValueError("outside the calendar")
    return date(to_year, to_month, min(at.day, monthrange(to_year, to_month)[1]))


def easter(number: int) -> date:
    """Easter Sunday of the Gregorian calendar (Meeus, Astronomical Algorithms, chapter 8)."""
    a, b, c = number % 19, number // 100, number % 100
    d, e, g = b // 4, b % 4, (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    l = (32 + 2 * e + 2 * i - h - k) % 7  # noqa: E741 (the book's letters)
    m = (a + 11 * h + 19 * l) // 433
    to_month = (h + l - 7 * m + 90) // 25
    return date(number, to_month, (h + l - 7 * m + 33 * to_month + 19) % 32)


def _months(start: int, first: int, count: int) -> tuple[date, date]:
    last_year, last = start + (first + count - 2) // 12, (first + count - 2) % 12 + 1
    return date(start, first, 1), date(last_year, last, monthrange(last_year, last)[1])
