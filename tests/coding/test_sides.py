"""Who takes part: the likely nouns, whoever is coordinated with them, and nobody on both sides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sayso.coding.draft import ActorDraft, Draft, EventDraft, PartyDraft
from sayso.coding.ranges import Range
from sayso.coding.sides import ALONE, BESIDE, LIKELY, Asked, chosen_of, different

TEXT = "Police and soldiers arrested Ann near the bridge."
WORDS = ("Police", "soldiers", "Ann", "bridge")


@pytest.fixture
def asked(draft_of: Callable[[str], Draft]) -> list[Asked]:
    doc = draft_of(TEXT).doc
    return [Asked(next(t for t in doc if t.text == word), ({}, {})) for word in WORDS]


def chosen(asked: list[Asked], actor: list[float], recipient: list[float], type_: str = "COERCE") -> list[list[str]]:
    event = EventDraft(Range(3, 4), 3, Range(0, 8), type_)
    return [[t.text for t in chosen_of(event, asked, [actor, recipient], side)] for side in (0, 1)]


def test_the_likely_are_taken_each_on_its_side(asked: list[Asked]) -> None:
    assert chosen(asked, [0.9, 0.9, 0.1, 0.0], [0.0, 0.1, 0.8, 0.2]) == [["Police", "soldiers"], ["Ann"]]


def test_a_member_of_a_coordination_needs_less(asked: list[Asked]) -> None:
    assert chosen(asked, [0.9, BESIDE, 0.0, BESIDE], [0.0] * 4)[0] == ["Police", "soldiers"]
    assert chosen(asked, [0.9, BESIDE - 0.01, 0.0, 0.0], [0.0] * 4)[0] == ["Police"]


def test_where_none_is_likely_the_best_may_do(asked: list[Asked]) -> None:
    assert ALONE < LIKELY
    assert chosen(asked, [0.0] * 4, [0.0, 0.0, ALONE, 0.1])[1] == ["Ann"]
    assert chosen(asked, [0.0] * 4, [0.0, 0.0, ALONE - 0.01, 0.1])[1] == []


def test_nobody_is_on_both_sides_but_of_mutual_acts(asked: list[Asked]) -> None:
    both = [0.9, 0.9, 0.0, 0.0], [0.8, 0.8, 0.7, 0.0]
    assert chosen(asked, *both) == [["Police", "soldiers"], ["Ann"]]
    assert chosen(asked, *both, type_="CONSULT") == [["Police", "soldiers"], ["Police", "soldiers", "Ann"]]


def test_an_actor_is_a_party_once_at_its_first_words() -> None:
    one, other = ActorDraft("one"), ActorDraft("other")
    parties = [PartyDraft(other, Range(4, 5)), PartyDraft(one, Range(2, 3)), PartyDraft(other, Range(9, 10))]
    assert [(p.actor.name, p.range.start) for p in different(parties)] == [("one", 2), ("other", 4)]
