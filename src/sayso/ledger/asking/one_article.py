"""One article with what the ledger knows of it: its coding as corrected, who corrected what, its revisions, copies and incidents."""

from __future__ import annotations

import json
from typing import Any, NamedTuple

from sqlalchemy import Connection, func, or_, select

from sayso.ledger.dossier import Annotation
from sayso.ledger.keeping import unpacked
from sayso.ledger.people.corrections import annotations_of, corrected
from sayso.ledger.schema import article, coding, event, incident, summary, uncoded
from sayso.ledger.uncoded import bare, read_uncoded
from sayso.records import Coding


class Revision(NamedTuple):
    """One coding of the article: its number, the coder's version, and when it was made (ISO 8601, UTC)."""

    number: int
    version: str
    made: str


class Copy(NamedTuple):
    """An article that prints the same text. `is_first`: it is the one that the others copy."""

    key: str
    outlet: str | None
    title: str | None
    published: str | None
    is_first: bool


class Told(NamedTuple):
    """The incident of which an event of the article is a report. `standing`: None until the incident is computed."""

    key: str
    type: str
    mode: str | None
    standing: str | None
    place: str | None
    first_day: int | None
    reports: int | None


class Step(NamedTuple):
    """One accepted correction, and the coding that it corrected."""

    by: Annotation
    before: Coding


class Opened(NamedTuple):
    """`coding`: as the accepted corrections have it, `steps`, one after another. `told`: incidents by the events' ids."""

    coding: Coding
    steps: list[Step]
    annotations: list[Annotation]
    added: str
    revisions: list[Revision]
    copies: list[Copy]
    told: dict[str, Told]


def opened(connection: Connection, key: str) -> Opened | None:
    """The article of this id, if need be with a coding that says nothing; None where there is none, or no more."""
    row = connection.execute(
        select(article.c.id, article.c.copy_of, article.c.added, coding.c.data, uncoded.c.data.label("bare"))
        .outerjoin(coding, (coding.c.article == article.c.id) & (coding.c.revision == article.c.revision))
        .outerjoin(uncoded, uncoded.c.article == article.c.id)
        .where(article.c.key == key, article.c.forgotten.is_(None))
    ).one_or_none()
    if row is None:
        return None
    now = bare(read_uncoded(row.bare)) if row.data is None else Coding.model_validate_json(unpacked(row.data))
    given = annotations_of(connection, key)
    steps: list[Step] = []
    for one in given:
        after = corrected(now, [one])
        if after is not now:
            steps.append(Step(one, now))
            now = after
    return Opened(
        now,
        steps,
        given,
        row.added,
        _revisions(connection, row.id),
        _copies(connection, row.id, row.copy_of),
        _told(connection, row.id),
    )


def _revisions(connection: Connection, number: int) -> list[Revision]:
    rows = select(coding.c.revision, coding.c.coder, coding.c.made).where(coding.c.article == number)
    found = connection.execute(rows.order_by(coding.c.revision.desc())).all()
    return [Revision(row.revision, str(_parsed(row.coder).get("version", "")), row.made) for row in found]


def _parsed(coder: str) -> dict[str, Any]:
    return dict(json.loads(coder))


def _copies(connection: Connection, number: int, first: int | None) -> list[Copy]:
    """The first article with this text, and then its copies by day; without this one."""
    original = number if first is None else first
    rows = (
        select(article)
        .where(or_(article.c.id == original, article.c.copy_of == original), article.c.id != number)
        .where(article.c.forgotten.is_(None))
        .order_by(article.c.copy_of.is_not(None), article.c.day.nulls_last(), article.c.id)
        .limit(50)
    )
    return [Copy(r.key, r.outlet, r.title, r.published, r.id == original) for r in connection.execute(rows)]


def _told(connection: Connection, number: int) -> dict[str, Told]:
    columns = summary.c
    rows = (
        select(
            event.c.name, incident.c.key, func.coalesce(columns.type, event.c.type), func.coalesce(columns.mode, event.c.mode),
            columns.standing, columns.place, columns.first_day, columns.reports,
        )
        .join(incident, incident.c.id == event.c.incident)
        .outerjoin(summary, summary.c.incident == incident.c.id)
        .where(event.c.article == number, event.c.role == "report")
    )  # fmt: skip
    return {row.name: Told(*row[1:]) for row in connection.execute(rows)}
