"""Many incidents at a glance: how many there are, of what, when and where. Read from their summaries alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Integer, cast, func, select

from sayso.ledger.asking.selection import NEVER, Selection
from sayso.ledger.schema import incident, summary

FACETS = ("type", "standing", "country")
"""By what incidents are counted."""
BINS = 120
"""Most bars of a timeline."""
STEPS = (1, 7, 28, 91, 364, 1820)
"""Days of a bar: the first that makes no more than BINS bars is taken."""
CELLS = 4000
"""Most points of a map; the fullest are kept."""


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
    """Packed records of some incidents, and how many there are in all."""

    total: int
    records: Sequence[bytes]


def page(connection: Connection, selection: Selection, *, offset: int, limit: int, newest: bool = True) -> Page:
    """The incidents from the `offset`-th on, the newest (or oldest) first; those without a day come last."""
    wanted = selection.filters()
    total = connection.execute(select(func.count()).select_from(summary).where(*wanted)).scalar_one()
    day = summary.c.first_day.desc().nulls_last() if newest else func.coalesce(summary.c.first_day, NEVER)
    chosen = select(summary.c.incident, summary.c.first_day).where(*wanted).order_by(day, summary.c.incident)
    rows = chosen.offset(offset).limit(limit).subquery()
    order = rows.c.first_day.desc().nulls_last() if newest else func.coalesce(rows.c.first_day, NEVER)
    records = select(incident.c.record).join(rows, rows.c.incident == incident.c.id).order_by(order, incident.c.id)
    return Page(total, list(connection.execute(records).scalars()))


def facets(connection: Connection, selection: Selection) -> dict[str, dict[str, int]]:
    """For each of FACETS how many incidents have which value, the most first; those without one count under ""."""
    return {name: _counted(connection, selection, summary.c[name]) for name in FACETS}


def _counted(connection: Connection, selection: Selection, column: Column[Any]) -> dict[str, int]:
    count = func.count().label("count")
    rows = select(column, count).where(*selection.filters()).group_by(column).order_by(count.desc(), column)
    return {value or "": number for value, number in connection.execute(rows)}


def timeline(connection: Connection, selection: Selection) -> list[Bar]:
    """Incidents by the day on which they began, in at most BINS bars of equal length from the first to the last."""
    wanted = [*selection.filters(), summary.c.first_day.is_not(None)]
    ends = select(func.min(summary.c.first_day), func.max(summary.c.first_day)).where(*wanted)
    first, last = connection.execute(ends).one()
    if first is None:
        return []
    step = next((s for s in STEPS if (last - first) // s < BINS), STEPS[-1])
    number = _whole((summary.c.first_day - first) / step if step > 1 else summary.c.first_day - first)
    rows = select(number, summary.c.standing, func.count()).where(*wanted).group_by(number, summary.c.standing)
    bars = [Bar(first + n * step, first + (n + 1) * step - 1, {}) for n in range((last - first) // step + 1)]
    for at, standing, count in connection.execute(rows):
        bars[at].counts[standing] = count
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
