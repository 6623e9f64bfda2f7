"""How a coding comes into the ledger: its article, its raw input, its events, and the incidents that these are of."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from functools import reduce
from hashlib import sha256
from typing import Any, Literal, NamedTuple

from sqlalchemy import Connection, Row, delete, insert, select, update

from sayso.ledger import copies
from sayso.ledger.facts import ordinal
from sayso.ledger.fulltext import index
from sayso.ledger.personal import masked_source
from sayso.ledger.schema import article, band, coding, event, incident, raw, uncoded
from sayso.records import Article, CoderInfo, Coding

Status = Literal["added", "same", "recoded", "changed", "uncoded", "forgotten"]
DIGITS = 6
"""Hexadecimal digits that tell two articles apart which call themselves alike and are not from one source."""
MANY = 200
"""Articles that share a band and are looked at: more than so many share one by chance."""


class Kept(NamedTuple):
    """What became of a coding. `changed`: the article's text is another than before; `uncoded`: it was kept without one."""

    article: int
    key: str
    status: Status


def now(precision: Literal["seconds", "microseconds"] = "seconds") -> str:
    """The time of writing: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat(timespec=precision)


def packed(text: str) -> bytes:
    return zlib.compress(text.encode("utf-8", "surrogatepass"), 6)


def unpacked(data: bytes) -> str:
    return zlib.decompress(data).decode("utf-8", "surrogatepass")


def hash_of(text: str) -> str:
    """SHA-256 of a text, hexadecimal."""
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def keep(
    connection: Connection,
    made: Coding,
    *,
    read: Article | None = None,
    with_raw: bool = True,
    masked: str | None = None,
) -> Kept:
    """Put down the article and its coding, unless the ledger has this coding already. Events are `settling.settle`'s.

    `read`: the article as it was read, where the coding's is masked. `masked`: by which rules it is.
    """
    read_hash = hash_of((read or made.article).text)
    key, before = found_as(connection, made.article, read_hash)
    if before is not None and before.forgotten:
        return Kept(before.id, key, "forgotten")
    made = made if key == made.article.id else made.model_copy(update={"article": _called(made.article, key)})
    coder, text_hash = made.coder.model_dump_json(), hash_of(made.article.text)
    row = row_of(made.article, text_hash, read_hash)
    wanted = made.article if with_raw else None
    if before is None:
        row |= {"key": key, "revision": 1, "added": now(), "raw": input_of(connection, wanted)}
        number = connection.execute(insert(article).values(row)).inserted_primary_key[0]  # type: ignore[index]
        _sign(connection, number, made)
        _code(connection, number, 1, coder, made, masked)
        index(connection, number, made.article)
        return Kept(number, key, "added")
    current = select(coding.c.data).where((coding.c.article == before.id) & (coding.c.revision == before.revision))
    if _is_this(connection.execute(current).scalar(), made):
        return Kept(before.id, key, "same")
    is_first = connection.execute(delete(uncoded).where(uncoded.c.article == before.id)).rowcount > 0
    changed = before.text_hash != text_hash
    row |= {"revision": before.revision + 1}
    if changed:
        row |= {"raw": input_of(connection, wanted)}
    else:
        row.pop("read_hash")  # a masked text that is coded anew is no other article
    connection.execute(update(article).where(article.c.id == before.id).values(row))
    if changed or is_first or before.published != made.article.published:
        detach(connection, before.id)
        _sign(connection, before.id, made)
    _code(connection, before.id, before.revision + 1, coder, made, masked)
    if changed or before.title != made.article.title:
        index(connection, before.id, made.article)
    return Kept(before.id, key, "changed" if changed else "recoded")


def known(connection: Connection, made: Coding) -> Kept | None:
    """What becomes of a coding that need not be put down: one that the article has or has had, or of a forgotten article."""
    key, before = found_as(connection, made.article, hash_of(made.article.text))
    if before is None:
        return None
    if before.forgotten:
        return Kept(before.id, key, "forgotten")
    made = made.model_copy(update={"article": _called(made.article, key)})
    had = connection.execute(select(coding.c.data).where(coding.c.article == before.id)).scalars()
    return Kept(before.id, key, "same") if any(_is_this(data, made) for data in had) else None


def _is_this(data: bytes | None, made: Coding) -> bool:
    """Whether a row is this coding; as text, since another machine's zlib may pack it otherwise."""
    return data is not None and unpacked(data) == made.to_json()


def detach(connection: Connection, number: int) -> None:
    """Take an article out of its family of copies: the first of those that are left is the original of the others."""
    connection.execute(delete(band).where(band.c.article == number))
    of_it = article.c.copy_of == number
    copies_of_it = (
        connection.execute(select(article.c.id).where(of_it).order_by(article.c.day.nulls_last(), article.c.id))
        .scalars()
        .all()
    )
    if copies_of_it:
        connection.execute(update(article).where(of_it).values(copy_of=copies_of_it[0]))
        touch(connection, copies_of_it)
    connection.execute(update(article).where(article.c.id.in_((number, *copies_of_it[:1]))).values(copy_of=None))


def touch(connection: Connection, articles: Sequence[int]) -> None:
    """What the incidents say of these articles is to be computed anew."""
    for at in range(0, len(articles), MANY):
        told = select(event.c.incident).where(
            event.c.article.in_(articles[at : at + MANY]), event.c.incident.is_not(None)
        )
        connection.execute(update(incident).where(incident.c.id.in_(told)).values(stale=True))


def found_as(connection: Connection, one: Article, read_hash: str) -> tuple[str, Row[Any] | None]:
    """Under which key the article is or will be, and its row. Articles of other sources may call themselves the same.

    Sources are compared as they are masked, whether the ledger masks them or not.
    """
    row = connection.execute(select(article).where(article.c.key == one.id)).one_or_none()
    source = masked_source(one.source)
    if row is None or row.read_hash == read_hash or masked_source(row.source) == source:
        return one.id, row
    if row.source == source_of_forgotten(source):
        return one.id, row
    key = f"{one.id}~{sha256(source.encode()).hexdigest()[:DIGITS]}"
    return key, connection.execute(select(article).where(article.c.key == key)).one_or_none()


def source_of_forgotten(source: str) -> str:
    """What a tombstone says of where the article came from, given the source as it is masked: enough to know it again, and no word of it."""
    return f"sha256:{hash_of(source)}"


def _called(one: Article, key: str) -> Article:
    return one.model_copy(update={"id": key})


def row_of(one: Article, text_hash: str, read_hash: str) -> dict[str, Any]:
    """What the article's row says of it, whatever it is coded to."""
    return {
        "source": one.source,
        "outlet": one.outlet,
        "title": one.title,
        "published": one.published,
        "day": ordinal(one.published),
        "language": one.language,
        "text_hash": text_hash,
        "read_hash": read_hash,
    }


def input_of(connection: Connection, one: Article | None) -> str | None:
    """The hash under which the input of an article is kept; None where it has none, or none is to be kept."""
    if one is None or one.raw is None:
        return None
    name = sha256(one.raw).hexdigest()
    if connection.execute(select(raw.c.hash).where(raw.c.hash == name)).scalar() is None:
        connection.execute(insert(raw).values(hash=name, size=len(one.raw), data=zlib.compress(one.raw, 6)))
    return name


def _code(connection: Connection, number: int, revision: int, coder: str, made: Coding, masked: str | None) -> None:
    values = {"article": number, "revision": revision, "coder": coder, "made": now(), "masked": masked}
    connection.execute(insert(coding).values(**values, data=packed(made.to_json())))


def _sign(connection: Connection, number: int, made: Coding) -> None:
    """Note the article's signature, and of which article it is a copy, or which are copies of it."""
    signature = copies.signature(copies.body(made.article))
    bands = copies.bands(signature)
    original = _original(connection, number, made, signature, bands) if bands else None
    connection.execute(
        update(article).where(article.c.id == number).values(signature=signature.to_bytes(), copy_of=original)
    )
    if bands:
        connection.execute(insert(band), [{"value": value, "article": number} for value in sorted(set(bands))])


def _original(
    connection: Connection, number: int, made: Coding, signature: copies.Signature, bands: tuple[int, ...]
) -> int | None:
    """The first of all articles that print this text, by day of publication and then by arrival; None where this one is it.

    Where this one is earlier than what was taken for the first, those are copies of it from now on.
    """
    near = select(band.c.article).where(band.c.value.in_(set(bands))).distinct()
    rows = connection.execute(
        select(article.c.id, article.c.copy_of, article.c.published, article.c.signature)
        .where(article.c.id.in_(near), article.c.id != number, article.c.signature.is_not(None))
        .order_by(article.c.id.desc()).limit(MANY)
    ).all()  # fmt: skip
    alike = [row for row in rows if copies.is_copy(signature, copies.Signature.from_bytes(row.signature))]
    if not alike:
        return None
    firsts = {row.copy_of or row.id for row in alike}
    known = connection.execute(
        select(article.c.id, article.c.published, article.c.signature)
        .where(article.c.id.in_(firsts))
        .order_by(article.c.id)
    ).all()
    own = copies.Printed(signature, made.article.published, number)
    printed = (copies.Printed(copies.Signature.from_bytes(r.signature), r.published, r.id) for r in known)
    first = reduce(copies.original, printed)
    if copies.original(first, own) is first:
        return first.arrival
    family = select(article.c.id).where(article.c.id.in_(firsts) | article.c.copy_of.in_(firsts))
    numbers = connection.execute(family.where(article.c.id != number)).scalars().all()
    connection.execute(update(article).where(article.c.id.in_(numbers)).values(copy_of=number))
    touch(connection, numbers)
    return None


def holds(connection: Connection, one: Article, coder: CoderInfo) -> bool:
    """Whether there is a coding of this article, from this source with this text, by this coder."""
    read_hash = hash_of(one.text)
    _, row = found_as(connection, one, read_hash)
    if row is None or row.forgotten or row.read_hash != read_hash:
        return row is not None and bool(row.forgotten)
    by = select(coding.c.coder).where((coding.c.article == row.id) & (coding.c.revision == row.revision))
    return one.published in (None, row.published) and connection.execute(by).scalar() == coder.model_dump_json()


def current(connection: Connection, key: str) -> Coding | None:
    """The current coding of an article; None for an article that is not there or was forgotten."""
    found = (
        select(coding.c.data)
        .join(article, (article.c.id == coding.c.article) & (article.c.revision == coding.c.revision))
        .where(article.c.key == key)
    )
    data = connection.execute(found).scalar()
    return None if data is None else Coding.model_validate_json(unpacked(data))


def as_json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
