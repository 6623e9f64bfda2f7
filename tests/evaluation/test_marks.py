"""Marks that are kept apart from their texts."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from sayso.coding.modes import modes_by_type
from sayso.evaluation.gold import EventMark, StatementMark
from sayso.evaluation.marks import read_marked

ARTICLES = {
    "a": {"id": "a", "text": "Police fired.", "published": "2020-05-04", "license": "x"},
    "b": {"id": "b", "text": "Calm."},
}
MARKS = [{"trigger": [7, 12], "type": "ASSAULT", "realis": "actual"}]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    rows = [{"id": "a", "split": "dev", "events": MARKS}, {"id": "b", "split": "test", "events": []}]
    file = tmp_path / "marks.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return file


def test_marks_come_with_the_fields_of_their_article(path: Path) -> None:
    (row,) = read_marked(path, ARTICLES, "dev")
    assert row == {"id": "a", "text": "Police fired.", "published": "2020-05-04", "split": "dev", "events": MARKS}


def test_only_the_splits_that_are_asked_for_come(path: Path) -> None:
    assert [row["id"] for row in read_marked(path, ARTICLES, "dev", "test")] == ["a", "b"]
    assert not list(read_marked(path, ARTICLES, "train"))


def test_marks_without_their_article_are_an_error(path: Path) -> None:
    with pytest.raises(KeyError, match="b"):
        list(read_marked(path, {"a": ARTICLES["a"]}, "test"))


MARKED = sorted((Path(__file__).parents[2] / "training" / "marks").glob("*.jsonl"))


@pytest.mark.parametrize("file", MARKED, ids=lambda file: file.stem)
def test_the_marks_of_the_project_are_sound(file: Path) -> None:
    """Types, modes and spans are such as the scorer reads; a text of the project's own holds its spans."""
    known = modes_by_type()
    for line in file.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        assert row["split"] in ("train", "dev", "test")
        length = len(row.get("text", "")) or sys.maxsize
        for event in row["events"]:
            mark = EventMark.model_validate(event, context=length)
            assert mark.type in known
            assert mark.mode is None or mark.mode in known[mark.type], mark
            assert mark.realis in ("actual", "attempted", "future", "hypothetical", "negated")


MEASURED = MARKED[0].parents[2] / "benchmarks" / "marks"


def test_the_statements_measured_against_are_sound() -> None:
    """Every outer statement is there, and who is named has words that name them."""
    for line in (MEASURED / "statements.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        marks = [StatementMark.model_validate(mark, context=sys.maxsize) for mark in row["statements"]]
        ids = {mark.id for mark in marks}
        assert len(ids) == len(marks)
        for mark in marks:
            assert mark.within is None or mark.within in ids
            assert bool(mark.names) == (mark.who != "nobody")
            assert mark.form in ("direct", "indirect", "mixed")


def test_the_headlines_measured_against_are_sound() -> None:
    rows = [json.loads(line) for line in (MEASURED / "headlines.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["label"] for row in rows} == {"supported", "attributed", "unsupported"}
    test, dev = ({row["id"] for row in rows if row["split"] == split} for split in ("test", "dev"))
    assert test
    assert dev
    assert not test & dev


def test_no_article_is_both_taught_and_tested() -> None:
    splits: dict[str, set[str]] = {}
    for file in MARKED:
        for line in file.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            splits.setdefault(row["id"], set()).add(row["split"])
    assert all(len(found) == 1 for found in splits.values())
