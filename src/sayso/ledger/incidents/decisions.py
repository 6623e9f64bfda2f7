"""What people decide of reports: that two are of one incident, or of two. It holds through every clustering that comes after."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select, update

from sayso.errors import LedgerError
from sayso.ledger.incidents.reported import Reported
from sayso.ledger.keeping import now
from sayso.ledger.people.auditing import note
from sayso.ledger.schema import article, decision, event, incident

KINDS = ("together", "apart")


class Mark(NamedTuple):
    """A report as a decision names it: by its article and its words, since a newer coder may number events anew."""

    article: str
    start: int
    end: int
    words: str


class Decided:
    """The `Ties` of a ledger. Decisions are few: those of the transaction's ledger are read once."""

    def __init__(self, connection: Connection, assigned: Mapping[int, int] | None = None) -> None:
        """`assigned`: the incident of each event in a clustering that is not written yet; else those of the ledger hold."""
        self._connection = connection
        self._assigned = assigned
        rows = connection.execute(select(decision).where(decision.c.withdrawn.is_(None))).all()
        self._pairs = [(row.kind, Mark(*json.loads(row.one)), Mark(*json.loads(row.other))) for row in rows]

    def together(self, report: Reported) -> int | None:
        return next((i for mark in self._others(report, "together") for i in self._incidents(mark)), None)

    def apart(self, report: Reported, incident: int) -> bool:
        return any(incident in self._incidents(mark) for mark in self._others(report, "apart"))

    def _others(self, report: Reported, kind: str) -> list[Mark]:
        """The other sides of the decisions about a report."""
        pairs = [(one, other) for named, one, other in self._pairs if named == kind]
        if not pairs:
            return []
        row = self._connection.execute(
            select(article.c.key, event.c.trigger_start, event.c.trigger_end)
            .join(event, event.c.article == article.c.id).where(event.c.id == report.event)
        ).one()  # fmt: skip
        found = []
        for one, other in pairs:
            for mine, theirs in ((one, other), (other, one)):
                if mine.article == row.key and mine.start < row.trigger_end and row.trigger_start < mine.end:
                    found.append(theirs)
        return found

    def _incidents(self, mark: Mark) -> list[int]:
        rows = self._connection.execute(
            select(event.c.id, event.c.incident)
            .join(article, article.c.id == event.c.article)
            .where(article.c.key == mark.article, event.c.trigger_start < mark.end, event.c.trigger_end > mark.start)
            .where(event.c.role == "report")
        ).all()
        found = (row.incident if self._assigned is None else self._assigned.get(row.id) for row in rows)
        return [one for one in found if one is not None]


def join(connection: Connection, into: int, other: int, *, who: str, why: str) -> None:
    """Two incidents are one: `other` becomes `into`, and its id leads there from now on."""
    if into == other:
        raise LedgerError("these are one incident already")
    mine, theirs = _reports(connection, into), _reports(connection, other)
    if not mine or not theirs:
        raise LedgerError("an incident without reports cannot be joined with another")
    _withdraw(connection, "apart", mine, theirs)
    _decide(connection, "together", mine[0], theirs[0], who, why)
    connection.execute(update(event).where(event.c.incident == other).values(incident=into))
    connection.execute(update(incident).where(incident.c.id == other).values(became=into, record=None, reports=0))
    connection.execute(update(incident).where(incident.c.id == into).values(stale=True))
    note(connection, who, "join", _key(connection, into), {"other": _key(connection, other), "why": why})


def part(
    connection: Connection, number: int, events: Sequence[int], begin: Callable[[int], int], *, who: str, why: str
) -> int:
    """Some reports of an incident are of another one, which `begin` makes of the first of them; its number."""
    rows = _reports(connection, number)
    leaving = [row for row in rows if row.id in set(events)]
    staying = [row for row in rows if row.id not in set(events)]
    if not leaving or not staying:
        raise LedgerError("of an incident some reports must leave and some must stay")
    _withdraw(connection, "together", staying, leaving)
    for row in leaving:
        for other in staying:
            _decide(connection, "apart", row, other, who, why)
    for row in leaving[1:]:
        _decide(connection, "together", leaving[0], row, who, why)
    made = begin(leaving[0].id)
    connection.execute(update(event).where(event.c.id.in_([row.id for row in leaving])).values(incident=made))
    connection.execute(update(incident).where(incident.c.id.in_((number, made))).values(stale=True))
    note(connection, who, "part", _key(connection, number), {"made": _key(connection, made), "why": why})
    return made


def _reports(connection: Connection, number: int) -> Sequence[Any]:
    return connection.execute(
        select(event.c.id, article.c.key, event.c.trigger_start, event.c.trigger_end, event.c.trigger)
        .join(article, article.c.id == event.c.article)
        .where(event.c.incident == number, event.c.role == "report").order_by(event.c.id)
    ).all()  # fmt: skip


def _key(connection: Connection, number: int) -> str:
    return str(connection.execute(select(incident.c.key).where(incident.c.id == number)).scalar_one())


def _mark(row: Any) -> Mark:
    return Mark(row.key, row.trigger_start, row.trigger_end, row.trigger)


def _decide(connection: Connection, kind: str, one: Any, other: Any, who: str, why: str) -> None:
    marks = {"one": json.dumps(_mark(one)), "other": json.dumps(_mark(other))}
    connection.execute(insert(decision).values(kind=kind, **marks, who=who, why=why, made=now()))


def _withdraw(connection: Connection, kind: str, ours: Sequence[Any], theirs: Sequence[Any]) -> None:
    """What was decided before to the contrary holds no longer."""
    one, other = {_mark(row) for row in ours}, {_mark(row) for row in theirs}
    rows = connection.execute(select(decision).where(decision.c.kind == kind, decision.c.withdrawn.is_(None))).all()
    for row in rows:
        pair = Mark(*json.loads(row.one)), Mark(*json.loads(row.other))
        if (pair[0] in one and pair[1] in other) or (pair[1] in one and pair[0] in other):
            connection.execute(update(decision).where(decision.c.id == row.id).values(withdrawn=now()))
