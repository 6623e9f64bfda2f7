"""Which time an event has."""

from __future__ import annotations

import pytest
from spacy.language import Language

from sayso.coding.coder import Coder
from sayso.coding.draft import Draft, EventDraft
from sayso.coding.parsed import Doc
from sayso.coding.ranges import Range
from sayso.coding.when import day_of, find_times, time_events
from sayso.records import Article


def times(
    nlp: Language, text: str, *triggers: str, type_: str = "ASSAULT", published: str = "2022-01-05"
) -> list[str | None]:
    """The first day that each of the triggers gets."""
    doc = Doc(nlp(text))
    draft = Draft(Article(id="t", text=text, published=published), doc, blocks=[None] * len(doc))
    for word in triggers:
        token = next(t for t in doc if t.text == word)
        draft.events.append(EventDraft(Range(token.i, token.i + 1), token.i, Range(0, len(doc)), type_))
    find_times(draft)
    time_events(draft)
    return [event.time.start if event.time else None for event in draft.events]


@pytest.mark.parametrize(
    ("text", "trigger", "start"),
    [
        ("Rebels shelled the port on Monday.", "shelled", "2022-01-03"),
        ("Monday's attack was the third.", "attack", "2022-01-03"),
        ("On Tuesday, gunmen stormed the station.", "stormed", "2022-01-04"),
        ("Gunmen began storming the station on Tuesday.", "storming", "2022-01-04"),
        ("The army attacked the village on Sunday, killing 12 people.", "killing", "2022-01-02"),
        ("The author was jailed in 1983.", "jailed", "1983-01-01"),
        ("The union will strike on Friday.", "strike", "2022-01-07"),
        ("The riots took place on Sunday.", "riots", "2022-01-02"),
        ("Soldiers shot a looter late on Tuesday, a few hours after the earthquake.", "shot", "2022-01-04"),
    ],
)
def test_an_event_has_the_time_of_its_clause(nlp: Language, text: str, trigger: str, start: str) -> None:
    assert times(nlp, text, trigger) == [start]


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("Police said on Monday that gunmen had attacked the bank.", "attacked"),
        ("The president on Monday condemned the attack.", "attack"),
        ("The rebels agreed on Monday to withdraw.", "withdraw"),
        ("Rebels shelled the port.", "shelled"),
        ("He was arrested on Monday after he attacked a guard.", "attacked"),
    ],
)
def test_the_time_of_the_telling_is_not_that_of_the_event(nlp: Language, text: str, trigger: str) -> None:
    assert times(nlp, text, trigger) == [None]


@pytest.mark.parametrize(
    ("text", "trigger", "day"),
    [
        ("Gunmen stormed the bank on Monday. They killed a guard.", "killed", "2022-01-03"),
        ("Gunmen stormed the bank on Monday.\n\nThey killed a guard.", "killed", "2022-01-03"),
        ("Gunmen stormed the bank on Monday. They had killed a guard.", "killed", None),
        ("Gunmen stormed the bank on Monday. They were previously convicted of arson.", "convicted", None),
        ("Two pilgrims were killed in a bombing that happened on 2 January.", "killed", "2022-01-02"),
        ("On Monday the mayor resigned and a deputy was sworn in.", "sworn", "2022-01-03"),
        ("He was arrested in Gulu at 2am local time (2300 UTC) on Sunday.", "arrested", "2022-01-02"),
        ("On Monday the king signed a decree banning veils.", "banning", "2022-01-03"),
    ],
)
def test_a_story_goes_on(nlp: Language, text: str, trigger: str, day: str | None) -> None:
    """Over sentences and paragraphs until another time is told; not for what had been before."""
    assert times(nlp, text, trigger) == [day]


def test_the_reason_is_told(nlp: Language) -> None:
    doc = Doc(nlp("Rebels shelled the port on Monday."))
    draft = Draft(Article(id="t", text=doc.text, published="2022-01-05"), doc, blocks=[None] * len(doc))
    draft.events.append(EventDraft(Range(1, 2), 1, Range(0, len(doc)), "ASSAULT"))
    find_times(draft)
    time_events(draft)
    assert draft.events[0].because == ["time: its own words"]


@pytest.mark.parametrize(
    ("published", "day"), [("2022-01-05T10:00:00Z", "2022-01-05"), ("", None), (None, None), ("soon", None)]
)
def test_the_day_of_publication(published: str | None, day: str | None) -> None:
    found = day_of(published)
    assert (found.isoformat() if found else None) == day


def test_the_end_of_a_thing_is_not_its_time(coder: Coder) -> None:
    coding = coder("A curfew remains in force until 19 January.", published="2022-01-06")
    assert [event.time for event in coding.events if event.mode == "curfew"] == [None]
