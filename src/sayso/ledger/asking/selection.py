"""Which incidents are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, and_, func, or_, select

from sayso.errors import LedgerError
from sayso.ledger.facts import ordinal
from sayso.ledger.schema import event, incident

NEVER = 10_000_000
"""The day of what has none: after all others."""


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
        """Raises LedgerError for what is no day or no text: with it nothing would be found, and nobody would know why."""
        for name in ("type", "place", "standing", "actor"):
            words = getattr(self, name) or ""
            if "\0" in words or words.encode("utf-8", "replace").decode() != words:
                raise LedgerError(f"{name} {words!r}: no text")
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


def _holds(column: Any, words: str) -> Any:
    return func.lower(column).contains(words.lower(), autoescape=True)


def _party(words: str) -> Any:
    """Events one of whose parties is called so, or has that code."""
    return event.c.parties.contains(words.lower(), autoescape=True)
