"""Looking after a ledger: checking, copying and taking away."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError
from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update

from sayso.errors import LedgerError
from sayso.ledger import migrations
from sayso.ledger.asking import fulltext
from sayso.ledger.database import engine_of, name_of, reading, writing
from sayso.ledger.keeping import hash_of, now, unpacked
from sayso.ledger.people.auditing import note
from sayso.ledger.schema import annotation, article, band, block, coding, event, incident, metadata, raw
from sayso.records import Coding

Progress = Callable[[str, float], None]
PAGE = 500
"""Rows copied or checked at once."""


def check(engine: Engine, progress: Progress | None = None) -> Iterator[str]:
    """What is wrong with a ledger, a line each; nothing where all is well."""
    with reading(engine) as connection:
        yield from _database(connection)
        yield from _raws(connection)
        yield from _codings(connection, progress)
        yield from _incidents(connection)


def _database(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return  # PostgreSQL checks its keys as it writes
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"the file: {row[0]}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{row[0]}: row {row[1]} names a row of {row[2]} that is not there"


def _raws(connection: Connection) -> Iterator[str]:
    for row in connection.execution_options(yield_per=PAGE).execute(select(raw)):
        try:
            data = zlib.decompress(row.data)
        except zlib.error:
            yield f"raw {row.hash}: cannot be unpacked"
            continue
        if sha256(data).hexdigest() != row.hash or len(data) != row.size:
            yield f"raw {row.hash}: holds other bytes than it was made of"


def _codings(connection: Connection, progress: Progress | None) -> Iterator[str]:
    total = connection.execute(select(func.count()).select_from(article)).scalar_one()
    rows = connection.execution_options(yield_per=PAGE).execute(
        select(article.c.key, article.c.text_hash, article.c.id, coding.c.data)
        .outerjoin(coding, (coding.c.article == article.c.id) & (coding.c.revision == article.c.revision))
        .where(article.c.forgotten.is_(None)).order_by(article.c.id)
    )  # fmt: skip
    for done, row in enumerate(rows):
        if progress:
            progress("codings", done / max(total, 1))
        if row.data is None:
            yield f"{row.key}: its current coding is missing"
            continue
        try:
            made = Coding.model_validate_json(unpacked(row.data))
        except (zlib.error, ValidationError, UnicodeDecodeError):
            yield f"{row.key}: its coding cannot be read"
            continue
        if hash_of(made.article.text) != row.text_hash:
            yield f"{row.key}: its text is not that of which the hash was kept"
        named = connection.execute(select(event.c.name).where(event.c.article == row.id)).scalars().all()
        if sorted(named) != sorted(one.id for one in made.events):
            yield f"{row.key}: its events are not those of its coding"


def _incidents(connection: Connection) -> Iterator[str]:
    lost = select(event.c.id).where(event.c.role == "report", event.c.incident.is_(None))
    for number in connection.execute(lost).scalars():
        yield f"event {number}: a report without an incident"
    gone = (
        select(incident.c.key)
        .join(event, event.c.incident == incident.c.id)
        .where(incident.c.became.is_not(None))
        .distinct()
    )
    for key in connection.execute(gone).scalars():
        yield f"{key}: merged into another incident, and still has events"


def copy(source: Engine, target: Engine, progress: Progress | None = None) -> None:
    """Copy a ledger, whole and as it is at this moment, into an empty database of either kind."""
    migrations.upgrade(source)
    _empty(target)
    migrations.upgrade(target)
    tables = metadata.sorted_tables
    with reading(source) as old, writing(target) as new:
        for table in reversed(tables):
            new.execute(delete(table))
        for at, table in enumerate(tables):
            if progress:
                progress(table.name, at / len(tables))
            query = select(table).order_by(*table.primary_key)
            for rows in old.execution_options(yield_per=PAGE).execute(query).mappings().partitions():
                new.execute(insert(table), [dict(row) for row in rows])
        _index(new)
        if new.dialect.name == "postgresql":
            _count_on(new)


def _empty(target: Engine) -> None:
    with reading(target) as connection:
        made = migrations.revision_of(connection) is not None
        if made and connection.execute(select(func.count()).select_from(article)).scalar_one():
            raise LedgerError(f"{name_of(target)}: holds articles already; a copy needs an empty ledger")


def _index(connection: Connection) -> None:
    wanted = select(article.c.id, coding.c.data).join(
        coding, (coding.c.article == article.c.id) & (coding.c.revision == article.c.revision)
    )
    for row in connection.execute(wanted.where(article.c.forgotten.is_(None))).all():
        fulltext.index(connection, row.id, Coding.model_validate_json(unpacked(row.data)).article)


def _count_on(connection: Connection) -> None:
    """Rows were written with their numbers: the sequences must go on after them."""
    for table in metadata.tables.values():
        if "id" in table.c and table.c.id.type.python_type is int:
            connection.execute(
                text(
                    f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "  # noqa: S608  # our own table names
                    f"COALESCE((SELECT MAX(id) FROM {table.name}), 0) + 1, false)"
                )
            )


def backup(engine: Engine, path: Path, progress: Progress | None = None) -> None:
    """Copy a ledger into one SQLite file, under its name only when it is whole. Raises LedgerError where the file is there already."""
    if path.exists():
        raise LedgerError(f"{path}: is there already")
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    target = engine_of(part)
    try:
        copy(engine, target, progress)
        with target.connect() as connection:
            connection.exec_driver_sql("PRAGMA journal_mode=DELETE")
    finally:
        target.dispose()
    part.replace(path)


def restore(path: Path, engine: Engine, progress: Progress | None = None) -> None:
    """Copy a backup into an empty ledger."""
    source = engine_of(path, create=False)
    try:
        copy(source, engine, progress)
    finally:
        source.dispose()


def forget(engine: Engine, key: str, *, who: str, why: str) -> None:
    """Take an article's words out of the ledger: text, raw input, codings, events, annotations. A tombstone stays: its id, when and why.

    It cannot be added again under this id. Its copies stay; the first of them is the original from now on.
    """
    with writing(engine) as connection:
        row = connection.execute(select(article).where(article.c.key == key)).one_or_none()
        if row is None:
            raise LedgerError(f"{key}: no such article in the ledger")
        if row.forgotten:
            raise LedgerError(f"{key}: forgotten already")
        touched = set(connection.execute(select(event.c.incident).where(event.c.article == row.id)).scalars())
        touched |= _new_original(connection, row.id)
        events = select(event.c.id).where(event.c.article == row.id)
        connection.execute(delete(block).where(block.c.event.in_(events)))
        for table in (event, coding, band):
            connection.execute(delete(table).where(table.c.article == row.id))
        _take_annotations(connection, row.id)
        fulltext.drop(connection, row.id)
        gone = {
            "source": "",
            "outlet": None,
            "title": None,
            "text_hash": "",
            "raw": None,
            "signature": None,
            "copy_of": None,
        }
        connection.execute(update(article).where(article.c.id == row.id).values(**gone, forgotten=now()))
        used = select(article.c.id).where(article.c.raw == row.raw)
        if row.raw and connection.execute(used).first() is None:
            connection.execute(delete(raw).where(raw.c.hash == row.raw))
        numbers = [one for one in touched if one is not None]
        connection.execute(update(incident).where(incident.c.id.in_(numbers)).values(stale=True, record=None))
        note(connection, who, "forget", key, {"why": why})


def _new_original(connection: Connection, number: int) -> set[int]:
    copies = (
        connection.execute(
            select(article.c.id).where(article.c.copy_of == number).order_by(article.c.day, article.c.id)
        )
        .scalars()
        .all()
    )
    if not copies:
        return set()
    connection.execute(update(article).where(article.c.id.in_(copies)).values(copy_of=copies[0]))
    connection.execute(update(article).where(article.c.id == copies[0]).values(copy_of=None))
    return set(connection.execute(select(event.c.incident).where(event.c.article.in_(copies))).scalars())


def _take_annotations(connection: Connection, number: int) -> None:
    own = select(annotation.c.id).where(annotation.c.article == number)
    connection.execute(update(annotation).where(annotation.c.reply_to.in_(own)).values(reply_to=None))
    connection.execute(delete(annotation).where(annotation.c.article == number))


def audit_log(engine: Engine) -> list[dict[str, object]]:
    """Who did what, the oldest first."""
    from sayso.ledger.schema import audit

    with reading(engine) as connection:
        rows = connection.execute(select(audit).order_by(audit.c.id)).mappings()
        return [{**row, "detail": json.loads(row["detail"])} for row in rows]
