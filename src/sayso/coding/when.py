"""When it happened: time expressions, their days, and which of them each event has.

Extents follow TimeML; values are the first and last day. Durations, sets and words like "now" are kept as
expressions without days. What the words and the day of publication do not settle stays open: an event
without a time of its own has none, it does not happen "on publication".
"""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

from sayso.coding.draft import Draft, TimeDraft
from sayso.coding.ranges import Range
from sayso.coding.rooms import room
from sayso.coding.times.attach import Clock
from sayso.coding.times.context import Direction
from sayso.coding.times.find import Found, find
from sayso.coding.times.tense import direction
from sayso.records import TimeType

UNCODED = frozenset(("boilerplate", "byline"))


@room(gives=["times"])
def find_times(draft: Draft) -> None:
    """Add every time expression outside page furniture, with its days where they can be told."""
    starts = [token.idx for token in draft.doc]

    def at(offset: int) -> int:
        return max(0, bisect_right(starts, offset) - 1)

    def tense(offset: int) -> Direction:
        token = draft.doc[at(offset)]
        found = direction(token)
        if found == "present" and draft.kind_of(token) in ("title", "standfirst"):
            return "past"  # headlines tell the past in the present
        return found

    taken = 0
    for found in find(draft.article.text, day_of(draft.article.published), tense, draft.words):
        range_ = Range(max(at(found.start), taken), at(found.end - 1) + 1)
        if range_.start < range_.end and draft.kind_of(range_.start) not in UNCODED:
            whole = _draft(range_, found)
            draft.times.append(whole)
            taken = range_.end
            for end in found.ends:
                part = _draft(Range(at(end.start), at(end.end - 1) + 1), end)
                part.part_of = whole
                draft.times.append(part)


def day_of(published: str | None) -> date | None:
    """The day of an ISO date or date-time, None where there is none."""
    try:
        return date.fromisoformat((published or "")[:10])
    except ValueError:
        return None


def _draft(range_: Range, found: Found) -> TimeDraft:
    interval = found.interval
    type_: TimeType = "date" if found.kind == "reference" else found.kind
    if interval is None:
        return TimeDraft(range_, type=type_, duration=found.value)
    return TimeDraft(
        range_, interval.start.isoformat(), interval.end.isoformat(), interval.granularity, interval.edtf, type_, found.value
    )  # fmt: skip


@room(needs=["events", "times", "statements"], gives=["events.time"])
def time_events(draft: Draft) -> None:
    """Give each event the time that its own words, its clause or its paragraph give it."""
    clock = Clock(draft)
    for event in sorted(draft.events, key=lambda e: (e.head, e.trigger)):
        found = clock.time_of(event)
        if found is not None:
            event.time, reason = found
            event.because.append(reason)
