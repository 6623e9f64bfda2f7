"""Times: the words, and the days they name."""

from __future__ import annotations

from typing import Any

from made import INFO
from sayso.evaluation import Evaluation, evaluate
from sayso.records import Article, Coding, Span, Time

TEXT = "On 4 May 2020 they met for three days; now they rest."
DAY, LONG, NOW = Span(3, 13), Span(27, 37), Span(39, 42)


def mark(span: Span, value: str | None, type: str = "DATE") -> dict[str, Any]:
    return {"span": span, "type": type, "value": value}


def time(span: Span, start: str | None = None, end: str | None = None) -> Time:
    return Time(id=f"t{span.start}", text=span.of(TEXT), span=span, start=start, end=end)


def scored(gold: list[dict[str, Any]], *times: Time) -> Evaluation:
    coding = Coding(coder=INFO, article=Article(id="x", text=TEXT), times=times)
    return evaluate("times", [{"id": "x", "text": TEXT, "times": gold}], [coding])


def test_both_days_must_be_right() -> None:
    gold = [mark(DAY, "2020-05")]
    assert scored(gold, time(DAY, "2020-05-01", "2020-05-31")).headline == 100
    assert scored(gold, time(DAY, "2020-05-01", "2020-05-30")).headline == 0
    assert scored(gold, time(DAY)).headline == 0


def test_the_hour_does_not_matter() -> None:
    gold = [mark(DAY, "2020-05-04T10:00", "TIME")]
    assert scored(gold, time(DAY, "2020-05-04T11:00", "2020-05-04T12:00")).headline == 100


def test_overlap_is_relaxed() -> None:
    result = scored([mark(DAY, "2020-05-04")], time(Span(0, 13), "2020-05-04", "2020-05-04"))
    assert (result.value("strict_f1"), result.value("relaxed_f1"), result.value("value_f1")) == (0, 100, 100)


def test_durations_and_the_present_count_as_words_only() -> None:
    """What is found on them is no wrong value either; what is found beside them is."""
    gold = [mark(DAY, "2020-05-04"), mark(LONG, "P3D", "DURATION"), mark(NOW, "PRESENT_REF")]
    day, long = time(DAY, "2020-05-04", "2020-05-04"), time(LONG, "2020-05-04", "2020-05-06")
    assert scored(gold, day, long, time(NOW)).value("value_p") == 100
    assert scored(gold, day, long).value("strict_r") == 100 * 2 / 3
    assert scored([gold[0]], day, long).value("value_p") == 50


def test_a_null_value_names_no_interval() -> None:
    result = scored([mark(DAY, None)], time(DAY, "2020-05-04", "2020-05-04"))
    assert (result.value("strict_f1"), [f.n for f in result.figures[-3:]]) == (100, [0, 0, 0])
