"""What an incident stands on: `single origin`, `corroborated`, `disputed`, `claimed` or `unattributed`, and why.

Computed, never typed. The first that holds, in this order:

- `disputed`: somebody denies it, or two origins give tolls, as new as each other, of which both cannot be true;
- `unattributed`: every report rests on words that nobody is named for;
- `claimed`: only one side of it says so;
- `corroborated`: two or more origins say so; copies and quotations of one origin are one;
- `single origin`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sayso.ledger.facts import ordinal
from sayso.ledger.origins import Named
from sayso.records import Denial, Origin, Standing, Value

TOLLS = ("killed", "injured", "arrested", "missing")
"""Measures of which two origins can contradict each other; how many took part everybody counts in another way."""
SOON = 1
"""Days within which two tolls are as new as each other; a later, higher one is an update of the story."""


class Told(NamedTuple):
    """One event of the incident with its article."""

    article: str
    published: str | None
    copy_of: str | None
    row: Any
    notes: dict[str, Any]
    whose: Named | None

    @property
    def origin(self) -> Origin | None:
        return self.whose.record() if self.whose else None


class Judged(NamedTuple):
    standing: Standing
    because: str
    origins: tuple[Origin, ...]


def standing(reports: Sequence[Told], denials: Sequence[Denial], values: Mapping[str, Sequence[Value]]) -> Judged:
    """Of an incident's own reports (copies left out), its denials and its values."""
    origins = _origins(reports)
    if denials:
        who = sorted({one.speaker or "somebody" for one in denials})
        return Judged("disputed", f"denied by {_list(who)}", origins)
    quarrel = _quarrel(values, {one.id: one.name for one in origins})
    if quarrel:
        return Judged("disputed", quarrel, origins)
    if not origins:
        return Judged("unattributed", "no report names anybody whose word it is", origins)
    side = _one_side(reports)
    if side:
        return Judged("claimed", f"only {side}, a party to it, says so", origins)
    if len(origins) > 1:
        return Judged("corroborated", f"{len(origins)} origins: {_list(one.name for one in origins)}", origins)
    return Judged("single origin", f"all rests on the word of {origins[0].name}", origins)


def _origins(reports: Sequence[Told]) -> tuple[Origin, ...]:
    """Each once, in the order of the reports: whose word the deed is, and whose the tolls."""
    found = {one.origin.id: one.origin for one in reports if one.origin}
    for one in reports:
        for given in one.notes["values"].values():
            for value in given:
                if value["origin"]:
                    made = Named(*value["origin"]).record()
                    found.setdefault(made.id, made)
    return tuple(found.values())


def _quarrel(values: Mapping[str, Sequence[Value]], names: Mapping[str, str]) -> str | None:
    for measure in TOLLS:
        latest: dict[str | None, Value] = {}
        for value in values.get(measure, ()):
            latest[value.origin] = value  # they stand in the order of publication
        told = [one for one in latest.values() if one.origin]
        for at, one in enumerate(told):
            for other in told[at + 1 :]:
                if disjoint(one, other) and together(one, other):
                    return f"{measure}: {one.value} ({names.get(one.origin or '', '?')}), {other.value} ({names.get(other.origin or '', '?')})"
    return None


def disjoint(one: Value, other: Value) -> bool:
    """Whether both cannot be true. A number of which only the lower bound is told may be any larger one."""
    if one.approximate and other.approximate:
        return False
    bounds = [
        (v.low if v.low is not None else 0.0, v.high if v.high is not None else float("inf")) for v in (one, other)
    ]
    return bounds[0][1] < bounds[1][0] or bounds[1][1] < bounds[0][0]


def together(one: Value, other: Value) -> bool:
    days = ordinal(one.published), ordinal(other.published)
    return days[0] is None or days[1] is None or abs(days[0] - days[1]) <= SOON


def _one_side(reports: Sequence[Told]) -> str | None:
    """The name of the side if all whose word it is are of one side of the deed itself."""
    named = [one for one in reports if one.origin]
    if not named or not all(one.notes["side"] for one in named):
        return None
    sides = {one.notes["side"] for one in named}
    return named[0].origin.name if len(sides) == 1 and named[0].origin else None


def _list(names: Iterable[str]) -> str:
    *most, last = list(names)
    return f"{', '.join(most)} and {last}" if most else last
