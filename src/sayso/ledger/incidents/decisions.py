"""What people decide of reports: that two are of one incident, or of two. It holds through every clustering that comes after."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from sayso.errors import LedgerError
from sayso.ledger.incidents.reported import Reported
from sayso.ledger.incidents.summaries import clear
from sayso.ledger.keeping import now
from sayso.ledger.people.auditing import note
from sayso.ledger.schema import article, decision, event, incident
from sayso.records import Span


class Mark(NamedTuple):
    """A report as a decision names it: by its article and its words, since a newer coder may number events anew."""

    article: str
    start: int
    end: int
    words: str


class Groups:
    """Reports that people put together, directly or through others, and which of them they keep apart."""

    def __init__(self, pairs: Iterable[tuple[str, Mark, Mark]]) -> None:
        self._first: dict[Mark, Mark] = {}
        self._by_article: dict[str, list[Mark]] = {}
        apart: list[tuple[Mark, Mark]] = []
        for kind, one, other in pairs:
            self._add(one)
            self._add(other)
            if kind == "together":
                self._first[self._root(one)] = self._root(other)
            else:
                apart.append((one, other))
        self._members: dict[Mark, list[Mark]] = {}
        for mark in self._first:
            self._members.setdefault(self._root(mark), []).append(mark)
        self._apart: dict[Mark, set[Mark]] = {}
        for one, other in apart:
            for mine, theirs in ((one, other), (other, one)):
                self._apart.setdefault(self._root(mine), set()).add(self._root(theirs))

    def _add(self, mark: Mark) -> None:
        if mark not in self._first:
            known = self._by_article.setdefault(mark.article, [])
            self._first[mark] = next((one for one in known if is_same(one, mark)), mark)
            known.append(mark)

    def _root(self, mark: Mark) -> Mark:
        while self._first[mark] != mark:
            mark = self._first[mark]
        return mark

    def named(self, key: str) -> bool:
        """Whether anything was decided of reports of this article."""
        return key in self._by_article

    def others(self, mark: Mark, kind: str) -> list[Mark]:
        """Those with which this report is together, or those from which it is apart."""
        roots = {self._root(one) for one in self._by_article.get(mark.article, ()) if is_same(one, mark)}
        if kind == "apart":
            roots = set().union(*(self._apart.get(root, ()) for root in roots))
        return [one for root in sorted(roots) for one in self._members[root] if not is_same(one, mark)]


class Decided:
    """The `Ties` of a ledger. Decisions are few: those of the transaction's ledger are read once."""

    def __init__(self, connection: Connection, assigned: Mapping[int, int] | None = None) -> None:
        """`assigned`: the incident of each event in a clustering that is not written yet; else those of the ledger hold."""
        self._connection = connection
        self._assigned = assigned
        rows = connection.execute(select(decision).where(decision.c.withdrawn.is_(None)).order_by(decision.c.id)).all()
        self._groups = Groups((row.kind, read_mark(row.one), read_mark(row.other)) for row in rows) if rows else None

    def together(self, report: Reported) -> int | None:
        return next((i for mark in self._others(report, "together") for i in self._incidents(mark)), None)

    def apart(self, report: Reported, incident: int) -> bool:
        return any(incident in self._incidents(mark) for mark in self._others(report, "apart"))

    def holds(self, kind: str, one: Mark, other: Mark) -> bool:
        """Whether reports are as was decided of them; where one of the two is not there, they are."""
        mine, theirs = set(self._incidents(one)), set(self._incidents(other))
        return not mine or not theirs or bool(mine & theirs) == (kind == "together")

    def _others(self, report: Reported, kind: str) -> list[Mark]:
        if self._groups is None:
            return []
        row = self._connection.execute(_marked().where(event.c.id == report.event)).one()
        return self._groups.others(_mark(row), kind) if self._groups.named(row.key) else []

    def _incidents(self, mark: Mark) -> list[int]:
        rows = self._connection.execute(
            _marked().add_columns(event.c.incident).where(article.c.key == mark.article, event.c.role == "report")
        ).all()
        here = [row for row in rows if is_same(_mark(row), mark)]
        found = (row.incident if self._assigned is None else self._assigned.get(row.id) for row in here)
        return [one for one in found if one is not None]


def read_mark(stored: str) -> Mark:
    """A mark as the table `decision` holds it."""
    return Mark(*json.loads(stored))


def is_same(one: Mark, other: Mark) -> bool:
    """Whether two marks are of one report: another coder may take more or fewer words for its trigger."""
    alike = one.words in other.words or other.words in one.words
    return one.article == other.article and one.start < other.end and other.start < one.end and alike


def follow(connection: Connection, key: str, moved: Callable[[Span], Span | None]) -> None:
    """The text of an article is another one: its marks go where their words are; those whose words are gone stay as they were."""
    for row in connection.execute(select(decision)).all():
        values = {}
        for side in ("one", "other"):
            mark = read_mark(getattr(row, side))
            now_at = moved(Span(mark.start, mark.end)) if mark.article == key else None
            if now_at is not None:
                values[side] = json.dumps(mark._replace(start=now_at.start, end=now_at.end))
        if values:
            connection.execute(update(decision).where(decision.c.id == row.id).values(values))


def join(connection: Connection, into: int, other: int, *, who: str, why: str) -> None:
    """Two incidents are one: `other` becomes `into`, and its id leads there from now on."""
    if into == other:
        raise LedgerError(f"{_key(connection, into)}: these are one incident already")
    mine, theirs = _reports(connection, into), _reports(connection, other)
    for number, reports in ((into, mine), (other, theirs)):
        if not reports:
            raise LedgerError(f"{_key(connection, number)}: an incident without reports cannot be joined with another")
    _withdraw(connection, "apart", mine, theirs)
    first, *others = (*mine, *theirs)
    made = _decide(connection, "together", [(first, row) for row in others], who, why)
    denied = [_mark(row)[:3] for row in _reports(connection, other, "denial")]
    connection.execute(update(event).where(event.c.incident == other).values(incident=into))
    clear(connection, [other], became=into)
    connection.execute(update(incident).where(incident.c.id == into).values(stale=True))
    brought = {"decisions": made[len(mine) - 1 :], "denials": denied}  # no words: the log forgets nothing
    note(connection, who, "join", _key(connection, into), {"other": _key(connection, other), "why": why, **brought})


def part(
    connection: Connection, number: int, events: Sequence[int], begin: Callable[[int], int], *, who: str, why: str
) -> int:
    """Some reports of an incident are of another one, which `begin` makes of the first of them; its number."""
    rows = _reports(connection, number)
    leaving = [row for row in rows if row.id in set(events)]
    staying = [row for row in rows if row.id not in set(events)]
    if not leaving or not staying:
        raise LedgerError(f"{_key(connection, number)}: of an incident some reports must leave and some must stay")
    bound = _withdraw(connection, "together", staying, leaving)
    _decide(connection, "apart", [(leaving[0], row) for row in staying], who, why)
    _decide(connection, "together", [(leaving[0], row) for row in leaving[1:]], who, why)
    kept = [row for row in staying if _mark(row) in bound]  # they were together through one that leaves
    _decide(connection, "together", [(kept[0], row) for row in kept[1:]], who, why)
    made = begin(leaving[0].id)
    connection.execute(update(event).where(event.c.id.in_([row.id for row in leaving])).values(incident=made))
    connection.execute(update(incident).where(incident.c.id.in_((number, made))).values(stale=True))
    note(connection, who, "part", _key(connection, number), {"made": _key(connection, made), "why": why})
    return made


def confirm(connection: Connection, number: int, *, who: str, why: str) -> None:
    """All reports that an incident has now are of one thing; those that come later are not spoken of."""
    rows = _reports(connection, number)
    if not rows:
        raise LedgerError(f"{_key(connection, number)}: an incident without reports cannot be confirmed")
    made = connection.execute(select(decision).where(decision.c.withdrawn.is_(None)).order_by(decision.c.id)).all()
    held = Groups((row.kind, read_mark(row.one), read_mark(row.other)) for row in made)
    known = held.others(_mark(rows[0]), "together")
    fresh = [row for row in rows[1:] if not any(is_same(_mark(row), one) for one in known)]
    _decide(connection, "together", [(rows[0], row) for row in fresh], who, why)
    note(connection, who, "confirm", _key(connection, number), {"count": len(rows), "why": why})


def brought(connection: Connection, number: int, detail: Mapping[str, Any]) -> list[int]:
    """The reports of an incident that a join brought into it, as its line in the log tells."""
    found = connection.execute(select(decision.c.other).where(decision.c.id.in_(detail.get("decisions", ())))).scalars()
    wanted = [read_mark(stored) for stored in found]
    return [row.id for row in _reports(connection, number) if any(is_same(_mark(row), one) for one in wanted)]


def give_back_denials(connection: Connection, number: int, other: int, detail: Mapping[str, Any]) -> None:
    """The denials that a join brought into an incident are of the other one again, where their words stand where they stood."""
    wanted = {tuple(one) for one in detail.get("denials", ())}
    rows = [row.id for row in _reports(connection, number, "denial") if _mark(row)[:3] in wanted]
    connection.execute(update(event).where(event.c.id.in_(rows)).values(incident=other))


def _marked() -> Select[Any]:
    """Rows of which `_mark` makes marks."""
    return select(
        event.c.id, article.c.key, event.c.trigger_start, event.c.trigger_end, event.c.trigger
    ).join(article, article.c.id == event.c.article)  # fmt: skip


def _reports(connection: Connection, number: int, role: str = "report") -> Sequence[Row[Any]]:
    wanted = _marked().where(event.c.incident == number, event.c.role == role).order_by(event.c.id)
    return connection.execute(wanted).all()


def _key(connection: Connection, number: int) -> str:
    return str(connection.execute(select(incident.c.key).where(incident.c.id == number)).scalar_one())


def _mark(row: Row[Any]) -> Mark:
    return Mark(row.key, row.trigger_start, row.trigger_end, row.trigger)


def _decide(
    connection: Connection, kind: str, pairs: Sequence[tuple[Row[Any], Row[Any]]], who: str, why: str
) -> list[int]:
    """Write that these are together or apart; the numbers of the decisions, in their order."""
    last = connection.execute(select(func.max(decision.c.id))).scalar() or 0
    given = {"kind": kind, "who": who, "why": why, "made": now()}
    rows = [{**given, "one": json.dumps(_mark(one)), "other": json.dumps(_mark(other))} for one, other in pairs]
    if rows:
        connection.execute(insert(decision), rows)
    made = select(decision.c.id).where(decision.c.id > last).order_by(decision.c.id)
    return list(connection.execute(made).scalars())


def _withdraw(connection: Connection, kind: str, ours: Sequence[Row[Any]], theirs: Sequence[Row[Any]]) -> set[Mark]:
    """What was decided before to the contrary holds no longer; those of ours of which it was."""
    one, other = [_mark(row) for row in ours], [_mark(row) for row in theirs]
    rows = connection.execute(select(decision).where(decision.c.kind == kind, decision.c.withdrawn.is_(None))).all()
    touched: set[Mark] = set()
    for row in rows:
        first, second = read_mark(row.one), read_mark(row.other)
        for mine, theirs_ in ((first, second), (second, first)):
            found = next((mark for mark in one if is_same(mark, mine)), None)
            if found is not None and any(is_same(mark, theirs_) for mark in other):
                connection.execute(update(decision).where(decision.c.id == row.id).values(withdrawn=now()))
                touched.add(found)
    return touched
