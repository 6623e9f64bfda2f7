"""Articles by their words, and by what is coded in them."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from sayso.errors import LedgerError
from sayso.ledger.asking import fulltext, happening
from sayso.ledger.asking.selection import Selection
from sayso.ledger.schema import article, event

MOST = 10_000
"""Articles that are counted; nobody reads more."""


class Found(NamedTuple):
    """An article that was asked for. `snippet` has what was searched between `fulltext.ON` and `fulltext.OFF`."""

    article: str
    outlet: str | None
    published: str | None
    title: str | None
    snippet: str


class Results(NamedTuple):
    """Some of the articles that were found, and how many were: MOST where there are as many or more."""

    total: int
    found: list[Found]


def search(connection: Connection, asked: str, selection: Selection | None = None, *, limit: int = 20) -> list[Found]:
    """The articles with these words (see `fulltext`), the best first; without words the newest first.

    Raises LedgerError where neither words nor filters are given.
    """
    if limit < 1:
        raise LedgerError(f"limit {limit}: at least 1")
    return results(connection, asked, selection, offset=0, limit=limit).found


def results(
    connection: Connection, asked: str, selection: Selection | None = None, *, offset: int, limit: int
) -> Results:
    """The same from the `offset`-th on, and how many there are."""
    wanted = happening.filters(selection or Selection())
    held = select(event.c.article).where(*wanted) if wanted else None
    if not asked.strip() and held is not None:
        newest = article.c.day.desc().nulls_last(), article.c.id
        chosen = select(article).where(article.c.id.in_(held))
        total = connection.execute(select(func.count()).select_from(chosen.limit(MOST).subquery())).scalar_one()
        rows = connection.execute(chosen.order_by(*newest).offset(offset).limit(limit))
        return Results(total, [_found(row, "") for row in rows])
    allowed = None if held is None else set(connection.execute(held.distinct()).scalars())
    ranks = fulltext.ranked(connection, asked, among=allowed, limit=MOST)
    hits = fulltext.quoted(connection, asked, ranks[offset : offset + limit])
    by_id = {
        row.id: row for row in connection.execute(select(article).where(article.c.id.in_([h.article for h in hits])))
    }
    return Results(len(ranks), [_found(by_id[hit.article], hit.snippet) for hit in hits])


def _found(row: Any, snippet: str) -> Found:
    return Found(row.key, row.outlet, row.published, row.title, " ".join(snippet.split()))
