"""Articles by their words, and by what is coded in them."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, or_, select

from sayso.errors import LedgerError
from sayso.ledger.asking import fulltext
from sayso.ledger.asking.selection import Selection, filed
from sayso.ledger.facts import ordinal
from sayso.ledger.schema import article, event, summary


class Found(NamedTuple):
    """An article that was asked for. `snippet` has what was searched between `fulltext.ON` and `fulltext.OFF`."""

    article: str
    outlet: str | None
    published: str | None
    title: str | None
    snippet: str


def _events(wanted: Selection) -> list[Any]:
    """What one event of the article must be, all of it."""
    found: list[Any] = []
    if wanted.type:
        found.append(event.c.type == wanted.type.upper())
    if wanted.place:
        named = event.c.place.icontains(wanted.place, autoescape=True)
        found.append(or_(event.c.country == wanted.place.upper(), named))
    if wanted.since:
        found.append(event.c.last_day >= ordinal(wanted.since))
    if wanted.until:
        found.append(event.c.first_day <= ordinal(wanted.until))
    if wanted.actor:
        found.append(event.c.parties.contains(wanted.actor.lower(), autoescape=True))
    if wanted.standing:
        standing = select(summary.c.incident).where(summary.c.standing == wanted.standing)
        found.append(event.c.incident.in_(standing))
    if wanted.source:
        of_it = select(article.c.id).where(article.c.outlet.icontains(wanted.source, autoescape=True))
        found.append(event.c.article.in_(of_it))
    if wanted.category:
        found.append(event.c.article.in_(filed(wanted.category)))
    return found


def search(connection: Connection, asked: str, selection: Selection | None = None, *, limit: int = 20) -> list[Found]:
    """The articles with these words (see `fulltext`), the best first; without words the newest first.

    Raises LedgerError where neither words nor filters are given.
    """
    if limit < 1:
        raise LedgerError(f"limit {limit}: at least 1")
    wanted = _events(selection or Selection())
    held = select(event.c.article).where(*wanted) if wanted else None
    if not asked.strip() and held is not None:
        newest = article.c.day.desc().nulls_last(), article.c.id
        rows = select(article).where(article.c.id.in_(held)).order_by(*newest).limit(limit)
        return [_found(row, "") for row in connection.execute(rows)]
    allowed = None if held is None else set(connection.execute(held.distinct()).scalars())
    hits = fulltext.find(connection, asked, among=allowed, limit=limit)
    by_id = {
        row.id: row for row in connection.execute(select(article).where(article.c.id.in_([h.article for h in hits])))
    }
    return [_found(by_id[hit.article], hit.snippet) for hit in hits]


def _found(row: Any, snippet: str) -> Found:
    return Found(row.key, row.outlet, row.published, row.title, " ".join(snippet.split()))
