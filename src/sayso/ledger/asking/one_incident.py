"""One incident with what was read for it, quickly: its articles' codings in one query, corrected where people corrected them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from sqlalchemy import Connection, select

from sayso.ledger.asking.dossiers import verdicts_of
from sayso.ledger.dossier import Dossier
from sayso.ledger.incidents.agreement import incident_record, number_of
from sayso.ledger.keeping import unpacked
from sayso.ledger.people.corrections import annotations_of, corrected
from sayso.ledger.schema import annotation, article, coding, incident
from sayso.records import Coding, Incident

AT_ONCE = 500
"""Articles asked for in one query."""


class Found(NamedTuple):
    """`key`: of the incident that this id leads to. `stale`: its record is to be computed anew before it is read."""

    number: int
    key: str
    stale: bool


def found(connection: Connection, key: str) -> Found | None:
    """The incident of this id, or the one that it became."""
    number = number_of(connection, key)
    if number is None:
        return None
    row = connection.execute(select(incident.c.key, incident.c.stale).where(incident.c.id == number)).one()
    return Found(number, row.key, row.stale)


def dossier(connection: Connection, number: int) -> Dossier | None:
    """The incident as accepted corrections have it; None where no report of it is left."""
    packed = connection.execute(select(incident.c.record).where(incident.c.id == number)).scalar()
    if packed is None:
        return None
    record = Incident.model_validate_json(unpacked(packed))
    keys = list(dict.fromkeys([*(r.article for r in record.reports), *(d.article for d in record.denials)]))
    codings = dict(_codings(connection, keys))
    changed = {
        key: corrected(codings[key], annotations_of(connection, key))
        for key in _with_corrections(connection, keys)
        if key in codings
    }
    if changed:
        anew = incident_record(connection, number, corrected=changed)
        if anew is None:
            return None
        record, codings = anew, codings | changed
    return Dossier(record, codings, (), verdicts_of(connection, record))


def _codings(connection: Connection, keys: list[str]) -> Iterator[tuple[str, Coding]]:
    current = (coding.c.article == article.c.id) & (coding.c.revision == article.c.revision)
    for part in _parts(keys):
        rows = select(article.c.key, coding.c.data).join(coding, current).where(article.c.key.in_(part))
        for row in connection.execute(rows):
            yield row.key, Coding.model_validate_json(unpacked(row.data))


def _with_corrections(connection: Connection, keys: list[str]) -> list[str]:
    """Which of these articles have an accepted correction."""
    wanted = (
        select(article.c.key)
        .join(annotation, annotation.c.article == article.c.id)
        .where(annotation.c.state == "accepted", annotation.c.field.is_not(None))
        .distinct()
    )
    return [key for part in _parts(keys) for key in connection.execute(wanted.where(article.c.key.in_(part))).scalars()]


def _parts(keys: list[str]) -> Iterable[list[str]]:
    return (keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE))
