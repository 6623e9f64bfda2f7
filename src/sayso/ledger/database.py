"""Which database a ledger is, and the two ways into it: to read, and to write alone.

A ledger is written by one transaction at a time, whatever the number of writers: the second waits. So an article is in
it whole or not at all, and two writers never make two incidents of one.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select, text, update
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError

from sayso.errors import LedgerError
from sayso.ledger.schema import setting

VARIABLE = "SAYSO_LEDGER"
FILE = "ledger.db"
PATIENCE = 120
"""Seconds that a writer waits for another one."""
RETRY = 0.01
"""Seconds between two tries of what SQLite does not wait for."""
LOCK = 0x5A1750
"""PostgreSQL's advisory lock of the writer; any number that no other program uses."""
CACHE = 64 * 1024
"""KiB of SQLite's pages kept in memory."""


def default_url() -> str:
    """The ledger of who names none: $SAYSO_LEDGER, else a file among the user's data."""
    named = os.environ.get(VARIABLE)
    if named:
        return named
    return str(data_folder() / FILE)


def data_folder() -> Path:
    """Where what is kept for this user lies. Raises LedgerError where there is no home to keep it in."""
    try:
        return Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share") / "sayso"
    except RuntimeError:
        raise LedgerError("there is no home folder to keep a ledger in; name a file with --ledger") from None


def engine_of(url: str | os.PathLike[str] | None = None, *, create: bool = True) -> Engine:
    """The engine of a ledger: a file's path, or an address as SQLAlchemy writes it (sqlite:///…, postgresql://…).

    Raises LedgerError for other databases, for a file that is none of ours or, unless `create`, is missing.
    """
    given = str(url) if url is not None else default_url()
    if "://" not in given:
        given = f"sqlite:///{given}"
    try:
        parsed = make_url(given)
    except ArgumentError as error:
        raise LedgerError(f"{given}: no address of a database: {error}") from error
    backend = parsed.get_backend_name()
    if backend == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise LedgerError("a ledger in memory would be lost: name a file")
    if backend == "sqlite":
        return _sqlite(Path(parsed.database or ""), create)
    if backend == "postgresql":
        return create_engine(parsed.set(drivername="postgresql+psycopg"), pool_pre_ping=True)
    raise LedgerError(f"{shown(given)}: a ledger is SQLite or PostgreSQL, not {backend}")


def shown(url: str) -> str:
    """An address without its password."""
    return make_url(url).render_as_string(hide_password=True) if "://" in url else url


def name_of(engine: Engine) -> str:
    """The ledger as errors name it."""
    if engine.dialect.name == "sqlite":
        return str(engine.url.database)
    return engine.url.render_as_string(hide_password=True)


def _sqlite(path: Path, create: bool) -> Engine:
    if not create and not path.exists():
        raise LedgerError(f"{path}: no such ledger; `sayso add` makes one")
    if path.exists() and not path.is_file():
        raise LedgerError(f"{path}: not a file")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise LedgerError(f"{path}: its folder cannot be made: {error.strerror}") from error
    if path.exists() and path.stat().st_size and not _is_sqlite(path):
        raise LedgerError(f"{path}: not a ledger (no SQLite database)")
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _set_up)
    event.listen(engine, "begin", _begin)
    return engine


def _is_sqlite(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(16) == b"SQLite format 3\0"


def _set_up(connection: sqlite3.Connection, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where `_begin` says, not where Python guesses
    _log_ahead(connection)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", f"cache_size=-{CACHE}"):
        connection.execute(f"PRAGMA {pragma}")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Readers and a writer at once. SQLite does not wait to change this, though told to, where two open a new ledger at once."""
    until = time.monotonic() + PATIENCE
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(RETRY)


def _begin(connection: Connection) -> None:
    """A writer takes the lock at once: to read first and write later would fail where another has written between."""
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One state of the ledger, whatever others write meanwhile."""
    with guarded(engine), engine.connect() as connection:
        if engine.dialect.name == "postgresql":
            connection = connection.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        with connection.begin():
            yield connection


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """A transaction that no other writer shares; it is in the ledger whole when the block ends, and not at all if it raises."""
    with guarded(engine), engine.connect() as connection:
        connection = connection.execution_options(writes=True)
        with connection.begin():
            if engine.dialect.name == "postgresql":
                connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
            tick(connection)
            yield connection


def tick(connection: Connection) -> None:
    """Count this transaction, so that who remembers something of the ledger knows that it has changed."""
    connection.execute(
        update(setting).where(setting.c.name == "clock").values(value=text("CAST(CAST(value AS INTEGER) + 1 AS TEXT)"))
    )


def clock(connection: Connection) -> int:
    """How many transactions have written."""
    return int(connection.execute(select(setting.c.value).where(setting.c.name == "clock")).scalar() or 0)


@contextmanager
def guarded(engine: Engine) -> Iterator[None]:
    """What the database refuses comes as one LedgerError that names the ledger."""
    try:
        yield
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()
        raise LedgerError(f"{name_of(engine)}: {reason[0] if reason else type(error).__name__}") from error
