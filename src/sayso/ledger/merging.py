"""Two ledgers into one: what another one holds is added to this one, and incidents are found for its events here."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, insert, select, update

from sayso.ledger.database import reading, writing
from sayso.ledger.incidents.decisions import Decided, Mark, read_mark
from sayso.ledger.incidents.reclustering import recluster
from sayso.ledger.keeping import Kept, known, unpacked
from sayso.ledger.people.auditing import note
from sayso.ledger.people.corrections import anchor_anew
from sayso.ledger.personal import masked_coding
from sayso.ledger.schema import annotation, article, coding, decision, event, raw
from sayso.records import Coding

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger


def merge(into: Ledger, other: Ledger, *, who: str) -> Iterator[Kept]:
    """Add every article of another ledger with all its codings, then its decisions and annotations; what became of each article.

    Doing it twice changes nothing the second time: a coding that is here already, be it as an earlier revision, is not added
    again. Articles that either ledger has forgotten stay forgotten. Personal data are masked, as `Ledger.add` does.
    """
    keys: dict[int, str] = {}
    with reading(other.engine) as source:
        living = select(article.c.id).where(article.c.forgotten.is_(None)).order_by(article.c.id)
        numbers = source.execute(living).scalars().all()
    for number in numbers:
        with reading(other.engine) as source:
            codings = _codings(source, number)
        kept = [_add(into, made) for made in codings]
        keys[number] = kept[-1].key
        yield next((one for one in reversed(kept) if one.status != "same"), kept[-1])
    with reading(other.engine) as source, writing(into.engine) as target:
        names = {row.key: keys[row.id] for row in source.execute(select(article.c.id, article.c.key)) if row.id in keys}
        decided = _decisions(source, target, names)
        _annotations(source, target, keys)
        note(target, who, "merge", other.name, {"articles": len(keys)})
        anew = any(not Decided(target).holds(*one) for one in decided)
    if anew:
        recluster(into.engine)


def _codings(source: Connection, number: int) -> list[Coding]:
    """All codings of an article, the current one last, made of the raw input that is kept."""
    rows = source.execute(select(coding.c.data).where(coding.c.article == number).order_by(coding.c.revision)).scalars()
    data = source.execute(
        select(raw.c.data).join(article, article.c.raw == raw.c.hash).where(article.c.id == number)
    ).scalar()
    found = [Coding.model_validate_json(unpacked(row)) for row in rows]
    if data is not None:
        found[-1].article.made_of(zlib.decompress(data))
    return found


def _add(into: Ledger, made: Coding) -> Kept:
    with reading(into.engine) as connection:
        there = known(connection, masked_coding(made))
    return there or into.add(made)


def _decisions(source: Connection, target: Connection, names: Mapping[str, str]) -> list[tuple[str, Mark, Mark]]:
    """Those that are new here and hold, by kind and marks."""
    there = {(d.kind, d.one, d.other, d.made) for d in target.execute(select(decision))}
    columns = [c for c in decision.c if c.name != "id"]
    rows = [
        {**row, "one": _renamed(row["one"], names), "other": _renamed(row["other"], names)}
        for row in source.execute(select(*columns).order_by(decision.c.id)).mappings()
    ]
    new = [row for row in rows if (row["kind"], row["one"], row["other"], row["made"]) not in there]
    if new:
        target.execute(insert(decision), new)
    return [(r["kind"], read_mark(r["one"]), read_mark(r["other"])) for r in new if r["withdrawn"] is None]


def _renamed(stored: str, names: Mapping[str, str]) -> str:
    """A mark by the id that its article has here."""
    mark = read_mark(stored)
    return json.dumps(mark._replace(article=names.get(mark.article, mark.article)))


def _annotations(source: Connection, target: Connection, keys: Mapping[int, str]) -> None:
    """Replies name what they reply to once all are there."""
    there = set(target.execute(select(annotation.c.id)).scalars())
    number = {row.key: row.id for row in target.execute(select(article.c.id, article.c.key))}
    rows = source.execute(select(annotation).order_by(annotation.c.created, annotation.c.id)).mappings().all()
    new = [row for row in rows if row["id"] not in there and row["article"] in keys]
    for row in new:
        here = {"article": number[keys[row["article"]]], "incident": _incident(source, target, row["incident"], keys)}
        target.execute(insert(annotation).values({**row, **here, "reply_to": None}))
    for row in new:
        if row["reply_to"] is not None:
            target.execute(update(annotation).where(annotation.c.id == row["id"]).values(reply_to=row["reply_to"]))
    for one in sorted({row["article"] for row in new}):
        data = target.execute(
            select(coding.c.data)
            .join(article, (article.c.id == coding.c.article) & (article.c.revision == coding.c.revision))
            .where(article.c.key == keys[one])
        ).scalar_one()
        anchor_anew(target, number[keys[one]], Coding.model_validate_json(unpacked(data)).article.text)


def _incident(source: Connection, target: Connection, number: int | None, keys: Mapping[int, str]) -> int | None:
    """The incident here of which a verdict there is: that of the first of its reports that is here."""
    if number is None:
        return None
    rows = source.execute(
        select(event.c.article, event.c.trigger_start, event.c.type)
        .where(event.c.incident == number, event.c.role == "report").order_by(event.c.id)
    ).all()  # fmt: skip
    found: list[Any] = [
        target.execute(
            select(event.c.incident)
            .join(article, article.c.id == event.c.article)
            .where(article.c.key == keys[row.article], event.c.trigger_start == row.trigger_start)
            .where(event.c.type == row.type, event.c.incident.is_not(None))
        ).scalar()
        for row in rows
        if row.article in keys
    ]
    return next((one for one in found if one is not None), None)
