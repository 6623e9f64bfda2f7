"""Incidents that may be one with another: near in place and time and of a kindred type, or with some words. Read from summaries."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select

from sayso.gazetteer.distance import kilometres
from sayso.ledger.facts import ordinal
from sayso.ledger.incidents.corrected import shown
from sayso.ledger.incidents.reported import FAMILIES
from sayso.ledger.keeping import unpacked
from sayso.ledger.schema import incident, summary
from sayso.records import Incident

DAYS = 4
"""Between which incidents may be one."""
DEGREES = 1.0
"""Around a place: some hundred kilometres."""
CONSIDERED = 300
"""Most of which the nearest are chosen."""
KILOMETRES_A_DAY = 25.0
"""How many kilometres away are as far as a day."""
MOST = 8
"""Incidents that are offered."""
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def near(connection: Connection, number: int) -> list[Incident]:
    """The incidents of a kindred type near this one in place and time, the nearest first."""
    here = connection.execute(select(summary).where(summary.c.incident == number)).one_or_none()
    if here is None or here.first_day is None:
        return []
    wanted = [
        summary.c.incident != number,
        summary.c.first_day.between(here.first_day - DAYS, here.first_day + DAYS),
        summary.c.type.in_(kin(here.type)),
    ]
    if here.latitude is not None:
        wanted += [
            summary.c.latitude.between(here.latitude - DEGREES, here.latitude + DEGREES),
            summary.c.longitude.between(here.longitude - 2 * DEGREES, here.longitude + 2 * DEGREES),
        ]
    elif here.country is not None:
        wanted.append(summary.c.country == here.country)
    else:
        wanted.append(summary.c.latitude.is_(None))
    soonest = func.abs(summary.c.first_day - here.first_day)
    found = select(summary).where(*wanted).order_by(soonest, summary.c.incident).limit(CONSIDERED)
    rows = connection.execute(found).all()
    chosen = sorted(rows, key=lambda row: (_far(here, row), row.incident))[:MOST]
    return _records(connection, [row.incident for row in chosen])


def kin(kind: str) -> list[str]:
    """The types as which two newspapers may tell the same thing."""
    families = set(FAMILIES.get(kind, ()))
    return [kind, *(other for other, theirs in FAMILIES.items() if other != kind and families & set(theirs))]


def with_words(connection: Connection, number: int, words: str) -> list[Incident]:
    """The incidents of this id, or in whose place, parties, sources, type or day are all of these words; the newest first."""
    asked = words.split()
    by_id = select(incident.c.id).where(incident.c.key == words.strip(), incident.c.became.is_(None))
    known = [one for one in connection.execute(by_id).scalars() if one != number]
    if known or not asked:
        return _records(connection, known)
    wanted = [summary.c.incident != number, *(_has(word) for word in asked)]
    newest = summary.c.first_day.desc().nulls_last()
    rows = select(summary.c.incident).where(*wanted).order_by(newest, summary.c.incident).limit(MOST)
    return _records(connection, list(connection.execute(rows).scalars()))


def _has(word: str) -> Any:
    day = ordinal(word) if _DAY.fullmatch(word) else None
    if day is not None:
        return summary.c.first_day.between(day - 1, day + 1)
    texts = (summary.c.place, summary.c.parties, summary.c.sources, summary.c.type, summary.c.mode, summary.c.country)
    return or_(*(text.icontains(word, autoescape=True) for text in texts))


def _far(here: Row[Any], row: Row[Any]) -> float:
    """Days between two incidents, and kilometres as days."""
    days = float(abs(row.first_day - here.first_day))
    if None in (here.latitude, here.longitude, row.latitude, row.longitude):
        return days
    return days + kilometres((here.latitude, here.longitude), (row.latitude, row.longitude)) / KILOMETRES_A_DAY


def _records(connection: Connection, numbers: Sequence[int]) -> list[Incident]:
    """In this order; without those whose record is not computed yet, or that are corrected away."""
    rows = connection.execute(select(incident.c.id, shown()).where(incident.c.id.in_(numbers)))
    packed = {row.id: row.shown for row in rows if row.shown}
    return [Incident.model_validate_json(unpacked(packed[one])) for one in numbers if one in packed]
