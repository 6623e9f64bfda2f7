"""One incident with what was read for it, quickly: its articles' codings in one query, corrected where people corrected them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from pydantic_core import from_json
from sqlalchemy import Connection, select

from sayso.ledger.asking.relevant import part_of, relevant
from sayso.ledger.asking.verdicts import verdicts_of
from sayso.ledger.dossier import Dossier
from sayso.ledger.incidents.agreement import number_of
from sayso.ledger.incidents.corrected import corrected_codings, shown
from sayso.ledger.keeping import unpacked
from sayso.ledger.schema import article, coding, incident
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
    """The incident as accepted corrections have it, with that of its codings which is about it; None where no report of it is left."""
    packed = connection.execute(select(shown()).where(incident.c.id == number)).scalar()
    if not packed:
        return None
    record = Incident.model_validate_json(unpacked(packed))
    keys = list(dict.fromkeys([*(r.article for r in record.reports), *(d.article for d in record.denials)]))
    codings = dict(_codings(connection, keys, record))
    codings |= {key: one for key, one in corrected_codings(connection, number).items() if key in codings}
    return Dossier(record, codings, (), verdicts_of(connection, [number])[number])


def _codings(connection: Connection, keys: list[str], record: Incident) -> Iterator[tuple[str, Coding]]:
    """The current codings, without what the incident has nothing to do with."""
    newest = (coding.c.article == article.c.id) & (coding.c.revision == article.c.revision)
    wanted = relevant(record)
    for part in _parts(keys):
        rows = select(article.c.key, coding.c.data).join(coding, newest).where(article.c.key.in_(part))
        for row in connection.execute(rows):
            yield row.key, part_of(from_json(unpacked(row.data)), wanted[row.key])


def _parts(keys: list[str]) -> Iterable[list[str]]:
    return (keys[at : at + AT_ONCE] for at in range(0, len(keys), AT_ONCE))
