"""The lexicon's facts about the world: organisations, office holders, features and places by name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from sayso.coding import bodies, notables
from sayso.coding.agents import agents
from sayso.coding.tables import table
from sayso.errors import LexiconError
from sayso.gazetteer import build, sources
from sayso.gazetteer.countries import country

CODES = {entry["code"] for entry in table("agents")["sector"]} | {agents().former_code}


def organisations() -> Iterator[tuple[str, str, list[str]]]:
    for code, entries in table("organisations").items():
        for name, row in entries.items():
            yield code, name, row


def test_hundreds_of_organisations_are_known() -> None:
    assert sum(code in ("REB", "PRM", "CRM") for code, _, _ in organisations()) >= 300
    assert {code for code, _, _ in organisations()} <= CODES


def test_every_organisation_has_a_state_or_the_world_and_a_name_of_its_own() -> None:
    wrong = [name for _, name, row in organisations() if row[0] and country(row[0]) is None]
    names = Counter(one for _, name, row in organisations() for one in (name, *row[1:]))
    assert (wrong, [name for name, n in names.items() if n > 1]) == ([], [])


def test_office_holders_have_states_and_years_in_order() -> None:
    holders = [one for group in notables._notables()[0].values() for one in group]
    assert len(holders) > 5_000
    assert [one for one in holders if one.country and country(one.country) is None] == []
    assert [one for one in holders if not 1900 < one.first <= (one.last or 2100) <= 2100] == []
    assert {one.sector for one in holders} <= CODES


@pytest.mark.parametrize(
    ("file", "lines"),
    [("leaders", {"GOV": {"PER": "Ana Lopes since 1990"}}), ("organisations", {"NGO": {"Aid": []}})],
)
def test_an_entry_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch, file: str, lines: object) -> None:
    module, made = (notables, notables._notables) if file == "leaders" else (bodies, bodies.bodies)
    monkeypatch.setattr(module, "table", lambda name: lines)
    made.cache_clear()
    try:
        with pytest.raises(LexiconError, match=f"{file}.toml"):
            made()
    finally:
        monkeypatch.undo()
        made.cache_clear()


def test_features_and_facilities_are_on_the_globe_and_in_a_state() -> None:
    """Latitude first, degrees; no name twice in one kind."""
    points = [(n, *row) for kind in build.FEATURES for n, row in sources.lexicon("features")[kind].items()]
    points += [(n, row[2], row[3], row[1]) for n, row in sources.lexicon("known_places")["known"].items()]
    assert len(points) > 4_000
    wrong = [n for n, lat, lon, code in points if not (-90 <= lat <= 90 and -180 <= lon <= 180)]
    assert (wrong, [n for n, _, _, code in points if code and country(code) is None]) == ([], [])


def test_numbers_are_of_features_that_are_there() -> None:
    """A number nobody reads would be a misspelt name."""
    data = sources.lexicon("features")
    assert [n for n in data["geonames"] if not any(n in data[kind] for kind in build.FEATURES)] == []


def test_modifiers_and_the_like_give_known_codes() -> None:
    data = agents()
    assert {*data.modifiers.values(), *data.faiths.values(), *data.of_states.values()} <= CODES
    assert data.private <= CODES
    assert [code for code in data.homes.values() if country(code) is None] == []
