"""What an incident's record says in short, so that many can be chosen, counted and drawn without reading any."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from sayso.ledger.facts import ordinal
from sayso.ledger.incidents.agreement import incident_record
from sayso.ledger.keeping import packed
from sayso.ledger.schema import article, event, incident, summary
from sayso.records import Incident

BETWEEN = "\n"
"""Between the names in one column: no name holds it."""


def refresh(connection: Connection, number: int) -> None:
    """Compute an incident's record anew, and its summary; without reports it has neither."""
    record = incident_record(connection, number)
    connection.execute(delete(summary).where(summary.c.incident == number))
    kept = None if record is None else packed(record.to_json())
    connection.execute(update(incident).where(incident.c.id == number).values(stale=False, record=kept))
    if record is not None:
        connection.execute(insert(summary).values(incident=number, **_told(connection, number, record)))


def clear(connection: Connection, numbers: Collection[int], **values: Any) -> None:
    """Take away what was told of incidents, since they have become others or lost reports; `values` go into their rows."""
    connection.execute(delete(summary).where(summary.c.incident.in_(numbers)))
    connection.execute(update(incident).where(incident.c.id.in_(numbers)).values(record=None, **values))


def _told(connection: Connection, number: int, record: Incident) -> dict[str, Any]:
    place = record.place
    first = ordinal(record.start or record.first_published)
    reports = connection.execute(
        select(event.c.parties, article.c.outlet)
        .join(article, article.c.id == event.c.article)
        .where(event.c.incident == number, event.c.role == "report")
    ).all()
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
