"""What people said of articles, whether or not an incident is told in them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Engine, select

from sayso.ledger.database import reading
from sayso.ledger.dossier import Dossier
from sayso.ledger.keeping import current
from sayso.ledger.people.corrections import annotations_of
from sayso.ledger.personal import masked_dossier
from sayso.ledger.schema import annotation, article
from sayso.records import Incident

NONE = Incident(id="", type="", standing="unattributed")
"""In the place of an incident where articles are asked for and no incident."""


def annotated(engine: Engine, *, unmasked: bool = False) -> Iterator[Dossier]:
    """A dossier without an incident for each article of which anything was said, in the order of their ids.

    Every annotation of the ledger is in one of them. Personal data are masked unless `unmasked`.
    """
    with reading(engine) as connection:
        said = select(article.c.key).join(annotation, annotation.c.article == article.c.id).distinct()
        keys = sorted(connection.execute(said).scalars())
    for key in keys:
        with reading(engine) as connection:
            made = current(connection, key)
            notes = tuple(annotations_of(connection, key))
        one = Dossier(NONE, {} if made is None else {key: made}, notes)
        yield one if unmasked else masked_dossier(one)
