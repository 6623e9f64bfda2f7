"""The ledger's schema, release by release: Alembic's scripts, and what brings a ledger up to the newest."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from sayso.errors import LedgerError
from sayso.ledger.database import LOCK, guarded, name_of

FOLDER = Path(__file__).parent


def lock(connection: Connection) -> None:
    """Two that open a new ledger at once make it one after the other."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


def configuration(connection: Connection | None = None) -> Config:
    """Alembic's configuration, for a connection that is in a transaction."""
    config = Config()
    config.set_main_option("script_location", str(FOLDER).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def revisions() -> list[str]:
    """All revisions, the oldest first."""
    return [one.revision for one in reversed(list(ScriptDirectory.from_config(configuration()).walk_revisions()))]


def revision_of(connection: Connection) -> str | None:
    """The revision of a ledger's schema; None for an empty database."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the schema up to a revision, whole or not at all; nothing is done where it is there already.

    Raises LedgerError for a ledger of a newer sayso, and for a database that holds other tables; no connection is left open then.
    """
    try:
        _upgrade(engine, revision)
    except BaseException:
        engine.dispose()
        raise


def _upgrade(engine: Engine, revision: str) -> None:
    with guarded(engine), engine.connect() as connection:
        before = revision_of(connection)
    known = revisions()
    if before is not None and before not in known:
        raise LedgerError(f"{name_of(engine)}: made by a newer sayso (schema {before}); update sayso")
    if before == (known[-1] if revision == "head" else revision):
        return
    with guarded(engine), engine.connect() as connection:
        writer = connection.execution_options(writes=True)
        with writer.begin():
            lock(writer)
            if before is None and inspect(writer).get_table_names() not in ([], ["alembic_version"]):
                if revision_of(writer) is None:
                    raise LedgerError(f"{name_of(engine)}: not a ledger (the database holds other tables)")
            command.upgrade(configuration(writer), revision)
