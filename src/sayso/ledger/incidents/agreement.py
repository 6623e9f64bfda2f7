"""The incident as its reports have it: every value by origin, side by side, and what that amounts to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from types import SimpleNamespace
from typing import Any, TypeVar, get_args

from sqlalchemy import Connection, select

from sayso.ledger.incidents.standing import Told, standing
from sayso.ledger.noting import event_row
from sayso.ledger.origins import Named, denials, is_same
from sayso.ledger.schema import article, event, incident, origin
from sayso.records import Acled, Coding, Denial, Incident, Measure, Place, Precision, Report, Span, Value

PRECISIONS = get_args(Precision)
"""The finest first: where as many origins name a town as its state, the town is the place."""
MEASURES = get_args(Measure)
"""In which order the values stand; place, day and parties after them."""

T = TypeVar("T")


def incident_record(
    connection: Connection, number: int, *, corrected: Mapping[str, Coding] | None = None
) -> Incident | None:
    """The `records.Incident`, made from the notes of its events; None where it has no report any more.

    `corrected`: codings, by article id, that hold in place of the coder's own.
    """
    told = _with_one_origin_each(
        [found for one in _told(connection, number) if (found := _as_corrected(one, corrected or {})) is not None]
    )
    reports = [one for one in told if one.row.role == "report"]
    if not reports:
        return None
    key = connection.execute(select(incident.c.key).where(incident.c.id == number)).scalar_one()
    denied = tuple(_denial(one) for one in told if one.row.role == "denial")
    own = [one for one in reports if one.copy_of is None] or reports
    acts = [one for one in own if one.row.type == _most(own, lambda one: one.row.type)]
    values = _values(own)
    judged = standing(own, denied, values)
    first, last = _days(own)
    days = sorted(one.published for one in reports if one.published)
    return Incident(
        id=key,
        type=acts[0].row.type,
        mode=_most(acts, lambda one: one.row.mode),
        acled=_acled(_most(acts, lambda one: one.row.acled)),
        cameo=_most(acts, lambda one: one.row.cameo),
        place=_place(own),
        start=first,
        end=last,
        standing=judged.standing,
        because=judged.because,
        origins=judged.origins,
        reports=tuple(map(_report, reports)),
        values=values,
        denials=denied,
        first_published=days[0] if days else None,
        last_published=days[-1] if days else None,
    )


def _told(connection: Connection, number: int) -> list[Told]:
    original = article.alias("original")
    rows = connection.execute(
        select(
            event, article.c.key, article.c.published, original.c.key.label("original"),
            origin.c.key.label("whose"), origin.c.name.label("whose_name"), origin.c.kind.label("whose_kind"),
        )
        .join(article, article.c.id == event.c.article)
        .outerjoin(original, original.c.id == article.c.copy_of)
        .outerjoin(origin, origin.c.id == event.c.origin)
        .where(event.c.incident == number)
    ).all()  # fmt: skip
    told = [
        Told(r.key, r.published, r.original, r, json.loads(r.facts), _named(r.whose, r.whose_name, r.whose_kind))
        for r in rows
    ]
    return sorted(told, key=lambda one: (one.published or "9", one.article, one.row.trigger_start))


def _with_one_origin_each(told: list[Told]) -> list[Told]:
    """Origins that are one, though one article tells less of it, by the name that tells most."""
    keys = {one.whose.key: one.whose for one in told if one.whose}
    for one in told:
        for given in chain.from_iterable(one.notes["values"].values()):
            if given["origin"]:
                keys.setdefault(given["origin"][0], Named(*given["origin"]))
    fullest = sorted(keys.values(), key=lambda one: (-len(one.key), one.key))
    same = {one.key: next(other for other in fullest if is_same(one, other)) for one in keys.values()}
    return [
        one._replace(
            whose=same[one.whose.key] if one.whose else None,
            notes={
                **one.notes,
                "values": {f: [_same(v, same) for v in some] for f, some in one.notes["values"].items()},
            },
        )
        for one in told
    ]


def _same(value: dict[str, Any], same: Mapping[str, Named]) -> dict[str, Any]:
    return {**value, "origin": list(same[value["origin"][0]])} if value["origin"] else value


def _as_corrected(one: Told, corrected: Mapping[str, Coding]) -> Told | None:
    """The event as a corrected coding has it; None where that has no such report."""
    coding = corrected.get(one.article)
    if coding is None:
        return one
    event = next((e for e in coding.events if e.id == one.row.name), None)
    if event is None:
        return None
    row, whose = event_row(coding, event, {d.event for d in denials(coding)})
    if row["role"] != one.row.role:
        return None
    return Told(
        one.article, coding.article.published, one.copy_of, SimpleNamespace(**row), json.loads(row["facts"]), whose
    )


def _named(key: str | None, name: str, kind: Any) -> Named | None:
    return None if key is None else Named(key, name, kind)


def _report(one: Told) -> Report:
    return Report(
        article=one.article,
        event=one.row.name,
        origin=one.origin.id if one.origin and one.copy_of is None else None,
        copy_of=one.copy_of,
        published=one.published,
        statements=tuple(one.notes["statements"]),
    )


def _denial(one: Told) -> Denial:
    return Denial(
        origin=one.origin.id if one.origin else None,
        article=one.article,
        span=Span(one.row.trigger_start, one.row.trigger_end),
        speaker=one.notes["speaker"],
        statement=next(iter(reversed(one.notes["statements"])), None),
    )


def _most(told: Sequence[Told], of: Callable[[Told], T | None]) -> T | None:
    """What most origins have, then most reports, then the first; null only where all have it so."""
    votes: Counter[T] = Counter()
    voters: dict[T, set[str]] = {}
    for one in told:
        found = of(one)
        if found is not None:
            votes[found] += 1
            voters.setdefault(found, set()).add(one.origin.id if one.origin else one.article)
    return max(votes, key=lambda found: (len(voters[found]), votes[found]), default=None)


def _acled(given: str | None) -> Acled | None:
    if given is None:
        return None
    kind, _, sub = given.partition(" / ")
    return Acled(event_type=kind, sub_event_type=sub)


def _place(told: Sequence[Told]) -> Place | None:
    """The place that most origins name; of those that as many name, the most precise."""
    places = [(one, Place(id="p1", **one.notes["place"])) for one in told if one.notes["place"]]
    votes: dict[tuple[Any, ...], set[str]] = {}
    for one, place in places:
        votes.setdefault(_same_place(place), set()).add(one.origin.id if one.origin else one.article)
    fine = [place for _, place in places if place.precision in PRECISIONS[:2]] or [place for _, place in places]
    return max(fine, key=lambda one: (len(votes[_same_place(one)]), -_rank(one), one.score), default=None)


def _same_place(place: Place) -> tuple[Any, ...]:
    return (place.geonameid,) if place.geonameid else (place.name, place.country, place.admin1)


def _rank(place: Place) -> int:
    return PRECISIONS.index(place.precision) if place.precision else len(PRECISIONS)


def _days(told: Sequence[Told]) -> tuple[str | None, str | None]:
    """The days that most origins give; of those that as many give, the narrowest."""
    given = [one for one in told if one.row.first_day is not None]
    days = _most(
        sorted(given, key=lambda one: one.row.last_day - one.row.first_day),
        lambda one: (one.row.first_day, one.row.last_day),
    )
    return (None, None) if days is None else (_iso(days[0]), _iso(days[1]))


def _iso(day: int) -> str:
    return date.fromordinal(day).isoformat()


def _values(told: Iterable[Told]) -> dict[str, tuple[Value, ...]]:
    found: dict[str, dict[tuple[str, Span], Value]] = {}
    for one in told:
        for field, given in one.notes["values"].items():
            for value in given:
                made = _value(one, value)
                found.setdefault(field, {}).setdefault((made.article, made.span), made)
    order = {field: at for at, field in enumerate((*MEASURES, "place", "start", "actors", "recipients"))}
    fields = sorted(found, key=lambda field: order.get(field, len(order)))
    return {field: tuple(found[field].values()) for field in fields}


def _value(one: Told, given: dict[str, Any]) -> Value:
    whose = Named(*given["origin"]) if given["origin"] else None
    return Value(
        value=given["value"],
        low=given.get("low"),
        high=given.get("high"),
        approximate=given.get("approximate", False),
        origin=whose.id if whose else None,
        article=one.article,
        span=Span(*given["span"]),
        published=one.published,
        speaker=given["speaker"],
    )


def number_of(connection: Connection, key: str) -> int | None:
    """The number of an incident by its id, along its redirects; None where there is none."""
    row = connection.execute(select(incident.c.id, incident.c.became).where(incident.c.key == key)).one_or_none()
    while row is not None and row.became is not None:
        row = connection.execute(select(incident.c.id, incident.c.became).where(incident.c.id == row.became)).one()
    return None if row is None else int(row.id)
