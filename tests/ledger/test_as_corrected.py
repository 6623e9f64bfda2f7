"""What people have corrected is what is counted, drawn, listed and chosen at once; what the coder made stays beside it."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import select

from ledger.conftest import MakeLedger
from ledger.stories import add, bombing, coded
from sayso.coding.coder import Coder
from sayso.ledger import Ledger, Selection
from sayso.ledger.asking import situation
from sayso.ledger.asking.choosing import in_order
from sayso.ledger.database import reading
from sayso.ledger.schema import incident
from sayso.records import Span

SHOT = "Soldiers shot dead seven protesters in Almaty on Wednesday, the interior ministry said."
KARACHI = "A bomb exploded in Karachi on Tuesday, killing four people, police said."
AKTAU = {"name": "Aktau", "latitude": 43.65, "longitude": 51.2, "country": "KAZ", "precision": "settlement"}
TIME = {"start": "2022-01-03", "end": "2022-01-03", "granularity": "day"}
CORRECTED: tuple[tuple[str, str, Any], ...] = (
    ("shot dead", "events/type", "PROTEST"),
    ("shot dead", "events/place", AKTAU),
    ("shot dead", "events/time", TIME),
    ("Soldiers", "actors/name", "Miners"),
)
ASKED: tuple[dict[str, Any], ...] = (
    {},
    {"type": "ASSAULT"},
    {"type": "protest"},
    {"place": "Almaty"},
    {"place": "aktau"},
    {"place": "PAK"},
    {"since": "2022-01-05"},
    {"until": "2022-01-03"},
    {"actor": "soldiers"},
    {"actor": "miners"},
    {"source": "herald"},
    {"source": "ministry"},
    {"standing": "claimed"},
    {"box": (76.0, 43.0, 78.0, 44.0)},
    {"box": (50.0, 43.0, 52.0, 44.0)},
    {"category": "unrest"},
    {"least_reports": 2},
)


def span(words: str) -> Span:
    start = SHOT.index(words)
    return Span(start, start + len(words))


def correct(ledger: Ledger, words: str, field: str, value: Any) -> str:
    made = ledger.annotate("herald", span(words), kind="editing", creator="reader", field=field, value=value)
    ledger.review(made, "accepted", who="editor")
    return made


@pytest.fixture
def two(ledger: Ledger, coder: Coder) -> Ledger:
    """A ledger of two articles on two things, with the records computed."""
    add(ledger, [coded(coder, SHOT, outlet="Herald"), coded(coder, KARACHI, outlet="Dawn")])
    ledger.annotate("herald", span("seven"), kind="classifying", creator="me", body="unrest")
    return ledger


def glance(ledger: Ledger, **wanted: Any) -> tuple[Any, ...]:
    """What the situation shows: counts, days, squares of the map, and the listed records. Nothing is computed anew for it."""
    selection = Selection(**wanted)
    with reading(ledger.engine) as connection:
        counts = situation.counts(connection, selection)
        bars = [(bar.first, bar.counts) for bar in situation.timeline(connection, selection) if bar.counts]
        cells = [(round(cell.latitude), round(cell.longitude)) for cell in situation.cells(connection, selection, 1.0)]
        listed = situation.page(connection, selection, offset=0, limit=9).records
    return counts.type, counts.country, bars, sorted(cells), listed


def test_a_correction_is_in_the_situation_at_once(two: Ledger) -> None:
    """And gone when it is withdrawn, which leaves all as it was."""
    before = glance(two)
    made = [correct(two, *one) for one in CORRECTED]
    types, countries, bars, cells, listed = glance(two)
    assert types == {"ASSAULT": 1, "PROTEST": 1}
    assert countries == {"KAZ": 1, "PAK": 1}
    assert [first for first, _ in bars] == [738158, 738159]  # 3 and 4 January 2022
    assert cells == [(25, 67), (44, 51)]
    assert listed != before[-1]
    for one in made:
        two.review(one, "withdrawn", who="editor")
    assert glance(two) == before


def test_filters_choose_what_is_corrected(two: Ledger) -> None:
    for one in CORRECTED:
        correct(two, *one)
    for wanted in ({"type": "PROTEST"}, {"place": "Aktau"}, {"until": "2022-01-03"}, {"actor": "miners"}):
        assert len(glance(two, **wanted)[-1]) == 1, wanted
    for wanted in ({"place": "Almaty"}, {"actor": "soldiers"}, {"box": (76.0, 43.0, 78.0, 44.0)}):
        assert glance(two, **wanted)[-1] == [], wanted


def test_what_is_no_event_is_not_in_the_situation(two: Ledger) -> None:
    """As the coder has it, it is there still."""
    before = list(two.incidents())
    made = correct(two, "shot dead", "events", None)
    assert len(glance(two)[-1]) == 1
    assert list(two.incidents()) == before
    gone = next(one.id for one in before if one.reports[0].article == "herald")
    assert two.incident(gone) is not None
    assert two.incident(gone, corrected=True) is None
    two.review(made, "withdrawn", who="editor")
    assert len(glance(two)[-1]) == 2


@pytest.mark.parametrize("wanted", ASKED)
def test_corrections_change_nothing_of_what_the_coder_made(two: Ledger, wanted: dict[str, Any]) -> None:
    """Whatever is asked for, the same incidents in the same order as before."""
    before = list(two.incidents(Selection(**wanted)))
    for one in CORRECTED:
        correct(two, *one)
    assert list(two.incidents(Selection(**wanted))) == before
    assert [one.incident for one in two.dossiers(Selection(**wanted))] == before
    with reading(two.engine) as connection:
        assert len(in_order(connection, Selection(**wanted), corrected=False)) == len(before)


def test_of_an_incident_in_several_articles_one_is_corrected(ledger: Ledger, coder: Coder) -> None:
    """The others count as they are: where most say otherwise, it stays as it was."""
    add(ledger, bombing(coder))
    text = bombing(coder)[0].article.text
    start = text.index("Baghdad")
    (one,) = ledger.incidents()
    made = ledger.annotate(
        "herald", Span(start, start + 7), kind="editing", creator="me", field="places/name", value="Basra"
    )
    ledger.review(made, "accepted", who="editor")
    found = ledger.incident(one.id, corrected=True)
    assert found is not None
    assert len(found.reports) == len(one.reports)
    assert found != one
    assert list(ledger.incidents()) == [one]


def test_a_correction_comes_along_when_ledgers_merge(new_ledger: MakeLedger, two: Ledger) -> None:
    for one in CORRECTED:
        correct(two, *one)
    into = new_ledger()
    list(into.merge(two, who="me"))
    into.refresh()
    assert glance(into)[:-1] == glance(two)[:-1]


def test_a_correction_holds_when_incidents_are_found_anew(two: Ledger) -> None:
    for one in CORRECTED:
        correct(two, *one)
    before = glance(two)
    two.recluster()
    two.refresh()
    assert glance(two) == before


def test_nothing_of_a_forgotten_article_stays_in_what_was_corrected(two: Ledger) -> None:
    for one in CORRECTED:
        correct(two, *one)
    two.forget("herald", who="me")
    two.refresh()
    with two.engine.connect() as connection:
        kept = connection.execute(select(incident.c.corrected).where(incident.c.corrected.is_not(None))).all()
    assert kept == []
    assert list(two.check()) == []
