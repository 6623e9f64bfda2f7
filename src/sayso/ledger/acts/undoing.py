"""What people decided of an incident, as the log tells it; to confirm how it stands, and to undo a join or a part."""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, Engine, Row, or_, select, update

from sayso.errors import LedgerError
from sayso.ledger.asking.verdicts import all_that_became
from sayso.ledger.database import writing
from sayso.ledger.incidents import decisions
from sayso.ledger.incidents.agreement import number_of
from sayso.ledger.people.discretion import articles_of, discreet
from sayso.ledger.schema import audit, event, incident

ACTIONS = ("join", "part", "confirm")


class Done(NamedTuple):
    """A line of the log. `other`: the incident that was joined to it, or that was made of its reports, or (`from_other`) of which it was
    made. `confirmed`: how many reports were. `undoable`: it still holds, and can be undone."""

    line: int
    at: str
    who: str
    action: str
    other: str | None
    from_other: bool
    confirmed: int | None
    why: str
    undoable: bool


class _Named(NamedTuple):
    """An incident's number, and that of the one it became."""

    id: int
    became: int | None


def history(connection: Connection, key: str) -> list[Done]:
    """What was decided of this incident and of all that it was made of, the newest first."""
    numbers = all_that_became(connection, key)
    keys = set(connection.execute(select(incident.c.key).where(incident.c.id.in_(numbers))).scalars())
    named = or_(audit.c.target.in_(keys), *(audit.c.detail.contains(one, autoescape=True) for one in keys))
    rows = connection.execute(select(audit).where(audit.c.action.in_(ACTIONS), named).order_by(audit.c.id.desc())).all()
    told = [(row, json.loads(row.detail)) for row in rows]  # a reason may name one too
    return [_done(connection, row, detail, keys) for row, detail in told if keys & {row.target, _other(detail)}]


def _other(detail: dict[str, Any]) -> str | None:
    """The incident that was joined to one, or that was made of its reports."""
    return detail.get("other") or detail.get("made")


def _done(connection: Connection, row: Row[Any], detail: dict[str, Any], keys: Collection[str]) -> Done:
    from_other = row.action == "part" and row.target not in keys
    undoable = row.action != "confirm" and _holds(connection, row, detail) is not None
    return Done(
        row.id,
        row.at,
        row.who,
        row.action,
        row.target if from_other else _other(detail),
        from_other,
        detail.get("count"),
        detail.get("why", ""),
        undoable,
    )


def _holds(connection: Connection, row: Row[Any], detail: dict[str, Any]) -> tuple[int, int, list[int]] | None:
    """The incident, the other one, and of a join the reports that came with it: where the line still holds, else None."""
    one, other = (_row(connection, key) for key in (row.target, _other(detail)))
    if one is None or other is None or one.became is not None:
        return None
    if row.action == "part":
        return (one.id, other.id, []) if other.became is None and _has_reports(connection, (one.id, other.id)) else None
    came = decisions.brought(connection, one.id, detail)
    total = len(_reports(connection, one.id))
    return (one.id, other.id, came) if other.became == one.id and 0 < len(came) < total else None


def _row(connection: Connection, key: str | None) -> _Named | None:
    wanted = select(incident.c.id, incident.c.became).where(incident.c.key == key)
    return next((_Named(row.id, row.became) for row in connection.execute(wanted)), None)


def _reports(connection: Connection, number: int) -> list[int]:
    wanted = select(event.c.id).where(event.c.incident == number, event.c.role == "report")
    return list(connection.execute(wanted).scalars())


def _has_reports(connection: Connection, numbers: Collection[int]) -> bool:
    return all(_reports(connection, number) for number in numbers)


def undo(engine: Engine, line: int, *, who: str, why: str) -> str:
    """Undo a join: the reports that came with it are of their former incident again. Or a part: what was made of it comes back.

    The incident's id. Who undoes it and why are masked. Raises LedgerError for what does not hold any more.
    """
    with writing(engine) as connection:
        row = connection.execute(select(audit).where(audit.c.id == line)).one_or_none()
        detail = json.loads(row.detail) if row is not None else {}
        held = None if row is None or row.action not in ACTIONS[:2] else _holds(connection, row, detail)
        if row is None or held is None:
            raise LedgerError("This does not hold any more, so that there is nothing to undo")
        one, other, came = held
        who, why = discreet(connection, articles_of(connection, one, other), who, why)
        if row.action == "part":
            decisions.join(connection, one, other, who=who, why=why)
        else:
            decisions.part(connection, one, came, lambda _: _revived(connection, other), who=who, why=why)
            decisions.give_back_denials(connection, one, other, detail)
        return str(row.target)


def _revived(connection: Connection, number: int) -> int:
    """An incident that had become another one is itself again."""
    connection.execute(update(incident).where(incident.c.id == number).values(became=None, stale=True))
    return number


def confirm(engine: Engine, key: str, *, who: str, why: str) -> None:
    """Say that an incident is right as it stands: all its reports are of one thing, and stay together. Who says so and why are masked."""
    with writing(engine) as connection:
        number = number_of(connection, key)
        if number is None:
            raise LedgerError(f"{key}: no such incident in the ledger")
        who, why = discreet(connection, articles_of(connection, number), who, why)
        decisions.confirm(connection, number, who=who, why=why)
