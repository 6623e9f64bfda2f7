"""Incidents with everything that was read for them: what exporters are given."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, select

from sayso.ledger.asking.selection import Selection
from sayso.ledger.database import reading
from sayso.ledger.dossier import Annotation, Dossier, Verdict
from sayso.ledger.incidents.agreement import incident_record
from sayso.ledger.keeping import current
from sayso.ledger.people.corrections import annotations_of, corrected
from sayso.ledger.personal import masked_dossier
from sayso.ledger.schema import annotation, incident
from sayso.records import Coding, Incident

REMEMBERED = 500
"""Codings in memory."""

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger


def dossiers(
    ledger: Ledger, selection: Selection | None = None, *, with_corrections: bool = False, unmasked: bool = False
) -> Iterator[Dossier]:
    """One for each incident that is asked for, oldest first. Personal data are masked unless `unmasked`."""
    given = ledger.incidents(selection)
    return dossiers_of(ledger.engine, given, with_corrections=with_corrections, unmasked=unmasked)


def dossiers_of(
    engine: Engine, incidents: Iterable[Incident], *, with_corrections: bool = False, unmasked: bool = False
) -> Iterator[Dossier]:
    """One for each of these incidents, in their order. Personal data are masked unless `unmasked`."""
    codings = Codings()
    for record in incidents:
        with reading(engine) as connection:
            made = _dossier(connection, record, with_corrections, codings)
        if made is not None:
            yield made if unmasked else masked_dossier(made)


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


def _dossier(connection: Connection, record: Incident, with_corrections: bool, known: Codings) -> Dossier | None:
    articles = list(dict.fromkeys([*(r.article for r in record.reports), *(d.article for d in record.denials)]))
    said = {key: annotations_of(connection, key) for key in articles}
    codings = {key: made for key in articles if (made := known.get(connection, key)) is not None}
    if with_corrections:
        codings = {key: corrected(made, said[key]) for key, made in codings.items()}
        number = connection.execute(select(incident.c.id).where(incident.c.key == record.id)).scalar_one()
        anew = incident_record(connection, number, corrected=_changed(codings, said))
        if anew is None:
            return None
        record = anew
    notes = tuple(one for key in articles for one in said[key])
    return Dossier(record, codings, notes, verdicts_of(connection, record))


def _changed(codings: dict[str, Coding], said: dict[str, list[Annotation]]) -> dict[str, Coding]:
    return {
        key: made for key, made in codings.items() if any(one.state == "accepted" and one.field for one in said[key])
    }


def verdicts_of(connection: Connection, record: Incident) -> tuple[Verdict, ...]:
    """What people have judged of the incident, where an editor has accepted it."""
    rows = connection.execute(
        select(annotation)
        .where(annotation.c.incident.in_(all_that_became(connection, record.id)))
        .where(annotation.c.kind == "assessing", annotation.c.state == "accepted")
        .order_by(annotation.c.created, annotation.c.id)
    )
    return tuple(Verdict(row.creator, row.created, row.body or "", row.exact) for row in rows)


def all_that_became(connection: Connection, key: str) -> set[int]:
    """The incident of this id, and all that were merged into it."""
    found: set[int] = set()
    new = set(connection.execute(select(incident.c.id).where(incident.c.key == key)).scalars())
    while new:
        found |= new
        new = set(connection.execute(select(incident.c.id).where(incident.c.became.in_(new))).scalars()) - found
    return found
