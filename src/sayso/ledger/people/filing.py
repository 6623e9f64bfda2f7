"""Categories under which people file articles."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, select

from sayso.errors import LedgerError
from sayso.ledger.database import writing
from sayso.ledger.keeping import current
from sayso.ledger.people import corrections
from sayso.ledger.people.threads import head_of
from sayso.ledger.schema import annotation, article

LONGEST = 60
"""Characters of a category."""
_STANDS = annotation.c.kind == "classifying", annotation.c.state.not_in(("declined", "withdrawn"))


class Filed(NamedTuple):
    """An article's category: the annotation's id, its name, and who filed it."""

    id: str
    name: str
    creator: str


def file_under(engine: Engine, key: str, name: str, *, who: str) -> str:
    """File an article; the annotation's id, which is the former one's where it is filed so already. Raises LedgerError for no name."""
    called = " ".join(name.split())
    if not called or len(called) > LONGEST:
        raise LedgerError(f"a category has 1 to {LONGEST} characters")
    with writing(engine) as connection:
        coding = current(connection, key)
        if coding is None:
            raise LedgerError(f"{key}: no such article in the ledger")
        known = next((one.id for one in filed(connection, key) if one.name == called), None)
        span = head_of(coding.article.text)
        return known or corrections.annotate(connection, key, span, kind="classifying", creator=who, body=called)


def take_out(engine: Engine, key: str, identifier: str, *, who: str) -> None:
    """Take an article out of a category. Raises LedgerError where it is not in it."""
    with writing(engine) as connection:
        if not any(one.id == identifier for one in filed(connection, key)):
            raise LedgerError("the article is not filed so any more")
        corrections.decide(connection, identifier, "withdrawn", who=who)


def filed(connection: Connection, key: str) -> list[Filed]:
    """The categories of an article, by name."""
    rows = (
        select(annotation.c.id, annotation.c.body, annotation.c.creator)
        .join(article, article.c.id == annotation.c.article)
        .where(article.c.key == key, *_STANDS)
        .order_by(annotation.c.body, annotation.c.id)
    )
    return [Filed(row.id, row.body or "", row.creator) for row in connection.execute(rows)]


def categories(connection: Connection) -> dict[str, int]:
    """Every category, with how many articles are filed under it, by name."""
    count = func.count(annotation.c.article.distinct())
    rows = select(annotation.c.body, count).where(*_STANDS).group_by(annotation.c.body).order_by(annotation.c.body)
    return {name: number for name, number in connection.execute(rows) if name}
