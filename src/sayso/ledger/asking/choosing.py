"""Which incidents an export of a view holds: numbers first, so that what is written meanwhile neither doubles nor hides one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, select

from sayso.ledger.asking.selection import NEVER, Selection
from sayso.ledger.database import reading
from sayso.ledger.keeping import unpacked
from sayso.ledger.schema import article, event, incident, summary
from sayso.records import Incident

AT_ONCE = 200
"""Records that are read in one transaction."""


class Chosen(NamedTuple):
    """Numbers of the incidents that are to be shown, and how many there are in all."""

    total: int
    numbers: Sequence[int]


class Arrived(NamedTuple):
    """An incident, and when the last article that reports it was added (ISO 8601, UTC)."""

    incident: Incident
    added: str


def chosen(connection: Connection, selection: Selection, *, limit: int, newest: bool = True) -> Chosen:
    """The first incidents of a view, in its order."""
    wanted = selection.filters()
    total = connection.execute(select(func.count()).select_from(summary).where(*wanted)).scalar_one()
    day = summary.c.first_day.desc().nulls_last() if newest else func.coalesce(summary.c.first_day, NEVER)
    rows = select(summary.c.incident).where(*wanted).order_by(day, summary.c.incident).limit(limit)
    return Chosen(total, connection.execute(rows).scalars().all())


def records(engine: Engine, numbers: Sequence[int]) -> Iterator[Incident]:
    """The incidents of these numbers, in their order; without those that are no more."""
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        rows = select(incident.c.id, incident.c.record).where(incident.c.id.in_(part), incident.c.record.is_not(None))
        with reading(engine) as connection:
            found = {row.id: row.record for row in connection.execute(rows)}
        yield from (Incident.model_validate_json(unpacked(found[number])) for number in part if number in found)


def arrived(connection: Connection, selection: Selection, limit: int) -> list[Arrived]:
    """The incidents of which a report was added last, the last first."""
    last = func.max(article.c.added).label("last")
    rows = (
        select(event.c.incident, last)
        .join(article, article.c.id == event.c.article)
        .where(event.c.role == "report", event.c.incident.in_(select(summary.c.incident).where(*selection.filters())))
        .group_by(event.c.incident)
        .order_by(last.desc(), event.c.incident.desc())
        .limit(limit)
        .subquery()
    )
    found = select(incident.c.record, rows.c.last).join(rows, rows.c.incident == incident.c.id)
    ordered = found.where(incident.c.record.is_not(None)).order_by(rows.c.last.desc(), incident.c.id.desc())
    return [Arrived(Incident.model_validate_json(unpacked(r.record)), r.last) for r in connection.execute(ordered)]
