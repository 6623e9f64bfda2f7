"""A gazetteer is made from a dump of GeoNames."""

from __future__ import annotations

import os
import stat
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

import sayso
from sayso.cli import app
from sayso.errors import GazetteerError
from sayso.gazetteer import lookup
from sayso.gazetteer.dump import build_from
from sayso.gazetteer.lookup import Gazetteer

PLACES = [
    # geonameid, name, other names, latitude, longitude, class, code, country, admin1, admin2, people
    (1, "Ostrana Oblast", "Ostranskaya Oblast", 51.0, 71.0, "A", "ADM1", "KZ", "77", "", 0),
    (2, "Velmin District", "", 51.2, 71.2, "A", "ADM2", "KZ", "77", "012", 0),
    (3, "Ostrana", "Ostranabad,Острана", 51.1, 71.1, "P", "PPLA", "KZ", "77", "012", 90_000),
    (4, "Velmin", "", 51.25, 71.25, "P", "PPL", "KZ", "77", "012", 140),
    (5, "Old Ostrana", "", 51.0, 71.0, "P", "PPLH", "KZ", "77", "012", 0),
    (6, "Zorat", "", 51.11, 71.11, "P", "PPLX", "KZ", "77", "012", 0),
    (7, "Ostrana Airport", "", 51.15, 71.15, "S", "AIRP", "KZ", "77", "012", 0),
    (8, "Velmin River", "", 51.3, 71.3, "H", "STM", "KZ", "77", "", 0),
    (9, "Mount Zorat", "", 51.4, 71.4, "T", "MT", "KZ", "77", "", 0),
    (10, "Zorat Deep", "", 40.0, 51.0, "U", "DEPU", "", "00", "", 0),
    (11, "Black Sea", "", 43.0, 34.0, "H", "SEA", "", "00", "", 0),
]


def line(number: int, name: str, others: str, north: float, east: float, kind: str, code: str, country: str,
         admin1: str, admin2: str, people: int) -> str:  # fmt: skip
    """A line of nineteen columns, as GeoNames' readme.txt has them."""
    cells = [
        number,
        name,
        name,
        others,
        north,
        east,
        kind,
        code,
        country,
        "",
        admin1,
        admin2,
        "",
        "",
        people,
        "",
        300,
        "Asia/Almaty",
    ]
    return "\t".join(map(str, [*cells, "2024-01-01"])) + "\n"


TABLE = "".join(line(*place) for place in PLACES)


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dump") / "allCountries.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "Data format: tab-delimited text")
        archive.writestr("allCountries.txt", TABLE)
    return path


@pytest.fixture(scope="module")
def table(dump: Path) -> Gazetteer:
    return Gazetteer(build_from(dump, dump.with_suffix(".sqlite3")))


@pytest.mark.parametrize(
    ("name", "geonameid", "precision"),
    [
        ("Ostrana", 3, "settlement"),
        ("Острана", 3, "settlement"),
        ("Ostranabad", 3, "settlement"),
        ("Velmin", 4, "settlement"),
        ("Ostrana Oblast", 1, "admin1"),
        ("Ostrana Airport", 7, "facility"),
        ("Zorat", 6, "facility"),
        ("Velmin River", 8, "region"),
        ("Mount Zorat", 9, "region"),
    ],
)
def test_places_of_every_kind_are_found(table: Gazetteer, name: str, geonameid: int, precision: str) -> None:
    """Divisions, settlements by any name, facilities and natural features."""
    assert (geonameid, precision) in [(c.geonameid, c.precision) for c in table.candidates(name)]


def test_places_know_their_divisions(table: Gazetteer) -> None:
    """By name, whatever the order of the lines; a division has the people of its settlements."""
    village = next(c for c in table.candidates("Velmin") if c.geonameid == 4)
    assert (village.country, village.admin1, village.admin2) == ("KAZ", "Ostrana Oblast", "Velmin District")
    oblast = next(c for c in table.candidates("Ostrana Oblast") if c.geonameid == 1)
    assert oblast.population == 90_140


def test_what_is_gone_or_under_the_sea_is_left_out(table: Gazetteer) -> None:
    assert table.candidates("Old Ostrana") == ()
    assert table.candidates("Zorat Deep") == ()


def test_the_dumps_own_feature_goes_before_the_lexicons(table: Gazetteer) -> None:
    assert table.candidates("Black Sea")[0].geonameid == 11
    assert any(c.precision == "country" for c in table.candidates("Kazakhstan"))


def test_the_same_dump_gives_the_same_file(dump: Path, tmp_path: Path) -> None:
    one, other = (build_from(dump, tmp_path / name).read_bytes() for name in ("a", "b"))
    assert one == other


def test_others_may_read_it_as_the_umask_lets_them(dump: Path, tmp_path: Path) -> None:
    """A gazetteer made for all users of a machine can be read by them; nothing else is left beside it."""
    former = os.umask(0o022)
    try:
        made = build_from(dump, tmp_path / "all.sqlite3")
    finally:
        os.umask(former)
    assert stat.S_IMODE(made.stat().st_mode) == 0o644
    assert list(tmp_path.iterdir()) == [made]


def test_articles_are_coded_with_it(dump: Path, table: Gazetteer, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the environment names it; the coding says which gazetteer it was."""
    monkeypatch.setenv("SAYSO_GAZETTEER", str(table.path))
    coding = sayso.load()("Gunmen killed a farmer in Velmin, Ostrana Oblast, on Monday.", published="2024-03-06")
    place = coding.find(coding.events[0].place)
    assert (place.geonameid, place.country, place.precision) == (4, "KAZ", "settlement")
    assert coding.coder.gazetteer == table.version


def test_it_is_made_by_one_command(dump: Path, tmp_path: Path) -> None:
    target = tmp_path / "own.sqlite3"
    done = CliRunner().invoke(app, ["gazetteer", "build", str(dump), "--output", str(target)])
    assert (done.exit_code, done.stdout.strip()) == (0, str(target))
    assert Gazetteer(target).candidates("Velmin")


def test_without_a_place_it_goes_into_the_cache(dump: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path))
    assert build_from(dump).parent == tmp_path


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (TABLE + "12\tno place\n", "line 12: .*19 columns"),
        (TABLE.replace("51.25", "north"), "line 4: "),
        ("{}", "line 1: "),
    ],
)
def test_what_is_no_dump_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    """The error names the file and the line; nothing is left behind."""
    path = tmp_path / "KZ.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(GazetteerError, match=f"KZ.txt, {reason}"):
        build_from(path, tmp_path / "out.sqlite3")
    assert [p.name for p in tmp_path.iterdir()] == ["KZ.txt"]


def test_archives_without_one_table_and_missing_files_are_refused(tmp_path: Path) -> None:
    empty = tmp_path / "empty.zip"
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("a.txt", TABLE)
        archive.writestr("b.txt", TABLE)
    with pytest.raises(GazetteerError, match="one table of places is wanted"):
        build_from(empty, tmp_path / "out")
    with pytest.raises(GazetteerError, match="No such file"):
        build_from(tmp_path / "missing.zip")


def test_a_chosen_file_that_is_none_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAYSO_GAZETTEER", str(tmp_path / "missing.sqlite3"))
    with pytest.raises(GazetteerError, match="SAYSO_GAZETTEER: no file"):
        lookup.gazetteer()
