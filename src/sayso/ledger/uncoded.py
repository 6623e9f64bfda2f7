"""Articles that the ledger keeps without a coding, since they are in a language that is not coded.

They are found by their words and read as they are. They have no events, are copies of nothing, and count as no reports.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from sayso.ledger.fulltext import index
from sayso.ledger.keeping import Kept, found_as, hash_of, input_of, now, packed, row_of, unpacked
from sayso.ledger.schema import article, uncoded
from sayso.records import Article, CoderInfo, Coding

NOBODY = CoderInfo(version="", model="", lexicon="", gazetteer="")


def bare(one: Article) -> Coding:
    """A coding that says nothing, for what is done with codings and needs nothing but the article."""
    return Coding(coder=NOBODY, article=one)


def keep_uncoded(connection: Connection, one: Article, *, read: Article, with_raw: bool) -> Kept:
    """Put down the article. One that is there stays as it is, unless it is there uncoded too and its text is another now.

    `read`: the article as it was read, where the other is masked.
    """
    read_hash, text_hash = hash_of(read.text), hash_of(one.text)
    key, before = found_as(connection, one, read_hash)
    if before is not None and before.forgotten:
        return Kept(before.id, key, "forgotten")
    if before is not None and (before.revision or before.text_hash == text_hash):
        return Kept(before.id, key, "same")
    one = one.model_copy(update={"id": key}) if key != one.id else one
    row = row_of(one, text_hash, read_hash) | {"raw": input_of(connection, read if with_raw else None)}
    number = _put(connection, before, {**row, "key": key})
    connection.execute(insert(uncoded).values(article=number, data=packed(one.model_dump_json())))
    index(connection, number, one)
    return Kept(number, key, "uncoded" if before is None else "changed")


def _put(connection: Connection, before: Row[Any] | None, row: dict[str, Any]) -> int:
    """The article's number, after its row was written."""
    if before is None:
        values = {**row, "revision": 0, "added": now()}
        return int(connection.execute(insert(article).values(values)).inserted_primary_key[0])  # type: ignore[index]
    connection.execute(update(article).where(article.c.id == before.id).values(row))
    connection.execute(uncoded.delete().where(uncoded.c.article == before.id))
    return int(before.id)


def uncoded_article(connection: Connection, key: str) -> Article | None:
    """The article of this id that is kept without a coding."""
    rows = select(uncoded.c.data).join(article, article.c.id == uncoded.c.article)
    data = connection.execute(rows.where(article.c.key == key)).scalar()
    return None if data is None else read_uncoded(data)


def read_uncoded(data: bytes) -> Article:
    """An article as `uncoded` has it. Raises ValueError or zlib.error where it cannot be read."""
    return Article.model_validate_json(unpacked(data))
