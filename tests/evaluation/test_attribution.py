"""Attribution: roles exactly and by tokens, and who is joined to what."""

from __future__ import annotations

from functools import partial
from typing import Any

import made
from made import INFO
from sayso.evaluation import Evaluation, evaluate
from sayso.records import Article, Coding, Statement

TEXT = "Ann said it rained all day long, and Bob said that the river rose."
at = partial(made.at, text=TEXT)


def attribution(source: str | None, cue: str, *content: str) -> dict[str, Any]:
    return {"source": source and at(source), "cue": at(cue), "content": [at(part) for part in content]}


def statement(speaker: str | None, cue: str, *content: str) -> Statement:
    return Statement(
        id=f"s{cue}{speaker}",
        kind="indirect",
        act="say",
        speaker_span=at(speaker) if speaker else None,
        cue_span=at(cue),
        content_spans=tuple(at(part) for part in content),
    )


def scored(gold: list[dict[str, Any]], *statements: Statement) -> Evaluation:
    coding = Coding(coder=INFO, article=Article(id="x", text=TEXT), statements=statements)
    return evaluate("attribution", [{"id": "x", "text": TEXT, "attributions": gold}], [coding])


RAIN = attribution("Ann", "said", "it rained all day long")


def test_half_of_the_content_is_enough_for_the_relation() -> None:
    assert scored([RAIN], statement("Ann", "said", "it rained all")).value("relation_f1") == 100
    assert scored([RAIN], statement("Ann", "said", "it rained")).value("relation_f1") == 0


def test_a_wrong_source_breaks_the_relation() -> None:
    assert scored([RAIN], statement("Bob", "said", "it rained all day long")).value("relation_f1") == 0
    assert scored([RAIN], statement(None, "said", "it rained all day long")).value("relation_f1") == 0


def test_gold_without_a_source_asks_nothing_of_the_speaker() -> None:
    gold = [attribution(None, "said", "it rained all day long")]
    result = scored(gold, statement("Bob", "said", "it rained all day long"))
    assert (result.headline, result.value("source_exact_p"), result.value("source_exact_r")) == (100, 0, 0)


def test_gold_without_content_is_left_out_of_the_relation() -> None:
    gold = [RAIN, attribution("Bob", "said")]
    assert scored(gold, statement("Ann", "said", "it rained all day long")).value("relation_r") == 100


def test_the_content_with_the_most_in_common_is_paired() -> None:
    """A spare statement is wrong, whichever stands first."""
    result = scored(
        [RAIN], statement("Ann", "said", "it rained all day"), statement("Ann", "Bob", "it rained all day long")
    )
    assert (result.value("relation_p"), result.value("relation_r")) == (50, 100)


def test_a_role_in_parts_is_one_item_of_which_all_must_match() -> None:
    gold = [attribution("Ann", "said", "it rained", "all day long")]
    assert scored(gold, statement("Ann", "said", "all day long", "it rained")).value("content_exact_f1") == 100
    part = scored(gold, statement("Ann", "said", "it rained"))
    assert (part.value("content_exact_f1"), part.value("content_token_p")) == (0, 100)
    assert part.value("content_token_r") == 100 * 2 / 5


def test_one_source_of_two_is_one_item() -> None:
    gold = [RAIN, attribution("Ann", "said", "that the river rose")]
    found = scored(gold, statement("Ann", "said", "it rained all day long"))
    assert (found.value("source_exact_r"), found.figures[5].n) == (100, 1)


def test_tokens_are_words_and_single_marks() -> None:
    gold = [attribution("Ann", "said", "day long,")]
    assert scored(gold, statement("Ann", "said", "ay lon")).value("content_token_r") == 100 * 2 / 3
