"""Statements scored by whose word they are."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

import made
from made import INFO
from sayso.evaluation import evaluate
from sayso.records import Actor, Article, Channel, Coding, Statement

TEXT = "Mayor Ana Lopes spoke on Radio Karst. She said the dam was safe. It was reported that the road was cut."
at = partial(made.at, text=TEXT)


def mark(content: str, **fields: Any) -> dict[str, Any]:
    return {
        "content": at(content),
        "who": "named",
        "names": [at("Mayor Ana Lopes")],
        "form": "indirect",
        "act": "say",
    } | fields


GOLD = [
    mark("the dam was safe", id=1, cue=at("said"), source=at("She")),
    mark("the road was cut", id=2, cue=at("reported"), who="nobody", names=[]),
]


def coding(*statements: Statement, name: str = "Ana Lopes") -> Coding:
    mayor = Actor(id="a1", name=name, mentions=(at("Mayor Ana Lopes"), at("She")))
    other = Actor(id="a2", name="Radio Karst", mentions=(at("Radio Karst"),))
    return Coding(coder=INFO, article=Article(id="x", text=TEXT), actors=(mayor, other), statements=statements)


def said(content: str, speaker: str | None, **fields: Any) -> Statement:
    return Statement(
        id=f"s{len(content)}", kind="indirect", act="say", speaker=speaker, content_spans=(at(content),), **fields
    )


def figures(found: Coding, gold: list[dict[str, Any]] = GOLD) -> dict[str, float]:
    result = evaluate("statements", [{"id": "x", "text": TEXT, "statements": gold}], [found])
    return {figure.name: figure.value for figure in result.figures} | {"SCORE": result.headline}


def test_right_speakers_and_nobody_score_full() -> None:
    found = figures(coding(said("the dam was safe", "a1"), said("the road was cut", None)))
    assert found["SCORE"] == found["statement_f1"] == found["speaker_named"] == found["speaker_nobody"] == 100


def test_another_actor_or_none_is_wrong() -> None:
    assert figures(coding(said("the dam was safe", "a2")))["speaker_found"] == 0
    assert figures(coding(said("the dam was safe", None)))["speaker_found"] == 0
    assert figures(coding(said("the road was cut", "a1")))["speaker_nobody"] == 0


def test_an_actor_named_otherwise_is_wrong_whatever_was_merged_into_it() -> None:
    assert figures(coding(said("the dam was safe", "a1"), name="Radio Karst"))["speaker_named"] == 0


def test_missing_statements_count_against_the_headline_alone() -> None:
    found = figures(coding(said("the dam was safe", "a1")))
    assert found["speaker_found"] == 100
    assert found["SCORE"] == 50


def test_what_may_be_left_out_counts_neither_way() -> None:
    gold = [GOLD[0], GOLD[1] | {"maybe": True}]
    for statements in (
        [said("the dam was safe", "a1")],
        [said("the dam was safe", "a1"), said("the road was cut", "a1")],
    ):
        assert figures(coding(*statements), gold)["SCORE"] == 100
        assert figures(coding(*statements), gold)["statement_p"] == 100


def test_a_channel_is_asked_for_apart_from_its_speaker() -> None:
    radio = Channel(name="Radio Karst", kind="broadcaster", span=at("Radio Karst"))
    gold = [GOLD[0] | {"channel": at("Radio Karst")}]
    assert figures(coding(said("the dam was safe", "a1", channel=radio)), gold)["channel_f1"] == 100
    assert figures(coding(said("the dam was safe", "a1")), gold)["channel_f1"] == 0
    itself = [mark("the dam was safe", names=[at("Radio Karst")], source=at("Radio Karst"))]
    assert (
        figures(coding(said("the dam was safe", "a2", channel=radio)), itself)["channel_f1"] == 0
    )  # nothing asked, nothing wrong


def test_nesting_is_right_where_the_outer_one_is() -> None:
    outer, inner = mark("said the dam was safe", id=7), mark("the dam was safe", id=8, within=7)
    one = Statement(id="s1", kind="indirect", act="say", speaker="a1", content_spans=(at("said the dam was safe"),))
    two = Statement(
        id="s2", kind="indirect", act="say", speaker="a1", content_spans=(at("the dam was safe"),), within="s1"
    )
    assert figures(coding(one, two), [outer, inner])["within"] == 100
    assert figures(coding(one, two.model_copy(update={"within": None})), [outer, inner])["within"] == pytest.approx(50)
