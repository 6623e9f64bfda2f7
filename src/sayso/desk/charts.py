"""Drawings as numbers: where the bars of a timeline stand. Templates make SVG of them, which needs no script."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from sayso.desk.filters import REALIS
from sayso.desk.rendering import STANDINGS
from sayso.ledger.asking.drawing import Bar

STEP, HEIGHT = 10, 60
"""Width of a bar with its gap, and height of the highest, in units of the drawing."""
TICKS = 7
"""Most days that are named under a timeline."""
ROOM = 93
"""Percent of the width after which there is no room for a name."""
WEEKS = 70
"""Days up to which a timeline is divided by days and weeks, beyond by months and years."""


_ORDER = {kind: at for at, kind in enumerate((*STANDINGS, *REALIS))}


class Part(NamedTuple):
    """A part of a bar: the incidents of one standing, or the events of a realis."""

    kind: str
    y: float
    height: float


class Drawn(NamedTuple):
    """One bar. `since` and `until` are ISO dates; `chosen`: it is in the period that is asked for."""

    x: int
    since: str
    until: str
    number: int
    parts: tuple[Part, ...]
    chosen: bool


class Tick(NamedTuple):
    """A day that is named, and where it stands: in percent of the width."""

    at: float
    name: str


class Chart(NamedTuple):
    """A timeline: ordinals of its first and last day, days of a bar, the highest bar, and the period asked for, in units from the left."""

    first: int
    last: int
    step: int
    width: int
    most: int
    bars: tuple[Drawn, ...]
    ticks: tuple[Tick, ...]
    window: tuple[float, float] | None


def drawn(bars: Sequence[Bar], since: int | None = None, until: int | None = None) -> Chart:
    """The bars that are not empty, the highest as high as the drawing, and the period from `since` until `until`."""
    first, last, step = bars[0].first, bars[-1].last, bars[0].last - bars[0].first + 1
    peak = max(sum(bar.counts.values()) for bar in bars)
    start, end = since or first, until or last
    made = tuple(
        _drawn(bar, STEP * n, peak, start <= bar.last and bar.first <= end) for n, bar in enumerate(bars) if bar.counts
    )
    width = STEP * len(bars)
    left, right = (min(max(0.0, (day - first) / step * STEP), width) for day in (start, end + 1))
    window = (round(left, 2), round(right - left, 2)) if (since or until) and right > left else None
    return Chart(first, last, step, width, peak, made, tuple(_ticks(first, last)), window)


def _drawn(bar: Bar, x: int, peak: int, chosen: bool) -> Drawn:
    parts, y = [], float(HEIGHT)
    for kind in sorted(bar.counts, key=_ORDER.__getitem__):
        height = round(HEIGHT * bar.counts[kind] / peak, 2)
        y = round(y - height, 2)
        parts.append(Part(kind, y, height))
    return Drawn(x, _iso(bar.first), _iso(bar.last), sum(bar.counts.values()), tuple(parts), chosen)


def _ticks(first: int, last: int) -> Iterator[Tick]:
    days = last - first + 1
    if days <= WEEKS:
        each = next(step for step in (1, 2, 7, 14) if days / step <= TICKS or step == 14)
        chosen: Iterator[tuple[int, str]] = (
            (day, f"{date.fromordinal(day):%-d %b}") for day in range(first, last + 1, each)
        )
    else:
        chosen = _months(first, last)
    for day, name in chosen:
        at = round(100 * (day - first) / days, 2)
        if at <= ROOM:
            yield Tick(at, name)


def _months(first: int, last: int) -> Iterator[tuple[int, str]]:
    """Firsts of months, as far apart as it takes for no more than TICKS."""
    start, end = (date.fromordinal(day) for day in (first, last))
    months = 12 * (end.year - start.year) + end.month - start.month + 1
    each = next(
        step for step in (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12000) if months / step <= TICKS or step == 12000
    )
    begin = 12 * start.year + start.month - 1
    for month in range(begin + -begin % each, 12 * end.year + end.month, each):
        day = date(month // 12, month % 12 + 1, 1) if month >= 12 else start
        if first <= day.toordinal() <= last:
            yield day.toordinal(), str(day.year) if each >= 12 else f"{day:%b %Y}"


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
