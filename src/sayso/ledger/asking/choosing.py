"""Which incidents an export holds, by their numbers: as people have corrected them, or as the coder has them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from heapq import merge
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, func, select

from sayso.ledger.asking.selection import NEVER, Selection, reported
from sayso.ledger.incidents.summaries import summary_of
from sayso.ledger.keeping import unpacked
from sayso.ledger.schema import article, event, incident, summary
from sayso.records import Incident

AT_ONCE = 500
"""Reports that are looked at in one go."""


class Chosen(NamedTuple):
    """Numbers of the incidents that are to be shown, and how many there are in all."""

    total: int
    numbers: Sequence[int]


def chosen(connection: Connection, selection: Selection, *, limit: int, newest: bool = True) -> Chosen:
    """The first incidents of a view, in its order, as people have corrected them."""
    wanted = selection.filters()
    total = connection.execute(select(func.count()).select_from(summary).where(*wanted)).scalar_one()
    day = summary.c.first_day.desc().nulls_last() if newest else func.coalesce(summary.c.first_day, NEVER)
    rows = select(summary.c.incident).where(*wanted).order_by(day, summary.c.incident).limit(limit)
    return Chosen(total, connection.execute(rows).scalars().all())


def in_order(connection: Connection, selection: Selection, *, corrected: bool) -> Sequence[int]:
    """All incidents that are asked for, the oldest first; those without a day come last."""
    if corrected:
        return connection.execute(_ordered(selection)).scalars().all()
    same = connection.execute(_ordered(selection, incident.c.corrected.is_(None))).all()
    others = sorted(_as_coded(connection, selection))
    by_day = ((row.day, row.key, row.id) for row in same)
    return [number for *_, number in merge(by_day, others)] if others else [row.id for row in same]


def _ordered(selection: Selection, *more: ColumnElement[bool]) -> Select[Any]:
    day = func.coalesce(summary.c.first_day, NEVER).label("day")
    rows = select(incident.c.id, incident.c.key, day).join(summary, summary.c.incident == incident.c.id)
    return rows.where(*selection.filters(), *more).order_by(day, incident.c.key)


def _as_coded(connection: Connection, selection: Selection) -> Iterator[tuple[int, str, int]]:
    """Day, key and number of those that people have corrected, but which as the coder has them are asked for."""
    rows = select(incident.c.id, incident.c.key, incident.c.record).where(incident.c.corrected.is_not(None))
    if selection.category:
        rows = rows.where(incident.c.id.in_(reported(selection.category)))
    for row in connection.execute(rows).all():
        told = summary_of(connection, row.id, Incident.model_validate_json(unpacked(row.record)))
        if selection.holds(told):
            yield NEVER if told["first_day"] is None else told["first_day"], row.key, row.id


def arrived(connection: Connection, selection: Selection, limit: int) -> dict[int, str]:
    """Numbers of the incidents of which a report was added last, the last first, each with when that was (ISO 8601, UTC)."""
    rows = (
        select(event.c.incident, article.c.added)
        .join(article, article.c.id == event.c.article)
        .join(summary, summary.c.incident == event.c.incident)
        .where(event.c.role == "report", *selection.filters())
        .order_by(event.c.article.desc(), event.c.incident)
        .execution_options(stream_results=True, yield_per=AT_ONCE)
    )
    found: dict[int, str] = {}
    with connection.execute(rows) as told:
        for number, added in told:
            found.setdefault(number, added)
            if len(found) == limit:
                break
    return found
