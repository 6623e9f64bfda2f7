"""What a time expression is relative to, and how it picks its day, month or year."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from sayso.coding.times import calendar
from sayso.coding.times.calendar import Interval

Direction = Literal["past", "future", "present"]
Kind = Literal["date", "time", "duration", "set", "reference"]

AGAINST = 3
"""How much farther a day without a year counts on the side that the verb's tense points away from: writers
leave the year out for the nearest such day; tense decides only between two that are about as near."""
AGAINST_MONTH = 20
"""The same for months, where tense decides nearly always."""

DAYS_BACK = 3
"""A weekday farther back than this is not what "by Thursday" means: it is the next one."""


@dataclass
class Context:
    """Where the reader stands at an expression."""

    published: date | None = None
    direction: Direction = "past"
    moment: Interval | None = None
    """The last day, week or month that the text has named, while it still speaks of it."""
    named_year: int | None = None
    """The year that the text has named, while it still speaks of it."""
    narrative: bool = False
    """The text tells history in its own order: its own last date counts, not its day of publication."""

    limit: bool = False
    """The expression is a limit: "by Thursday night"."""

    @property
    def now(self) -> date | None:
        """The day that "last", "this" and "ago" are counted from."""
        if self.narrative and self.moment is not None:
            return self.moment.start
        return self.published

    def year_for(self, make: Callable[[int], Interval], penalty: int = AGAINST) -> Interval | None:
        """The interval in the year that a reader would supply."""
        if self.named_year is not None:
            return _made(make, [self.named_year], lambda _: 0)
        if self.published is None:
            return None
        today = self.published

        def cost(one: Interval) -> float:
            if one.start <= today <= one.end:
                return 0
            ahead = one.start > today
            days = (one.start - today).days if ahead else (today - one.end).days
            against = (self.direction == "past") if ahead else (self.direction == "future")
            return days * (penalty if against else 1)

        return _made(make, (today.year, today.year - 1, today.year + 1), cost)

    def weekday(self, number: int) -> Interval | None:
        """The last or next such day, as the tense of the verb has it; the day of publication itself counts."""
        today = self.now
        if today is None:
            return None
        back = (today.isoweekday() - number) % 7
        if self.limit and back > DAYS_BACK:  # an event told on the way to a day that is about to come
            return calendar.of_day(today + timedelta(7 - back))
        if self.direction == "past":
            return calendar.of_day(today - timedelta(back))
        return calendar.of_day(today + timedelta((7 - back) % 7))


def _made(make: Callable[[int], Interval], years: Iterable[int], cost: Callable[[Interval], float]) -> Interval | None:
    found = []
    for number in years:
        try:
            found.append(make(number))
        except ValueError:  # 29 February, or outside the calendar
            continue
    return min(found, key=cost, default=None)


Meaning = Callable[[Context], Interval | None]


@dataclass(frozen=True)
class Expression:
    """A time expression: code points [start, end), and what it means to a reader who stands somewhere."""

    start: int
    end: int
    kind: Kind
    meaning: Meaning
    names_year: bool = False
    deictic: bool = False
    """It is counted from the day of publication: "yesterday", "on Monday"."""
    anaphoric: bool = False
    """It is counted from what the text spoke of last: "the next day"."""
    joined: bool = False
    """It was made of two; no third is added."""
    ends: tuple[Expression, ...] = ()
    """The two ends of a range, which are expressions of their own."""
    value: str | None = None
    """ISO 8601 of a duration: P3D; None where the words leave it open."""


def nothing(_: Context) -> Interval | None:
    """The meaning of durations, sets and references: no interval."""
    return None
