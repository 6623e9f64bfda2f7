"""How likely it is that two reports are of one incident: named observations, weighed by a learned judge."""

from __future__ import annotations

import math
from collections.abc import Collection
from functools import cache
from pathlib import Path

from sayso.gazetteer.distance import kilometres
from sayso.language.judges import Judge, read_judges
from sayso.ledger.facts import stems
from sayso.ledger.incidents.reported import FAMILIES, Reported

FILE = Path(__file__).with_name("pairing.json")
"""The weights, made by `training/incidents.py`."""
NEAR, FAR = 12.0, 60.0
"""Kilometres between two precise points within which they may be one place, and from which they are two."""
APART = 2
"""Days between two times told to the day from which they are of two incidents: one may be the day on which it was announced."""
UNLIKE = 8.0
"""How many times larger one toll may be than another of the same incident."""
FEW = 5.0
"""Tolls below this are compared with it: one dead and five dead are no contradiction of first reports."""

Parties = tuple[tuple[str, str | None, tuple[str, ...]], ...]


@cache
def judge() -> Judge:
    """The shipped judge of pairs."""
    return read_judges(FILE)["pair"]


def incompatible(one: Reported, other: Reported) -> bool:
    """Whether no chain of likenesses may join the two: other places, other days, tolls that cannot be of one thing, or nothing
    told by which two articles could mean the same."""
    if one.precise and other.precise and kilometres(point(one), point(other)) > FAR:
        if not _names(one, point(other)) and not _names(other, point(one)):
            return True
    gap = days_between(one, other)
    if gap is not None and gap >= APART and _told(one) and _told(other):
        return True
    if vague(one) and vague(other) and one.article != other.article and one.same_text != other.same_text:
        return not any(meet for meet, _ in _tolls(one, other))  # "12 killed" and "a car burned" are of anything
    return any(unlike for _, unlike in _tolls(one, other))


def observe(one: Reported, other: Reported) -> dict[str, float]:
    """What is seen of a pair, by name; symmetrical."""
    return {
        **_acts(one, other),
        **_vague(one, other),
        **_places(one, other),
        **_times(one, other),
        **_sides(one, other),
        **_figures(one, other),
        **_wording(one, other),
    }


def vague(report: Reported) -> bool:
    """Whether it says neither where nor when."""
    return report.country is None and not _told(report)


def _vague(one: Reported, other: Reported) -> dict[str, float]:
    """Whether one of the two, or both, say neither where nor when it was."""
    count = vague(one) + vague(other)
    return {"one is vague": float(count == 1), "both are vague": float(count == 2)}


def _acts(one: Reported, other: Reported) -> dict[str, float]:
    if one.type == other.type:
        modes = one.mode, other.mode
        alike = float(modes[0] == modes[1])
        return {"same type": 1.0, "same mode": alike, "other mode": float(None not in modes) * (1 - alike)}
    return {"kin types": float(bool(set(FAMILIES.get(one.type, ())) & set(FAMILIES.get(other.type, ()))))}


def _places(one: Reported, other: Reported) -> dict[str, float]:
    if one.precise and other.precise:
        apart = kilometres(point(one), point(other))
        if apart <= NEAR:
            return {"one place": 1.0}
        named = _names(one, point(other)) or _names(other, point(one))
        return {"places of one article": 1.0} if named else {"another place": 1.0, "far away": float(apart > FAR)}
    if one.country is None or other.country is None:
        return _placeless(one, other)
    if one.country != other.country:
        return {"another country": 1.0}
    if one.admin1 and other.admin1:
        return {"one region": float(one.admin1 == other.admin1), "another region": float(one.admin1 != other.admin1)}
    return {"one country": 1.0}


def _placeless(one: Reported, other: Reported) -> dict[str, float]:
    """Where one of the two has no place: whether its article names the other's, or both articles name one place."""
    spots = [[point(r)] if r.precise else r.spots for r in (one, other)]
    if spots[0] and spots[1]:
        near = any(kilometres(a, b) <= NEAR for a in spots[0] for b in spots[1])
        return {"no place: one is named": float(near), "no place: none is named": float(not near)}
    lands = [{r.country} if r.country else set(r.lands) for r in (one, other)]
    if lands[0] and lands[1]:
        shared = bool(lands[0] & lands[1])
        return {"no place: one state": float(shared), "no place: other states": float(not shared)}
    return {"no place": 1.0}


def _names(report: Reported, there: tuple[float, float]) -> bool:
    """Whether the report's article names this place too."""
    return any(kilometres(spot, there) <= NEAR for spot in report.spots)


def point(report: Reported) -> tuple[float, float]:
    """Latitude and longitude of a located report."""
    return report.latitude or 0.0, report.longitude or 0.0


def _times(one: Reported, other: Reported) -> dict[str, float]:
    gap = days_between(one, other)
    if gap is None:
        return {"no time": 1.0}
    if _told(one) and _told(other):
        return {"one day": float(gap == 0), "next day": float(gap == 1), "later": float(gap > 1)}
    return {"may be one day": float(gap == 0), "later, perhaps": float(gap > 0), "days apart": math.log1p(gap)}


def _sides(one: Reported, other: Reported) -> dict[str, float]:
    found: dict[str, float] = {}
    for label, ours, theirs in (("who", one.who, other.who), ("whom", one.whom, other.whom)):
        if not ours or not theirs:
            continue
        states = {c for _, c, _ in ours if c}, {c for _, c, _ in theirs if c}
        sectors = {s for _, _, all_ in ours for s in all_}, {s for _, _, all_ in theirs for s in all_}
        words = [stems(" ".join(name for name, _, _ in side)) for side in (ours, theirs)]
        found[f"{label}: one word"] = float(bool(words[0] & words[1]))
        found[f"{label}: other words"] = float(bool(words[0] and words[1]) and not words[0] & words[1])
        found[f"{label}: one name"] = float(bool({n for n, _, _ in ours} & {n for n, _, _ in theirs}))
        found[f"{label}: one sector"] = float(bool(sectors[0] & sectors[1]))
        found[f"{label}: other sectors"] = float(bool(sectors[0]) and bool(sectors[1]) and not sectors[0] & sectors[1])
        found[f"{label}: other states"] = float(bool(states[0]) and bool(states[1]) and not states[0] & states[1])
    return found


def _figures(one: Reported, other: Reported) -> dict[str, float]:
    seen = list(_tolls(one, other))
    equal = any(alike for alike, _ in seen)
    return {"one toll": float(equal), "another toll": float(bool(seen) and not equal)}


def _wording(one: Reported, other: Reported) -> dict[str, float]:
    found = {
        "one trigger": float(bool(one.trigger & other.trigger)),
        "words": overlap(one.words, other.words),
        "names": overlap(one.names, other.names),
        "about": overlap(one.about, other.about),
    }
    if one.article == other.article:
        return {"one article": 1.0, "one trigger": found["one trigger"], "words in one article": found["words"]}
    return {**found, "a copy": float(one.same_text == other.same_text)}


def overlap(ours: Collection[int], theirs: Collection[int]) -> float:
    """Words in common, as a share of the geometric mean of both numbers of words: 0 to 1."""
    if not ours or not theirs:
        return 0.0
    return len(frozenset(ours).intersection(theirs)) / math.sqrt(len(ours) * len(theirs))


def _tolls(one: Reported, other: Reported) -> list[tuple[bool, bool]]:
    """For each measure that both count: whether the bounds meet, and whether they can be of one thing at all."""
    found = []
    for measure, low, high in one.figures:
        for theirs, lower, higher in other.figures:
            if theirs == measure and low is not None and lower is not None and measure in ("killed", "injured"):
                meet = low <= (math.inf if higher is None else higher) and lower <= (math.inf if high is None else high)
                least, most = sorted((max(low, FEW), max(lower, FEW)))
                found.append((meet, not meet and most > UNLIKE * least))
    return found


def days_between(one: Reported, other: Reported) -> int | None:
    """Days from the end of the one to the beginning of the other; 0 where they overlap, None where nothing is known."""
    ours, theirs = one.span, other.span
    if ours is None or theirs is None:
        return None
    return max(0, theirs[0] - ours[1], ours[0] - theirs[1])


def _told(report: Reported) -> bool:
    return report.first is not None and report.last is not None
