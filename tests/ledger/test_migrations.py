"""Every ledger that was ever released comes up to the schema of today, whole or not at all."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, Engine, inspect

from ledger.stories import add, bombing
from sayso.coding.coder import Coder
from sayso.errors import LedgerError
from sayso.ledger import Ledger, migrations
from sayso.ledger.database import engine_of
from sayso.ledger.schema import metadata

Url = Callable[[], str]
RELEASED = migrations.revisions()


@pytest.fixture
def empty(new_url: Url) -> Engine:
    """A database in which nothing is."""
    return engine_of(new_url())


def is_ours(name: str | None, kind: str) -> bool:
    """The index of words is each database's own: FTS5's tables, PostgreSQL's table with its generated column."""
    return not (name or "").startswith(("words", "ix_words")) or kind not in ("table", "index")


def differences(connection: Connection) -> list[object]:
    """Between the schema that is there and `schema.py`."""
    options = {
        "compare_type": True,
        "compare_server_default": True,
        "include_object": lambda _item, name, kind, _reflected, _other: is_ours(name, kind),
    }
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


@pytest.mark.parametrize("released", [None, *RELEASED])
def test_up_from_every_released_schema(empty: Engine, coder: Coder, released: str | None) -> None:
    """What is there then is what `schema.py` says, and a ledger that works."""
    if released is not None:
        migrations.upgrade(empty, released)
    migrations.upgrade(empty)
    with empty.connect() as connection:
        assert migrations.revision_of(connection) == RELEASED[-1]
        assert differences(connection) == []
    migrations.upgrade(empty)  # nothing is done where it is there already
    with Ledger.open(empty.url.render_as_string(hide_password=False), create=False) as ledger:
        assert len(add(ledger, bombing(coder))) == 1
        assert [one.article for one in ledger.search("crescent")] == ["gazette"]
        assert list(ledger.check()) == []
    empty.dispose()


def test_the_comparison_sees_what_is_different(empty: Engine) -> None:
    """A column, an index, a table."""
    migrations.upgrade(empty)
    with empty.connect() as connection, connection.begin():
        for sql in ("DROP INDEX ix_event_incident", "ALTER TABLE article DROP COLUMN language", "DROP TABLE audit"):
            connection.exec_driver_sql(sql)
        assert len(differences(connection)) == 3
    empty.dispose()


def test_a_ledger_of_a_newer_sayso_is_refused(new_url: Url) -> None:
    """By its name, and left as it is."""
    url = new_url()
    with Ledger.open(url) as ledger, ledger.engine.connect() as connection, connection.begin():
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match="made by a newer sayso \\(schema 9999\\); update sayso"):
        Ledger.open(url)
    engine = engine_of(url)
    with engine.connect() as connection:
        assert migrations.revision_of(connection) == "9999"
    engine.dispose()


def test_another_programs_database_is_left_alone(empty: Engine) -> None:
    """Not a table is made in it."""
    with empty.connect() as connection, connection.begin():
        connection.exec_driver_sql("CREATE TABLE songs (title TEXT)")
    with pytest.raises(LedgerError, match="not a ledger"):
        migrations.upgrade(empty)
    assert inspect(empty).get_table_names() == ["songs"]
    empty.dispose()


def test_a_migration_that_fails_leaves_nothing(empty: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half a schema is no schema: what was made before the failure is not there either."""

    def fails(*_given: object, **_more: object) -> None:
        raise LedgerError("no room")

    with monkeypatch.context() as patched:
        patched.setattr("alembic.op.bulk_insert", fails)  # the last thing that the first migration does
        with pytest.raises(LedgerError, match="no room"):
            migrations.upgrade(empty)
    assert inspect(empty).get_table_names() == []
    migrations.upgrade(empty)
    with empty.connect() as connection:
        assert differences(connection) == []
    empty.dispose()


def test_many_may_open_a_new_ledger_at_once(new_url: Url) -> None:
    """One of them makes it, and the others wait for it. (Ten times: the moments are short in which they meet.)"""
    for _ in range(10):
        url, start = new_url(), threading.Barrier(4)

        def identity(_: int, url: str = url, start: threading.Barrier = start) -> object:
            start.wait()
            with Ledger.open(url) as ledger:
                return ledger.stats()["identity"]

        with ThreadPoolExecutor(4) as pool:
            assert len(set(pool.map(identity, range(4)))) == 1
