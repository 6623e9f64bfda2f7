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
from sqlalchemy import create_engine, text

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


@pytest.fixture(params=["sqlite", "postgres"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[[], str]]:
    """Addresses of databases that do not exist yet."""
    if request.param == "sqlite":
        yield lambda: f"sqlite:///{tmp_path / uuid4().hex}.db"
        return
    server = create_engine(request.getfixturevalue("postgres"), isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def new() -> str:
        made.append(f"ledger_{uuid4().hex}")
        with server.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {made[-1]}"))
        return server.url.set(database=made[-1]).render_as_string(hide_password=False)

    yield new
    with server.connect() as connection:
        for name in made:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()
