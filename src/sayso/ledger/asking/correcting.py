"""Incidents as people have corrected their articles: they may be of another type, place or day than the table `incident` says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from sqlalchemy import Connection, select

from sayso.ledger.asking.selection import Selection
from sayso.ledger.incidents.agreement import incident_record
from sayso.ledger.noting import event_row
from sayso.ledger.origins import denials
from sayso.ledger.people.corrections import annotations_of, corrected
from sayso.ledger.schema import annotation, article, event, incident, summary
from sayso.records import Coding, Incident

COUNTS = annotation.c.state == "accepted", annotation.c.field.is_not(None), annotation.c.orphan.is_(False)
"""Which annotations correct anything."""


def touched(connection: Connection) -> frozenset[str]:
    """The ids of the incidents with an event in an article that is corrected."""
    rows = (
        select(incident.c.key)
        .join(event, event.c.incident == incident.c.id)
        .where(event.c.article.in_(select(annotation.c.article).where(*COUNTS)))
        .where(incident.c.became.is_(None))
        .distinct()
    )
    return frozenset(connection.execute(rows).scalars())


def among(connection: Connection, keys: Collection[str], wanted: Selection) -> Collection[str]:
    """Those of these incidents that are of the source and category that are wanted, which no correction changes."""
    lasting = Selection(source=wanted.source, category=wanted.category).filters()
    if not lasting or not keys:
        return keys
    fit = select(incident.c.key).join(summary, summary.c.incident == incident.c.id).where(*lasting)
    return set(connection.execute(fit.where(incident.c.key.in_(keys))).scalars())


def anew(connection: Connection, key: str, coding: Callable[[str], Coding | None]) -> tuple[Incident, str] | None:
    """The incident of this id as it is corrected, and the parties of its events as the table `event` has them.

    None where no report is left of it. `coding` gives an article's coding by its id.
    """
    rows = connection.execute(
        select(incident.c.id, article.c.key, event.c.name, event.c.role, event.c.parties)
        .join(event, event.c.incident == incident.c.id)
        .join(article, article.c.id == event.c.article)
        .where(incident.c.key == key)
    ).all()
    changed = _changed(connection, rows[0].id, coding) if rows else {}
    record = incident_record(connection, rows[0].id, corrected=changed) if rows else None
    if record is None:
        return None
    parties = (
        _parties(changed[row.key], row.name, row.role) if row.key in changed else row.parties or "" for row in rows
    )
    return record, "\n".join(parties)


def _changed(connection: Connection, number: int, coding: Callable[[str], Coding | None]) -> Mapping[str, Coding]:
    """Those of an incident's articles that are corrected, as they are corrected."""
    told = select(event.c.article).where(event.c.incident == number)
    rows = select(article.c.key).join(annotation, annotation.c.article == article.c.id).where(*COUNTS)
    found = connection.execute(rows.where(article.c.id.in_(told)).distinct().order_by(article.c.key)).scalars().all()
    return {key: corrected(made, annotations_of(connection, key)) for key in found if (made := coding(key)) is not None}


def _parties(coding: Coding, name: str, role: str) -> str:
    """The parties of one event; none where the corrected coding has no such event in that role."""
    one = next((e for e in coding.events if e.id == name), None)
    row = event_row(coding, one, {d.event for d in denials(coding)})[0] if one else {"role": None}
    return str(row["parties"]) if row["role"] == role else ""
