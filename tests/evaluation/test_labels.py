"""Labels of sentences: each label, and the three means."""

from __future__ import annotations

from typing import Any

import pytest

from made import INFO
from sayso.evaluation import evaluate
from sayso.evaluation.labels import LabelMap
from sayso.records import Article, Coding, Event, Span

TEXT = "They met. They fought. They rested."
SENTENCES = [Span(0, 9), Span(10, 22), Span(23, 35)]


def event(start: int, type: str) -> Event:
    return Event(id=f"e{start}", trigger=Span(start, start + 3), span=Span(start, start + 3), type=type)


CODING = Coding(
    coder=INFO, article=Article(id="x", text=TEXT), events=(event(5, "CONSULT"), event(15, "ASSAULT"), event(28, "AID"))
)


def gold(*labels: list[str]) -> list[dict[str, Any]]:
    sentences = [{"span": span, "labels": some} for span, some in zip(SENTENCES, labels, strict=True)]
    return [{"id": "x", "text": TEXT, "sentences": sentences}]


def given(*labels: list[str]) -> LabelMap:
    return lambda coding, spans: labels


def test_without_a_map_the_labels_are_the_types_of_events() -> None:
    """AID is no label of the gold and is passed over."""
    assert evaluate("sentences", gold(["CONSULT"], ["ASSAULT"], []), [CODING]).value("micro_f1") == 100


def test_the_three_means() -> None:
    wanted, found = gold(["a"], ["a"], ["a", "b"]), given(["a"], ["a", "b"], ["a"])
    result = evaluate("sentences", wanted, [CODING], labels=found)
    assert (result.value("a_f1"), result.value("b_f1"), result.value("macro_f1")) == (100, 0, 50)
    assert (result.value("micro_f1"), result.value("weighted_f1")) == (75, 75)
    assert result.headline == 50


def test_the_headline_is_a_mean_or_a_label() -> None:
    wanted, found = gold(["a"], [], ["b"]), given(["a"], ["a"], [])
    values = [evaluate("sentences", wanted, [CODING], labels=found, headline=name).headline for name in ("micro", "b")]
    assert values == [50, 0]
    with pytest.raises(ValueError, match="no label 'c'"):
        evaluate("sentences", wanted, [CODING], labels=found, headline="c")


def test_labels_may_be_of_the_whole_text() -> None:
    """The map sees the coding as it is written, and one span."""
    seen: list[Any] = []

    def labels(coding: dict[str, Any], spans: list[Span]) -> list[list[str]]:
        seen.append((coding["article"]["id"], spans))
        return [["riot"]]

    rows = [{"id": "x", "text": TEXT, "labels": ["riot"]}]
    assert evaluate("sentences", rows, [CODING], labels=labels).headline == 100
    assert seen == [("x", [Span(0, len(TEXT))])]


def test_a_map_gives_a_list_for_each_sentence() -> None:
    with pytest.raises(ValueError, match="1 lists for 3 sentences"):
        evaluate("sentences", gold(["a"], [], []), [CODING], labels=given(["a"]))


def test_an_article_without_a_coding_has_no_labels() -> None:
    result = evaluate("sentences", gold(["a"], [], []), [], labels=given(["a"], [], []))
    assert (result.headline, result.missing) == (0, 1)
