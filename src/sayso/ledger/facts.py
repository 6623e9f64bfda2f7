"""What the ledger notes of one event of a coding: what clustering compares, and the values that agreement sets side by side.

A coding is read once, when it is added; from then on incidents are made of these notes alone.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Container, Iterable, Iterator
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from sayso.ledger.origins import Named, is_party, is_report, origin_of
from sayso.records import Coding, Event, Figure, Party, Place, Span, Statement, Time

STEM = 6
"""Letters of a word that are compared: "explode", "exploded" and "explosion" are one."""
SHORTEST = 3
"""Letters of a word that is compared at all."""
LEAD = 400
"""Characters of the body that tell with the title what an article is about."""
MOST_PLACES = 6
"""Of an article, those that it names most."""
PRECISE = ("facility", "settlement")
FINE = frozenset(("minute", "hour", "day", "night", "morning", "afternoon", "evening", "week", "weekend", "month"))
"""Times that say when something was; a season or a year only says roughly."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_STOP = frozenset(
    "the and for that this with from have has had was were are been being will would could should may might which who "
    "whom whose what when where their there they them then than its his her him she our your out into over under after "
    "before about against between during through also more most some such only other said says say told saying according "
    "reported reports report news one two three four five six seven eight nine ten not but all any can did does".split()
)


class Side(NamedTuple):
    """A party: the name by which it is compared, its state and its sectors."""

    name: str
    country: str | None
    sectors: tuple[str, ...]


def stems(text: str) -> frozenset[int]:
    """The content words of a text, each as a number of 32 bits that is the same on every machine."""
    words = (word.lower() for word in _WORD.findall(text))
    return frozenset(_hash(word[:STEM]) for word in words if len(word) >= SHORTEST and word not in _STOP)


def names(text: str) -> frozenset[int]:
    """The words with a capital that do not begin a sentence."""
    found = (m for m in _WORD.finditer(text) if m[0][0].isupper() and len(m[0]) >= SHORTEST)
    inner = (m for m in found if not _begins(text, m.start()) and m[0].lower() not in _STOP)
    return frozenset(_hash(m[0].lower()[:STEM]) for m in inner)


def _begins(text: str, at: int) -> bool:
    before = text[:at].rstrip(" \t\"'“”‘’«»(")
    return not before or before[-1] in ".!?\n:"


@cache
def _hash(stem: str) -> int:
    return zlib.crc32(stem.encode())


def ordinal(day: str | None) -> int | None:
    """The day's number, of an ISO date or date-time; None where it is no day."""
    try:
        return date.fromisoformat((day or "")[:10]).toordinal()
    except ValueError:
        return None


def facts(coding: Coding, event: Event) -> dict[str, Any]:
    """The notes of one event, as JSON: see the keys below."""
    text, article = coding.article.text, coding.article
    place = coding.find(event.place)
    body = next((b.start for b in article.blocks if b.kind == "body"), 0)
    about = f"{article.title or ''}\n{text[body : body + LEAD]}"
    clause = text[event.span.start : event.span.end]
    speaker = next((s.speaker_span.of(text) for s in reversed(chain(coding, event)) if s.speaker_span), None)
    origin = origin_of(coding, event)
    return {
        "who": [_side(coding, one) for one in event.actors],
        "whom": [_side(coding, one) for one in event.recipients],
        "trigger": sorted(stems(event.trigger.of(text))),
        "words": sorted(stems(clause)),
        "names": sorted(names(about) | names(clause)),
        "about": sorted(stems(about)),
        "spots": _spots(coding),
        "lands": _lands(coding),
        "place": place.model_dump(exclude={"mentions", "id"}) if place else None,
        "values": {field: list(given) for field, given in _values(coding, event)},
        "statements": list(event.statements),
        "speaker": speaker,
        "side": _own_side(coding, event, origin),
    }


def role(coding: Coding, event: Event, denied: Container[str]) -> str:
    """`report`, `denial` or `other`: what the event is for the ledger."""
    if event.id in denied:
        return "denial"
    return "report" if is_report(coding, event) else "other"


def chain(coding: Coding, event: Event) -> list[Statement]:
    """The statements in which the event is told, outermost first."""
    return [found for found in map(coding.find, event.statements) if found]


TO_COME = ("future", "hypothetical")
"""How events are told that may be on a day after the article."""


def days(coding: Coding, event: Event) -> tuple[int | None, int | None]:
    """First and last day on which the event may have been, as its time says; a time coarser than a month says nothing here."""
    time = coding.find(event.time)
    if time is None or (time.granularity not in FINE and _length(time) > 31):
        return None, None
    first, last = ordinal(time.start) or ordinal(time.end), ordinal(time.end) or ordinal(time.start)
    published = None if event.realis in TO_COME else ordinal(coding.article.published)
    if first is None or last is None or (published is not None and first > published + 1):
        return None, None  # what has happened was not after the article: that time is misread
    return first, last if published is None else max(first, min(last, published + 1))


def _length(time: Time) -> int:
    first, last = ordinal(time.start), ordinal(time.end)
    return last - first if first and last else 10_000


def _side(coding: Coding, party: Party) -> Side:
    actor = coding.find(party.actor)
    return Side(actor.name.lower() if actor else "", actor.country if actor else None, actor.sectors if actor else ())


def _spots(coding: Coding) -> list[list[float]]:
    """Where the towns and sites are that the article names most, [latitude, longitude] to a hundredth of a degree."""
    precise = (one for one in coding.places if one.precision in PRECISE and one.latitude is not None)
    found = sorted(precise, key=lambda one: -len(one.mentions))[:MOST_PLACES]
    return [[round(one.latitude or 0, 2), round(one.longitude or 0, 2)] for one in found]


def _lands(coding: Coding) -> list[str]:
    """The states in which the article's places lie, the most named first."""
    named: Counter[str] = Counter()
    for one in coding.places:
        if one.country:
            named[one.country] += len(one.mentions)
    return [state for state, _ in named.most_common(MOST_PLACES)]


def _own_side(coding: Coding, event: Event, origin: Named | None) -> str | None:
    """`actors` or `recipients`, where whoever says it is of that side of the deed; null where nobody's side speaks."""
    if origin is None:
        return None
    sides = {"actors": {"recipients": ()}, "recipients": {"actors": ()}}
    return next((s for s, off in sides.items() if is_party(coding, event.model_copy(update=off), origin)), None)


def _values(coding: Coding, event: Event) -> Iterator[tuple[str, Iterator[dict[str, Any]]]]:
    """By field: every value that the article gives for the incident, each with its words and whose it is."""
    counted = [one for one in map(coding.find, event.figures) if isinstance(one, Figure)]
    by_measure: dict[str, list[Figure]] = {}
    for figure in counted:
        if figure.part_of is None:
            by_measure.setdefault(figure.measure, []).append(figure)
    for measure, figures in by_measure.items():
        yield measure, (_of_figure(coding, event, one) for one in figures)
    for field, parties in (("actors", event.actors), ("recipients", event.recipients)):
        if parties:
            yield field, (_named(coding, event, one) for one in parties)
    place, time = coding.find(event.place), coding.find(event.time)
    if isinstance(place, Place) and place.mentions:
        yield "place", iter([_value(coding, event, place.name, _nearest(place.mentions, event.trigger))])
    if isinstance(time, Time) and time.start:
        yield "start", iter([_value(coding, event, time.start, time.span)])


def _of_figure(coding: Coding, event: Event, figure: Figure) -> dict[str, Any]:
    told = _told(coding, event, figure.statement)
    value = _value(coding, told, figure.text, figure.span)
    return {**value, "low": figure.low, "high": figure.high, "approximate": figure.approximate}


def _told(coding: Coding, event: Event, statement: str | None) -> Event:
    """The event as told in the statement in which a figure stands: a toll may be somebody else's word than the deed."""
    if statement is None or statement in event.statements:
        return event
    outer: list[str] = []
    while statement and statement not in outer:
        outer.insert(0, statement)
        found = coding.find(statement)
        statement = found.within if found else None
    return event.model_copy(update={"statements": tuple(outer)})


def _named(coding: Coding, event: Event, party: Party) -> dict[str, Any]:
    actor = coding.find(party.actor)
    return _value(coding, event, actor.name if actor else party.span.of(coding.article.text), party.span)


def _value(coding: Coding, event: Event, value: str, span: Span) -> dict[str, Any]:
    origin = origin_of(coding, event)
    said = next((s.speaker_span for s in reversed(chain(coding, event)) if s.speaker_span), None)
    return {
        "value": value,
        "span": list(span),
        "origin": list(origin) if origin else None,
        "speaker": said.of(coding.article.text) if said else None,
    }


def _nearest(spans: Iterable[Span], to: Span) -> Span:
    return min(spans, key=lambda one: (abs(one.start - to.start), one.start))
