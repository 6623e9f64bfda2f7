"""What the ledger made of articles that somebody has just added: their events, and the incidents that these are of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, func, or_, select

from sayso.ledger.keeping import hash_of
from sayso.ledger.schema import article, event, incident
from sayso.records import Article


class Told(NamedTuple):
    """An incident of which an article reports, by the first of its reports."""

    incident: str
    type: str
    mode: str
    place: str
    day: int | None


class Made(NamedTuple):
    """`copy_of`: the id of the article whose words it prints; empty where it prints its own."""

    key: str
    title: str
    events: int
    incidents: tuple[Told, ...]
    copy_of: str


def made_of(connection: Connection, keys: Sequence[str]) -> dict[str, Made]:
    """By the articles' ids; those that are not in the ledger are left out."""
    original = article.alias()
    rows = connection.execute(
        select(article.c.id, article.c.key, article.c.title, original.c.key.label("copy_of"), func.count(event.c.id).label("events"))
        .outerjoin(original, original.c.id == article.c.copy_of)
        .outerjoin(event, event.c.article == article.c.id)
        .where(article.c.key.in_(keys), article.c.forgotten.is_(None))
        .group_by(article.c.id, article.c.key, article.c.title, original.c.key)
    ).all()  # fmt: skip
    told = _told(connection, [row.id for row in rows])
    return {
        row.key: Made(row.key, row.title or "", row.events, tuple(told.get(row.id, {}).values()), row.copy_of or "")
        for row in rows
    }


def _told(connection: Connection, articles: Sequence[int]) -> dict[int, dict[str, Told]]:
    found: dict[int, dict[str, Told]] = {}
    rows = connection.execute(
        select(event.c.article, incident.c.key, event.c.type, event.c.mode, event.c.place, event.c.first_day)
        .join(incident, incident.c.id == event.c.incident)
        .where(event.c.article.in_(articles), event.c.role == "report")
        .order_by(event.c.id)
    )
    for row in rows:
        one = Told(row.key, row.type, row.mode or "", row.place or "", row.first_day)
        found.setdefault(row.article, {}).setdefault(row.key, one)
    return found


def kept_as(connection: Connection, one: Article) -> tuple[str, bool]:
    """Under which id the ledger has an article that it holds, and whether that was forgotten."""
    like = or_(article.c.key == one.id, article.c.key.startswith(f"{one.id}~", autoescape=True))
    rows = connection.execute(select(article.c.key, article.c.forgotten, article.c.read_hash).where(like)).all()
    same = [row for row in rows if row.read_hash == hash_of(one.text)] or [row for row in rows if row.forgotten]
    return (same[0].key, bool(same[0].forgotten)) if same else (one.id, False)
