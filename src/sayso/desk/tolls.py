"""The toll over time by origin, as numbers of a drawing: low to high as bars, an arrow where the top is open. SVG is made of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sayso.desk.telling import FIELDS, MEASURES, Column, Entry, Matrix, Row, span
from sayso.exports.tellings import moment
from sayso.exports.view import number
from sayso.records import Value

WIDTH, HEIGHT = 420, 250
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 16, 28
HUES = 8
CROWDED = 13.0
"""Units between two points at which they are moved apart."""
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
    xs = _apart([_across(one.at, dated[0].at, dated[-1].at) for one in dated])
    points = tuple(_point(one, x, levels[-1]) for one, x in zip(dated, xs, strict=True))
    return Chart(
        FIELDS[field],
        points,
        _steps(dated, points),
        tuple((_height(level, levels[-1]), number(level)) for level in levels),
        _days(dated),
        tuple(_told(one) for one in dated),
    )


def _top(value: Value) -> float:
    return value.high if value.high is not None else (value.low or 0.0)


def scale(most: float) -> list[float]:
    """Round numbers from 0 to one that is not below, four to six of them."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = max(1.0, next(power * n for n in (1, 2, 5, 10) if power * n >= rough * 0.999))
    return [step * n for n in range(math.ceil(most * 1.04 / step) + 1)]


def _height(value: float, most: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / most, 1)


def _across(at: datetime, first: datetime, last: datetime) -> float:
    inner = WIDTH - LEFT - RIGHT - 24
    whole = (last - first).total_seconds()
    return LEFT + 12 + (inner / 2 if whole == 0 else inner * (at - first).total_seconds() / whole)


def _apart(xs: Sequence[float]) -> list[float]:
    """Points of one moment side by side around it, as far as the drawing has room."""
    placed = list(xs)
    start = 0
    while start < len(xs):
        end = start
        while end + 1 < len(xs) and xs[end + 1] - xs[start] < 1:
            end += 1
        many = end - start + 1
        gap = min(CROWDED, (WIDTH - LEFT - RIGHT) / (2 * many))
        first = min(max(xs[start] - gap * (many - 1) / 2, LEFT + 8), WIDTH - RIGHT - 8 - gap * (many - 1))
        for n in range(many):
            placed[start + n] = round(first + gap * n, 1)
        start = end + 1
    return placed


def _point(one: _Dated, x: float, most: float) -> Point:
    low, high = one.value.low or 0.0, one.value.high
    words = f"{one.column.name}, {one.at:%-d %B %Y}: {span(one.value)}"
    top = low if high is None else high
    return Point(mark(one.column), x, _height(low, most), _height(top, most), high is None, words)


def _steps(dated: Sequence[_Dated], points: Sequence[Point]) -> tuple[tuple[Mark, str], ...]:
    """The way of each origin that gives more than one number: level until its next one."""
    ways: dict[str, list[Point]] = {}
    for one, point in zip(dated, points, strict=True):
        ways.setdefault(one.column.id, []).append(point)
    return tuple((way[0].mark, _path(way)) for way in ways.values() if len(way) > 1)


def _path(way: Sequence[Point]) -> str:
    first, *others = way
    return f"M{first.x} {first.high}" + "".join(f"H{point.x}V{point.high}" for point in others)


def _days(dated: Sequence[_Dated]) -> tuple[tuple[float, str, str], ...]:
    """The first day, the last, and those between them for which there is room: where, what, and how it is aligned."""
    first, last = dated[0].at, dated[-1].at
    if first.date() == last.date():
        return ((_across(first, first, first), f"{first:%-d %b %Y}", "middle"),)
    ends = [
        (_across(first, first, last), f"{first:%-d %b %Y}", "start"),
        (_across(last, first, last), f"{last:%-d %b %Y}", "end"),
    ]
    inner: list[tuple[float, str, str]] = []
    for one in dated:
        x = _across(one.at, first, last)
        near = [ends[0][0] + 60, *(other[0] + 8 for other in inner)]
        if x > max(near) + 40 and x < ends[1][0] - 110:
            inner.append((x, f"{one.at:%-d %b}", "middle"))
    return (ends[0], *inner, ends[1])


def _told(one: _Dated) -> Told:
    low, high = one.value.low, one.value.high
    return Told(
        one.value.published or "",
        one.column.name,
        one.value.value,
        "" if low is None else number(low),
        "open" if high is None else number(high),
    )
