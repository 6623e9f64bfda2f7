"""What people have corrected, with the coding that they corrected: what a coder can be measured against."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, Engine, select

from sayso.ledger import anchors
from sayso.ledger.database import reading
from sayso.ledger.dossier import Annotation
from sayso.ledger.keeping import unpacked
from sayso.ledger.people.corrections import annotations_of, corrects
from sayso.ledger.schema import article, coding
from sayso.records import Coding, Span

SECOND = 19
"""Characters of an ISO 8601 time up to its seconds: codings are not dated more finely."""


class Correction(NamedTuple):
    """An accepted correction of words that the article still has, and the coding that it corrected.

    `then` is the correction as it stood in that coding's text, which may be an earlier one than that of `given`.
    """

    given: Annotation
    then: Annotation
    coding: Coding


def accepted(engine: Engine) -> list[Correction]:
    """The accepted corrections of a ledger, the oldest first; without those whose words are not in the text any more."""
    with reading(engine) as connection:
        found = (_correction(connection, one) for one in annotations_of(connection) if corrects(one))
        return [one for one in found if one is not None]


def _correction(connection: Connection, one: Annotation) -> Correction | None:
    rows = connection.execute(
        select(coding.c.made, coding.c.data)
        .join(article, article.c.id == coding.c.article)
        .where(article.c.key == one.article)
        .order_by(coding.c.revision)
    ).all()
    # Of codings made in the second of the correction nobody knows which came first; a person needs longer to read one.
    before = [row for row in rows if row.made[:SECOND] < one.created[:SECOND]] or rows[:1]
    if not before:
        return None
    corrected = Coding.model_validate_json(unpacked(before[-1].data))
    mark = anchors.Anchor(*one.span, one.exact, one.prefix, one.suffix, one.text_hash)
    span: Span | None = anchors.place(mark, corrected.article.text).span
    return None if span is None else Correction(one, one._replace(span=span), corrected)
