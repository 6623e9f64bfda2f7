"""Looking after a ledger: copying, taking away, and (`checking`) looking for what is wrong."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    RowMapping,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    select,
    text,
    update,
)

from sayso.errors import LedgerError
from sayso.ledger import fulltext, migrations
from sayso.ledger.checking import check
from sayso.ledger.database import PATIENCE, engine_of, guarded, name_of, reading, writing
from sayso.ledger.incidents.decisions import Decided, read_mark
from sayso.ledger.incidents.remembered import Remembered
from sayso.ledger.incidents.settling import release
from sayso.ledger.incidents.summaries import clear
from sayso.ledger.keeping import detach, now, source_of_forgotten, unpacked
from sayso.ledger.people.auditing import note
from sayso.ledger.people.discretion import discreet
from sayso.ledger.personal import masked_source
from sayso.ledger.schema import (
    annotation,
    article,
    audit,
    block,
    coding,
    decision,
    event,
    incident,
    metadata,
    origin,
    raw,
    uncoded,
)
from sayso.ledger.uncoded import read_uncoded
from sayso.records import Coding

__all__ = ["audit_log", "backup", "check", "copy", "forget", "none_left", "restore"]

Progress = Callable[[str, float], None]
PAGE = 500
"""Rows copied at once."""
FOR_READERS = 10
"""Seconds that SQLite's log waits for whoever still reads what was forgotten; after that it is cut when the last of them has closed the ledger."""


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
            _copy_table(source, old, new, table)
        _index(source, new)
        if new.dialect.name == "postgresql":
            _count_on(new)


def _copy_table(source: Engine, old: Connection, new: Connection, table: Table) -> None:
    """Rows that name rows of their own table name nothing at first: what they name may come after them."""
    own = [column.name for column in table.c if any(key.column.table is table for key in column.foreign_keys)]
    later: list[dict[str, Any]] = []
    query = select(table).order_by(*table.primary_key)
    for rows in _read(source, old, query):
        new.execute(insert(table), [{**row, **dict.fromkeys(own)} for row in rows])
        later += [{"row": row["id"], **{f"its_{name}": row[name] for name in own}} for row in rows if _any(row, own)]
    if later:
        named: dict[str, Any] = {name: bindparam(f"its_{name}") for name in own}
        new.execute(update(table).where(table.c.id == bindparam("row")).values(named), later)


def _read(source: Engine, old: Connection, query: Select[Any]) -> Iterator[Sequence[RowMapping]]:
    """The rows, some at once. What goes wrong with them is the source's fault, whatever is done with them."""
    with guarded(source):
        yield from old.execution_options(yield_per=PAGE).execute(query).mappings().partitions()


def _any(row: RowMapping, names: list[str]) -> bool:
    return any(row[name] is not None for name in names)


def _empty(target: Engine) -> None:
    with reading(target) as connection:
        made = migrations.revision_of(connection) is not None
        if made and connection.execute(select(func.count()).select_from(article)).scalar_one():
            raise LedgerError(f"{name_of(target)}: holds articles already; a copy needs an empty ledger")


def _index(source: Engine, new: Connection) -> None:
    wanted = (
        select(article.c.id, article.c.key, coding.c.data, uncoded.c.data.label("bare"))
        .outerjoin(coding, (coding.c.article == article.c.id) & (coding.c.revision == article.c.revision))
        .outerjoin(uncoded, uncoded.c.article == article.c.id)
    )
    for row in new.execute(wanted.where(article.c.forgotten.is_(None))).all():
        try:
            one = read_uncoded(row.bare) if row.data is None else Coding.model_validate_json(unpacked(row.data)).article
        except (zlib.error, ValueError) as error:
            raise LedgerError(f"{name_of(source)}: the coding of {row.key} cannot be read") from error
        fulltext.index(new, row.id, one)


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
    """Copy a ledger into one SQLite file, under its name only when it is whole.

    Raises LedgerError where the file is there already, or its folder is not.
    """
    if path.exists():
        raise LedgerError(f"{path}: is there already")
    if not path.parent.is_dir():
        raise LedgerError(f"{path}: there is no folder {path.parent}")
    part = path.with_name(path.name + ".part")
    _remove(part)
    target = engine_of(part)
    try:
        copy(engine, target, progress)
    except BaseException as error:
        target.dispose()
        _remove(part)
        if isinstance(error, LedgerError) and str(error).startswith(f"{part}: "):
            raise LedgerError(f"{path}: {str(error).removeprefix(f'{part}: ')}") from error
        raise
    target.dispose()  # the last to leave, SQLite takes its log into the file
    part.replace(path)


def _remove(path: Path) -> None:
    """Take away what is left of a copy that was not finished: a log beside it would be taken for one of the new file."""
    for end in ("", "-wal", "-shm"):
        try:
            path.with_name(path.name + end).unlink(missing_ok=True)
        except OSError as error:
            raise LedgerError(f"{path}: what is there cannot be removed: {error.strerror}") from error


@contextmanager
def none_left(engine: Engine) -> Iterator[None]:
    """For what makes a ledger: where it fails, an SQLite file that was not there before is gone again."""
    path = Path(name_of(engine)) if engine.dialect.name == "sqlite" else None
    new = path is not None and not path.exists()
    try:
        yield
    except BaseException:
        if path is not None and new:
            _remove(path)
        raise


def restore(path: Path, engine: Engine, progress: Progress | None = None) -> None:
    """Copy a backup into an empty ledger."""
    source = engine_of(path, create=False)
    try:
        copy(source, engine, progress)
    finally:
        source.dispose()


def forget(engine: Engine, key: str, *, who: str, why: str, personal: bool = False) -> None:
    """Take an article's words out of the ledger: text, raw input, codings, events, annotations, decisions. A tombstone stays:
    its id, when and why.

    It cannot be added again. Its copies stay; the first of them is the original from now on. In an SQLite file nothing is
    left to be read of it either, for which the file is written anew; PostgreSQL frees the room with its next VACUUM.
    Unless `personal`, who forgets it and why are masked.
    """
    with writing(engine) as connection:
        row = connection.execute(select(article).where(article.c.key == key)).one_or_none()
        if row is None:
            raise LedgerError(f"{key}: no such article in the ledger")
        if row.forgotten:
            raise LedgerError(f"{key}: forgotten already")
        if not personal:
            who, why = discreet(connection, [key], who, why)
        in_it = event.c.article == row.id, event.c.incident.is_not(None)
        touched = set(connection.execute(select(event.c.incident).where(*in_it)).scalars())
        detach(connection, row.id)
        events = select(event.c.id).where(event.c.article == row.id)
        connection.execute(delete(block).where(block.c.event.in_(events)))
        for table in (event, coding, uncoded):
            connection.execute(delete(table).where(table.c.article == row.id))
        _take_annotations(connection, row.id)
        _take_decisions(connection, key)
        fulltext.drop(connection, row.id)
        gone = {
            "source": source_of_forgotten(masked_source(row.source)),
            "outlet": None,
            "title": None,
            "text_hash": "",
            "raw": None,
            "signature": None,
            "copy_of": None,
        }
        connection.execute(update(article).where(article.c.id == row.id).values(**gone, forgotten=now()))
        _take_unused(connection)
        touched |= release(connection, touched, Remembered().at(connection), Decided(connection))
        clear(connection, touched, stale=True)
        merged = connection.execute(select(incident.c.id).where(incident.c.became.is_not(None))).scalars()
        clear(connection, merged.all())
        note(connection, who, "forget", key, {"why": why})
    if engine.dialect.name == "sqlite":
        _write_anew(engine)


def _take_unused(connection: Connection) -> None:
    """Inputs of which no article is made any more, those of former texts among them; and who is named in no article."""
    made = select(article.c.raw).where(article.c.raw.is_not(None))
    connection.execute(delete(raw).where(raw.c.hash.not_in(made)))
    named = select(event.c.origin).where(event.c.origin.is_not(None))
    connection.execute(delete(origin).where(origin.c.id.not_in(named)))


def _take_decisions(connection: Connection, key: str) -> None:
    """Decisions lose the words of an article's reports. They stay: through them others may be together."""
    for row in connection.execute(select(decision)).all():
        marks = {side: read_mark(getattr(row, side)) for side in ("one", "other")}
        blank = {side: json.dumps(mark._replace(words="")) for side, mark in marks.items() if mark.article == key}
        if blank:
            connection.execute(update(decision).where(decision.c.id == row.id).values(blank))


def _write_anew(engine: Engine) -> None:
    """Deleted rows stay to be read in SQLite's free pages, in the index's segments and in the log, until these are written anew."""
    with writing(engine) as connection:
        fulltext.compact(connection)
    with guarded(engine), engine.connect() as connection:
        cursor = connection.connection.cursor()  # outside of a transaction, as VACUUM wants it
        try:
            cursor.execute(f"PRAGMA busy_timeout = {1000 * FOR_READERS}")
            cursor.execute("VACUUM")
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except sqlite3.Error as error:
            raise LedgerError(f"{name_of(engine)}: forgotten, but the file cannot be written anew: {error}") from error
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {1000 * PATIENCE}")
            cursor.close()


def _take_annotations(connection: Connection, number: int) -> None:
    own = select(annotation.c.id).where(annotation.c.article == number)
    connection.execute(update(annotation).where(annotation.c.reply_to.in_(own)).values(reply_to=None))
    connection.execute(delete(annotation).where(annotation.c.article == number))


def audit_log(engine: Engine) -> list[dict[str, object]]:
    """Who did what, the oldest first."""
    with reading(engine) as connection:
        rows = connection.execute(select(audit).order_by(audit.c.id)).mappings()
        return [{**row, "detail": json.loads(row["detail"])} for row in rows]
