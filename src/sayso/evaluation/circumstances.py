"""Where and when the events of an article happened."""

from __future__ import annotations

from collections.abc import Sequence

from sayso.evaluation.events import belonging
from sayso.evaluation.figures import Counts, Figure, Scored, mean_f1, percent
from sayso.evaluation.gold import Circumstances
from sayso.evaluation.spans import overlap, tidy
from sayso.records import Coding


def score_circumstances(rows: Sequence[tuple[Circumstances, Coding | None]]) -> Scored:
    """Places and times of events that were found by their triggers. Headline: the mean of both F1.

    A place is right when one of its mentions lies on words that name the one wanted or another that will do; a time when
    its first and last day are those wanted. Precision is over the events that were given one, recall over those that have one.
    `place_none` and `time_none`: events of which the article tells none, and that were given none.
    """
    place, time = Counts(), Counts()
    none = {"place": Counts(), "time": Counts()}
    events = found_events = 0
    for gold, coding in rows:
        found = coding.events if coding else ()
        pairs = dict(belonging(gold.events, found))
        events += len(gold.events)
        found_events += len(pairs)
        for number, mark in enumerate(gold.events):
            if number not in pairs or coding is None:
                continue
            event = found[pairs[number]]
            where, when = coding.find(event.place), coding.find(event.time)
            if mark.maybe not in ("place", "both"):
                place.add(gold=bool(mark.places), found=where is not None)
                place.add(right=bool(where) and overlap(mark.places, tidy(*where.mentions)))
                if not mark.places:
                    none["place"].add(gold=1, right=where is None)
            if mark.maybe not in ("time", "both"):
                time.add(gold=mark.start is not None, found=when is not None and when.start is not None)
                time.add(
                    right=bool(when) and mark.start is not None and (when.start, when.end) == (mark.start, mark.end)
                )
                if mark.start is None:
                    none["time"].add(gold=1, right=when is None or when.start is None)
    headline = mean_f1([place, time])
    figures = [
        Figure("found", percent(found_events, events), events),
        *place.figures("place"),
        *time.figures("time"),
        *(Figure(f"{name}_none", one.recall, one.gold) for name, one in none.items()),
    ]
    return Scored(tuple(figures), headline)
