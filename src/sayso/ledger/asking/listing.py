"""Articles, events and what people said, the last first: a part at a time, each from where the one before it ended."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, or_, select

from sayso.errors import LedgerError
from sayso.ledger.asking.selection import filed
from sayso.ledger.facts import ordinal
from sayso.ledger.schema import annotation, article, coding, event, incident

Rows = Sequence[Row[Any]]


def articles(
    connection: Connection,
    *,
    before: int | None,
    limit: int,
    outlet: str | None = None,
    language: str | None = None,
    category: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> Rows:
    """Articles that are not forgotten, the last added first. `before`: the `id` of the last one that was seen."""
    wanted: list[ColumnElement[bool]] = [article.c.forgotten.is_(None)]
    wanted += [] if before is None else [article.c.id < before]
    wanted += [article.c.outlet.icontains(outlet, autoescape=True)] if outlet else []
    wanted += [article.c.language == language] if language else []
    wanted += [article.c.id.in_(filed(category))] if category else []
    wanted += [article.c.day >= ordinal(since)] if since else []
    wanted += [article.c.day <= ordinal(until)] if until else []
    rows = _article().where(*wanted).order_by(article.c.id.desc()).limit(limit)
    return connection.execute(rows).all()


def article_of(connection: Connection, key: str) -> Row[Any] | None:
    """An article as `articles` has it; None where there is none, or no more."""
    return connection.execute(_article().where(article.c.key == key, article.c.forgotten.is_(None))).one_or_none()


def _article() -> Select[Any]:
    first = article.alias("first")
    events = select(func.count()).where(event.c.article == article.c.id).scalar_subquery().label("events")
    return select(article, first.c.key.label("original"), events).outerjoin(first, first.c.id == article.c.copy_of)


def revisions(connection: Connection, key: str) -> Rows:
    """Number, coder (JSON) and time of every coding that an article has had, the first one first."""
    rows: Select[Any] = select(coding.c.revision, coding.c.coder, coding.c.made).join(
        article, article.c.id == coding.c.article
    )
    return connection.execute(rows.where(article.c.key == key).order_by(coding.c.revision)).all()


def coding_of(connection: Connection, key: str, revision: int) -> bytes | None:
    """One coding of an article, packed."""
    rows = select(coding.c.data).join(article, article.c.id == coding.c.article)
    return connection.execute(rows.where(article.c.key == key, coding.c.revision == revision)).scalar()


def events(connection: Connection, *, before: int | None, limit: int, day: tuple[str | None, str | None], **given: str | None) -> Rows:  # fmt: skip
    """Events of the current codings, the last added first, whatever their realis.

    `day`: first and last ISO date between which it may have been. `given`: any of type, realis, role, article, incident, country
    (these as they are), place, actor (a part of the name).
    """
    same = {"type": event.c.type, "realis": event.c.realis, "role": event.c.role, "country": event.c.country}
    same |= {"article": article.c.key, "incident": incident.c.key}
    wanted = [same[name] == value for name, value in given.items() if name in same and value]
    wanted += [] if before is None else [event.c.id < before]
    since, until = day
    wanted += [event.c.last_day >= ordinal(since)] if since else []
    wanted += [event.c.first_day <= ordinal(until)] if until else []
    if given.get("place"):
        wanted.append(event.c.place.icontains(given["place"], autoescape=True))
    if actor := given.get("actor"):
        wanted.append(event.c.parties.contains(actor.lower(), autoescape=True))
    return connection.execute(_event().where(*wanted).order_by(event.c.id.desc()).limit(limit)).all()


def reports(connection: Connection, number: int) -> Rows:
    """The events that report an incident, in the order in which they came."""
    rows = _event().where(event.c.incident == number, event.c.role == "report").order_by(event.c.id)
    return connection.execute(rows).all()


def _event() -> Select[Any]:
    told = article.c.key.label("told_in"), article.c.outlet, article.c.title, article.c.published
    return (
        select(event, *told, incident.c.key.label("of"))
        .join(article, article.c.id == event.c.article)
        .outerjoin(incident, incident.c.id == event.c.incident)
    )


def remarks(
    connection: Connection,
    *,
    before: str | None,
    limit: int,
    of: str | None = None,
    kind: str | None = None,
    state: str | None = None,
    creator: str | None = None,
) -> Rows:
    """What people said, the last first. `before`: the id of the last one that was seen.

    Raises LedgerError where there is no such annotation.
    """
    wanted: list[ColumnElement[bool]] = []
    if before is not None:
        at = connection.execute(select(annotation.c.created).where(annotation.c.id == before)).scalar()
        if at is None:
            raise LedgerError(f"{before}: no such annotation")
        earlier = annotation.c.created < at, and_(annotation.c.created == at, annotation.c.id < before)
        wanted.append(or_(*earlier))
    wanted += [article.c.key == of] if of else []
    wanted += [annotation.c.kind == kind] if kind else []
    wanted += [annotation.c.state == state] if state else []
    wanted += [annotation.c.creator == creator] if creator else []
    order = annotation.c.created.desc(), annotation.c.id.desc()
    return connection.execute(_remark().where(*wanted).order_by(*order).limit(limit)).all()


def remark_of(connection: Connection, identifier: str) -> Row[Any] | None:
    """One, as `remarks` has it."""
    return connection.execute(_remark().where(annotation.c.id == identifier)).one_or_none()


def _remark() -> Select[Any]:
    return (
        select(annotation, article.c.key.label("said_of"), incident.c.key.label("judged"))
        .join(article, article.c.id == annotation.c.article)
        .outerjoin(incident, incident.c.id == annotation.c.incident)
    )
