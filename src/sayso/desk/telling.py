"""Who says what of an incident: one column an origin, one row a value, and what cannot be true together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sayso.desk.clashing import Clash, Key, clashes, key_of
from sayso.desk.quoting import Passage, passage
from sayso.exports.view import View, number, plain
from sayso.ledger.dossier import Dossier
from sayso.records import Value

FIELDS = {
    "killed": "Killed",
    "injured": "Injured",
    "arrested": "Arrested",
    "missing": "Missing",
    "displaced": "Displaced",
    "participants": "Took part",
    "attacks": "Attacks",
    "property": "Property",
    "money": "Money",
    "other": "Other numbers",
    "place": "Place",
    "start": "Day",
    "actors": "Who did it",
    "recipients": "To whom",
}
"""The rows, in their order. All after "other" have no numbers."""
MEASURES = tuple(FIELDS)[:10]
KINDS = {
    "speaker": "speaker",
    "document": "document",
    "agency": "news agency",
    "channel": "channel",
    "outlet": "outlet",
    "": "no name given",
}
SHOWN = 4
"""Passages shown of one entry."""


class Column(NamedTuple):
    """An origin; `id` is empty for nobody's word. `number`: its place in the order, by which it is drawn."""

    id: str
    name: str
    kind: str
    number: int


class Entry(NamedTuple):
    """What an origin gives once or more often. `words`: as written, where they tell more than `shown`; `more`: passages left out."""

    shown: str
    words: str
    passages: tuple[Passage, ...]
    more: int
    clashes: tuple[Clash, ...]
    values: tuple[Value, ...]


class Row(NamedTuple):
    """A value by every column. `clash`: some of its cells cannot be true together."""

    field: str
    label: str
    cells: tuple[tuple[Entry, ...], ...]
    clash: bool


class Matrix(NamedTuple):
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]


def matrix(dossier: Dossier, views: Mapping[str, View]) -> Matrix:
    """Of an incident and the views of its articles' codings."""
    columns = columns_of(dossier)
    given = dossier.incident.values
    fields = [*(f for f in FIELDS if f in given), *(f for f in given if f not in FIELDS)]
    return Matrix(columns, tuple(_row(field, given[field], columns, views) for field in fields))


def columns_of(dossier: Dossier) -> tuple[Column, ...]:
    """The origins of the incident, then whoever else a value is of, then nobody where anything rests on nobody's word."""
    incident = dossier.incident
    known = {one.id: (plain(one.name), KINDS[one.kind]) for one in incident.origins}
    nobody = any(one.origin is None and one.copy_of is None for one in incident.reports)
    for value in (value for values in incident.values.values() for value in values):
        if value.origin is None:
            nobody = True
        else:
            known.setdefault(value.origin, (plain(value.speaker or value.origin), KINDS["speaker"]))
    found = [Column(key, name, kind, at) for at, (key, (name, kind)) in enumerate(known.items())]
    return (*found, Column("", "Nobody’s word", KINDS[""], len(found))) if nobody else tuple(found)


def _row(field: str, values: Sequence[Value], columns: Sequence[Column], views: Mapping[str, View]) -> Row:
    names = {column.id: column.name for column in columns}
    found = clashes(field, values, views, names)
    cells = tuple(_cell(field, [v for v in values if (v.origin or "") == c.id], views, found) for c in columns)
    label = FIELDS.get(field, field.replace("_", " ").capitalize())
    return Row(field, label, cells, any(one.at_once for marks in found.values() for one in marks))


def _cell(
    field: str, values: Sequence[Value], views: Mapping[str, View], found: Mapping[Key, tuple[Clash, ...]]
) -> tuple[Entry, ...]:
    """What one origin gives, each once, in the order in which it came."""
    groups: dict[tuple[object, ...], list[Value]] = {}
    for value in sorted(values, key=lambda one: one.published or ""):
        key = (plain(value.value).casefold(), value.low, value.high, value.approximate, _unit(field, value, views))
        groups.setdefault(key, []).append(value)
    return tuple(_entry(field, group, views, found) for group in groups.values())


def _entry(
    field: str, group: Sequence[Value], views: Mapping[str, View], found: Mapping[Key, tuple[Clash, ...]]
) -> Entry:
    first, written = group[0], plain(group[0].value)
    shown = shown_of(field, first)
    unit = _unit(field, first, views)
    told = f"{written} {unit}" if unit and unit.casefold() not in written.casefold() else written
    seen = [v for v in group if v.article in views]
    return Entry(
        shown,
        "" if field == "start" or told.casefold() == shown.casefold() else told,
        tuple(passage(views[v.article], v.span, v.speaker) for v in seen[:SHOWN]),
        max(0, len(seen) - SHOWN),
        tuple(dict.fromkeys(mark for value in group for mark in found.get(key_of(value), ()))),
        tuple(group),
    )


def shown_of(field: str, value: Value) -> str:
    """A value at a glance: numbers as a range in figures, the rest as written. Days stay ISO: templates write them out."""
    if field not in MEASURES or (value.low is None and value.high is None):
        return plain(value.value)
    return span(value)


def span(value: Value) -> str:
    """The range of a figure: "26", "at least 200", "about 100", "20 to 30"."""
    low, high, about = value.low, value.high, "about " if value.approximate else ""
    if low is None and high is None:
        return plain(value.value)
    if high is None:
        is_word = not any(
            letter.isdigit() for letter in value.value
        )  # "dozens": that it is about so many is said already
        return f"at least {'' if is_word else about}{number(low or 0)}"
    if low is None or (low == 0 and high > 0):
        return f"at most {about}{number(high)}"
    return about + (number(low) if low == high else f"{number(low)} to {number(high)}")


def _unit(field: str, value: Value, views: Mapping[str, View]) -> str:
    """What is counted, in the article's words."""
    if field not in MEASURES or value.article not in views:
        return ""
    found = next((one for one in views[value.article].coding.figures if one.span == value.span), None)
    return plain(found.unit or "") if found else ""
