"""What is an event is weighed: the rules' doubts, the pattern and the network together; the score is a likelihood."""

from __future__ import annotations

import pytest
from spacy.language import Language

from sayso.coding.coder import Coder
from sayso.coding.draft import Draft, EventDraft
from sayso.coding.parsed import Doc
from sayso.coding.ranges import Range
from sayso.coding.weighing import KEPT, weigh_events
from sayso.records import Article


def test_without_a_network_the_rules_doubt_is_enough(nlp: Language) -> None:
    doc = Doc(nlp("Rebels attacked the town."))
    draft = Draft(article=Article(id="t", text=doc.text), doc=doc, blocks=[None] * len(doc))
    sure = EventDraft(Range(1, 2), 1, Range(0, 5), "ASSAULT")
    draft.events = [sure, EventDraft(Range(3, 4), 3, Range(0, 5), "AID", doubt="a manner of speaking")]
    weigh_events(draft)
    assert draft.events == [sure]


@pytest.mark.parametrize(
    ("text", "type_"),
    [
        ("Gunmen killed nine villagers in the north on Monday, police said.", "ASSAULT"),
        ("Police arrested three students after the march in the capital.", "COERCE"),
        ("The foreign minister accused the rebels of breaking the truce.", "ACCUSE"),
        ("Thousands of teachers marched through the capital to demand higher pay.", "PROTEST"),
    ],
)
def test_what_every_analyst_would_code_is_likely(coder: Coder, text: str, type_: str) -> None:
    scores = [event.score for event in coder(text).events if event.type == type_]
    assert scores
    assert max(scores) >= 0.7


@pytest.mark.parametrize(
    "text",
    [
        "The striker's late shot killed the match, and the visitors collapsed.",
        "Analysts attacked the film's script but praised its colours.",
        "Shares in the airline crashed after the profit warning.",
        "She fought a long battle with cancer and died at home.",
    ],
)
def test_what_nobody_would_code_is_dropped(coder: Coder, text: str) -> None:
    assert not coder(text).events


def test_every_event_is_at_least_as_likely_as_asked(coder: Coder) -> None:
    text = (
        "Troops stormed the camp and seized weapons, the army said. The governor condemned the raid and called for talks. "
        "Residents feared new clashes. In the evening the union called off its strike."
    )
    events = coder(text).events
    assert events
    assert all(KEPT <= event.score <= 1 for event in events)
