"""Marks that are kept apart from their texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

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
