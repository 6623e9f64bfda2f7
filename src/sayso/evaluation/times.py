"""Which words name a time, and which days."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.evaluation.calendar_values import interval
from sayso.evaluation.figures import Counts, Scored
from sayso.evaluation.gold import TimeMark, Times
from sayso.evaluation.spans import pair, shared, tidy
from sayso.records import Coding, Time

Days = tuple[str, str]
"""First and last, as ISO dates."""


def score_times(rows: Sequence[tuple[Times, Coding | None]]) -> Scored:
    """Time expressions of every TimeML type, exactly and by overlap, and the days they name. Headline: value F1.

    Value: the gold's DATEs and TIMEs that name an interval of the calendar, against times with a start and an end
    less those on any other gold time; right where first and last day are the same.
    """
    strict, relaxed, value = Counts(), Counts(), Counts()
    for gold, coding in rows:
        times = coding.times if coding else ()
        wanted, found = [_wanted(time) for time in gold.times], [_found(time) for time in times]
        here, there = [time.span for time in gold.times], [tidy(time.span) for time in times]
        strict.compare(set(here), set(there))
        pairs = pair(shared(here, there))
        relaxed.add(right=len(pairs), found=len(there), gold=len(here))
        elsewhere = {f for g, f in pairs if wanted[g] is None}
        value.add(
            right=sum(wanted[g] is not None and wanted[g] == found[f] for g, f in pairs),
            found=sum(days is not None for f, days in enumerate(found) if f not in elsewhere),
            gold=sum(days is not None for days in wanted),
        )
    return Scored((*strict.figures("strict"), *relaxed.figures("relaxed"), *value.figures("value")), value.f1)


def _wanted(time: TimeMark) -> Days | None:
    return interval(time.value) if time.type in ("DATE", "TIME") else None


def _found(time: Time) -> Days | None:
    """The days of a time; what it says of the hour is cut off."""
    return (time.start[:10], time.end[:10]) if time.start and time.end else None
