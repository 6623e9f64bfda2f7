"""Drawings as numbers: where the bars of a timeline stand. Templates make SVG of them, which needs no script."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from sayso.desk.rendering import STANDINGS
from sayso.ledger.asking.situation import Bar

STEP, HEIGHT = 10, 60
"""Width of a bar with its gap, and height of the highest, in units of the drawing."""


class Part(NamedTuple):
    """A part of a bar: the incidents of one standing."""

    standing: str
    y: float
    height: float


class Drawn(NamedTuple):
    """One bar. `since` and `until` are ISO dates."""

    x: int
    since: str
    until: str
    number: int
    parts: tuple[Part, ...]


def drawn(bars: Sequence[Bar]) -> list[Drawn]:
    """The bars that are not empty, the highest as high as the drawing."""
    peak = max((sum(bar.counts.values()) for bar in bars), default=0)
    return [_drawn(bar, STEP * n, peak) for n, bar in enumerate(bars) if bar.counts]


def _drawn(bar: Bar, x: int, peak: int) -> Drawn:
    parts, y = [], float(HEIGHT)
    for standing in (s for s in STANDINGS if s in bar.counts):
        height = round(HEIGHT * bar.counts[standing] / peak, 2)
        y = round(y - height, 2)
        parts.append(Part(standing, y, height))
    return Drawn(x, _iso(bar.first), _iso(bar.last), sum(bar.counts.values()), tuple(parts))


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()
