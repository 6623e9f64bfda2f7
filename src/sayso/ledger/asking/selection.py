"""Which incidents are asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite
from typing import Any, get_args

from sqlalchemy import ColumnElement, Select, func, or_, select

from sayso.codebooks import PLOVER
from sayso.errors import LedgerError
from sayso.gazetteer.countries import named
from sayso.gazetteer.normal import normal
from sayso.ledger.facts import ordinal
from sayso.ledger.schema import annotation, event, summary
from sayso.records import Standing

NEVER = 10_000_000
"""The day of what has none: after all others."""
MOST = 2**31 - 1
"""Reports that can be asked for: what both databases take for a number."""


@dataclass(frozen=True, kw_only=True)
class Selection:
    """Every filter that is given must hold. `since` and `until` are ISO dates, inclusive; `place` is a part of a place's
    name, or a country, by its name or its alpha-3; `actor` a part of a party's name, or a state or sector code, `source` of an outlet's or origin's; all but codes in any case. `category` is one under which a
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

    def holds(self, told: Mapping[str, Any]) -> bool:
        """What `filters` ask of a row of `summary`, asked of one that is not there; but for `category`."""
        first, last = told["first_day"], told["last_day"]
        return (
            told["reports"] >= self.least_reports
            and (not self.type or told["type"] == self.type.upper())
            and (not self.standing or told["standing"] == self.standing)
            and (not self.since or (last is not None and last >= (ordinal(self.since) or 0)))
            and (not self.until or (first is not None and first <= (ordinal(self.until) or 0)))
            and (
                not self.place
                or told["country"] == country_code(self.place)
                or self.place.lower() in _lower(told["place"])
            )
            and (not self.actor or self.actor.lower() in told["parties"])
            and (not self.source or self.source.lower() in told["sources"])
            and (not self.box or _is_within(told["latitude"], told["longitude"], *self.box))
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
            wanted.append(or_(summary.c.country == country_code(self.place), _holds(summary.c.place, self.place)))
        if self.actor:
            wanted.append(summary.c.parties.contains(self.actor.lower(), autoescape=True))
        if self.source:
            wanted.append(summary.c.sources.contains(self.source.lower(), autoescape=True))
        if self.box:
            wanted += _within(*self.box)
        if self.category:
            wanted.append(summary.c.incident.in_(reported(self.category)))
        return wanted


def country_code(place: str) -> str:
    """The alpha-3 of the country whose name the words are, in any case; else the words as a code: "yemen", "yem" → "YEM"."""
    known = named(place.title())
    own = known is not None and normal(place) in map(normal, known.names)
    return known.alpha3 if known and own else place.upper()


def _lower(name: str | None) -> str:
    return (name or "").lower()


def _is_within(
    latitude: float | None, longitude: float | None, west: float, south: float, east: float, north: float
) -> bool:
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


def reported(category: str) -> Select[Any]:
    """Incidents of which such an article reports."""
    return select(event.c.incident).where(event.c.article.in_(filed(category)), event.c.role == "report")
