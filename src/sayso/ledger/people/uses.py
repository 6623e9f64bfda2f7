"""Noting that a session or token was used: nobody who reads waits for who writes."""

from __future__ import annotations

import sqlite3

from sqlalchemy import Engine, update
from sqlalchemy.exc import OperationalError

from sayso.ledger.database import PATIENCE, guarded
from sayso.ledger.keeping import now
from sayso.ledger.people.accounts import Access
from sayso.ledger.schema import access


def note_use(engine: Engine, one: Access) -> None:
    """Note it, unless SQLite is being written just now: the next use is noted then. Of PostgreSQL only this row is locked."""
    with guarded(engine), engine.connect() as connection:
        raw = connection.connection.driver_connection
        if isinstance(raw, sqlite3.Connection):
            raw.execute("PRAGMA busy_timeout=0")
        try:
            with connection.execution_options(writes=True).begin():
                connection.execute(update(access).where(access.c.hash == one.id).values(used=now()))
        except OperationalError as error:
            if getattr(error.orig, "sqlite_errorcode", None) != sqlite3.SQLITE_BUSY:
                raise
        finally:
            if isinstance(raw, sqlite3.Connection):
                raw.execute(f"PRAGMA busy_timeout={PATIENCE * 1000}")
