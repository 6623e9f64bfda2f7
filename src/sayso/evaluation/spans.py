"""Spans of gold and of codings: what they share, and which belong together."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

from sayso.records import Span

Spans: TypeAlias = tuple[Span, ...]
"""The different parts of one item, in order; empty where it has none."""
Pair: TypeAlias = tuple[int, int]
"""Index into the gold, index into what was found."""


def make_spans(value: Any, length: int) -> Spans:
    """What a span field holds: one span, a list of spans, or null. `length`: characters of the text.

    Raises ValueError, which says what is wrong with it.
    """
    if value is None:
        return ()
    if not isinstance(value, (list, tuple)):
        raise ValueError("a span is written as [start, end]")
    parts = [value] if value and isinstance(value[0], int) else value
    return tuple(sorted({_span(part, length) for part in parts}))


def _span(part: Any, length: int) -> Span:
    if not (isinstance(part, (list, tuple)) and len(part) == 2 and all(type(offset) is int for offset in part)):
        raise ValueError("a span is written as [start, end]")
    start, end = part
    if not 0 <= start < end <= length:
        raise ValueError(f"no span of a text of {length} characters: {start} to {end}")
    return Span(start, end)


def tidy(*spans: Span | None) -> Spans:
    """The different spans of a record, in order."""
    return tuple(sorted({span for span in spans if span is not None}))


def overlap(one: Spans, other: Spans) -> bool:
    """Whether they share a character."""
    return any(a.overlaps(b) for a in one for b in other)


def shared(gold: Sequence[Spans], found: Sequence[Spans]) -> dict[Pair, int]:
    """How many characters each two of them share, for those that share any."""
    parts = sorted((part.start, part.end, index) for index, spans in enumerate(found) for part in spans)
    starts = [start for start, _, _ in parts]
    longest = max((end - start for start, end, _ in parts), default=0)
    common: dict[Pair, int] = {}
    for index, spans in enumerate(gold):
        for span in spans:
            near = slice(bisect_right(starts, span.start - longest), bisect_left(starts, span.end))
            for start, end, other in parts[near]:
                characters = min(end, span.end) - max(start, span.start)
                if characters > 0:
                    common[index, other] = common.get((index, other), 0) + characters
    return common


def pair(closeness: Mapping[Pair, float]) -> list[Pair]:
    """One to one, closest first; of the equally close the first in the gold, then the first found."""
    pairs: list[Pair] = []
    taken_gold: set[int] = set()
    taken_found: set[int] = set()
    for gold, found in sorted(closeness, key=lambda two: (-closeness[two], two)):
        if gold not in taken_gold and found not in taken_found:
            taken_gold.add(gold)
            taken_found.add(found)
            pairs.append((gold, found))
    return pairs
