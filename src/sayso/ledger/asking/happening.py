"""Events that are no reports of incidents: what was tried, planned, only possible, or said not to have happened."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, RowMapping, false, func, or_, select

from sayso.ledger.asking.drawing import Bar, Cell, bars, period, squares
from sayso.ledger.asking.selection import Selection, country_code, filed
from sayso.ledger.facts import ordinal
from sayso.ledger.keeping import unpacked
from sayso.ledger.schema import annotation, article, coding, event, origin, summary

AROUND = 140
"""Characters shown on either side of an event's words."""
AT_ONCE = 500
"""Events that are asked for in one query."""

COPIED = ("type", "mode", "realis", "place", "country", "first_day", "last_day", "outlet", "title", "published")
"""Of the event's row and its article's."""


class Happening(NamedTuple):
    """One event and where it is told. `voice`: whose word it is, None for the article's own. `before`, `words`, `after`: as they stand there."""

    article: str
    event: str
    type: str
    mode: str | None
    realis: str
    place: str | None
    country: str | None
    first_day: int | None
    last_day: int | None
    outlet: str | None
    title: str | None
    published: str | None
    voice: str | None
    before: str
    words: str
    after: str


def filters(wanted: Selection) -> list[Any]:
    """What a row of `event` must be."""
    found: list[Any] = []
    if wanted.type:
        found.append(event.c.type == wanted.type.upper())
    if wanted.place:
        named = event.c.place.icontains(wanted.place, autoescape=True)
        found.append(or_(event.c.country == country_code(wanted.place), named))
    if wanted.since:
        found.append(event.c.last_day >= ordinal(wanted.since))
    if wanted.until:
        found.append(event.c.first_day <= ordinal(wanted.until))
    if wanted.actor:
        found.append(event.c.parties.contains(wanted.actor.lower(), autoescape=True))
    if wanted.standing:
        standing = select(summary.c.incident).where(summary.c.standing == wanted.standing)
        found.append(event.c.incident.in_(standing))
    if wanted.source:
        of_it = select(article.c.id).where(article.c.outlet.icontains(wanted.source, autoescape=True))
        said_by = select(origin.c.id).where(origin.c.name.icontains(wanted.source, autoescape=True))
        found.append(or_(event.c.article.in_(of_it), event.c.origin.in_(said_by)))
    if wanted.category:
        found.append(event.c.article.in_(filed(wanted.category)))
    if wanted.box:
        west, south, east, north = wanted.box
        around = (event.c.longitude + turn for turn in (0, 360, -360))
        found += [event.c.latitude.between(south, north), or_(*(one.between(west, east) for one in around))]
    return found


def happenings(
    connection: Connection, selection: Selection, realis: str, *, offset: int, limit: int, newest: bool = True
) -> tuple[int, list[Happening]]:
    """How many events of this realis there are, and those from the `offset`-th on; those without a day come last."""
    wanted = _told_as(selection, realis)
    total = connection.execute(select(func.count()).select_from(event).where(*wanted)).scalar_one()
    day = event.c.first_day.desc().nulls_last() if newest else event.c.first_day.nulls_last()
    numbers = select(event.c.id).where(*wanted).order_by(day, event.c.id).offset(offset).limit(limit)
    chosen = list(connection.execute(numbers).scalars())
    rows = connection.execute(
        select(
            event, article.c.key, article.c.outlet, article.c.title, article.c.published, origin.c.name.label("whose"),
            coding.c.data,
        )
        .join(article, article.c.id == event.c.article)
        .outerjoin(coding, (coding.c.article == article.c.id) & (coding.c.revision == article.c.revision))
        .outerjoin(origin, origin.c.id == event.c.origin)
        .where(event.c.id.in_(chosen))
    ).mappings()  # fmt: skip
    found = {row["id"]: _happening(row) for row in rows}
    return total, [found[number] for number in chosen]


def timeline(connection: Connection, selection: Selection, realis: str, *, around: bool = False) -> list[Bar]:
    """Events of this realis by the day on which they are to be or were to be. `around`: see `drawing.period`."""
    shown = period(selection, around=around)
    day = event.c.first_day
    wanted = [*_told_as(shown.rest, realis), *shown.within(day), day.is_not(None)]
    counted = connection.execute(select(day, event.c.realis, func.count()).where(*wanted).group_by(day, event.c.realis))
    return bars(counted, shown)


def cells(connection: Connection, selection: Selection, realis: str, size: float) -> list[Cell]:
    """Located events of this realis by squares of `size` degrees, the fullest first; the only one of a square by its article and its id."""
    found = squares(connection, event.c, event.c.id, _told_as(selection, realis), false(), size)
    names = _names(connection, [number for *_, many, _, number in found if many == 1])
    return [Cell(lat, lon, many, odd, names[n] if many == 1 else None) for lat, lon, many, odd, n in found]


def _names(connection: Connection, numbers: list[int]) -> dict[int, tuple[str, str]]:
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(numbers), AT_ONCE):
        part = event.c.id.in_(numbers[start : start + AT_ONCE])
        rows = (
            select(event.c.id, article.c.key, event.c.name).join(article, article.c.id == event.c.article).where(part)
        )
        found |= {row.id: (row.key, row.name) for row in connection.execute(rows)}
    return found


def _told_as(selection: Selection, realis: str) -> list[Any]:
    return [event.c.role.in_(("other", "denial")), event.c.realis == realis, *filters(selection)]


def _happening(row: RowMapping) -> Happening:
    text = json.loads(unpacked(row["data"]))["article"]["text"] if row["data"] else row["trigger"]
    start, end = row["trigger_start"], row["trigger_end"]
    speaker = json.loads(row["facts"]).get("speaker")
    return Happening(
        article=row["key"],
        event=row["name"],
        voice=row["whose"] or speaker,
        before=_tail(text[max(0, start - AROUND) : start], start > AROUND),
        words=text[start:end],
        after=_head(text[end : end + AROUND], end + AROUND < len(text)),
        **{name: row[name] for name in COPIED},
    )


def _tail(words: str, is_cut: bool) -> str:
    """Words before, from a whole one on."""
    line = words.splitlines()[-1] if words.splitlines() and not words.endswith("\n") else ""
    is_cut = is_cut and line == words
    return "… " + line.partition(" ")[2] if is_cut else line


def _head(words: str, is_cut: bool) -> str:
    lines = words.splitlines() or [""]
    is_cut = is_cut and lines[0] == words
    return lines[0].rpartition(" ")[0] + " …" if is_cut else lines[0]


def categories(connection: Connection) -> Sequence[tuple[str, int]]:
    """Under what articles are filed, and how many are, the most first."""
    number = func.count(annotation.c.article.distinct()).label("number")
    given = annotation.c.kind == "classifying", annotation.c.body.is_not(None)
    open_ones = annotation.c.state.not_in(("declined", "withdrawn"))
    rows = select(annotation.c.body, number).where(*given, open_ones).group_by(annotation.c.body)
    return [(body, count) for body, count in connection.execute(rows.order_by(number.desc(), annotation.c.body))]
