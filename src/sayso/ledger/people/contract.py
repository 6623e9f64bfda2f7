"""What of a coding breaks the contract of `records` beyond the types of its fields: a correction must not add to it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple

from pydantic import BaseModel

from sayso.codebooks import ACLED, CONTEXTS, MODES, PLOVER, is_cameo
from sayso.records import Acled, Actor, Coding, Event, Figure, Label, Party, Place, Span, Statement, Time

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)

NAMED: dict[type[BaseModel], dict[str, str]] = {
    Label: {"statement": "statements"},
    Time: {"part_of": "times"},
    Figure: {"part_of": "figures", "event": "events", "statement": "statements"},
    Statement: {"speaker": "actors", "within": "statements"},
    Party: {"actor": "actors"},
    Event: {"place": "places", "time": "times", "figures": "figures", "statements": "statements"},
}
"""Fields that hold the ids of other records, and the list in which these are."""


class Wrong(NamedTuple):
    """A field, as `events/e1/type`, and what is wrong with it."""

    field: str
    reason: str


def wrongs(coding: Coding) -> Iterator[Wrong]:
    """Everything that is wrong: spans that hold no words, ids of nothing, codes that the codebooks do not have, days and
    coordinates that there are not."""
    ids = {kind: {one.id for one in getattr(coding, kind)} for kind in KINDS}
    for kind in KINDS:
        for one in getattr(coding, kind):
            for field, record in _within(f"{kind}/{one.id}", one):
                yield from _spans(field, record, len(coding.article.text))
                yield from _names(field, record, ids)
                yield from _values(field, record)
    yield from _circles(coding)


def _within(field: str, record: BaseModel) -> Iterator[tuple[str, BaseModel]]:
    """A record and those within it, each with its place."""
    yield field, record
    for name, held in record:
        for one in _items(held):
            if isinstance(one, BaseModel):
                yield from _within(f"{field}/{name}", one)


def _items(held: Any) -> tuple[Any, ...]:
    """What a field holds: several things, one, or none."""
    if isinstance(held, tuple) and not isinstance(held, Span):
        return held
    return () if held is None else (held,)


def _spans(field: str, record: BaseModel, length: int) -> Iterator[Wrong]:
    for name, held in record:
        for one in _items(held):
            if isinstance(one, Span) and not 0 <= one.start < one.end <= length:
                yield Wrong(f"{field}/{name}", f"{one.start}–{one.end}: no words of a text of {length} code points")


def _names(field: str, record: BaseModel, ids: Mapping[str, set[str]]) -> Iterator[Wrong]:
    for name, kind in NAMED.get(type(record), {}).items():
        for one in _items(getattr(record, name)):
            if one not in ids[kind]:
                yield Wrong(f"{field}/{name}", f"{one!r} is none of the {kind}")


def _circles(coding: Coding) -> Iterator[Wrong]:
    """Records that are within themselves: a statement, a figure, a time."""
    for kind, name in (("statements", "within"), ("figures", "part_of"), ("times", "part_of")):
        above = {one.id: getattr(one, name) for one in getattr(coding, kind)}
        for one in above:
            at, passed = above[one], {one}
            while at is not None and at not in passed:
                passed.add(at)
                at = above.get(at)
            if at == one:
                yield Wrong(f"{kind}/{one}/{name}", "it would be within itself")


def _values(field: str, record: BaseModel) -> Iterator[Wrong]:
    for name, check in CHECKS.get(type(record), {}).items():
        for one in _items(getattr(record, name)):
            if (reason := check(one)) is not None:
                yield Wrong(f"{field}/{name}", reason)


def _one_of(what: str, known: Any) -> Callable[[Any], str | None]:
    there = ", ".join(known if isinstance(known, dict) else sorted(known))
    return lambda given: None if given in known else f"{given!r} is no {what}; there are: {there}"


def _cameo(code: str) -> str | None:
    return None if is_cameo(code) else f"{code!r} is no code of CAMEO"


def _acled(given: Acled) -> str | None:
    subs = ACLED.get(given.event_type)
    if subs is None:
        return f"{given.event_type!r} is no event type of ACLED; there are: {', '.join(ACLED)}"
    return None if given.sub_event_type in subs else f"{given.sub_event_type!r} is none of {', '.join(subs)}"


def _country(code: str) -> str | None:
    from sayso.gazetteer.countries import country

    return None if country(code) else f"{code!r} is no ISO 3166-1 alpha-3 code of a country"


def _up_to(most: int) -> Callable[[float], str | None]:
    return lambda given: None if -most <= given <= most else f"{given} is not from -{most} to {most}"


def _day(given: str) -> str | None:
    try:
        date.fromisoformat(given[:10])
        datetime.fromisoformat(given)
    except ValueError:
        return f"{given!r} is no day that there is, as 2022-01-06"
    return None if _DAY.match(given) else f"{given!r} is no ISO date, as 2022-01-06"


KINDS = ("actors", "places", "times", "figures", "statements", "events")
CHECKS: dict[type[BaseModel], dict[str, Callable[[Any], str | None]]] = {
    Actor: {"country": _country},
    Place: {"country": _country, "latitude": _up_to(90), "longitude": _up_to(180)},
    Time: {"start": _day, "end": _day},
    Event: {
        "type": _one_of("type of PLOVER", PLOVER),
        "mode": _one_of("mode of PLOVER", MODES),
        "contexts": _one_of("context of PLOVER", CONTEXTS),
        "cameo": _cameo,
        "acled": _acled,
    },
}
"""What must be true of a field that is not null."""
