"""Articles by their words, and by what is coded in them."""

from __future__ import annotations

from typing import Any, NamedTuple

from sqlalchemy import Connection, func, select

from sayso.errors import LedgerError
from sayso.ledger import fulltext
from sayso.ledger.asking import happening
from sayso.ledger.asking.selection import MOST, Selection
from sayso.ledger.schema import article, event

COUNTED = 10_000
"""Articles that are counted; nobody reads more."""

AT_ONCE = 1000
"""Articles asked for by their numbers in one statement: databases take only so many."""


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
    if not 1 <= limit <= MOST:
        raise LedgerError(f"limit {limit}: at least 1, at most {MOST}")
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
        total = connection.execute(select(func.count()).select_from(chosen.limit(COUNTED).subquery())).scalar_one()
        rows = connection.execute(chosen.order_by(*newest).offset(offset).limit(limit))
        return Results(total, [_found(row, "") for row in rows])
    allowed = None if held is None else set(connection.execute(held.distinct()).scalars())
    ranks = fulltext.ranked(connection, asked, among=allowed, limit=max(COUNTED, offset + limit))
    hits = fulltext.quoted(connection, asked, ranks[offset : offset + limit])
    by_id: dict[int, Any] = {}
    for at in range(0, len(hits), AT_ONCE):
        numbers = [hit.article for hit in hits[at : at + AT_ONCE]]
        by_id |= {row.id: row for row in connection.execute(select(article).where(article.c.id.in_(numbers)))}
    return Results(len(ranks), [_found(by_id[hit.article], hit.snippet) for hit in hits])


def _found(row: Any, snippet: str) -> Found:
    return Found(row.key, row.outlet, row.published, row.title, " ".join(snippet.split()))
