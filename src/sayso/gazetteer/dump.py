"""Makes a gazetteer from a dump of GeoNames: `allCountries.zip`, or a country's own file, from download.geonames.org.

A line is a place: nineteen columns between tabs (GeoNames' readme.txt). Divisions, settlements, facilities and natural
features are kept, each under its name and its other names; what is historical or under the sea is not. Countries, regions and the further
names of the lexicon come from where the shipped gazetteer has them.
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from sayso.errors import GazetteerError
from sayso.gazetteer import build, countries, sources
from sayso.gazetteer.normal import normal
from sayso.gazetteer.writing import Progress, Row, write

COLUMNS = 19
NEARBY = 8.0
"""Degrees between the lexicon's point of a feature and the dump's: the middle of a sea is told in more than one way."""
CLASSES = {
    "S": "facility",
    "R": "facility",
    "H": "region",
    "T": "region",
    "L": "region",
    "V": "region",
    "P": "settlement",
}
"""How precise a point is for what is of each class; those of class A are divisions."""
ISLANDS = frozenset(("ISL", "ISLS", "ISLET"))
DIVISIONS = {"ADM1": "admin1", "ADM2": "admin2", "ADM3": "admin2", "ADM4": "admin2", "ADM5": "admin2"}
QUARTER = "PPLX"
"""A part of a settlement: as fine as a facility."""
GONE = ("PPLH", "PPLQ", "PPLW", "PPLCH")
"""Settlements that are no more."""


class Line(NamedTuple):
    """A place as the dump has it."""

    geonameid: int
    name: str
    ascii: str
    others: list[str]
    latitude: float
    longitude: float
    kind: str
    code: str
    alpha2: str
    admin1: str
    admin2: str
    population: int


def build_from(dump: Path, path: Path | None = None, progress: Progress | None = None) -> Path:
    """Make the gazetteer of a dump (`.zip` or `.txt`), at `path` or in the cache folder under the dump's own version.

    Reads the dump twice, line by line: it may be of any size. Raises GazetteerError for what is no dump, naming the line.
    """
    from sayso.gazetteer.lookup import cache_folder

    if progress:
        progress("reading the divisions", 0.0)
    version = _version(dump)
    target = path or cache_folder() / f"geonames-{version}.sqlite3"
    divisions, people, size = _divisions(dump)
    rows = chain(build.country_rows(), build.region_rows(), _rows(dump, divisions, people))
    return write(target, rows, size, version, progress)


def _version(dump: Path) -> str:
    """Short hash of the dump and of all that is made into the file beside it."""
    try:
        with dump.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256")
    except OSError as error:
        raise GazetteerError(f"{dump}: {error.strerror or error}") from error
    digest.update(sources.source_version().encode())
    return digest.hexdigest()[:12]


@contextmanager
def _lines(dump: Path) -> Iterator[Iterator[str]]:
    """The lines of the dump; of an archive, those of its only table of places."""
    if not zipfile.is_zipfile(dump):
        with dump.open(encoding="utf-8", newline="\n") as stream:
            yield iter(stream)
        return
    with zipfile.ZipFile(dump) as archive:
        tables = [name for name in archive.namelist() if name.endswith(".txt") and not name.startswith("readme")]
        if len(tables) != 1:
            raise GazetteerError(f"{dump}: one table of places is wanted in it, there are {len(tables)}")
        with archive.open(tables[0]) as raw:
            yield iter(io.TextIOWrapper(raw, encoding="utf-8", newline="\n"))


def _read(dump: Path) -> Iterator[Line]:
    """The places of the dump. Raises GazetteerError, which names the line, for what is none."""
    number = 0
    try:
        with _lines(dump) as lines:
            for number, line in enumerate(lines, start=1):  # noqa: B007 - the error names it
                if line.strip():
                    yield _line(line)
    except (ValueError, zipfile.BadZipFile, OSError, EOFError) as error:
        raise GazetteerError(f"{dump}, line {number}: no dump of GeoNames ({error})") from error


def _line(line: str) -> Line:
    cells = line.rstrip("\r\n").split("\t")
    if len(cells) != COLUMNS:
        raise ValueError(f"a place has {COLUMNS} columns between tabs, not {len(cells)}")
    return Line(
        int(cells[0]), cells[1], cells[2], cells[3].split(",") if cells[3] else [], float(cells[4]), float(cells[5]), cells[6],
        cells[7], cells[8], cells[10], cells[11], int(cells[14] or 0),
    )  # fmt: skip


Code = tuple[str, ...]
"""alpha-2 and GeoNames' codes of the first and, where it is one, the second division."""


def _divisions(dump: Path) -> tuple[dict[Code, str], dict[Code, int], int]:
    """Names of the divisions by their codes, the people of the settlements in them, and how many lines there are."""
    names: dict[Code, str] = {}
    people: dict[Code, int] = defaultdict(int)
    size = 0
    for one in _read(dump):
        size += 1
        if one.code == "ADM1":
            names[one.alpha2, one.admin1] = one.name
        elif one.code == "ADM2":
            names[one.alpha2, one.admin1, one.admin2] = one.name
        elif one.kind == "P" and one.code not in (QUARTER, *GONE):
            people[one.alpha2, one.admin1] += one.population
            people[one.alpha2, one.admin1, one.admin2] += one.population
    return names, people, size


def _rows(dump: Path, divisions: dict[Code, str], people: dict[Code, int]) -> Iterator[Row]:
    renamed: dict[tuple[str | None, str], list[str]] = defaultdict(list)
    for alias, (name, country) in sources.lexicon("known_places")["settlements"].items():
        renamed[country, name].append(alias)
    spelled = build.spelled((code[0], name) for code, name in divisions.items() if len(code) == 2)
    known = _Features()
    for one in _read(dump):
        precision = _precision(one)
        if precision is None:
            continue
        country = countries.alpha3(one.alpha2)
        own: tuple[str, ...] = tuple(dict.fromkeys((one.name, one.ascii)))
        population = one.population
        if precision == "settlement":
            own += tuple(renamed.get((country, one.name), ()))
        elif precision == "admin1":
            own += build.division_names(one.name, spelled.get((one.alpha2, one.name), ()))
            population = max(population, people[one.alpha2, one.admin1])
        elif one.code == "ADM2":
            population = max(population, people[one.alpha2, one.admin1, one.admin2])
        elif one.kind in "HTLV":
            population = max(population, known.weight(one))
        yield Row(
            one.geonameid, one.name, one.latitude, one.longitude, country, divisions.get((one.alpha2, one.admin1)),
            divisions.get((one.alpha2, one.admin1, one.admin2)), population, one.code, precision, own,
            tuple(filter(build.usable, one.others)),
        )  # fmt: skip


class _Features:
    """The natural features of the lexicon, by which those of the dump that everybody knows are told from the others."""

    def __init__(self) -> None:
        self.at: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
        for kind, (_, weight, _) in build.FEATURES.items():
            for name, (latitude, longitude, _) in sources.lexicon("features")[kind].items():
                self.at[normal(name)].append((latitude, longitude, weight))

    def weight(self, one: Line) -> int:
        """One more than that of the lexicon's feature of this name nearby, so that the dump's goes before it; 0 for none."""
        return max(
            (
                weight + 1
                for latitude, longitude, weight in self.at.get(normal(one.name), ())
                if abs(latitude - one.latitude) + abs(longitude - one.longitude) < NEARBY
            ),
            default=0,
        )


def _precision(one: Line) -> str | None:
    """How precise the point is; None for what is not kept."""
    if one.kind == "A":
        return DIVISIONS.get(one.code)
    if one.code in GONE:
        return None
    if one.code == QUARTER:
        return "facility"
    return "admin2" if one.code in ISLANDS else CLASSES.get(one.kind)
