"""The audit log, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, or_, select

from sayso.ledger.schema import audit


class Line(NamedTuple):
    """Who did what to which thing, when (ISO 8601, UTC), and what more is to be said of it."""

    id: int
    at: str
    who: str
    action: str
    target: str
    detail: Mapping[str, Any]


def lines(
    connection: Connection, *, who: str = "", action: str = "", target: str = "", before: int | None = None, limit: int
) -> list[Line]:
    """The newest lines, those with a smaller id than `before`. An action ("account") has its kinds in it ("account:open")."""
    wanted = select(audit).order_by(audit.c.id.desc()).limit(limit)
    if who:
        wanted = wanted.where(audit.c.who == who)
    if action:
        wanted = wanted.where(or_(audit.c.action == action, audit.c.action.startswith(f"{action}:", autoescape=True)))
    if target:
        wanted = wanted.where(audit.c.target == target)
    if before is not None:
        wanted = wanted.where(audit.c.id < before)
    return [Line(r.id, r.at, r.who, r.action, r.target, json.loads(r.detail)) for r in connection.execute(wanted)]


def actions(connection: Connection) -> list[str]:
    """What has been done at all."""
    return list(connection.execute(select(audit.c.action).distinct().order_by(audit.c.action)).scalars())
