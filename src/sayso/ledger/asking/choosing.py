"""Which incidents an export of a view holds: numbers first, so that what is written meanwhile neither doubles nor hides one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, Engine, func, select

from sayso.ledger.asking.selection import NEVER, Selection
from sayso.ledger.database import reading
from sayso.ledger.dossier import Dossier
from sayso.ledger.keeping import unpacked
from sayso.ledger.schema import article, coding, event, incident, summary
from sayso.records import Coding, Incident

AT_ONCE = 100
"""Incidents that are read, with their codings, in one transaction."""
KEYS = 500
"""Articles that are asked for in one query."""


class Chosen(NamedTuple):
    """Numbers of the incidents that are to be shown, and how many there are in all."""

    total: int
    numbers: Sequence[int]


def chosen(connection: Connection, selection: Selection, *, limit: int, newest: bool = True) -> Chosen:
    """The first incidents of a view, in its order."""
    wanted = selection.filters()
    total = connection.execute(select(func.count()).select_from(summary).where(*wanted)).scalar_one()
    day = summary.c.first_day.desc().nulls_last() if newest else func.coalesce(summary.c.first_day, NEVER)
    rows = select(summary.c.incident).where(*wanted).order_by(day, summary.c.incident).limit(limit)
    return Chosen(total, connection.execute(rows).scalars().all())


def arrived(connection: Connection, selection: Selection, limit: int) -> dict[int, str]:
    """Numbers of the incidents of which a report was added last, the last first, each with when that was (ISO 8601, UTC)."""
    rows = (
        select(event.c.incident, article.c.added)
        .join(article, article.c.id == event.c.article)
        .join(summary, summary.c.incident == event.c.incident)
        .where(event.c.role == "report", *selection.filters())
        .order_by(event.c.article.desc(), event.c.incident)
        .execution_options(stream_results=True, yield_per=KEYS)
    )
    found: dict[int, str] = {}
    with connection.execute(rows) as told:
        for number, added in told:
            found.setdefault(number, added)
            if len(found) == limit:
                break
    return found


def read(engine: Engine, numbers: Sequence[int]) -> Iterator[tuple[int, Dossier]]:
    """These incidents with their codings, each with its number, in their order; without those that are no more. Nothing is masked."""
    for start in range(0, len(numbers), AT_ONCE):
        part = numbers[start : start + AT_ONCE]
        rows = select(incident.c.id, incident.c.record).where(incident.c.id.in_(part), incident.c.record.is_not(None))
        with reading(engine) as connection:
            packed = {row.id: row.record for row in connection.execute(rows)}
            records = {n: Incident.model_validate_json(unpacked(packed[n])) for n in part if n in packed}
            keys = dict.fromkeys(key for one in records.values() for key in _articles(one))
            codings = _codings(connection, list(keys))
        for number, one in records.items():
            yield number, Dossier(one, {key: codings[key] for key in _articles(one) if key in codings})


def _articles(one: Incident) -> list[str]:
    """Those that report or deny it."""
    return [*(report.article for report in one.reports), *(denial.article for denial in one.denials)]


def _codings(connection: Connection, keys: Sequence[str]) -> Mapping[str, Coding]:
    """The current codings of these articles."""
    is_current = (article.c.id == coding.c.article) & (article.c.revision == coding.c.revision)
    found: dict[str, Coding] = {}
    for start in range(0, len(keys), KEYS):
        part = article.c.key.in_(keys[start : start + KEYS])
        rows = select(article.c.key, coding.c.data).join(coding, is_current).where(part)
        found |= {row.key: Coding.model_validate_json(unpacked(row.data)) for row in connection.execute(rows)}
    return found
