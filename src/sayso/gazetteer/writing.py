"""Writes a gazetteer: one SQLite file of places and the names that find them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from sayso.errors import GazetteerError
from sayso.gazetteer.normal import normal

BATCH = 20_000
"""Places that are written at a time."""
READ = 0.7
"""Share of the work that reading is."""

Progress = Callable[[str, float], None]
"""Called with the step's name and the share of the work that is done, 0 to 1."""

_SCHEMA = """
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (id INTEGER PRIMARY KEY, geonameid INTEGER, name TEXT, latitude REAL, longitude REAL, country TEXT,
                    admin1 TEXT, admin2 TEXT, population INTEGER, feature TEXT, precision TEXT);
CREATE TEMP TABLE found (key TEXT, place INTEGER, own INTEGER);
"""
_INDEX = """
CREATE TABLE name (key TEXT, place INTEGER, own INTEGER, PRIMARY KEY (key, place)) WITHOUT ROWID;
INSERT INTO name SELECT key, place, max(own) FROM found GROUP BY key, place ORDER BY key, place;
DROP TABLE found;
CREATE TABLE division (key TEXT PRIMARY KEY) WITHOUT ROWID;
INSERT INTO division SELECT DISTINCT key FROM name JOIN place ON place.id = name.place WHERE precision = 'admin1' ORDER BY key;
"""


class Row(NamedTuple):
    """A place of the gazetteer with the names that find it: its own ones, and other spellings. Degrees; alpha-3."""

    geonameid: int | None
    name: str
    latitude: float
    longitude: float
    country: str | None
    admin1: str | None
    admin2: str | None
    population: int
    feature: str
    precision: str
    own: tuple[str, ...]
    aliases: tuple[str, ...] = ()


def write(path: Path, rows: Iterable[Row], total: int, version: str, progress: Progress | None = None) -> Path:
    """Make the file at `path`, whole or not at all: two processes that make it at once do no harm.

    `total`: about how many rows come, for the progress. Rows are written as they come, so there may be millions.

    Raises GazetteerError where the folder cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=path.name, suffix=".part", dir=path.parent) as folder:
            made = Path(folder) / path.name  # made by SQLite, so that others may read it as far as the umask lets them
            connection = sqlite3.connect(made)
            try:
                _fill(connection, iter(rows), total, version, progress)
            finally:
                connection.close()
            made.replace(path)
    except (OSError, sqlite3.Error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        raise GazetteerError(
            f"cannot make the gazetteer at {path}: {reason} (SAYSO_CACHE names another folder for it)"
        ) from error
    return path


def _fill(
    connection: sqlite3.Connection, rows: Iterator[Row], total: int, version: str, progress: Progress | None
) -> None:
    told = progress or (lambda step, share: None)
    connection.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA page_size=8192;" + _SCHEMA)
    connection.execute("INSERT INTO meta VALUES ('version', ?)", (version,))
    number = 0
    while batch := list(islice(rows, BATCH)):
        numbered = list(enumerate(batch, number + 1))
        connection.executemany(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)", ((at, *row[:10]) for at, row in numbered)
        )
        connection.executemany("INSERT INTO found VALUES (?,?,?)", _names(numbered))
        number += len(batch)
        told("reading", READ * min(1.0, number / max(1, total)))
    told("writing", READ)
    connection.commit()
    connection.executescript(_INDEX)
    connection.commit()
    told("done", 1.0)


def _names(numbered: list[tuple[int, Row]]) -> Iterator[tuple[str, int, int]]:
    for at, row in numbered:
        for own, names in ((1, row.own), (0, row.aliases)):
            yield from ((key, at, own) for key in dict.fromkeys(map(normal, names)) if key)
