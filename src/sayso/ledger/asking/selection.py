"""Which incidents are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, get_args

from sqlalchemy import Select, and_, func, or_, select

from sayso.codebooks import PLOVER
from sayso.errors import LedgerError
from sayso.ledger.facts import ordinal
from sayso.ledger.schema import event, incident
from sayso.records import Incident, Place, Standing

NEVER = 10_000_000
"""The day of what has none: after all others."""
MOST = 2**31 - 1
"""Reports that can be asked for: what both databases take for a number."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Every filter that is given must hold. `since` and `until` are ISO dates, inclusive; `place` is a part of a place's
    name or a state's alpha-3; `actor` a part of a party's name, or a state or sector code; all but codes in any case."""

    type: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    standing: str | None = None
    actor: str | None = None
    least_reports: int = 1

    def __post_init__(self) -> None:
        """Raises LedgerError for what is no type, standing, day or text: nothing would be found, and nobody would know why."""
        for name in ("type", "place", "standing", "actor"):
            words = getattr(self, name) or ""
            if "\0" in words or words.encode("utf-8", "replace").decode() != words:
                raise LedgerError(f"{name} {words!r}: no text")
        for name, given, known in (
            ("type", (self.type or "").upper(), tuple(PLOVER)),
            ("standing", self.standing, get_args(Standing)),
        ):
            if given and given not in known:
                raise LedgerError(f"{name} {getattr(self, name)!r}: there is none; there are: {', '.join(known)}")
        if not 0 <= self.least_reports <= MOST:
            raise LedgerError(f"least reports {self.least_reports}: a number from 0 to {MOST}")
        for name, day in (("since", self.since), ("until", self.until)):
            if day and ordinal(day) is None:
                raise LedgerError(f"{name} {day!r}: no ISO date (2022-01-06)")

    def query(self, after: tuple[Any, ...] | None, limit: int) -> Select[Any]:
        """Rows (id, key, day, record) of the next incidents after one (day, key), oldest first."""
        day = func.coalesce(incident.c.first_day, NEVER).label("day")
        found = select(incident.c.id, incident.c.key, day, incident.c.record).where(*self._filters())
        if after is not None:
            found = found.where(or_(day > after[0], and_(day == after[0], incident.c.key > after[1])))
        return found.order_by(day, incident.c.key).limit(limit)

    def holds(self, record: Incident, parties: str) -> bool:
        """What `query` asks of the database, asked of a record that is not there: an incident as people have corrected it.

        `parties`: those of its events, as the table `event` has them.
        """
        place, first = record.place, first_day(record)
        last = ordinal(record.end or record.last_published) or first
        return (
            len(record.reports) >= self.least_reports
            and (not self.type or record.type == self.type.upper())
            and (not self.standing or record.standing == self.standing)
            and (not self.since or (last or 0) >= (ordinal(self.since) or 0))
            and (not self.until or (first or NEVER) <= (ordinal(self.until) or 0))
            and (not self.place or (place is not None and _is_at(self.place, place)))
            and (not self.actor or self.actor.lower() in parties)
        )

    def _filters(self) -> list[Any]:
        wanted: list[Any] = [incident.c.record.is_not(None), incident.c.became.is_(None)]
        wanted.append(incident.c.reports >= self.least_reports)
        if self.type:
            wanted.append(incident.c.type == self.type.upper())
        if self.standing:
            wanted.append(incident.c.standing == self.standing)
        if self.since:
            wanted.append(incident.c.last_day >= ordinal(self.since))
        if self.until:
            wanted.append(incident.c.first_day <= ordinal(self.until))
        if self.place:
            wanted.append(or_(incident.c.country == self.place.upper(), _holds(incident.c.place, self.place)))
        if self.actor:
            wanted.append(incident.c.id.in_(select(event.c.incident).where(_party(self.actor))))
        return wanted


def first_day(record: Incident) -> int | None:
    """The day by which an incident is put in order."""
    return ordinal(record.start or record.first_published)


def _is_at(words: str, place: Place) -> bool:
    return place.country == words.upper() or words.lower() in place.name.lower()


def _holds(column: Any, words: str) -> Any:
    return func.lower(column).contains(words.lower(), autoescape=True)


def _party(words: str) -> Any:
    """Events one of whose parties is called so, or has that code."""
    return event.c.parties.contains(words.lower(), autoescape=True)
