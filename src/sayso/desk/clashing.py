"""Which values of two origins cannot be true together: numbers as the standing compares them, days, and places on the map."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from sayso.exports.tellings import by_origin, latest
from sayso.exports.view import View
from sayso.gazetteer.distance import kilometres
from sayso.ledger.incidents.standing import TOLLS, disjoint, together
from sayso.records import Place, Span, Time, Value

COUNTED = (*TOLLS, "displaced", "participants")
"""Measures of which all origins count the same; property or money may be of different things."""
FINE = ("facility", "settlement")
APART = 40.0
"""Kilometres from which two towns are two places."""


Corner = tuple[float, float]


class Clash(NamedTuple):
    """With whose value one cannot be true. `at_once`: they are as new as each other; else one may be news of the other."""

    whom: str
    at_once: bool


Key = tuple[str, Span]
"""A value of a field, by its article and its words."""

T = TypeVar("T")


def key_of(value: Value) -> Key:
    return value.article, value.span


def clashes(
    field: str, values: Sequence[Value], views: Mapping[str, View], names: Mapping[str, str]
) -> dict[Key, tuple[Clash, ...]]:
    """For each value that is at odds with another origin's: with whose. Nobody's word contradicts nobody."""
    named = [one for one in values if one.origin]
    if field in COUNTED:
        return _numbers(named, names)
    if field == "start":
        return _sets(
            [(one, _days(one, views)) for one in named],
            names,
            lambda one, other: one[1] < other[0] or other[1] < one[0],
        )
    if field == "place":
        return _sets([(one, _point(one, views)) for one in named], names, _apart)
    return {}


def _numbers(values: Sequence[Value], names: Mapping[str, str]) -> dict[Key, tuple[Clash, ...]]:
    """Of each origin its last number counts, as for the standing."""
    found: dict[Key, list[Clash]] = {}
    last = {one.origin: one for one in values}
    for one in last.values():
        for other in last.values():
            if one.origin != other.origin and disjoint(one, other):
                whom = names.get(other.origin or "", "?")
                found.setdefault(key_of(one), []).append(Clash(whom, together(one, other)))
    return {key: tuple(marks) for key, marks in found.items()}


def _sets(
    values: Sequence[tuple[Value, T]], names: Mapping[str, str], differs: Callable[[T, T], bool]
) -> dict[Key, tuple[Clash, ...]]:
    """Two origins are at odds where nothing that the one says last fits anything that the other says last."""
    found: dict[Key, list[Clash]] = {}
    known = {key_of(value): what for value, what in values}
    last = by_origin(latest(value for value, _ in values))
    sides = {origin: {known[key_of(one)] for one in some} for origin, some in last.items()}
    for origin, ours in sides.items():
        for whose, theirs in sides.items():
            if origin != whose and all(differs(one, other) for one in ours for other in theirs):
                for one in last[origin]:
                    found.setdefault(key_of(one), []).append(Clash(names.get(whose or "", "?"), True))
    return {key: tuple(marks) for key, marks in found.items()}


def _days(value: Value, views: Mapping[str, View]) -> tuple[str, str]:
    """ISO days, both inclusive; of a time that is open at an end the day that is known."""
    view = views.get(value.article)
    found: Time | None = next((t for t in view.coding.times if t.span == value.span), None) if view else None
    start = (found.start if found else None) or value.value
    return start, (found.end if found else None) or start


def _apart(here: Corner | None, there: Corner | None) -> bool:
    return here is not None and there is not None and kilometres(here, there) > APART


def _point(value: Value, views: Mapping[str, View]) -> Corner | None:
    """Where the place is, if it is as small as a town: a state holds its towns, and contradicts none."""
    view = views.get(value.article)
    found: Place | None = None
    if view is not None:
        found = next((p for p in view.coding.places if value.span in p.mentions), None)
    if found is None or found.precision not in FINE or found.latitude is None or found.longitude is None:
        return None
    return found.latitude, found.longitude
