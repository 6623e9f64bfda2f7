"""The reports of a ledger as the clustering sees them, read from the database once and then remembered."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Select, delete, insert, select

from sayso.ledger.database import clock
from sayso.ledger.incidents.clustering import FIRST, LAST, UNDER, Known
from sayso.ledger.incidents.reported import Reported, keys, reported
from sayso.ledger.schema import article, block, event

MOST = 150_000
"""Reports in memory, at some three kilobytes each; with more, all are forgotten and those that are needed read again."""

AT_ONCE = 500
"""Reports that one statement asks for by number."""

READ = tuple(event.c[name] for name in
             "id article incident role type mode country latitude longitude precision first_day last_day facts".split())  # fmt: skip
"""The columns of an event that a report is made of."""


class Remembered:
    """A `Memory` over a ledger. One for each process that writes; it notices when another has written between."""

    def __init__(self) -> None:
        self._clock = -1
        self._clear()

    def _clear(self) -> None:
        self._known: dict[int, Known] = {}
        self._blocks: dict[int, list[int]] = {}
        self._members: dict[int, list[int]] = {}

    def at(self, connection: Connection) -> Remembered:
        """For a transaction that writes: what others have changed since the last one is forgotten."""
        now = clock(connection)
        if now != self._clock + 1 or len(self._known) > MOST:
            self._clear()
        self._clock, self._connection = now, connection
        return self

    def forget(self) -> None:
        """After a transaction that failed, and after one that moved reports between incidents."""
        self._clear()

    def near(self, keys: Sequence[int]) -> Iterable[Known]:
        missing = [key for key in keys if key not in self._blocks]
        if missing:
            self._read(missing)
        found = {one: self._known[one] for key in keys for one in self._blocks[key] if one in self._known}
        return found.values()

    def _read(self, keys: Sequence[int]) -> None:
        """The blocks of these keys, and the reports in them that are not known yet: each is read once, under however many keys it stands."""
        for key in keys:
            self._blocks[key] = []
        listed = select(block.c.key, block.c.event).where(block.c.key.in_(keys)).order_by(block.c.event)
        for key, one in self._connection.execute(listed):
            self._blocks[key].append(one)
        self._know(one for key in keys for one in self._blocks[key])

    def _know(self, numbers: Iterable[int]) -> None:
        """Read those reports that are not known yet."""
        for some in batched(sorted({one for one in numbers if one not in self._known})):
            rows = reports_query().where(event.c.id.in_(some), event.c.incident.is_not(None))
            for row in self._connection.execute(rows).mappings():
                self._remember(row)

    def prepare(self, incidents: Sequence[int]) -> None:
        missing = [one for one in incidents if one not in self._members]
        for some in batched(missing):
            listed = select(event.c.incident, event.c.id).where(event.c.incident.in_(some), event.c.role == "report")
            reports: dict[int, list[int]] = {one: [] for one in some}
            for incident, number in self._connection.execute(listed.order_by(event.c.id)):
                reports[incident].append(number)
            for incident, numbers in reports.items():
                self._members[incident] = numbers if len(numbers) <= FIRST + LAST else numbers[:FIRST] + numbers[-LAST:]
        self._know(number for one in missing for number in self._members[one])

    def members(self, incident: int) -> Sequence[Reported]:
        self.prepare([incident])
        return [self._known[one].report for one in self._members[incident] if one in self._known]

    def begin(self, incident: int) -> None:
        """An incident that has just been made has no reports yet: nobody need ask the database."""
        self._members[incident] = []

    def add(self, report: Reported, incident: int) -> None:
        """Put down a report that has just been written under its keys."""
        self.members(incident)  # those of before, so that what is noted here is not taken for all
        self._known[report.event] = Known(report, incident)
        members = self._members[incident]
        if report.event not in members:
            members.append(report.event)
            if len(members) > FIRST + LAST:
                del members[FIRST]
        own = [key for key in keys(report) if self._under(key, incident) < UNDER]
        for key in own:
            self._blocks[key].append(report.event)
        if own:
            self._connection.execute(insert(block), [{"key": key, "event": report.event} for key in own])

    def drop(self, events: Sequence[int]) -> None:
        """Take away what is put down of events that are about to be written anew."""
        if events:
            self._connection.execute(delete(block).where(block.c.event.in_(events)))
            self._clear()

    def _under(self, key: int, incident: int) -> int:
        self.near([key])
        return sum(self._known[one].incident == incident for one in self._blocks[key] if one in self._known)

    def _remember(self, row: Mapping[Any, Any]) -> int:
        found: int = row["id"]
        if found not in self._known:
            self._known[found] = Known(of_row(row), row["incident"])
        return found


def batched(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    """At most AT_ONCE at a time: a statement can name so many."""
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))


def reports_query(*more: Any) -> Select[Any]:
    """Rows that `of_row` reads: events with the day and the original of their articles."""
    return (
        select(*READ, article.c.day, article.c.copy_of, *more)
        .select_from(event)
        .join(article, article.c.id == event.c.article)
    )


def of_row(row: Mapping[Any, Any]) -> Reported:
    """A report of a row of `event` with the day and the original of its article."""
    return reported(row, json.loads(row["facts"]), row["day"], row["copy_of"])
