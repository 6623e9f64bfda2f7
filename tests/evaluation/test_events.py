"""Events of whole articles: which belongs to which mark, and what is wrong with each."""

from __future__ import annotations

from typing import Any

import pytest

from made import INFO
from sayso.evaluation import Evaluation, evaluate
from sayso.records import Actor, Article, Coding, Event, Party, Span

TEXT = "Guards beat Ann. She was beaten. Ben may strike."
GUARDS, BEAT, ANN, SHE, BEATEN, BEN, STRIKE = (
    Span(TEXT.index(w), TEXT.index(w) + len(w)) for w in ("Guards", "beat", "Ann", "She", "beaten", "Ben", "strike")
)
ACTORS = (
    Actor(id="a1", name="Guards", mentions=(GUARDS,)),
    Actor(id="a2", name="Ann", mentions=(ANN, SHE)),
    Actor(id="a3", name="Ben", mentions=(BEN,)),
)
WHO = {GUARDS: "a1", ANN: "a2", SHE: "a2", BEN: "a3"}


def event(trigger: Span, type: str = "ASSAULT", **fields: Any) -> Event:
    for side in ("actors", "recipients"):
        fields[side] = tuple(Party(actor=WHO[span], span=span) for span in fields.get(side, ()))
    return Event(id=f"{trigger}{type}", trigger=trigger, span=trigger, type=type, score=0.5, **fields)


def mark(trigger: Span, type: str = "ASSAULT", **fields: Any) -> dict[str, Any]:
    return {"trigger": trigger, "type": type, "realis": "actual", **fields}


def scored(marks: list[dict[str, Any]], *events: Event) -> Evaluation:
    coding = Coding(coder=INFO, article=Article(id="x", text=TEXT), actors=ACTORS, events=events)
    return evaluate("events", [{"id": "x", "text": TEXT, "events": marks}], [coding])


WHOLE = mark(BEAT, actors=[GUARDS], recipients=[ANN])


def test_an_event_with_its_parties_is_right() -> None:
    found = scored([WHOLE], event(BEAT, actors=[GUARDS], recipients=[ANN]))
    assert found.headline == found.value("right") == found.value("actor_f1") == 100


def test_a_party_stands_by_any_mention_of_its_actor() -> None:
    assert scored([WHOLE], event(BEAT, actors=[GUARDS], recipients=[SHE])).value("right") == 100


@pytest.mark.parametrize(
    ("found", "fault"),
    [
        (event(STRIKE, "PROTEST"), "not_an_event"),
        (event(BEAT, "COERCE", actors=[GUARDS], recipients=[ANN]), "wrong_type"),
        (event(BEAT, actors=[GUARDS], recipients=[ANN, BEN]), "wrong_party"),
        (event(BEAT, actors=[GUARDS]), "wrong_party"),
        (event(BEAT, actors=[GUARDS], recipients=[ANN], realis="future"), "wrong_realis"),
        (event(BEAT, actors=[GUARDS], recipients=[ANN], background=True), "wrong_realis"),
    ],
)
def test_an_event_has_one_fault(found: Event, fault: str) -> None:
    result = scored([WHOLE], found)
    assert result.value(fault) == 100
    assert result.value("right") == 0


def test_mentions_of_one_act_are_asked_for_once() -> None:
    marks = [mark(BEAT, act=1), mark(BEATEN, act=1)]
    assert scored(marks, event(BEATEN)).headline == 100
    assert scored(marks, event(BEAT), event(BEATEN)).value("repeated") == 50
    assert scored(marks).value("missed") == 100


def test_what_is_marked_maybe_counts_neither_way() -> None:
    marks = [mark(BEAT), mark(STRIKE, "PROTEST", maybe=True)]
    assert scored(marks, event(BEAT)).headline == 100
    assert scored(marks, event(BEAT), event(STRIKE, "PROTEST")).headline == 100


def test_events_of_articles_without_marks_are_alarms() -> None:
    assert scored([], event(BEAT), event(BEATEN)).value("alarms") == 200
    assert scored([mark(BEAT)], event(STRIKE)).value("alarms") == 0
