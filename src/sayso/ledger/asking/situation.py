"""Many incidents at a glance: how many there are, of what, when and where. Read from their summaries alone, as people have corrected them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, cast, func, select

from sayso.ledger.asking.selection import NEVER, Selection
from sayso.ledger.facts import ordinal
from sayso.ledger.incidents.corrected import shown
from sayso.ledger.schema import incident, summary

BINS = 120
"""Most bars of a timeline."""
STEPS = (1, 7, 28, 91, 364, 1820)
"""Days of a bar: the first that makes no more than BINS bars is taken."""
LEAST_AROUND = 7
"""Days shown before and after a period at least, so that it can be made longer."""
CELLS = 4000
"""Most points of a map; the fullest are kept."""


class Counts(NamedTuple):
    """How many incidents there are, and how many have which value, the most first; those without one count under "".

    Types and standings are counted as if none of their own were chosen: so one sees what else there is.
    """

    total: int
    type: dict[str, int]
    standing: dict[str, int]
    country: dict[str, int]


class Bar(NamedTuple):
    """Incidents that began within some days (ordinals, both inclusive), by standing."""

    first: int
    last: int
    counts: dict[str, int]


class Cell(NamedTuple):
    """Incidents whose places lie close together: their middle, how many, how many of them are disputed, and the only one's id."""

    latitude: float
    longitude: float
    number: int
    disputed: int
    incident: str | None


class Page(NamedTuple):
    """Packed records of some incidents, as people have corrected them, and how many there are in all."""

    total: int
    records: Sequence[bytes]


def page(
    connection: Connection,
    selection: Selection,
    *,
    offset: int,
    limit: int,
    newest: bool = True,
    total: int | None = None,
) -> Page:
    """The incidents from the `offset`-th on, the newest (or oldest) first; those without a day come last.

    `total`: how many there are, where that is known.
    """
    wanted = selection.filters()
    if total is None:
        total = connection.execute(select(func.count()).select_from(summary).where(*wanted)).scalar_one()
    day = summary.c.first_day.desc().nulls_last() if newest else func.coalesce(summary.c.first_day, NEVER)
    chosen = select(summary.c.incident).where(*wanted).order_by(day, summary.c.incident).offset(offset).limit(limit)
    numbers = list(connection.execute(chosen).scalars())
    rows = connection.execute(select(incident.c.id, shown()).where(incident.c.id.in_(numbers)))
    records = {row.id: row.shown for row in rows}
    return Page(total, [records[number] for number in numbers])


def counts(connection: Connection, selection: Selection) -> Counts:
    """All of it in one reading."""
    rest = replace(selection, type=None, standing=None)
    columns = summary.c.type, summary.c.standing, summary.c.country
    query = select(*columns, func.count()).where(*rest.filters()).group_by(*_grouping(selection, *columns))
    rows = connection.execute(query)
    kind, standing = selection.type and selection.type.upper(), selection.standing
    types: Counter[str] = Counter()
    standings: Counter[str] = Counter()
    countries: Counter[str] = Counter()
    for row_type, row_standing, country, number in rows:
        of_kind, stands_so = kind in (None, "", row_type), standing in (None, "", row_standing)
        if stands_so:
            types[row_type] += number
        if of_kind:
            standings[row_standing] += number
        if of_kind and stands_so:
            countries[country or ""] += number
    return Counts(sum(countries.values()), *(_by_number(one) for one in (types, standings, countries)))


def _grouping(selection: Selection, *columns: ColumnElement[Any], wide: bool = False) -> tuple[ColumnElement[Any], ...]:
    """The columns to group by. Of what no index holds rows are read whole: SQLite must not do so in the order of an index that
    holds the columns, which takes three times as long as to read all and sort what is left."""
    is_wide = wide or selection.place or selection.actor or selection.source or selection.category
    return (func.coalesce(columns[0], columns[0]), *columns) if is_wide else columns


def _by_number(counted: Counter[str]) -> dict[str, int]:
    return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))


def timeline(connection: Connection, selection: Selection, *, around: bool = False) -> list[Bar]:
    """Incidents by the day on which they began, in at most BINS bars of equal length, from the first to the last.

    `around`: of a period that is asked for as much again on both sides too, so that it can be moved and made longer.
    """
    since, until = (ordinal(selection.since), ordinal(selection.until)) if around else (None, None)
    wanted = (replace(selection, since=None, until=None) if around else selection).filters()
    if since and until:
        reach = max(LEAST_AROUND, until - since + 1)
        wanted.append(summary.c.first_day.between(since - reach, until + reach))
    columns = summary.c.first_day, summary.c.standing
    is_wide = bool(selection.type or selection.box)  # which the index of days does not hold
    query = select(*columns, func.count()).where(*wanted).group_by(*_grouping(selection, *columns, wide=is_wide))
    days = [row for row in connection.execute(query).all() if row.first_day is not None]
    ends = [day for day, _, _ in days]
    if since and until and since <= until:
        ends += [since, until]
    if not ends:
        return []
    first, last = min(ends), max(ends)
    step = next((s for s in STEPS if (last - first) // s < BINS), STEPS[-1])
    bars = [Bar(first + n * step, first + (n + 1) * step - 1, {}) for n in range((last - first) // step + 1)]
    for day, standing, number in days:
        told = bars[(day - first) // step].counts
        told[standing] = told.get(standing, 0) + number
    return bars


def cells(connection: Connection, selection: Selection, size: float) -> list[Cell]:
    """Located incidents by squares of `size` degrees, the fullest first."""
    wanted = [*selection.filters(), summary.c.latitude.is_not(None)]
    row, column = (_whole((c + 180.0) / size) for c in (summary.c.latitude, summary.c.longitude))
    count = func.count().label("count")
    disputed = func.sum(cast(summary.c.standing == "disputed", Integer))
    where = func.avg(summary.c.latitude), func.avg(summary.c.longitude)
    squares = (
        select(*where, count, disputed, func.min(summary.c.incident))
        .where(*wanted)
        .group_by(row, column)
        .order_by(count.desc(), func.min(summary.c.incident))
        .limit(CELLS)
    )
    found = connection.execute(squares).all()
    alone = [number for _, _, many, _, number in found if many == 1]
    keys = _keys(connection, alone)
    return [Cell(lat, lon, many, odd, keys[n] if many == 1 else None) for lat, lon, many, odd, n in found]


def _keys(connection: Connection, numbers: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        rows = select(incident.c.id, incident.c.key).where(incident.c.id.in_(part))
        found |= {row.id: row.key for row in connection.execute(rows)}
    return found


def _whole(value: ColumnElement[Any]) -> ColumnElement[int]:
    return cast(func.floor(value), Integer)
