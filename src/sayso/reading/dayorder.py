"""Dates such as 3/4/2021, which are read two ways: a whole column of them tells which way is meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sayso.reading.dates import CENTURY_TURN

_NUMERIC = re.compile(r"\s*(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")


def day_first(values: Iterable[str]) -> bool | None:
    """Whether days stand before months in these dates; None where none of them tells, or they contradict each other."""
    found = set()
    for value in values:
        match = _NUMERIC.match(value)
        if match and (int(match[1]) > 12) != (int(match[3]) > 12):
            found.add(int(match[1]) > 12)
    return found.pop() if len(found) == 1 else None


def as_ordered(value: str, order: bool | None) -> str:
    """The date as ISO 8601 writes it, where the order is known and it is such a date; else as it is."""
    match = _NUMERIC.match(value)
    if match is None or order is None:
        return value
    day, month = (match[1], match[3]) if order else (match[3], match[1])
    year = int(match[4])
    if year < 100:
        year += 1900 if year >= CENTURY_TURN else 2000
    return f"{year:04}-{int(month):02}-{int(day):02}"
