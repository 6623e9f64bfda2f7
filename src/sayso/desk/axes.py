"""Where things stand on a drawing of numbers over time: its scale, its days, and points that would lie on each other side by side."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import datetime

WIDTH, HEIGHT = 420, 250
LEFT, RIGHT, TOP, BOTTOM = 44, 14, 16, 28
CROWDED = 13.0
"""Units between two points at which they are moved apart."""


def scale(most: float) -> list[float]:
    """Round numbers from 0 to one that is not below, four to six of them."""
    if most <= 0:
        return [0.0, 1.0]
    rough = most / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = max(1.0, next(power * n for n in (1, 2, 5, 10) if power * n >= rough * 0.999))
    return [step * n for n in range(math.ceil(most * 1.04 / step) + 1)]


def height(value: float, most: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / most, 1)


def across(at: datetime, first: datetime, last: datetime) -> float:
    inner = WIDTH - LEFT - RIGHT - 24
    whole = (last - first).total_seconds()
    return LEFT + 12 + (inner / 2 if whole == 0 else inner * (at - first).total_seconds() / whole)


def apart(xs: Sequence[float]) -> list[float]:
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


def days(dated: Sequence[datetime]) -> tuple[tuple[float, str, str], ...]:
    """The first day, the last, and those between them for which there is room: where, what, and how it is aligned."""
    first, last = dated[0], dated[-1]
    if first.date() == last.date():
        return ((across(first, first, first), f"{first:%-d %b %Y}", "middle"),)
    ends = [
        (across(first, first, last), f"{first:%-d %b %Y}", "start"),
        (across(last, first, last), f"{last:%-d %b %Y}", "end"),
    ]
    inner: list[tuple[float, str, str]] = []
    for one in dated:
        x = across(one, first, last)
        near = [ends[0][0] + 60, *(other[0] + 8 for other in inner)]
        if x > max(near) + 40 and x < ends[1][0] - 110:
            inner.append((x, f"{one:%-d %b}", "middle"))
    return (ends[0], *inner, ends[1])
