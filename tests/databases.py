"""Databases of both kinds, for every test that wants them: SQLite files, and a real PostgreSQL that the tests start for themselves."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import create_engine, make_url, text

REQUIRED = "SAYSO_REQUIRE_POSTGRES"
"""Set where its absence is a failure, as in .ci/run."""


def _binaries() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or [Path(p) for p in [shutil.which("initdb")] if p]
    return found[-1].parent if found else None


def _as_user(*command: str) -> list[str]:
    """PostgreSQL does not run as root."""
    return ["setpriv", "--reuid=nobody", "--clear-groups", *command] if os.geteuid() == 0 else list(command)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a server that is there for these tests alone, reached through a socket in its own folder."""
    binaries = _binaries()
    if binaries is None:
        if os.environ.get(REQUIRED):
            pytest.fail("no PostgreSQL on this machine, and it is required")
        pytest.skip("no PostgreSQL on this machine (Debian: apt install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="sayso-pg-"))
    if os.geteuid() == 0:
        shutil.chown(folder, "nobody")
    data = folder / "data"
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "TZ": "UTC"}

    def run(program: str, *given: str) -> None:
        command = _as_user(str(binaries / program), *given)
        done = subprocess.run(
            command, check=False, capture_output=True, text=True, cwd=folder, env=environment, timeout=120
        )
        assert done.returncode == 0, done.stdout + done.stderr

    run("initdb", "-D", str(data), "-U", "sayso", "-A", "trust", "-E", "UTF8", "--no-sync")
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    run("pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
    try:
        yield f"postgresql+psycopg://sayso@/postgres?host={folder}"
    finally:
        run("pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
        shutil.rmtree(folder, ignore_errors=True)


class Databases:
    """Makes databases of one kind: new ones, and copies of one that was filled once."""

    def __init__(self, kind: str, folder: Path, server: str | None) -> None:
        self.kind = kind
        self._folder = folder
        self._server = create_engine(server, isolation_level="AUTOCOMMIT") if server else None
        self._made: list[str] = []

    def like(self, folder: Path) -> Databases:
        """Of the same kind, elsewhere, and dropped by themselves."""
        server = self._server.url.render_as_string(hide_password=False) if self._server is not None else None
        return Databases(self.kind, folder, server)

    def new(self) -> str:
        """The address of a database that does not exist yet, or is empty."""
        return self._make()

    def copy(self, of: str) -> str:
        """The address of a copy; nobody may be connected with the original."""
        if self._server is None:
            path = self._folder / f"{uuid4().hex}.db"
            shutil.copyfile(of.removeprefix("sqlite:///"), path)
            return f"sqlite:///{path}"
        return self._make(f" TEMPLATE {make_url(of).database} STRATEGY FILE_COPY")

    def _make(self, how: str = "") -> str:
        if self._server is None:
            return f"sqlite:///{self._folder / uuid4().hex}.db"
        self._made.append(f"ledger_{uuid4().hex}")
        with self._server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {self._made[-1]}{how}"))
        return self._server.url.set(database=self._made[-1]).render_as_string(hide_password=False)

    def drop(self) -> None:
        """Take away what was made on a server."""
        if self._server is not None:
            with self._server.connect() as connection:
                for name in self._made:
                    connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        self.close()

    def close(self) -> None:
        """Let go of the server."""
        if self._server is not None:
            self._server.dispose()


@pytest.fixture(params=["sqlite", "postgres"])
def databases(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Databases]:
    """Of each of the two kinds in turn."""
    server = request.getfixturevalue("postgres") if request.param == "postgres" else None
    made = Databases(request.param, tmp_path, server)
    yield made
    made.drop()


@pytest.fixture
def new_url(databases: Databases) -> Callable[[], str]:
    """Addresses of databases that do not exist yet."""
    return databases.new
