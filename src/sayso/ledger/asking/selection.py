"""Which incidents are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import Any, get_args

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from sayso.codebooks import PLOVER
from sayso.errors import LedgerError
from sayso.ledger.facts import ordinal
from sayso.ledger.schema import annotation, event, incident, summary
from sayso.records import Incident, Place, Standing

NEVER = 10_000_000
"""The day of what has none: after all others."""
MOST = 2**31 - 1
"""Reports that can be asked for: what both databases take for a number."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Every filter that is given must hold. `since` and `until` are ISO dates, inclusive; `place` is a part of a place's
    name or a state's alpha-3; `actor` a part of a party's name, or a state or sector code, `source` of an outlet's or origin's; all but codes in any case. `category` is one under which a
    report's article is filed, `box` west, south, east and north in degrees (east of west, over 180 where it crosses that line)."""

    type: str | None = None
    place: str | None = None
    since: str | None = None
    until: str | None = None
    standing: str | None = None
    actor: str | None = None
    source: str | None = None
    category: str | None = None
    box: tuple[float, float, float, float] | None = None
    least_reports: int = 1

    def __post_init__(self) -> None:
        """Raises LedgerError for what is no type, standing, day or text: nothing would be found, and nobody would know why."""
        for name in ("type", "place", "standing", "actor", "source", "category"):
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
        if self.box and not all(map(isfinite, self.box)):
            raise LedgerError(f"area {self.box}: no finite degrees")
        for name, day in (("since", self.since), ("until", self.until)):
            if day and ordinal(day) is None:
                raise LedgerError(f"{name} {day!r}: no ISO date (2022-01-06)")

    def query(self, after: tuple[Any, ...] | None, limit: int) -> Select[Any]:
        """Rows (id, key, day, record) of the next incidents after one (day, key), oldest first."""
        day = func.coalesce(summary.c.first_day, NEVER).label("day")
        found = select(incident.c.id, incident.c.key, day, incident.c.record).join(summary).where(*self.filters())
        if after is not None:
            found = found.where(or_(day > after[0], and_(day == after[0], incident.c.key > after[1])))
        return found.order_by(day, incident.c.key).limit(limit)

    def holds(self, record: Incident, parties: str) -> bool:
        """What `query` asks of the database, asked of a record that is not there: an incident as people have corrected it. Sources and
        categories no correction changes.

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
            and (not self.box or (place is not None and _is_within(place, *self.box)))
        )

    def filters(self) -> list[ColumnElement[bool]]:
        """What a row of `summary` must be."""
        wanted: list[ColumnElement[bool]] = []
        if self.least_reports > 1:
            wanted.append(summary.c.reports >= self.least_reports)
        if self.type:
            wanted.append(summary.c.type == self.type.upper())
        if self.standing:
            wanted.append(summary.c.standing == self.standing)
        if self.since:
            wanted.append(summary.c.last_day >= ordinal(self.since))
        if self.until:
            wanted.append(summary.c.first_day <= ordinal(self.until))
        if self.place:
            wanted.append(or_(summary.c.country == self.place.upper(), _holds(summary.c.place, self.place)))
        if self.actor:
            wanted.append(summary.c.parties.contains(self.actor.lower(), autoescape=True))
        if self.source:
            wanted.append(summary.c.sources.contains(self.source.lower(), autoescape=True))
        if self.box:
            wanted += _within(*self.box)
        if self.category:
            wanted.append(summary.c.incident.in_(_reported(self.category)))
        return wanted


def first_day(record: Incident) -> int | None:
    """The day by which an incident is put in order."""
    return ordinal(record.start or record.first_published)


def _is_at(words: str, place: Place) -> bool:
    return place.country == words.upper() or words.lower() in place.name.lower()


def _is_within(place: Place, west: float, south: float, east: float, north: float) -> bool:
    latitude, longitude = place.latitude, place.longitude
    if latitude is None or longitude is None:
        return False
    return south <= latitude <= north and any(west <= longitude + turn <= east for turn in (0, 360, -360))


def _holds(column: Any, words: str) -> Any:
    return func.lower(column).contains(words.lower(), autoescape=True)


def _within(west: float, south: float, east: float, north: float) -> list[ColumnElement[bool]]:
    longitude = summary.c.longitude
    around = or_(
        longitude.between(west, east), (longitude + 360).between(west, east), (longitude - 360).between(west, east)
    )
    return [summary.c.latitude.between(south, north), around]


def filed(category: str) -> Select[Any]:
    """Articles that are filed under a category."""
    given = annotation.c.kind == "classifying", annotation.c.body == category
    return select(annotation.c.article).where(*given, annotation.c.state.not_in(("declined", "withdrawn")))


def _reported(category: str) -> Select[Any]:
    """Incidents of which such an article reports."""
    return select(event.c.incident).where(event.c.article.in_(filed(category)), event.c.role == "report")
