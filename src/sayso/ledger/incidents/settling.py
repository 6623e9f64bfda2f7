"""The events of a coding, and the incident of each: what comes after an article was put down."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from sayso.ledger import anchors
from sayso.ledger.incidents import decisions
from sayso.ledger.incidents.clustering import ENOUGH, Ties, incident_of, likeness
from sayso.ledger.incidents.remembered import Remembered, of_row, reports_query
from sayso.ledger.incidents.reported import Reported, denial_keys, denial_lookups
from sayso.ledger.keeping import now, unpacked
from sayso.ledger.noting import event_row
from sayso.ledger.origins import Named, denials
from sayso.ledger.people import corrections
from sayso.ledger.schema import article, block, event, incident, origin
from sayso.ledger.schema import coding as coding_table
from sayso.records import Coding, Span

Moved = Callable[[Span], Span | None]
"""Where words of the text before are in the new one; None where they are gone."""
DIGITS = 10
"""Hexadecimal digits of an incident's id; more where two begin alike."""


def settle(
    connection: Connection, number: int, coding: Coding, memory: Remembered, ties: Ties | None = None
) -> list[int]:
    """Write the events of an article's coding in place of those of the coding before; the incidents that are touched.

    An event that was in the coding before keeps its incident, so that a newer coder does not shuffle what people know; what
    people said of the article's words stays with the words.
    """
    moved = _follow(connection, number, coding.article.text, memory)
    before = connection.execute(select(event).where(event.c.article == number)).all()
    places = {row.id: moved(Span(row.trigger_start, row.trigger_end)) for row in before}
    _take_away(connection, before, memory)
    touched = {row.incident for row in before if row.incident is not None}
    denied = {one.event for one in denials(coding)}
    for one in coding.events:
        row, whose = event_row(coding, one, denied)
        row |= {"article": number, "origin": origin_number(connection, whose), "incident": None}
        row["id"] = connection.execute(insert(event).values(row)).inserted_primary_key[0]  # type: ignore[index]
        touched |= set(_join(connection, row, _same(row, before, places), memory, ties))
    touched |= release(connection, touched, memory, ties)
    _stale(connection, touched)
    return sorted(touched)


def _follow(connection: Connection, number: int, text: str, memory: Remembered) -> Moved:
    """Let annotations and decisions go where their words are now, and say where words of the former text are."""
    row = connection.execute(select(article.c.key, article.c.revision).where(article.c.id == number)).one()
    copied = select(article.c.id).where(article.c.copy_of == number).limit(1)
    if row.revision > 1 or connection.execute(copied).first() is not None:
        memory.forget()  # of which articles others are copies may be otherwise now
    if row.revision == 1:
        return lambda span: span
    data = connection.execute(
        select(coding_table.c.data).where(coding_table.c.article == number, coding_table.c.revision == row.revision - 1)
    ).scalar_one()
    former = Coding.model_validate_json(unpacked(data)).article.text
    corrections.anchor_anew(connection, number, text)
    if former == text:
        return lambda span: span

    def moved(span: Span) -> Span | None:
        return anchors.place(anchors.anchor(former, span), text).span

    decisions.follow(connection, row.key, moved)
    return moved


def _take_away(connection: Connection, rows: Sequence[Row[Any]], memory: Remembered) -> None:
    if rows:
        memory.drop([row.id for row in rows])
        connection.execute(delete(event).where(event.c.id.in_([row.id for row in rows])))


def origin_number(connection: Connection, one: Named | None) -> int | None:
    """The row of an origin, made where there is none yet."""
    if one is None:
        return None
    number = connection.execute(select(origin.c.id).where(origin.c.key == one.key)).scalar()
    if number is None:
        made = connection.execute(insert(origin).values(key=one.key, name=one.name, kind=one.kind))
        number = made.inserted_primary_key[0]  # type: ignore[index]
    return int(number)


def _same(row: Mapping[str, Any], before: Sequence[Row[Any]], places: Mapping[int, Span | None]) -> int | None:
    """The incident of the event that the former coding had at these words."""
    here = Span(row["trigger_start"], row["trigger_end"])
    return next(
        (
            one.incident
            for one in before
            if one.incident is not None and one.type == row["type"] and one.role == row["role"]
            if one.trigger == row["trigger"] and (place := places[one.id]) is not None and here.overlaps(place)
        ),
        None,
    )


def _join(
    connection: Connection, row: dict[str, Any], former: int | None, memory: Remembered, ties: Ties | None
) -> list[int]:
    """Find the incident of a report or denial, or begin one with the report; the incidents that are touched."""
    if row["role"] == "other":
        return []
    day, copy_of = connection.execute(
        select(article.c.day, article.c.copy_of).where(article.c.id == row["article"])
    ).one()
    report = of_row({**row, "day": day, "copy_of": copy_of})
    found = former if former is not None else incident_of(report, memory, ties)
    if row["role"] == "denial":
        _deny(connection, report, found)
        return [] if found is None else [found]
    if found is None:
        found = begin(connection, row["id"])
        memory.begin(found)
        _hear_denials(connection, report, found)
    connection.execute(update(event).where(event.c.id == report.event).values(incident=found))
    memory.add(report, found)
    return [found]


def begin(connection: Connection, report: int) -> int:
    """A new incident, named after the report that begins it."""
    row = connection.execute(
        select(article.c.key, event.c.trigger_start, event.c.trigger, event.c.type)
        .join(event, event.c.article == article.c.id).where(event.c.id == report)
    ).one()  # fmt: skip
    name = sha256(f"{row.key}\0{row.trigger_start}\0{row.trigger}\0{row.type}".encode()).hexdigest()
    length = DIGITS
    while connection.execute(select(incident.c.id).where(incident.c.key == f"i{name[:length]}")).scalar() is not None:
        length += 2
    made = connection.execute(insert(incident).values(key=f"i{name[:length]}", made=now(), stale=True))
    number: int = made.inserted_primary_key[0]  # type: ignore[index]
    return number


def _deny(connection: Connection, denial: Reported, found: int | None) -> None:
    """A denial belongs to the incident of which it speaks; one that came first waits for its incident under keys of its own."""
    if found is not None:
        connection.execute(update(event).where(event.c.id == denial.event).values(incident=found))
    else:
        connection.execute(insert(block), [{"key": key, "event": denial.event} for key in denial_keys(denial)])


def _hear_denials(connection: Connection, report: Reported, found: int) -> None:
    waiting = (
        select(event, article.c.day, article.c.copy_of)
        .join(block, block.c.event == event.c.id)
        .join(article, article.c.id == event.c.article)
        .where(block.c.key.in_(denial_lookups(report)), event.c.incident.is_(None))
        .distinct()
    )
    for row in connection.execute(waiting).mappings().all():
        if likeness(of_row(row), report) >= ENOUGH:
            connection.execute(update(event).where(event.c.id == row["id"]).values(incident=found))
            connection.execute(delete(block).where(block.c.event == row["id"]))


def release(connection: Connection, numbers: Iterable[int], memory: Remembered, ties: Ties | None = None) -> set[int]:
    """Let the denials of incidents that have no report any more look for another, or wait for one; those that they found."""
    found: set[int] = set()
    for number in sorted(numbers):
        told = (
            connection.execute(reports_query().where(event.c.incident == number).order_by(event.c.id)).mappings().all()
        )
        if any(row["role"] == "report" for row in told):
            continue
        for row in told:
            connection.execute(update(event).where(event.c.id == row["id"]).values(incident=None))
            denial = of_row(row)
            other = incident_of(denial, memory, ties)
            _deny(connection, denial, other)
            found |= set() if other is None else {other}
    return found


def _stale(connection: Connection, touched: Iterable[int]) -> None:
    numbers = sorted(touched)
    if numbers:
        connection.execute(update(incident).where(incident.c.id.in_(numbers)).values(stale=True))
