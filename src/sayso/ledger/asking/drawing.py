"""What is counted to be drawn: bars of a timeline, and the squares of a map."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, cast, func, select

from sayso.ledger.asking.selection import Selection
from sayso.ledger.facts import ordinal

BINS = 120
"""Most bars of a timeline."""
STEPS = (1, 7, 28, 91, 364, 1820)
"""Days of a bar: the first that makes no more than BINS bars is taken."""
LEAST_AROUND = 7
"""Days shown before and after a period at least, so that it can be made longer."""
CELLS = 4000
"""Most points of a map; the fullest are kept."""


class Bar(NamedTuple):
    """What began within some days (ordinals, both inclusive): how many of each kind."""

    first: int
    last: int
    counts: dict[str, int]


class Cell(NamedTuple):
    """What lies close together: its middle, how many, how many of them are disputed, and by what the only one is known."""

    latitude: float
    longitude: float
    number: int
    disputed: int
    only: tuple[str, ...] | None


class Period(NamedTuple):
    """What is asked for without the days, and the days around which it is to be shown, where there are both."""

    rest: Selection
    since: int | None
    until: int | None

    def within(self, day: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        """Days as long before and after the period as it is itself."""
        if not self.since or not self.until:
            return []
        reach = max(LEAST_AROUND, self.until - self.since + 1)
        return [day.between(self.since - reach, self.until + reach)]


def period(selection: Selection, *, around: bool) -> Period:
    """`around`: as much again on both sides of the days that are asked for is shown, so that they can be moved and made longer."""
    if not around:
        return Period(selection, None, None)
    return Period(replace(selection, since=None, until=None), ordinal(selection.since), ordinal(selection.until))


def bars(counted: Iterable[Any], shown: Period) -> list[Bar]:
    """Of rows (day, kind, number) at most BINS bars of equal length, from the first to the last."""
    days = list(counted)
    ends = [day for day, _, _ in days]
    if shown.since and shown.until and shown.since <= shown.until:
        ends += [shown.since, shown.until]
    if not ends:
        return []
    first, last = min(ends), max(ends)
    step = next((s for s in STEPS if (last - first) // s < BINS), STEPS[-1])
    made = [Bar(first + n * step, first + (n + 1) * step - 1, {}) for n in range((last - first) // step + 1)]
    for day, kind, number in days:
        told = made[(day - first) // step].counts
        told[kind] = told.get(kind, 0) + number
    return made


def squares(
    connection: Connection,
    columns: Any,
    number: ColumnElement[int],
    wanted: Sequence[ColumnElement[bool]],
    disputed: ColumnElement[bool],
    size: float,
) -> Sequence[Any]:
    """Rows with places, by squares of `size` degrees, the fullest first: latitude, longitude, how many, disputed ones, the least `number`.

    `columns`: of a table with latitude and longitude.
    """
    row, column = (_whole((c + 180.0) / size) for c in (columns.latitude, columns.longitude))
    count = func.count().label("count")
    where = func.avg(columns.latitude), func.avg(columns.longitude)
    rows = (
        select(*where, count, func.sum(cast(disputed, Integer)), func.min(number))
        .where(*wanted, columns.latitude.is_not(None))
        .group_by(row, column)
        .order_by(count.desc(), func.min(number))
        .limit(CELLS)
    )
    return connection.execute(rows).all()


def _whole(value: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.floor(value), Integer)
