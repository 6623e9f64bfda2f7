"""What a reader's proposal asks the coding to be: a correction that can be applied as it stands, where it is one."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple, TypeVar

from sayso.coding.times import calendar
from sayso.gazetteer import countries
from sayso.gazetteer.lookup import Candidate, gazetteer
from sayso.reading.dates import published
from sayso.records import Coding, Event, Figure, Span, Statement

T = TypeVar("T")

FAULTS = {
    "typo": "Typo in the text",
    "missed": "Missed event",
    "not-event": "Not an event",
    "party": "Wrong party",
    "place": "Wrong place",
    "time": "Wrong time",
    "number": "Wrong number",
    "voice": "Wrong voice",
    "other": "Something else",
}
"""What can be wrong, and how it is called."""
ITSELF = frozenset(("the article", "article", "the article itself", "nobody", "no one"))
"""Proposed for a voice: these are nobody's words but the article's."""
_NUMBER = r"\d[\d,\u202f\u00a0 ]*(?:\.\d+)?"
_FIGURE = re.compile(rf"(about |around |some )?(at least |at most |up to )?({_NUMBER})(?:\s*(?:-|–|to)\s*({_NUMBER}))?")
_PART = re.compile(r"(\d{4})(?:-(\d{2}))?")


class Proposal(NamedTuple):
    """A correction: its field and value as `corrections.annotate` takes them, and the words of the record that is meant."""

    field: str
    value: Any
    span: Span


def proposal(coding: Coding, fault: str, span: Span, words: str) -> Proposal | None:
    """The correction that is meant by words for what is wrong at a span; None where a person has to read them."""
    make = _MAKERS.get(fault)
    return make(coding, span, words) if make else None


def _not_event(coding: Coding, span: Span, _: str) -> Proposal | None:
    found = _event(coding, span)
    return None if found is None else Proposal("events", None, found.trigger)


def _place(coding: Coding, span: Span, words: str) -> Proposal | None:
    known = _known(words)
    if known is None:
        return None
    given = {name: getattr(known, name) for name in ("name", "geonameid", "country", "admin1", "feature", "precision")}
    given |= {"latitude": round(known.latitude, 5), "longitude": round(known.longitude, 5), "score": 1.0}
    mention = _alone([m for place in coding.places for m in place.mentions if m.overlaps(span)])
    if mention and not any(event.trigger.overlaps(span) for event in coding.events):
        return Proposal("places", given, mention)
    found = _event(coding, span)
    return None if found is None else Proposal("events/place", given, found.trigger)


def _known(words: str) -> Candidate | None:
    """The place of this name, in the country that stands after a comma; the most populous of several."""
    name, _, where = words.partition(",")
    code = where.strip().upper() if countries.country(where.strip().upper()) else countries.country_of(where.strip())
    if where.strip() and code is None:
        return None
    return next((one for one in gazetteer().candidates(name.strip()) if code in (None, one.country)), None)


def _time(coding: Coding, span: Span, words: str) -> Proposal | None:
    ends = [_interval(part.strip()) for part in words.split("/")]
    first, last = ends[0], ends[-1]
    if first is None or last is None or len(ends) > 2 or last.end < first.start:
        return None
    edtf = first.edtf if len(ends) == 1 else f"{first.edtf}/{last.edtf}"
    given = {
        "start": first.start.isoformat(),
        "end": last.end.isoformat(),
        "granularity": first.granularity,
        "edtf": edtf,
    }
    mention = _alone([time.span for time in coding.times if time.span.overlaps(span)])
    if mention and not any(event.trigger.overlaps(span) for event in coding.events):
        return Proposal("times", given, mention)
    found = _event(coding, span)
    return None if found is None else Proposal("events/time", given, found.trigger)


def _interval(words: str) -> calendar.Interval | None:
    """A year, a month or a day: 2022, 2022-01, 2022-01-06, 6 January 2022."""
    try:
        if part := _PART.fullmatch(words):
            return calendar.month(int(part[1]), int(part[2])) if part[2] else calendar.year(int(part[1]))
        day = published(words)
        return calendar.of_day(date.fromisoformat(day[:10])) if day else None
    except ValueError:
        return None


def _figure(coding: Coding, span: Span, words: str) -> Proposal | None:
    given = _FIGURE.fullmatch(words.strip().lower())
    if given is None:
        return None
    about, bound, low, high = given[1], (given[2] or "").strip(), _value(given[3]), _value(given[4] or given[3])
    if (bound and given[4]) or high < low:
        return None
    ends = {"low": None if bound in ("at most", "up to") else low, "high": None if bound == "at least" else high}
    found = _counted(coding, span)
    return None if found is None else Proposal("figures", {**ends, "approximate": bool(about)}, found.span)


def _value(digits: str) -> float:
    return float(re.sub(r"[^\d.]", "", digits))


def _counted(coding: Coding, span: Span) -> Figure | None:
    """The figure at these words, or the only one of the event there."""
    here = [figure for figure in coding.figures if figure.span.overlaps(span)]
    if not here and (event := _event(coding, span)):
        here = [figure for figure in coding.figures if figure.id in event.figures]
    return _alone(here)


def _voice(coding: Coding, span: Span, words: str) -> Proposal | None:
    found = _statement(coding, span)
    if found is None or found.cue_span is None or not words:
        return None
    if words.lower() in ITSELF:
        return Proposal("statements", None, found.cue_span)
    starts = [at.start() for at in re.finditer(re.escape(words), coding.article.text)]
    nearest = min(starts, key=lambda at: abs(at - span.start), default=None)
    mentions = [] if nearest is None else [[nearest, nearest + len(words)]]
    return Proposal("statements/speaker", {"name": words, "mentions": mentions}, found.cue_span)


def _statement(coding: Coding, span: Span) -> Statement | None:
    """The statement whose verb these words hold, else the innermost one in which they stand."""
    cued = [one for one in coding.statements if one.cue_span and one.cue_span.overlaps(span)]
    if cued:
        return _alone(cued)
    holding = ((part, one) for one in coding.statements for part in one.content_spans if part.covers(span))
    return min(holding, key=lambda found: found[0].end - found[0].start, default=(span, None))[1]


def _event(coding: Coding, span: Span) -> Event | None:
    """The event whose verb these words hold, else the only one of which they tell."""
    here = [one for one in coding.events if one.trigger.overlaps(span)]
    return _alone(here or [one for one in coding.events if one.span.covers(span)])


def _alone(found: Sequence[T]) -> T | None:
    return found[0] if len(found) == 1 else None


_MAKERS: dict[str, Callable[[Coding, Span, str], Proposal | None]] = {
    "not-event": _not_event,
    "place": _place,
    "time": _time,
    "number": _figure,
    "voice": _voice,
}
