"""What an incident's record says in short, so that many can be chosen, counted and drawn without reading any."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from sayso.ledger.facts import ordinal
from sayso.ledger.incidents import tellings
from sayso.ledger.incidents.agreement import incident_record
from sayso.ledger.keeping import packed
from sayso.ledger.schema import article, event, incident, summary, telling
from sayso.records import Incident

BETWEEN = "\n"
"""Between the names in one column: no name holds it."""


def refresh(connection: Connection, number: int) -> None:
    """Compute an incident's record anew, and its summary; without reports it has neither."""
    record = incident_record(connection, number)
    connection.execute(delete(summary).where(summary.c.incident == number))
    kept = None if record is None else packed(record.to_json())
    connection.execute(update(incident).where(incident.c.id == number).values(stale=False, record=kept))
    connection.execute(delete(telling).where(telling.c.incident == number))
    if record is not None:
        reports = _reports(connection, number)
        connection.execute(insert(summary).values(incident=number, **_told(record, reports)))
        said = tellings.said(record, {row.key: (row.outlet, row.day) for row in reports})
        rows = tellings.rows(said, record.standing)
        connection.execute(insert(telling), [{"incident": number, **row} for row in rows])


def clear(connection: Connection, numbers: Collection[int], **values: Any) -> None:
    """Take away what was told of incidents, since they have become others or lost reports; `values` go into their rows."""
    connection.execute(delete(summary).where(summary.c.incident.in_(numbers)))
    connection.execute(delete(telling).where(telling.c.incident.in_(numbers)))
    connection.execute(update(incident).where(incident.c.id.in_(numbers)).values(record=None, **values))


def _reports(connection: Connection, number: int) -> Sequence[Any]:
    found = select(event.c.parties, article.c.key, article.c.outlet, article.c.day)
    of_it = event.c.incident == number, event.c.role == "report"
    return connection.execute(found.join(article, article.c.id == event.c.article).where(*of_it)).all()


def _told(record: Incident, reports: Sequence[Any]) -> dict[str, Any]:
    place = record.place
    first = ordinal(record.start or record.first_published)
    return {
        "type": record.type,
        "mode": record.mode,
        "standing": record.standing,
        "country": place.country if place else None,
        "place": place.name if place else None,
        "latitude": place.latitude if place else None,
        "longitude": place.longitude if place else None,
        "first_day": first,
        "last_day": ordinal(record.end or record.last_published) or first,
        "reports": len(record.reports),
        "origins": len(record.origins),
        "parties": _joined(row.parties for row in reports),
        "sources": _joined([*(row.outlet for row in reports), *(one.name for one in record.origins)]),
    }


def _joined(names: Any) -> str:
    """Each name once, in lower case."""
    return BETWEEN.join(dict.fromkeys(" ".join(name.lower().split()) for name in names if name))
