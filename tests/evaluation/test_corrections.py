"""The coder measured on what people corrected."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

import made
from made import INFO
from sayso.evaluation.corrections import outcome, score_corrections
from sayso.ledger import Ledger
from sayso.ledger.dossier import Annotation
from sayso.ledger.people import corrections
from sayso.ledger.people.accepted import Correction, accepted
from sayso.records import Actor, Article, CoderInfo, Coding, Event, Figure, Party, Place

TEXT = "Police fired on a crowd in Paris, Texas, on Monday. Nine people were hurt, the mayor said."
at = partial(made.at, text=TEXT)

FRANCE = Place(id="p1", name="Paris", geonameid=2988507, country="FRA", mentions=(at("Paris"),))
TEXAS = Place(id="p1", name="Paris", geonameid=4717560, country="USA", mentions=(at("Paris"),))
POLICE = Actor(id="a1", name="Police", mentions=(at("Police"),))
CROWD = Actor(id="a2", name="a crowd", mentions=(at("a crowd"),))


def coding(text: str = TEXT, places: tuple[Place, ...] = (FRANCE,), **changed: Any) -> Coding:
    """The shots, as some coder has them."""
    event = {
        "id": "e1",
        "trigger": at("fired", text=text),
        "span": at("fired", text=text),
        "type": "ASSAULT",
        "place": "p1",
    }
    figure = Figure(id="f1", span=at("Nine"), text="Nine", low=9, high=9, measure="killed")
    actors = (POLICE, CROWD)
    return Coding(
        coder=INFO,
        article=Article(id="x", text=text),
        actors=actors,
        places=places,
        figures=(figure,),
        events=(Event.model_validate({**event, **changed}),),
    )


def correction(words: str, field: str, value: Any, former: Coding | None = None) -> Correction:
    """An accepted one, of `former`."""
    span = at(words)
    given = Annotation(
        "c1", "x", "editing", "Ada", "2026-01-02T00:00:00+00:00", span, words, "", "", "", field, json.dumps(value), state="accepted"
    )  # fmt: skip
    return Correction(given, given, former or coding())


PROTEST = correction("fired", "events/type", "PROTEST")


@pytest.mark.parametrize(("type", "found"), [("PROTEST", "right"), ("ASSAULT", "still"), ("COERCE", "neither")])
def test_a_field_is_right_still_wrong_or_wrong_anew(type: str, found: str) -> None:
    assert outcome(PROTEST, coding(type=type)) == found


def test_what_is_not_there_any_more_is_neither() -> None:
    """No record stands at the words."""
    assert outcome(PROTEST, coding().model_copy(update={"events": ()})) == "neither"


def test_a_record_that_is_none_is_right_to_be_gone() -> None:
    """And still wrong to be there, whatever it says."""
    none = correction("fired", "events", None)
    assert outcome(none, coding().model_copy(update={"events": ()})) == "right"
    assert outcome(none, coding(type="PROTEST")) == "still"


@pytest.mark.parametrize(
    ("given", "texas", "france"),
    [
        ({"name": "Paris", "geonameid": 4717560}, "right", "still"),
        ({"name": "Paris"}, "right", "right"),
        ({"name": "Texas"}, "still", "still"),
    ],
)
def test_a_place_goes_by_its_number_where_one_is_given(given: dict[str, Any], texas: str, france: str) -> None:
    """Else by its name; the ids of two codings mean nothing to each other."""
    one = correction("fired", "events/place", given)
    moved = TEXAS.model_copy(update={"id": "p7"})
    assert outcome(one, coding(places=(moved,), place="p7")) == texas
    assert outcome(one, coding()) == france


def test_parties_go_by_their_actors_and_words() -> None:
    """Under whatever ids."""
    party = {"actor": "a2", "span": at("a crowd")}
    one = correction("fired", "events/recipients", [party])
    assert outcome(one, coding(recipients=(Party(**party),))) == "right"
    assert outcome(one, coding()) == "still"
    assert outcome(one, coding(recipients=(Party(actor="a1", span=at("Police")),))) == "neither"


def test_figures_are_by_field_and_over_all() -> None:
    """In per cent of the corrections of a field; SCORE is how many are right."""
    rows = [
        (PROTEST, coding(type="PROTEST")),
        (PROTEST, coding()),
        (correction("Nine", "figures/measure", "injured"), coding()),
        (correction("Nine", "figures/high", None), coding()),
    ]
    scored = score_corrections(rows)
    told = {figure.name: (round(figure.value), figure.n) for figure in scored.figures}
    assert told["events/type_right"] == (50, 2)
    assert told["events/type_still"] == (50, 2)
    assert told["figures/measure_still"] == (100, 1)
    assert (told["right"], told["still"], told["neither"]) == ((25, 4), (75, 4), (0, 4))
    assert scored.headline == 25


def test_nothing_corrected_scores_nothing() -> None:
    assert score_corrections([]).headline == 0


def dated(monkeypatch: pytest.MonkeyPatch, time: str) -> None:
    """Let it be this time in the ledger."""
    for module in ("sayso.ledger.keeping.now", "sayso.ledger.people.corrections.now"):
        monkeypatch.setattr(module, lambda *_: time)


def test_a_correction_keeps_what_it_corrected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Accepted ones alone, with the coding of their time, though the article was coded anew and its text has grown."""
    first = coding()
    with Ledger.open(tmp_path / "ledger.db") as ledger:
        dated(monkeypatch, "2026-01-01T10:00:00+00:00")
        ledger.add(first)
        dated(monkeypatch, "2026-01-02T10:00:00+00:00")
        mine = ledger.annotate("x", at("fired"), kind="editing", creator="Ada", field="events/type", value="PROTEST")
        ledger.annotate("x", at("fired"), kind="editing", creator="Ada", field="events/mode", value="demo")
        ledger.annotate("x", at("Nine"), kind="commenting", creator="Ada", body="So few?")
        ledger.review(mine, "accepted", who="Bo")
        dated(monkeypatch, "2026-01-03T10:00:00+00:00")
        longer = f"An update. {TEXT}"
        other = CoderInfo(**{**INFO.model_dump(), "version": "9.9"})
        newer = Coding(
            coder=other,
            article=Article(id="x", text=longer),
            events=(Event(id="e1", trigger=at("fired", text=longer), span=at("fired", text=longer), type="PROTEST"),),
        )
        ledger.add(newer)
        (found,) = accepted(ledger.engine)
    assert found.given.id == mine
    assert found.given.span == at("fired", text=longer)
    assert (found.then.span, found.coding) == (at("fired"), first)
    assert outcome(found, newer) == "right"
    assert (
        outcome(found, newer.model_copy(update={"events": (newer.events[0].model_copy(update={"type": "ASSAULT"}),)}))
        == "still"
    )


def test_a_correction_is_applied_as_the_ledger_does(tmp_path: Path) -> None:
    """Whatever is right changes nothing when it is corrected once more."""
    made = corrections.corrected(coding(), [PROTEST.given])
    assert made.events[0].type == "PROTEST"
    assert outcome(PROTEST, made) == "right"
