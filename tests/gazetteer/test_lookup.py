"""The gazetteer finds the world's places by their names."""

from __future__ import annotations

from pathlib import Path

import pytest

from sayso.errors import GazetteerError
from sayso.gazetteer import build, lookup, sources
from sayso.gazetteer.lookup import Gazetteer, cache_folder, gazetteer


@pytest.fixture(scope="module")
def table() -> Gazetteer:
    return gazetteer()


@pytest.mark.parametrize(
    ("name", "geonameid"),
    [
        ("Almaty", 1526384), ("Alma-Ata", 1526384), ("Aktyubinsk", 610611), ("Guryev", 610529), ("Kiev", 703448), ("Kyiv", 703448),
        ("Frankfurt on the Oder", 2925535), ("SAO PAULO", 3448439), ("Bombay", 1275339), ("Ulan Bator", 2028462),
    ],
)  # fmt: skip
def test_settlements_by_any_name(table: Gazetteer, name: str, geonameid: int) -> None:
    """New names, old names and other spellings find one place."""
    found = [c for c in table.candidates(name) if c.precision == "settlement"]
    assert found[0].geonameid == geonameid


def test_divisions_are_found(table: Gazetteer) -> None:
    """States and provinces have a point in their middle; US states by newspapers' abbreviations too."""
    assert table.candidates("Calif.")[0].name == "California"
    bavaria = next(c for c in table.candidates("Bavaria") if c.precision == "admin1")
    assert bavaria.country == "DEU"
    assert abs(bavaria.latitude - 49) < 1
    assert any(c.country == "KAZ" for c in table.division_like("Karagandy"))


def test_one_name_many_places_in_order(table: Gazetteer) -> None:
    """Candidates come the most populous first, in the same order every time."""
    found = table.candidates("Springfield")
    assert len(found) > 20
    assert list(found) == sorted(found, key=lambda c: (-c.population, c.id))


def test_nothing_for_nonsense(table: Gazetteer) -> None:
    assert table.candidates("Xyzzyville-upon-Nowhere") == ()
    assert table.candidates("") == ()


def test_the_cache_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """`SAYSO_CACHE` goes before `XDG_CACHE_HOME`."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    monkeypatch.delenv("SAYSO_CACHE", raising=False)
    assert cache_folder() == tmp_path / "xdg" / "sayso"
    monkeypatch.setenv("SAYSO_CACHE", str(tmp_path / "own"))
    assert cache_folder() == tmp_path / "own"


def test_a_damaged_file_is_reported(tmp_path: Path) -> None:
    path = tmp_path / "gazetteer.sqlite3"
    path.write_bytes(b"no database at all" * 1000)
    with pytest.raises(GazetteerError, match="damaged"):
        Gazetteer(path)


def test_a_chosen_file_that_is_no_gazetteer_is_not_to_be_deleted(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Who names their dump itself is told how a gazetteer is made of it, not to delete it."""
    dump = tmp_path / "KZ.txt"
    dump.write_bytes(b"1526384\tAlmaty\n" * 1000)
    monkeypatch.setenv("SAYSO_GAZETTEER", str(dump))
    with pytest.raises(
        GazetteerError, match=r"SAYSO_GAZETTEER: .*KZ\.txt is no gazetteer .*sayso gazetteer build"
    ) as raised:
        gazetteer()
    assert "delete" not in str(raised.value)


def test_a_missing_folder_that_cannot_be_made_is_reported(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(GazetteerError, match="cannot make"):
        build.build(tmp_path / "file" / "gazetteer.sqlite3")


def test_the_version_is_stable() -> None:
    assert lookup.version() == lookup.version()
    assert lookup.version() in lookup.gazetteer_path().name


def test_the_middle_of_an_area() -> None:
    """Crowded corners count once; areas across the antimeridian have their middle there."""
    assert build.middle([(10.1, 20.1), (10.11, 20.11), (10.12, 20.12), (12.1, 20.1)]) == (11.25, 20.25)
    assert abs(build.middle([(-17.0, 179.5), (-17.0, -179.5)])[1]) > 179


def test_every_other_name_of_the_lexicon_finds_its_settlement(table: Gazetteer) -> None:
    """`known_places.toml` names settlements as the table has them."""
    renamed = sources.lexicon("known_places")["settlements"]
    missing = [
        alias
        for alias, (_, country) in renamed.items()
        if not any(c.precision == "settlement" and c.country == country and c.own for c in table.candidates(alias))
    ]
    assert missing == []
