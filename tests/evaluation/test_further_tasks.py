"""Actors, chains of mentions, figures and circumstances scored."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

import made
from made import INFO
from sayso.evaluation import evaluate
from sayso.records import Actor, Article, Coding, Event, Figure, Place, Time

TEXT = "Ana Lopes of Peru met two envoys in Lima on Monday. She praised them."
at = partial(made.at, text=TEXT)


def coding(**parts: Any) -> Coding:
    return Coding(coder=INFO, article=Article(id="x", text=TEXT), **parts)


def scored(task: str, found: Coding, **gold: Any) -> dict[str, float]:
    result = evaluate(task, [{"id": "x", "text": TEXT, **gold}], [found])
    return {figure.name: figure.value for figure in result.figures} | {"SCORE": result.headline}


LOPES = Actor(id="a1", name="Ana Lopes", country="PER", sectors=("GOV",), mentions=(at("Ana Lopes"), at("She")))
ENVOYS = Actor(id="a2", name="two envoys", sectors=("GOV",), mentions=(at("two envoys"), at("them")))


@pytest.mark.parametrize(
    ("phrase", "right"),
    [
        ({"country": "PER", "sectors": ["GOV"]}, 100),
        ({"country": "BOL", "country_may": ["PER"], "sectors": [], "sectors_may": ["GOV"]}, 100),
        ({"country": "BOL", "sectors": ["GOV"]}, 0),
        ({"country": "PER", "sectors": ["GOV", "LEG"]}, 0),
        ({"country": "PER", "sectors": []}, 0),
    ],
)
def test_country_and_sectors_must_both_be_right(phrase: dict[str, Any], right: float) -> None:
    """What may be given is neither asked for nor held against the coder."""
    gold = {"phrases": [{"span": at("Ana Lopes"), **phrase}]}
    assert scored("actors", coding(actors=(LOPES, ENVOYS)), **gold)["SCORE"] == right


def test_a_phrase_that_nobody_has_is_wrong() -> None:
    gold = {"phrases": [{"span": at("Peru"), "country": "PER", "sectors": []}]}
    found = scored("actors", coding(actors=(LOPES,)), **gold)
    assert (found["SCORE"], found["found"]) == (0, 0)


def test_chains_that_are_kept_apart_score_full() -> None:
    chains = [[at("Ana Lopes"), at("She")], [at("two envoys"), at("them")]]
    found = scored("coreference", coding(actors=(LOPES, ENVOYS)), chains=chains)
    assert (found["b3_f1"], found["link_f1"], found["found"]) == (100, 100, 100)


def test_two_people_made_one_cost_precision_and_one_made_two_recall() -> None:
    chains = [[at("Ana Lopes"), at("She")], [at("two envoys"), at("them")]]
    one = Actor(id="a1", name="Ana Lopes", mentions=(*LOPES.mentions, *ENVOYS.mentions))
    merged = scored("coreference", coding(actors=(one,)), chains=chains)
    assert (merged["b3_p"], merged["b3_r"], merged["link_r"]) == (50, 100, 100)
    parts = tuple(Actor(id=f"a{n}", name="x", mentions=(span,)) for n, chain in enumerate(chains) for span in chain[n:])
    split = scored("coreference", coding(actors=parts), chains=chains)
    assert split["b3_p"] == 100
    assert split["b3_r"] < 100


def figure(words: str, **fields: Any) -> Figure:
    return Figure(id=f"f{len(words)}", span=at(words), text=words, **fields)


def test_bounds_and_measure_must_both_be_right() -> None:
    gold = {"sentences": [at(TEXT)], "figures": [{"span": at("two"), "low": 2, "high": 2, "measure": "participants"}]}
    right = figure("two", low=2, high=2, measure="participants")
    assert scored("quantities", coding(figures=(right,)), **gold)["SCORE"] == 100
    for wrong in ({"measure": "killed"}, {"high": None}):
        assert scored("quantities", coding(figures=(right.model_copy(update=wrong),)), **gold)["SCORE"] == 0
    spare = figure("Monday", low=1, high=1, measure="killed")
    assert scored("quantities", coding(figures=(right, spare)), **gold)["measured_p"] == 50


def test_places_and_times_of_events_are_scored_apart() -> None:
    lima = Place(id="p1", name="Lima", mentions=(at("Lima"),))
    peru = Place(id="p2", name="Peru", mentions=(at("Peru"),))
    monday = Time(id="t1", text="Monday", span=at("Monday"), start="2022-01-03", end="2022-01-03")
    event = Event(id="e1", trigger=at("met"), span=at("met"), type="CONSULT", place="p1", time="t1")
    mark = {"trigger": at("met"), "type": "CONSULT", "places": [at("Lima")], "start": "2022-01-03", "end": "2022-01-03"}
    found = coding(places=(lima, peru), times=(monday,), events=(event,))
    assert scored("circumstances", found, events=[mark])["SCORE"] == 100
    moved = event.model_copy(update={"place": "p2"})
    elsewhere = coding(places=(lima, peru), times=(monday,), events=(moved,))
    assert scored("circumstances", elsewhere, events=[mark])["place_f1"] == 0
    assert scored("circumstances", elsewhere, events=[mark | {"maybe": "place"}])["place_p"] == 0
    bare = event.model_copy(update={"place": None, "time": None})
    silent = {"trigger": at("met"), "type": "CONSULT"}
    assert scored("circumstances", coding(events=(bare,)), events=[silent])["place_none"] == 100
