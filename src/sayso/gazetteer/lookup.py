"""Places by name, from the gazetteer's SQLite file; it is made on first use and kept in the user's cache folder."""

from __future__ import annotations

import os
import sqlite3
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from rapidfuzz import fuzz, process

from sayso.errors import GazetteerError
from sayso.gazetteer import sources
from sayso.gazetteer.build import bare, build
from sayso.gazetteer.normal import normal
from sayso.gazetteer.writing import Progress

LIKE_ENOUGH = 82.0
"""Likeness (rapidfuzz ratio) from which a misspelt division is taken for one of the table."""

_COLUMNS = "p.id, p.geonameid, p.name, p.latitude, p.longitude, p.country, p.admin1, p.admin2, p.population, p.feature, p.precision"


class Candidate(NamedTuple):
    """A place that a name may mean. Degrees; alpha-3; `own`: the name is its main one, no other spelling."""

    id: int
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
    own: bool


def cache_folder() -> Path:
    """Where the file is kept: `$SAYSO_CACHE`, else `sayso` under `$XDG_CACHE_HOME` or `~/.cache`."""
    if own := os.environ.get("SAYSO_CACHE"):
        return Path(own)
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "sayso"
    except RuntimeError:
        raise GazetteerError("there is no home folder to keep the gazetteer in; name a folder in SAYSO_CACHE") from None


def chosen() -> Path | None:
    """The gazetteer's file that `$SAYSO_GAZETTEER` names, None where it names none."""
    own = os.environ.get("SAYSO_GAZETTEER")
    return Path(own) if own else None


def version() -> str:
    """What lookups depend on, as a short hash of the sources."""
    path = chosen()
    return sources.source_version() if path is None else gazetteer().version


def damaged(path: Path, why: object) -> GazetteerError:
    """That a file is no gazetteer. One of our own is made anew once it is deleted; what somebody chose may be anything of theirs."""
    if path == chosen():
        return GazetteerError(
            f"SAYSO_GAZETTEER: {path} is no gazetteer ({why}); `sayso gazetteer build DUMP` makes one"
        )
    return GazetteerError(f"the gazetteer {path} is damaged ({why}); delete it")


class Gazetteer:
    """Lookups in one gazetteer file. Safe between threads, and after a fork."""

    def __init__(self, path: Path):
        self.path = path
        self._lock = Lock()
        self._pid = -1
        self._connection: sqlite3.Connection | None = None
        self.candidates = lru_cache(maxsize=20_000)(self._candidates)
        self.division_like = lru_cache(maxsize=2_000)(self._division_like)
        self._rows("SELECT 1 FROM name LIMIT 1", ())
        told = self._rows("SELECT value FROM meta WHERE key = 'version'", ())
        if not told:
            raise damaged(path, "no version")
        self.version = str(told[0][0])

    def _rows(self, query: str, values: tuple[object, ...]) -> list[tuple[object, ...]]:
        with self._lock:
            if self._connection is None or self._pid != os.getpid():
                uri = self.path.absolute().as_uri() + "?mode=ro&immutable=1"
                try:
                    self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
                except sqlite3.Error as error:
                    raise GazetteerError(f"cannot open the gazetteer {self.path}: {error}") from error
                self._pid = os.getpid()
            try:
                return self._connection.execute(query, values).fetchall()
            except sqlite3.Error as error:
                raise damaged(self.path, error) from error

    def _candidates(self, name: str) -> tuple[Candidate, ...]:
        """All places of that name, the most populous first (then by id)."""
        key = normal(name)
        if key.startswith("the "):
            return self._find(key) or self._find(key[4:])
        return self._find(key)

    def _find(self, key: str) -> tuple[Candidate, ...]:
        rows = self._rows(
            f"SELECT {_COLUMNS}, n.own FROM name n JOIN place p ON p.id = n.place WHERE n.key = ?"  # noqa: S608  # our own columns
            " ORDER BY p.population DESC, p.id",
            (key,),
        )
        return tuple(Candidate._make((*row[:11], bool(row[11]))) for row in rows)

    def _division_like(self, name: str, country: str | None = None) -> tuple[Candidate, ...]:
        """First-order divisions whose name is most like this one, where it is like enough."""
        key = bare(name)
        best = process.extract(key, self._divisions(), scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH, limit=8)
        found: dict[int, Candidate] = {}
        for name_, _, _ in best:
            for one in self._find(name_):
                if one.precision == "admin1" and (country is None or one.country == country):
                    found.setdefault(one.id, one)
        return tuple(found.values())

    @cache  # noqa: B019 - one gazetteer lives as long as the process
    def _divisions(self) -> list[str]:
        rows = self._rows("SELECT key FROM division ORDER BY key", ())
        return [str(row[0]) for row in rows]


def gazetteer_path() -> Path:
    return cache_folder() / f"gazetteer-{version()}.sqlite3"


@lru_cache(maxsize=4)
def _open(path: Path) -> Gazetteer:
    return Gazetteer(path)


def ready() -> bool:
    """Whether the file is there already, so that `gazetteer()` will not keep anybody waiting."""
    return chosen() is not None or gazetteer_path().exists()


def gazetteer(progress: Progress | None = None) -> Gazetteer:
    """The gazetteer: the file that `$SAYSO_GAZETTEER` names, else the shipped one, made first where there is none yet.

    That takes some seconds; `progress` is told how far it is. Raises GazetteerError for a file that is none.
    """
    path = chosen()
    if path is not None:
        if not path.is_file():
            raise GazetteerError(f"SAYSO_GAZETTEER: no file {path}")
        return _open(path)
    path = gazetteer_path()
    if not path.exists():
        build(path, progress)
    return _open(path)
