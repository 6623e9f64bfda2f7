"""Who cites whom as a drawing: outlets on the left, those on whose word they rest on the right, and a band for each pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from math import sqrt
from typing import Any, NamedTuple

from sayso.exports.view import plain, shorten
from sayso.ledger.asking.sourcing import Citation

MOST = 18
"""Names on a side."""
EACH = 5
"""Outlets with which an origin comes in at most: else one whom all cite would be all there is."""
ROW, TOP = 26, 30
LEFT, RIGHT, WIDTH = 270, 530, 800
"""Units of the drawing: height of a name, space above, where the bands begin and end, and how wide it all is."""
WIDEST = 13.0
"""Units of the drawing: the band of the most reports."""
LETTERS = 34
"""Characters of a name that fit."""


class Name(NamedTuple):
    """`short` is what fits; `reports`: of the bands that are drawn."""

    name: str
    short: str
    kind: str
    y: int
    reports: int


class Band(NamedTuple):
    outlet: str
    origin: str
    reports: int
    path: str
    width: float


class Graph(NamedTuple):
    width: int
    height: int
    outlets: tuple[Name, ...]
    origins: tuple[Name, ...]
    bands: tuple[Band, ...]


def graph(citations: Sequence[Citation]) -> Graph | None:
    """Of the most cited pairs those that fit; None where there are none."""
    outlets: dict[str, int] = {}
    origins: dict[tuple[str, str], int] = {}
    came: Counter[tuple[str, str]] = Counter()
    kept = []
    for one in citations:
        whose = (one.origin, one.kind)
        is_known = one.outlet in outlets and whose in origins
        if is_known or (_has_room(one.outlet, outlets) and _has_room(whose, origins) and came[whose] < EACH):
            came[whose] += 1
            outlets[one.outlet] = outlets.get(one.outlet, 0) + one.reports
            origins[whose] = origins.get(whose, 0) + one.reports
            kept.append(one)
    if not kept:
        return None
    left = _names((name, "", number) for name, number in outlets.items())
    right = _names((name, kind, number) for (name, kind), number in origins.items())
    height = TOP + ROW * max(len(left), len(right))
    at = {one.name: one.y for one in left}
    to = {(one.name, one.kind): one.y for one in right}
    most = max(one.reports for one in kept)
    bands = tuple(_band(one, at[one.outlet], to[one.origin, one.kind], most) for one in reversed(kept))
    return Graph(WIDTH, height, left, right, bands)


def _has_room(name: Hashable, names: Mapping[Any, int]) -> bool:
    return name in names or len(names) < MOST


def _names(given: Iterable[tuple[str, str, int]]) -> tuple[Name, ...]:
    ordered = sorted(given, key=lambda one: (-one[2], one[0]))
    return tuple(
        Name(name, shorten(plain(name), LETTERS), kind, TOP + ROW * n + ROW // 2, number)
        for n, (name, kind, number) in enumerate(ordered)
    )


def _band(one: Citation, y: int, to: int, most: int) -> Band:
    middle = (LEFT + RIGHT) // 2
    path = f"M{LEFT},{y} C{middle},{y} {middle},{to} {RIGHT},{to}"
    return Band(one.outlet, one.origin, one.reports, path, round(max(1.0, WIDEST * sqrt(one.reports / most)), 1))
