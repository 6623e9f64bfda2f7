"""The toll over time by origin, as numbers of a drawing: low to high as bars, an arrow where the top is open. SVG is made of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sayso.desk.axes import across, apart, days, height, scale
from sayso.desk.telling import FIELDS, MEASURES, Column, Entry, Matrix, Row, span
from sayso.exports.tellings import moment
from sayso.exports.view import number
from sayso.records import Value

HUES = 8
"""Of the style sheet, `h0` to `h7`."""
SHAPES = (
    "M-5 0a5 5 0 1 0 10 0a5 5 0 1 0-10 0z",
    "M-4.5-4.5h9v9h-9z",
    "M0-6L6 5h-12z",
    "M0-6.5L6.5 0L0 6.5L-6.5 0z",
    "M0 6L-6-5h12z",
    "M-2-6h4v4h4v4h-4v4h-4v-4h-4v-4h4z",
    "M-6-3h12v6h-12z",
    "M-3-6h6v12h-6z",
)
"""One for each origin; with the colours they make 64 that can be told apart without colour, and 8 with none."""


class Mark(NamedTuple):
    """How an origin is drawn."""

    hue: int
    shape: str


class Point(NamedTuple):
    """What an origin gives on a day: from `low` down to `high` on the drawing; `open`: at least so many."""

    mark: Mark
    x: float
    low: float
    high: float
    open: bool
    told: str


class Told(NamedTuple):
    """A line of the table with the same numbers."""

    day: str
    origin: str
    words: str
    low: str
    high: str


class Chart(NamedTuple):
    """One measure. `levels` and `days`: where the grid's lines stand, and what they are called. `steps`: an origin's way."""

    label: str
    points: tuple[Point, ...]
    steps: tuple[tuple[Mark, str], ...]
    levels: tuple[tuple[float, str], ...]
    days: tuple[tuple[float, str, str], ...]
    rows: tuple[Told, ...]


class _Dated(NamedTuple):
    column: Column
    value: Value
    at: datetime


def mark(column: Column) -> Mark:
    at = column.number
    return Mark(at % HUES, SHAPES[(at + at // HUES) % len(SHAPES)])


def charts(made: Matrix) -> list[Chart]:
    """One for every measure of which at least two values have a number and a date."""
    found = ((row, _dated(row, made.columns)) for row in made.rows if row.field in MEASURES[:6])
    return [_chart(row.field, dated) for row, dated in found if len(dated) > 1]


def shown(made: Matrix) -> set[str]:
    """The ids of the origins of which there is anything to draw."""
    rows = [dated for row in made.rows if row.field in MEASURES[:6] and len(dated := _dated(row, made.columns)) > 1]
    return {one.column.id for dated in rows for one in dated}


def _dated(row: Row, columns: Sequence[Column]) -> list[_Dated]:
    """In the order of time; what an origin gives twice on one day is there once."""
    found: dict[tuple[object, ...], _Dated] = {}
    for column, cell in zip(columns, row.cells, strict=True):
        for value in (value for entry in cell for value in _values(entry)):
            at = moment(value.published)
            if at is not None:
                key = (column.id, at.date(), value.low, value.high)
                found.setdefault(key, _Dated(column, value, at))
    return sorted(found.values(), key=lambda one: (one.at, one.column.number))


def _values(entry: Entry) -> list[Value]:
    return [one for one in entry.values if one.low is not None or one.high is not None]


def _chart(field: str, dated: Sequence[_Dated]) -> Chart:
    tops = [_top(one.value) for one in dated]
    levels = scale(max(tops))
    xs = apart([across(one.at, dated[0].at, dated[-1].at) for one in dated])
    points = tuple(_point(one, x, levels[-1]) for one, x in zip(dated, xs, strict=True))
    return Chart(
        FIELDS[field],
        points,
        _steps(dated, points),
        tuple((height(level, levels[-1]), number(level)) for level in levels),
        days([one.at for one in dated]),
        tuple(_told(one) for one in dated),
    )


def _top(value: Value) -> float:
    return value.high if value.high is not None else (value.low or 0.0)


def _point(one: _Dated, x: float, most: float) -> Point:
    low, high = one.value.low or 0.0, one.value.high
    words = f"{one.column.name}, {one.at:%-d %B %Y}: {span(one.value)}"
    top = low if high is None else high
    return Point(mark(one.column), x, height(low, most), height(top, most), high is None, words)


def _steps(dated: Sequence[_Dated], points: Sequence[Point]) -> tuple[tuple[Mark, str], ...]:
    """The way of each origin that gives more than one number: level until its next one."""
    ways: dict[str, list[Point]] = {}
    for one, point in zip(dated, points, strict=True):
        ways.setdefault(one.column.id, []).append(point)
    return tuple((way[0].mark, _path(way)) for way in ways.values() if len(way) > 1)


def _path(way: Sequence[Point]) -> str:
    first, *others = way
    return f"M{first.x} {first.high}" + "".join(f"H{point.x}V{point.high}" for point in others)


def _told(one: _Dated) -> Told:
    low, high = one.value.low, one.value.high
    return Told(
        one.value.published or "",
        one.column.name,
        one.value.value,
        "" if low is None else number(low),
        "open" if high is None else number(high),
    )
