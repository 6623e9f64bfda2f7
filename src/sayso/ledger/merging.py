"""Two ledgers into one: what another one holds is added to this one, and incidents are found for its events here."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, select

from sayso.ledger.database import reading, writing
from sayso.ledger.keeping import Kept, unpacked
from sayso.ledger.people.auditing import note
from sayso.ledger.schema import annotation, article, coding, decision, raw
from sayso.records import Coding

if TYPE_CHECKING:
    from sayso.ledger.store import Ledger


def merge(into: Ledger, other: Ledger, *, who: str) -> Iterator[Kept]:
    """Add every article of another ledger with all its codings, then its decisions and annotations; what became of each article.

    Doing it twice changes nothing the second time. Articles that either ledger has forgotten stay forgotten.
    """
    keys: dict[int, str] = {}
    with reading(other.engine) as source:
        numbers = (
            source.execute(select(article.c.id).where(article.c.forgotten.is_(None)).order_by(article.c.id))
            .scalars()
            .all()
        )
    for number in numbers:
        with reading(other.engine) as source:
            codings = _codings(source, number)
        for made in codings:
            kept = into.add(made)
        keys[number] = kept.key
        yield kept
    with reading(other.engine) as source, writing(into.engine) as target:
        _decisions(source, target)
        _annotations(source, target, keys)
        note(target, who, "merge", other.name, {"articles": len(keys)})


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


def _decisions(source: Connection, target: Connection) -> None:
    there = {(d.kind, d.one, d.other, d.made) for d in target.execute(select(decision))}
    columns = [c for c in decision.c if c.name != "id"]
    rows = [dict(row) for row in source.execute(select(*columns).order_by(decision.c.id)).mappings()]
    new = [row for row in rows if (row["kind"], row["one"], row["other"], row["made"]) not in there]
    if new:
        target.execute(insert(decision), new)


def _annotations(source: Connection, target: Connection, keys: dict[int, str]) -> None:
    there = set(target.execute(select(annotation.c.id)).scalars())
    number = {row.key: row.id for row in target.execute(select(article.c.id, article.c.key))}
    rows = source.execute(select(annotation).order_by(annotation.c.created, annotation.c.id)).mappings()
    for row in rows:
        if row["id"] not in there and row["article"] in keys:
            target.execute(
                insert(annotation).values({**row, "article": number[keys[row["article"]]], "incident": None})
            )
