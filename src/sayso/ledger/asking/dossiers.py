"""Incidents with everything that was read for them: what exporters are given."""

from __future__ import annotations

import heapq
import re
from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, select

from sayso.ledger.asking import correcting
from sayso.ledger.asking.selection import NEVER, Selection, first_day
from sayso.ledger.database import reading
from sayso.ledger.dossier import Dossier, Verdict
from sayso.ledger.keeping import current
from sayso.ledger.people.corrections import annotations_of, corrected
from sayso.ledger.personal import masked_dossier
from sayso.ledger.schema import annotation, article, incident
from sayso.records import Coding, Incident, Span

REMEMBERED = 500
"""Codings in memory."""
_WEB = re.compile(r"https?://[^\s<>\"“”]+")

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger


def dossiers(
    ledger: Ledger, selection: Selection | None = None, *, with_corrections: bool = False, unmasked: bool = False
) -> Iterator[Dossier]:
    """One for each incident that is asked for, oldest first. Personal data are masked unless `unmasked`."""
    codings = Codings()
    if with_corrections:
        return _masked(_as_corrected(ledger, selection or Selection(), codings), unmasked)
    return _masked(_as_coded(ledger.engine, ledger.incidents(selection), codings), unmasked)


def dossiers_of(engine: Engine, given: Iterable[Incident], *, unmasked: bool = False) -> Iterator[Dossier]:
    """One for each of these incidents, in their order. Personal data are masked unless `unmasked`."""
    codings = Codings()
    return _masked(_as_coded(engine, given, codings), unmasked)


def _masked(given: Iterable[Dossier], unmasked: bool) -> Iterator[Dossier]:
    return (one if unmasked else masked_dossier(one) for one in given)


def _as_coded(engine: Engine, given: Iterable[Incident], codings: Codings) -> Iterator[Dossier]:
    for record in given:
        with reading(engine) as connection:
            yield _dossier(connection, record, codings)


def _as_corrected(ledger: Ledger, selection: Selection, codings: Codings) -> Iterator[Dossier]:
    """Incidents of corrected articles are chosen, and put in order, by what they are as corrected; all others as ever.

    Only the former are read before the first is given, and there are none where nothing is corrected.
    """
    ledger.refresh()
    with reading(ledger.engine) as connection:
        touched = correcting.touched(connection)
        possible = correcting.among(connection, touched, selection)
    anew = sorted(_chosen(ledger, possible, selection, codings), key=_place_in_order)
    others = (record for record in ledger.incidents(selection) if record.id not in touched)
    for record in heapq.merge(others, anew, key=_place_in_order):
        with reading(ledger.engine) as connection:
            made = _dossier(connection, record, codings)
            yield _corrected(connection, made) if record.id in touched else made


def _corrected(connection: Connection, made: Dossier) -> Dossier:
    codings = {key: corrected(one, annotations_of(connection, key)) for key, one in made.codings.items()}
    return made._replace(codings=codings)


def _chosen(ledger: Ledger, touched: Iterable[str], selection: Selection, codings: Codings) -> Iterator[Incident]:
    """Of the incidents of these ids, as they are corrected, those that are asked for."""
    for key in touched:
        with reading(ledger.engine) as connection:
            found = correcting.anew(connection, key, lambda one: codings.get(connection, one))
        if found is not None and selection.holds(*found):
            yield found[0]


def _place_in_order(record: Incident) -> tuple[int, str]:
    day = first_day(record)
    return NEVER if day is None else day, record.id


class Codings:
    """Codings that have been read: an article may be of many incidents."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Coding | None] = OrderedDict()

    def get(self, connection: Connection, key: str) -> Coding | None:
        if key not in self._known:
            self._known[key] = current(connection, key)
            if len(self._known) > REMEMBERED:
                self._known.popitem(last=False)
        return self._known[key]


def _dossier(connection: Connection, record: Incident, known: Codings) -> Dossier:
    articles = list(dict.fromkeys([*(r.article for r in record.reports), *(d.article for d in record.denials)]))
    codings = {key: made for key in articles if (made := known.get(connection, key)) is not None}
    notes = tuple(one for key in articles for one in annotations_of(connection, key))
    return Dossier(record, codings, notes, verdicts_of(connection, record))


def verdicts_of(connection: Connection, record: Incident) -> tuple[Verdict, ...]:
    """What people have judged of the incident, where an editor has accepted it."""
    rows = connection.execute(
        select(annotation, article.c.key)
        .join(article, article.c.id == annotation.c.article)
        .where(annotation.c.incident.in_(all_that_became(connection, record.id)))
        .where(annotation.c.kind == "assessing", annotation.c.state == "accepted")
        .order_by(annotation.c.created, annotation.c.id)
    )
    return tuple(
        Verdict(
            r.creator,
            r.created,
            r.body or "",
            r.exact,
            _address(r.body or ""),
            article=r.key,
            span=Span(r.start, r.end),
        )
        for r in rows
    )


def _address(words: str) -> str | None:
    """The address of the review, where a verdict gives one: "False: https://desk.example/checks/7"."""
    found = _WEB.search(words)
    return found[0].rstrip(".,;:!?)]") if found else None


def all_that_became(connection: Connection, key: str) -> set[int]:
    """The incident of this id, and all that were merged into it."""
    found: set[int] = set()
    new = set(connection.execute(select(incident.c.id).where(incident.c.key == key)).scalars())
    while new:
        found |= new
        new = set(connection.execute(select(incident.c.id).where(incident.c.became.in_(new))).scalars()) - found
    return found
