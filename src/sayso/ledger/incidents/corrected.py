"""Incidents as people have corrected their articles, beside what the coder made of them."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import ColumnElement, Connection, func, select, update

from sayso.ledger.keeping import current
from sayso.ledger.noting import event_row
from sayso.ledger.origins import denials
from sayso.ledger.people.corrections import annotations_of, corrected
from sayso.ledger.schema import annotation, article, event, incident
from sayso.records import Coding

COUNTS = annotation.c.state == "accepted", annotation.c.field.is_not(None), annotation.c.orphan.is_(False)
"""Which annotations correct anything."""
NOTHING = b""
"""In the place of a record: as it is corrected, no report of the incident is left."""


def shown() -> ColumnElement[bytes | None]:
    """An incident's record as people have corrected it, packed; NOTHING where no report is left."""
    return func.coalesce(incident.c.corrected, incident.c.record).label("shown")


def corrected_codings(connection: Connection, number: int) -> dict[str, Coding]:
    """Of the articles that tell of an incident those that are corrected, as they are corrected, by id."""
    told = select(event.c.article).where(event.c.incident == number)
    rows = select(article.c.key).join(annotation, annotation.c.article == article.c.id).where(*COUNTS)
    keys = connection.execute(rows.where(article.c.id.in_(told)).distinct().order_by(article.c.key)).scalars().all()
    codings = {key: current(connection, key) for key in keys}
    return {key: corrected(one, annotations_of(connection, key)) for key, one in codings.items() if one is not None}


def parties(codings: Mapping[str, Coding], key: str, name: str) -> str | None:
    """The parties of one event of an article as the table `event` would have them; None for an article that is not among these."""
    coding = codings.get(key)
    one = next((e for e in coding.events if e.id == name), None) if coding else None
    return None if coding is None or one is None else str(event_row(coding, one, _denied(coding))[0]["parties"])


def _denied(coding: Coding) -> set[str]:
    return {one.event for one in denials(coding)}


def let_be_computed(connection: Connection, number: int) -> list[int]:
    """After what corrects an article has changed: its incidents are out of date; their numbers."""
    told = select(event.c.incident).where(event.c.article == number, event.c.incident.is_not(None)).distinct()
    numbers = sorted(connection.execute(told).scalars())
    connection.execute(update(incident).where(incident.c.id.in_(numbers)).values(stale=True))
    return numbers
