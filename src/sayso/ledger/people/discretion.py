"""What people write into a ledger, without the personal data of the articles of which they write."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from sayso.ledger.keeping import current
from sayso.ledger.personal.masker import Masker, masker_of, together
from sayso.ledger.personal.spans import may_have
from sayso.ledger.schema import annotation, article, event


def masker_for(connection: Connection, keys: Iterable[str]) -> Masker:
    """A masker that knows what is personal in these articles as the ledger has them, masked or not."""
    found = (current(connection, key) for key in keys)
    return together(masker_of(one) for one in found if one is not None)


def discreet(connection: Connection, keys: Iterable[str], *said: str) -> tuple[str, ...]:
    """Reasons and names as people gave them, masked; the articles are only read where there may be anything to mask."""
    if not any(map(may_have, said)):
        return said
    return tuple(map(masker_for(connection, keys).words, said))


def article_of(connection: Connection, identifier: str) -> list[str]:
    """The key of the article of which an annotation is, in a list; none of one that is not there."""
    rows = select(article.c.key).join(annotation, annotation.c.article == article.c.id)
    return list(connection.execute(rows.where(annotation.c.id == identifier)).scalars())


def articles_of(connection: Connection, *incidents: int) -> list[str]:
    """The keys of the articles in which these incidents are told."""
    rows = select(article.c.key).join(event, event.c.article == article.c.id).where(event.c.incident.in_(incidents))
    return list(connection.execute(rows.distinct().order_by(article.c.key)).scalars())
