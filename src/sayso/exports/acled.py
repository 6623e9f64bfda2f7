"""ACLED's 31 columns (codebook of 2023 and later), one row an incident that ACLED has a type for; sayso's own come last.

What is not known is an empty cell. Where an incident is told differently, the notes say all of it; the columns that hold
one value hold the most careful one. Tables: acled.toml, world.toml.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from typing import Any

from sayso.exports.spreadsheet import Cell, cell, line
from sayso.exports.tellings import (
    Named,
    Telling,
    denier,
    joined,
    latest,
    outlet,
    parties,
    seconds,
    tellings,
    whose,
)
from sayso.exports.view import plain
from sayso.exports.world import Country, country, table
from sayso.ledger.dossier import Dossier
from sayso.records import Acled, Value

WEEK = 7
"""Days; what is known to a week has time precision 2, what is known less well has 3."""
SENTENCES = 2
"""Reports whose words the notes quote: one of each origin, as many as ACLED's notes have sentences."""

QUOTED = ' .“”"'
"""What is taken from the ends of the words before they stand between quotation marks."""


@cache
def _table() -> dict[str, Any]:
    return table("acled.toml")


def disorder_type(acled: Acled) -> str:
    """ACLED's disorder type of an event type and sub-event type; empty for a type that ACLED does not have."""
    for row in _table()["disorder"]:
        if row["event_type"] == acled.event_type and row.get("sub_event_type") in (None, acled.sub_event_type):
            return str(row["name"])
    return ""


def category(acled: Acled, side: str, party: Named | None, place: str | None) -> str:
    """inter1 or inter2: the actor category of a party on `side` (`actors` or `recipients`) of an incident in country
    `place`; empty where there is no party or its sectors do not say."""
    if party is None:
        return ""
    abroad = bool(party.country and place and party.country != place)
    for row in _table()["inter"]:
        if (
            acled.event_type in row.get("event_type", [acled.event_type])
            and acled.sub_event_type in row.get("sub_event_type", [acled.sub_event_type])
            and side == row.get("side", side)
            and ("sectors" not in row or set(row["sectors"]) & set(party.sectors))
            and (abroad or not row.get("abroad"))
        ):
            return str(row["name"])
    return ""


def interaction(first: str, second: str, alone: bool) -> str:
    """ "State forces-Rioters": two categories in ACLED's order; "Protesters only" for one party that is `alone`."""
    if alone:
        return f"{first or second} only" if first or second else ""
    return "-".join(sorted((first, second), key=_table()["interaction"]["order"].index)) if first and second else ""


class _Row:
    """What the columns of one incident are filled from."""

    def __init__(self, dossier: Dossier, acled: Acled):
        self.dossier, self.acled, self.incident = dossier, acled, dossier.incident
        self.place = dossier.incident.place

    @cached_property
    def tellings(self) -> list[Telling]:
        return tellings(self.dossier)

    @cached_property
    def sides(self) -> tuple[list[Named], list[Named]]:
        return parties(self.dossier, "actors"), parties(self.dossier, "recipients")

    @cached_property
    def inter(self) -> tuple[str, str]:
        place = self.place.country if self.place else None
        first, second = (side[0] if side else None for side in self.sides)
        return category(self.acled, "actors", first, place), category(self.acled, "recipients", second, place)

    @cached_property
    def country(self) -> Country | None:
        return country(self.place.country) if self.place else None

    def located(self, name: str) -> Any:
        return getattr(self.place, name) if self.place and self.place.latitude is not None else None

    def name(self, side: int) -> str:
        return self.sides[side][0].name if self.sides[side] else ""

    def others(self, side: int) -> str:
        return joined(named.name for named in self.sides[side][1:])


def _year(row: _Row) -> Cell:
    return int(row.incident.start[:4]) if row.incident.start else None


def _time_precision(row: _Row) -> Cell:
    start, end = row.incident.start, row.incident.end
    if not start or not end:
        return None
    days = (date.fromisoformat(end) - date.fromisoformat(start)).days + 1
    return 1 if days == 1 else 2 if days <= WEEK else 3


def _interaction(row: _Row) -> str:
    return interaction(*row.inter, alone=sum(map(bool, row.sides)) == 1)


def _civilian_targeting(row: _Row) -> str:
    rules, second = _table()["civilian_targeting"], row.inter[1]
    aimed = (
        row.acled.event_type in rules["event_types"]
        or row.acled.sub_event_type in rules["sub_event_types"]
        or (row.acled.event_type in rules["where_hit"] and second == "Civilians")
    )
    return "Civilian targeting" if aimed else ""


def _geo_precision(row: _Row) -> Cell:
    known = _table()["geo_precision"]
    return known.get(row.located("precision")) if row.located("precision") else None


def fatalities(values: Iterable[Value]) -> int:
    """One careful number: the lowest of the lower bounds that the origins gave last; 0 where nobody gives one."""
    return int(min((v.low for v in latest(values) if v.low is not None), default=0))


def _tolls(row: _Row) -> str:
    told = (
        f"{plain(v.value)} ({whose(row.incident, v.origin, v.speaker)}{f', {v.published}' if v.published else ''})"
        for v in row.incident.values.get("killed", ())
    )
    return joined(told)


def _notes(row: _Row) -> str:
    """What is reported in its own words, on whose word, and every toll with the one who gives it."""
    told: dict[str | None, str] = {}
    for one in (t for t in row.tellings if t.report.copy_of is None):
        told.setdefault(one.report.origin, f"According to {one.teller}: “{one.clause.strip(QUOTED)}”.")
    tolls = _tolls(row)
    return " ".join([*list(told.values())[:SENTENCES], *([f"Killed: {tolls}."] if tolls else [])])


def _crowd(row: _Row) -> str:
    if "Demonstrations" not in disorder_type(row.acled):
        return ""
    sizes = joined(plain(v.value) for v in row.incident.values.get("participants", ()))
    return f"crowd size={sizes or 'no report'}"


COLUMNS: dict[str, Callable[[_Row], Cell]] = {
    "event_id_cnty": lambda r: (
        r.incident.id
    ),  # not the country's code: that may become known, and the id must not change
    "event_date": lambda r: r.incident.start,
    "year": _year,
    "time_precision": _time_precision,
    "disorder_type": lambda r: disorder_type(r.acled),
    "event_type": lambda r: r.acled.event_type,
    "sub_event_type": lambda r: r.acled.sub_event_type,
    "actor1": lambda r: r.name(0),
    "assoc_actor_1": lambda r: r.others(0),
    "inter1": lambda r: r.inter[0],
    "actor2": lambda r: r.name(1),
    "assoc_actor_2": lambda r: r.others(1),
    "inter2": lambda r: r.inter[1],
    "interaction": _interaction,
    "civilian_targeting": _civilian_targeting,
    "iso": lambda r: r.country.numeric if r.country else None,
    "region": lambda r: r.country.region if r.country else None,
    "country": lambda r: r.country.name if r.country else None,
    "admin1": lambda r: plain(r.place.admin1) if r.place and r.place.admin1 else None,
    "admin2": lambda r: None,
    "admin3": lambda r: None,
    "location": lambda r: plain(r.place.name) if r.place else None,
    "latitude": lambda r: r.located("latitude"),
    "longitude": lambda r: r.located("longitude"),
    "geo_precision": _geo_precision,
    "source": lambda r: joined(outlet(t.article) for t in r.tellings),
    "source_scale": lambda r: None,
    "notes": _notes,
    "fatalities": lambda r: fatalities(r.incident.values.get("killed", ())),
    "tags": _crowd,
    "timestamp": lambda r: seconds(r.incident.last_published),
}
"""ACLED's columns in ACLED's order. A Place has no second and third division, and an outlet no scale: those stay empty."""

EXTENSIONS: dict[str, Callable[[_Row], Cell]] = {
    "sayso_standing": lambda r: r.incident.standing,
    "sayso_because": lambda r: plain(r.incident.because),
    "sayso_origins": lambda r: joined(f"{plain(o.name)} ({o.kind})" for o in r.incident.origins),
    "sayso_realis": lambda r: joined(t.event.realis for t in r.tellings),
    "sayso_voices": lambda r: joined(" > ".join(t.voices) for t in r.tellings),
    "sayso_reports": lambda r: joined(f"{t.report.article}/{t.report.event}" for t in r.tellings),
    "sayso_denials": lambda r: joined(denier(r.incident, d) for d in r.incident.denials),
}
"""What ACLED has no column for: on whose word it rests, and who denies it."""


def header() -> str:
    """The header line."""
    return line([*COLUMNS, *EXTENSIONS])


def rows(dossier: Dossier) -> Iterator[str]:
    """The incident's line; none for an incident that ACLED has no type for.

    Raises:
        LedgerError: a report is not in the dossier.
    """
    if dossier.incident.acled is not None:
        row = _Row(dossier, dossier.incident.acled)
        yield line([cell(column(row)) for column in (*COLUMNS.values(), *EXTENSIONS.values())])
