"""An event with one party gets the other from its sentence, where the event head finds one likely."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.coding.completing import LIKELY, complete_parties
from sayso.coding.draft import Draft
from sayso.coding.ranges import Range
from sayso.coding.what import find_events
from sayso.coding.who import find_actors

TEXT = "Bern froze the accounts, a blow to the ruling party of Oman, and the farmers cheered."


class Heard:
    """A head that finds one pair of words likely and no other."""

    def __init__(self, draft: Draft, word: str, likely: float):
        self.place = next(t.i for t in draft.doc if t.text == word)
        self.likely = likely

    def between(self, source: Range, target: Range, sentence: Range) -> dict[str, float]:
        here = self.place in source or self.place in target
        return dict.fromkeys(("NONE", "SANCTION", "COERCE"), self.likely if here else 0.0)


@pytest.fixture
def draft(draft_of: Callable[[str], Draft]) -> Draft:
    made = draft_of(TEXT)
    find_actors(made)
    find_events(made)
    made.events = [event for event in made.events if event.actors]
    assert made.events
    for event in made.events:
        event.recipients.clear()
    return made


def test_the_likeliest_party_of_the_sentence_is_taken(draft: Draft) -> None:
    draft.telling = Heard(draft, "farmers", LIKELY)  # type: ignore[assignment]
    complete_parties(draft)
    (party,) = draft.events[0].recipients
    assert draft.doc[party.range.end - 1].text == "farmers"
    assert "likeliest in its sentence" in draft.events[0].because[-1]


def test_none_is_taken_where_none_is_likely(draft: Draft) -> None:
    draft.telling = Heard(draft, "farmers", LIKELY - 0.01)  # type: ignore[assignment]
    complete_parties(draft)
    assert draft.events[0].recipients == []


def test_without_an_event_head_nothing_is_completed(draft: Draft) -> None:
    draft.telling = None
    complete_parties(draft)
    assert draft.events[0].recipients == []
