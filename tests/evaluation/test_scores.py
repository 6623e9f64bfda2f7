"""What holds of every task's scores: gold is right, less is never better, order does not matter."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from made import INFO
from sayso.errors import InputError
from sayso.evaluation import TASKS, Gold, evaluate
from sayso.evaluation.conllu import read_conllu
from sayso.records import Actor, Article, Coding, Event, Party, Place, Span, Statement, Time

LENGTH = 40
TEXT = "abc de fgh ij " * 3

Row = dict[str, Any]
SPAN = st.tuples(st.integers(0, LENGTH - 8), st.integers(1, 8)).map(lambda s: Span(s[0], s[0] + s[1]))
SPANS = st.lists(SPAN, min_size=1, max_size=8, unique=True).map(lambda spans: tuple(apart(spans)))
PLACE = {"latitude": 6.0, "longitude": 1.0, "geonameid": 7}
DAY = "2020-05-04"


def apart(spans: list[Span]) -> list[Span]:
    """Those that overlap none before them, each of them with a word character."""
    kept: list[Span] = []
    for span in spans:
        if TEXT[span.start : span.end].strip() and not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return kept or [Span(0, 3)]


def attributions(spans: tuple[Span, ...]) -> Row:
    return {"attributions": [{"source": span, "cue": None, "content": span} for span in spans]}


def statements(spans: tuple[Span, ...]) -> Row:
    return {
        "statements": tuple(
            Statement(id=f"s{s.start}", kind="direct", act="say", speaker_span=s, content_spans=(s,)) for s in spans
        )
    }


def toponyms(spans: tuple[Span, ...]) -> Row:
    return {"toponyms": [{"span": span, **PLACE} for span in spans]}


def places(spans: tuple[Span, ...]) -> Row:
    return {"places": tuple(Place(id=f"p{s.start}", name="x", mentions=(s,), **PLACE) for s in spans)}


def marks(spans: tuple[Span, ...]) -> Row:
    return {"times": [{"span": span, "type": "DATE", "value": DAY} for span in spans]}


def times(spans: tuple[Span, ...]) -> Row:
    return {"times": tuple(Time(id=f"t{s.start}", text="x", span=s, start=DAY, end=DAY) for s in spans)}


def sentences(spans: tuple[Span, ...]) -> Row:
    return {"sentences": [{"span": span, "labels": ["AID"]} for span in spans]}


def events(spans: tuple[Span, ...]) -> Row:
    return {"events": tuple(Event(id=f"e{s.start}", trigger=s, span=s, type="AID") for s in spans)}


Maker = Callable[[tuple[Span, ...]], Row]
TALLIED: dict[str, tuple[Maker, Maker]] = {
    "attribution": (attributions, statements),
    "places": (toponyms, places),
    "times": (marks, times),
    "sentences": (sentences, events),
}
"""Gold of some spans, and a coding that says the same."""


def coding(name: str, **records: Any) -> Coding:
    return Coding(coder=INFO, article=Article(id=name, text=TEXT), **records)


@pytest.mark.parametrize("task", TALLIED)
@settings(max_examples=50, deadline=None)
@given(spans=SPANS)
def test_what_is_in_the_gold_is_right(task: str, spans: tuple[Span, ...]) -> None:
    gold, found = TALLIED[task]
    result = evaluate(task, [{"id": "x", "text": TEXT, **gold(spans)}], [coding("x", **found(spans))])
    assert result.headline == pytest.approx(100)
    assert (result.articles, result.missing, result.altered) == (1, 0, 0)


@pytest.mark.parametrize("task", TALLIED)
@settings(max_examples=50, deadline=None)
@given(spans=SPANS, others=SPANS, data=st.data())
def test_without_a_right_item_no_f1_rises(
    task: str, spans: tuple[Span, ...], others: tuple[Span, ...], data: st.DataObject
) -> None:
    """Whatever else was found elsewhere."""
    gold, found = TALLIED[task]
    rows = [{"id": "x", "text": TEXT, **gold(spans)}]
    wrong = tuple(other for other in others if not any(other.overlaps(span) for span in spans))
    gone = data.draw(st.sampled_from(spans))
    less = tuple(span for span in spans if span != gone)
    whole, part = (evaluate(task, rows, [coding("x", **found(some + wrong))]) for some in (spans, less))
    assert part.headline < whole.headline
    assert all(p.value <= w.value for p, w in zip(part.figures, whole.figures, strict=True) if w.name.endswith("f1"))


@pytest.mark.parametrize("task", TALLIED)
@settings(max_examples=50, deadline=None)
@given(spans=SPANS, others=SPANS)
def test_values_are_shares_and_articles_come_in_any_order(
    task: str, spans: tuple[Span, ...], others: tuple[Span, ...]
) -> None:
    gold, found = TALLIED[task]
    rows = [{"id": name, "text": TEXT, **gold(some)} for name, some in (("a", spans), ("b", others))]
    codings = [coding("a", **found(others)), coding("b", **found(spans))]
    result = evaluate(task, rows, codings)
    assert all(0 <= f.value <= 100 for f in result.figures if f.name != "median_error_km")
    assert evaluate(task, rows[::-1], codings[::-1]).figures == result.figures


@pytest.mark.parametrize("task", TALLIED)
def test_a_missing_article_scores_as_empty_and_a_spare_one_is_passed_over(task: str) -> None:
    gold, found = TALLIED[task]
    spans = (Span(0, 3), Span(7, 10))
    rows = [{"id": name, "text": text, **gold(spans)} for name, text in (("a", TEXT), ("b", f"{TEXT}!"))]
    result = evaluate(task, rows, [coding("a", **found(spans)), coding("z", **found(spans))])
    assert (result.missing, result.headline) == (1, pytest.approx(100 * 2 / 3))


def test_a_coding_of_another_text_is_told() -> None:
    rows = [{"id": "x", "text": f"{TEXT} more", **marks((Span(0, 3),))}]
    assert evaluate("times", rows, [coding("x")]).altered == 1


def test_pairs_in_the_gold_are_right() -> None:
    source, target = Span(0, 3), Span(7, 10)
    actors = tuple(Actor(id=f"a{span.start}", name="x", mentions=(span,)) for span in (source, target))
    parties = tuple(Party(actor=actor.id, span=actor.mentions[0]) for actor in actors)
    event = Event(id="e", trigger=source, span=source, type="AID", actors=parties[:1], recipients=parties[1:])
    row = {"id": "x", "text": TEXT, "source_span": source, "target_span": target, "root": "AID"}
    assert evaluate("pairs", [row], [coding("x", actors=actors, events=(event,))]).headline == 100


WORDS = st.lists(
    st.tuples(st.text("abc", min_size=1, max_size=3), st.sampled_from("XY"), st.integers(0, 5)), min_size=1
)


@settings(max_examples=50, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=3))
def test_a_treebank_is_right_about_itself(sentences: list[list[tuple[str, str, int]]]) -> None:
    text = treebank(sentences)
    gold = [Gold("x", {"id": one.id, "text": one.text}, one) for one in read_conllu(text.split("\n"), "x")]
    result = evaluate("parse", gold, [text])
    assert {figure.value for figure in result.figures} == {100.0}


def treebank(sentences: list[list[tuple[str, str, int]]]) -> str:
    lines = []
    for words in sentences:
        lines.append("# doc_id = x")
        for number, (form, upos, head) in enumerate(words, start=1):
            head = head % (len(words) + 1)
            lines.append(f"{number}\t{form}\t_\t{upos}\t_\t_\t{head}\tdep\t_\t_")
        lines.append("")
    return "\n".join(lines) + "\n"


def test_errors_among_the_predictions_are_no_predictions() -> None:
    found: list[Any] = [InputError("x", "too long")]
    assert evaluate("times", [{"id": "x", "text": TEXT, **marks((Span(0, 3),))}], found).missing == 1


def test_another_task_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no task 'weather'; there is: parse, .*sentences"):
        evaluate("weather", [], [])
    assert len(TASKS) == 14


def test_a_figure_goes_by_its_name() -> None:
    result = evaluate("times", [{"id": "x", "text": TEXT, **marks((Span(0, 3),))}], [])
    assert result.value("SCORE") == result.value("value_f1") == 0
    with pytest.raises(KeyError):
        result.value("value")


def test_a_wrong_row_is_named_by_its_number() -> None:
    with pytest.raises(InputError, match="gold:2: no text"):
        evaluate("times", [{"id": "x", "text": TEXT, "times": []}, {"id": "y"}], [])
