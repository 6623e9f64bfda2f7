"""Pairs: which events join two actors, and which type answers."""

from __future__ import annotations

from typing import Any

import pytest

from made import INFO
from sayso.evaluation import Evaluation, evaluate
from sayso.records import Actor, Article, Coding, Event, Party, Span

TEXT = "Norland and Sudland met; it praised her neighbour."
NORLAND, SUDLAND, IT, HER = Span(0, 7), Span(12, 19), Span(25, 27), Span(36, 49)
ACTORS = (
    Actor(id="a1", name="Norland", mentions=(NORLAND, IT)),
    Actor(id="a2", name="Sudland", mentions=(SUDLAND, HER)),
)
WHO = {NORLAND: "a1", IT: "a1", SUDLAND: "a2", HER: "a2"}


def event(type: str, actors: list[Span], recipients: list[Span] | None = None, score: float = 0.5) -> Event:
    parties = [tuple(Party(actor=WHO[span], span=span) for span in side) for side in (actors, recipients or [])]
    name = f"{type}{actors}{recipients}"
    return Event(id=name, trigger=IT, span=IT, type=type, actors=parties[0], recipients=parties[1], score=score)


def row(
    root: str | None, source: Span | None = NORLAND, target: Span | None = SUDLAND, id: str = "x"
) -> dict[str, Any]:
    return {"id": id, "text": TEXT, "source_span": source, "target_span": target, "root": root}


def scored(gold: dict[str, Any], *events: Event) -> Evaluation:
    coding = Coding(coder=INFO, article=Article(id="x", text=TEXT), actors=ACTORS, events=events)
    return evaluate("pairs", [gold], [coding])


def test_from_an_actor_to_a_recipient() -> None:
    assert scored(row("SUPPORT"), event("SUPPORT", [NORLAND], [SUDLAND])).headline == 100
    assert scored(row("SUPPORT"), event("SUPPORT", [SUDLAND], [NORLAND])).headline == 0
    assert scored(row("SUPPORT"), event("SUPPORT", [NORLAND])).value("coverage") == 0


def test_an_actor_stands_wherever_it_is_mentioned() -> None:
    assert scored(row("SUPPORT"), event("SUPPORT", [IT], [HER])).headline == 100


@pytest.mark.parametrize("type", ["AGREE", "CONSULT", "COOPERATE"])
def test_mutual_types_go_both_ways(type: str) -> None:
    assert scored(row(type), event(type, [SUDLAND], [NORLAND])).headline == 100
    assert scored(row(type), event(type, [NORLAND, SUDLAND])).headline == 100


def test_an_assault_has_both_sides_as_actors_but_one_direction() -> None:
    assert scored(row("ASSAULT"), event("ASSAULT", [SUDLAND, NORLAND])).headline == 100
    assert scored(row("ASSAULT"), event("ASSAULT", [SUDLAND], [NORLAND])).headline == 0
    assert scored(row("SUPPORT"), event("SUPPORT", [NORLAND, SUDLAND])).headline == 0


def test_both_sides_must_be_different_actors() -> None:
    assert scored(row("CONSULT", target=IT), event("CONSULT", [NORLAND])).value("coverage") == 0


def test_a_null_span_asks_nothing() -> None:
    assert scored(row("SUPPORT", source=None), event("SUPPORT", [SUDLAND], [HER])).headline == 100
    assert scored(row("SUPPORT", target=None), event("SUPPORT", [NORLAND])).headline == 100


def test_the_highest_scored_answers_the_headline_and_any_the_others() -> None:
    events = event("SUPPORT", [NORLAND], [SUDLAND], 0.4), event("REJECT", [NORLAND], [SUDLAND], 0.8)
    result = scored(row("SUPPORT"), *events)
    assert (result.headline, result.value("macro_f1"), result.value("accuracy")) == (0, 100, 100)
    assert result.value("events_per_row") == 2


def test_type_only_asks_no_actors() -> None:
    result = scored(row("REJECT"), event("REJECT", [SUDLAND], [NORLAND]))
    assert (result.value("type_only"), result.value("accuracy"), result.value("coverage")) == (100, 0, 0)


def test_none_is_an_answer() -> None:
    assert scored(row(None)).value("none_f1") == 100
    assert scored(row(None), event("REJECT", [SUDLAND], [NORLAND])).headline == 100
    assert scored(row(None), event("SUPPORT", [NORLAND], [SUDLAND])).headline == 0


def test_yield_stands_for_concede_and_retreat_where_the_gold_knows_it() -> None:
    assert scored(row("YIELD"), event("CONCEDE", [NORLAND], [SUDLAND])).headline == 100
    assert scored(row("RETREAT"), event("CONCEDE", [NORLAND], [SUDLAND])).headline == 0


def test_every_type_of_the_gold_weighs_the_same() -> None:
    gold = [row("SUPPORT", id="1"), row("SUPPORT", id="2"), row("REJECT", id="3")]
    found = [
        Coding(
            coder=INFO,
            article=Article(id=name, text=TEXT),
            actors=ACTORS,
            events=(event("SUPPORT", [NORLAND], [SUDLAND]),),
        )
        for name in "123"
    ]
    assert evaluate("pairs", gold, found).headline == pytest.approx(100 * (4 / 5 + 0) / 2)
