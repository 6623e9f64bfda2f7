"""Many incidents at a glance: how many there are, of what, when and where. Read from their summaries alone, as people have corrected them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from sayso.ledger.asking.drawing import Bar, Cell, bars, period, squares
from sayso.ledger.asking.selection import NEVER, Selection
from sayso.ledger.incidents.corrected import shown
from sayso.ledger.schema import incident, summary


class Counts(NamedTuple):
    """How many incidents there are, and how many have which value, the most first; those without one count under "".

    Types and standings are counted as if none of their own were chosen: so one sees what else there is.
    """

    total: int
    type: dict[str, int]
    standing: dict[str, int]
    country: dict[str, int]


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
    """Incidents by the day on which they began and by standing. `around`: see `drawing.period`."""
    shown = period(selection, around=around)
    wanted = [*shown.rest.filters(), *shown.within(summary.c.first_day), summary.c.first_day.is_not(None)]
    columns = summary.c.first_day, summary.c.standing
    is_wide = bool(selection.type or selection.box)  # which the index of days does not hold
    query = select(*columns, func.count()).where(*wanted).group_by(*_grouping(selection, *columns, wide=is_wide))
    return bars(connection.execute(query), shown)


def cells(connection: Connection, selection: Selection, size: float) -> list[Cell]:
    """Located incidents by squares of `size` degrees, the fullest first; the only one of a square by its id."""
    odd = summary.c.standing == "disputed"
    found = squares(connection, summary.c, summary.c.incident, selection.filters(), odd, size)
    keys = _keys(connection, [number for *_, many, _, number in found if many == 1])
    return [Cell(lat, lon, many, odd, (keys[n],) if many == 1 else None) for lat, lon, many, odd, n in found]


def _keys(connection: Connection, numbers: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    for start in range(0, len(numbers), 500):
        part = numbers[start : start + 500]
        rows = select(incident.c.id, incident.c.key).where(incident.c.id.in_(part))
        found |= {row.id: row.key for row in connection.execute(rows)}
    return found
