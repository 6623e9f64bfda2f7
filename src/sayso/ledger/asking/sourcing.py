"""Sources compared: how much outlets and origins told, how they stand, and who rests on whom. Read from `telling` alone."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Integer, Select, case, cast, func, literal, or_, select, union_all

from sayso.ledger.incidents.tellings import FIRST
from sayso.ledger.schema import telling

Side = Literal["outlet", "origin"]
COLUMNS = ("name", "kind", "incidents", "reports", "copies", "first", "alone", "corroborated", "disputed")
"""By which sources can be ordered."""
STANDINGS = {"alone": "single origin", "corroborated": "corroborated", "disputed": "disputed"}


class Source(NamedTuple):
    """An outlet, or an origin: whose word reports rest on. Of its `incidents` it was the `first` of several to tell of so many; so many
    rest on its word `alone` (of an outlet: on one word), are `corroborated`, are `disputed`. `copies`: reports that repeat another article."""

    side: Side
    name: str
    kind: str
    incidents: int
    reports: int
    copies: int
    first: int
    alone: int
    corroborated: int
    disputed: int


class Citation(NamedTuple):
    """How many reports of an outlet rest on the word of an origin."""

    outlet: str
    origin: str
    kind: str
    reports: int
    incidents: int


def sources(
    connection: Connection,
    *,
    kind: str = "",
    named: str = "",
    order: str = "reports",
    down: bool = True,
    offset: int = 0,
    limit: int | None = None,
) -> tuple[int, list[Source]]:
    """How many sources there are, and those from the `offset`-th on, in an order; no number where that is past the last. `kind`: "outlet", or one of an origin; `named`: a part of the name."""
    sides: tuple[Side, ...] = ("outlet", "origin") if not kind else ("outlet",) if kind == "outlet" else ("origin",)
    both = union_all(*(_half(side, kind, named) for side in sides)).subquery()
    column = func.lower(both.c.name) if order == "name" else both.c[order]
    rows = select(both, func.count().over()).order_by(
        column.desc() if down else column, both.c.reports.desc(), both.c.name, both.c.kind
    )
    found = connection.execute(rows.offset(offset).limit(limit)).all()
    return (found[0][-1] if found else 0), [Source(*row[:-1]) for row in found]


def _half(side: Side, kind: str, named: str) -> Select[Any]:
    """The outlets, or the origins."""
    name, part = (
        (telling.c.outlet, telling.c.outlet_part) if side == "outlet" else (telling.c.origin, telling.c.origin_part)
    )
    kind_of: ColumnElement[str] = literal("outlet") if side == "outlet" else telling.c.kind
    wanted = [name != ""]
    if kind and side == "origin":
        wanted.append(telling.c.kind == kind)
    if named:
        wanted.append(name.icontains(named, autoescape=True))
    counts = [
        _number(part > 0).label("incidents"), _sum(telling.c.reports).label("reports"), _sum(telling.c.copies).label("copies"),
        _number(part == FIRST).label("first"), *(_number(part > 0, telling.c.standing == one).label(n) for n, one in STANDINGS.items()),
    ]  # fmt: skip
    chosen = select(literal(side).label("side"), name.label("name"), kind_of.label("kind"), *counts).where(*wanted)
    return chosen.group_by(name) if side == "outlet" else chosen.group_by(name, telling.c.kind)


def citations(connection: Connection, *, named: str = "", offset: int = 0, limit: int | None = None) -> list[Citation]:
    """Pairs of outlet and origin from the `offset`-th on, the most cited first. `named`: a part of either name."""
    wanted = [telling.c.outlet != "", telling.c.origin != ""]
    if named:
        names = (one.icontains(named, autoescape=True) for one in (telling.c.outlet, telling.c.origin))
        wanted.append(or_(*names))
    number = _sum(telling.c.reports).label("reports")
    pair = telling.c.outlet, telling.c.origin, telling.c.kind
    rows = select(*pair, number, func.count()).where(*wanted).group_by(*pair).order_by(number.desc(), *pair)
    return [Citation(*row) for row in connection.execute(rows.offset(offset).limit(limit))]


def _number(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """Rows of which all of this is so."""
    both = conditions[0]
    for one in conditions[1:]:
        both = both & one
    return _sum(case((both, 1), else_=0))


def _sum(value: Any) -> ColumnElement[int]:
    return cast(func.sum(value), Integer)
