"""Which incident a report is of: one report at a time, in any order, against those that are there.

Online average linkage. A report joins the incident whose reports it is likest to on average, if it is likely enough and
nothing of that incident contradicts it; else it begins one. So a chain of likenesses never joins what does not fit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple, Protocol

from sayso.ledger.incidents.pairing import incompatible, judge, observe
from sayso.ledger.incidents.reported import Reported, bucket_before, bucket_of, keys, lookups

ENOUGH = 0.5
"""Likelihood from which a report is of an incident."""
COMPARED = 6
"""Reports of one incident that a new one is compared with: those that are likest in time and words."""
FIRST, LAST = 8, 32
"""Of an incident with more reports than both, the earliest and the latest are compared with a new one."""
UNDER = 3
"""Reports of one incident that are put down under one key: those that come after would lead to the same incident."""
CANDIDATES = 40
"""Incidents that a new report is compared with closely: those that share most words with it."""


class Known(NamedTuple):
    """A report that is in the ledger, and its incident."""

    report: Reported
    incident: int


class Memory(Protocol):
    """Where the reports are: a database, or lists."""

    def near(self, keys: Sequence[int]) -> Iterable[Known]:
        """Those put down under any of the keys, each once."""

    def prepare(self, incidents: Sequence[int]) -> None:
        """The members of these will be asked for: what has to be read can be read at once."""

    def members(self, incident: int) -> Sequence[Reported]:
        """All reports of an incident."""


class Ties(Protocol):
    """What people have decided of pairs of reports."""

    def together(self, report: Reported) -> int | None:
        """The incident of which this report is, as somebody said."""

    def apart(self, report: Reported, incident: int) -> bool:
        """Whether somebody said that it is not of this one."""


class Unbound:
    """Nobody has decided anything."""

    def together(self, report: Reported) -> int | None:
        return None

    def apart(self, report: Reported, incident: int) -> bool:
        return False


Likeness = Callable[[Reported, Reported], float]


def likeness(one: Reported, other: Reported) -> float:
    """How likely two reports are of one incident, 0 to 1."""
    return judge()(observe(one, other))


def incident_of(
    report: Reported,
    memory: Memory,
    ties: Ties | None = None,
    *,
    alike: Likeness = likeness,
    enough: float = ENOUGH,
) -> int | None:
    """The incident that the report is of; None where it is of a new one."""
    ties = ties or Unbound()
    bound = ties.together(report)
    if bound is not None:
        return bound
    best: tuple[float, int] | None = None
    candidates = _candidates(report, memory)
    memory.prepare(candidates)
    for incident in candidates:
        if ties.apart(report, incident):
            continue
        likely = _fit(report, memory.members(incident), alike)
        if likely >= enough and (best is None or (likely, -incident) > best):
            best = (likely, -incident)
    return -best[1] if best else None


def _candidates(report: Reported, memory: Memory) -> list[int]:
    """Incidents near in kind, place and time, those with most words in common first."""
    shared: dict[int, int] = {}
    for known in memory.near(lookups(report)):
        common = len(report.words & known.report.words) + 2 * len(report.names & known.report.names)
        shared[known.incident] = max(shared.get(known.incident, -1), common)
    return sorted(shared, key=lambda one: (-shared[one], one))[:CANDIDATES]


def _fit(report: Reported, members: Sequence[Reported], alike: Likeness) -> float:
    """The mean likeness to those of the incident that are most to be compared with; 0 where one contradicts."""
    if any(incompatible(report, one) for one in members if one.event != report.event):
        return 0.0
    chosen = members if len(members) <= COMPARED else sorted(members, key=lambda one: _nearness(report, one))[:COMPARED]
    return sum(alike(report, one) for one in chosen) / len(chosen) if chosen else 0.0


def _nearness(report: Reported, other: Reported) -> tuple[int, int]:
    return -len(report.words & other.words) - len(report.names & other.names), other.event


class Lists:
    """Reports in memory: what experiments, tests and a first clustering of many use."""

    def __init__(self) -> None:
        self._blocks: dict[int, list[Known]] = {}
        self._members: dict[int, list[Reported]] = {}
        self._keys: dict[int, set[int]] = {}
        self._last: dict[int, int] = {}

    def near(self, keys: Sequence[int]) -> Iterable[Known]:
        found = {known.report.event: known for key in keys for known in self._blocks.get(key, ())}
        return found.values()

    def prepare(self, incidents: Sequence[int]) -> None:
        """Nothing has to be read."""

    def members(self, incident: int) -> Sequence[Reported]:
        return self._members[incident]

    def add(self, report: Reported, incident: int) -> None:
        known = Known(report, incident)
        members = self._members.setdefault(incident, [])
        members.append(report)
        if len(members) > FIRST + LAST:
            del members[FIRST]
        for key in keys(report):
            block = self._blocks.setdefault(key, [])
            if sum(one.incident == incident for one in block) < UNDER:
                block.append(known)
            bucket = bucket_of(key)
            self._keys.setdefault(bucket, set()).add(key)
            self._last[incident] = max(self._last.get(incident, 0), bucket)

    def forget(self, day: int) -> None:
        """Drop what ended before a day (an ordinal), where the reports come in the order of their days: none of it will be asked for."""
        limit = bucket_before(day)
        for bucket in [one for one in self._keys if 0 < one < limit]:
            for key in self._keys.pop(bucket):
                del self._blocks[key]
        for incident in [one for one, last in self._last.items() if 0 < last < limit]:
            del self._last[incident], self._members[incident]
