"""What an incident's record says in short, as people have corrected it, so that many can be chosen, counted and drawn without reading any."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from sayso.ledger.facts import ordinal
from sayso.ledger.incidents import tellings
from sayso.ledger.incidents.agreement import incident_record
from sayso.ledger.incidents.corrected import NOTHING, corrected_codings, parties
from sayso.ledger.keeping import packed
from sayso.ledger.schema import article, event, incident, summary, telling
from sayso.records import Coding, Incident

BETWEEN = "\n"
"""Between the names in one column: no name holds it."""


class Records(NamedTuple):
    """An incident as the coder has it and as people have corrected it; None where it has no report. `codings`: what is corrected."""

    coded: Incident | None
    corrected: Incident | None
    codings: Mapping[str, Coding]


def records(connection: Connection, number: int) -> Records:
    """Both records of an incident, computed from what its articles say now."""
    coded = incident_record(connection, number)
    codings = {} if coded is None else corrected_codings(connection, number)
    return Records(coded, incident_record(connection, number, corrected=codings) if codings else coded, codings)


def refresh(connection: Connection, number: int) -> None:
    """Compute an incident's records anew, and its summary; what has no report, or as corrected none, has no summary."""
    coded, corrected, codings = records(connection, number)
    kept = None if coded is None else packed(coded.to_json())
    otherwise = None if corrected == coded else NOTHING if corrected is None else packed(corrected.to_json())
    clear(connection, [number], stale=False)
    connection.execute(update(incident).where(incident.c.id == number).values(record=kept, corrected=otherwise))
    if corrected is not None:
        reports = _reports(connection, number)
        connection.execute(insert(summary).values(incident=number, **_told(corrected, reports, codings)))
        said = tellings.said(corrected, {row.key: (row.outlet, row.day) for row in reports})
        rows = tellings.rows(said, corrected.standing)
        connection.execute(insert(telling), [{"incident": number, **row} for row in rows])


def clear(connection: Connection, numbers: Collection[int], **values: Any) -> None:
    """Take away what was told of incidents, since they have become others or lost reports; `values` go into their rows."""
    connection.execute(delete(summary).where(summary.c.incident.in_(numbers)))
    connection.execute(delete(telling).where(telling.c.incident.in_(numbers)))
    gone = {"record": None, "corrected": None, **values}
    connection.execute(update(incident).where(incident.c.id.in_(numbers)).values(**gone))


def summary_of(connection: Connection, number: int, record: Incident) -> dict[str, Any]:
    """What the summary would be if the record were this one, of the coder alone."""
    return _told(record, _reports(connection, number), {})


def _reports(connection: Connection, number: int) -> Sequence[Any]:
    found = select(event.c.parties, event.c.name, article.c.key, article.c.outlet, article.c.day)
    of_it = event.c.incident == number, event.c.role == "report"
    return connection.execute(found.join(article, article.c.id == event.c.article).where(*of_it)).all()


def _told(record: Incident, reports: Sequence[Any], codings: Mapping[str, Coding]) -> dict[str, Any]:
    place = record.place
    first = ordinal(record.start or record.first_published)
    left = {(one.article, one.event) for one in record.reports}
    told = [row for row in reports if (row.key, row.name) in left]
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
        "parties": _joined(_parties(codings, row) for row in told),
        "sources": _joined([*(row.outlet for row in told), *(one.name for one in record.origins)]),
    }


def _parties(codings: Mapping[str, Coding], row: Any) -> str:
    found = parties(codings, row.key, row.name)
    return str(row.parties) if found is None else found


def _joined(names: Any) -> str:
    """Each name once, in lower case."""
    return BETWEEN.join(dict.fromkeys(" ".join(name.lower().split()) for name in names if name))
