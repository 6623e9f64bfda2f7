"""Gold files and prediction files: what is read, and what is said of a wrong one."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from made import coding as made
from sayso.errors import InputError, InvalidArticle, UnreadableInput
from sayso.evaluation import read_gold
from sayso.evaluation.files import read_codings, read_parses
from sayso.records import Article

TEXT = "In Lomé."
GOOD: dict[str, dict[str, Any]] = {
    "attribution": {"attributions": [{"source": None, "cue": [0, 2], "content": [[0, 2], [3, 7]]}]},
    "places": {"toponyms": [{"span": [3, 7], "geonameid": 2365267, "latitude": 6.13, "longitude": None}]},
    "times": {"published": "2020-05-04", "times": [{"span": [3, 7], "type": "DATE", "value": None}]},
    "entities": {"entities": [{"span": [3, 7], "label": "LOC"}]},
    "pairs": {"source_span": [0, 2], "target_span": None, "root": None},
    "events": {"events": [{"trigger": [0, 2], "type": "AID", "actors": [[3, 7]], "realis": "future"}]},
    "statements": {"statements": [{"content": [3, 7], "who": "nobody", "form": "indirect", "act": "say"}]},
    "sentences": {"sentences": [{"span": [0, 8], "labels": ["a"]}]},
}


def wrong(task: str, *path: str | int, value: Any) -> dict[str, Any]:
    """Good gold with one field changed."""
    row: Any = json.loads(json.dumps(GOOD[task]))
    here = row
    for key in path[:-1]:
        here = here[key]
    here[path[-1]] = value
    return dict(row)


BAD = [
    ("attribution", {}, "attributions: Field required"),
    (
        "attribution",
        wrong("attribution", "attributions", 0, "cue", value=[2, 0]),
        r"attributions\.0\.cue: no span of a text",
    ),
    ("places", wrong("places", "toponyms", 0, "span", value=[3, 70]), r"toponyms\.0\.span: no span of a text of 8"),
    ("places", wrong("places", "toponyms", 0, "span", value=None), r"toponyms\.0\.span: no span"),
    ("places", wrong("places", "toponyms", 0, "latitude", value="north"), r"toponyms\.0\.latitude: "),
    ("times", {"times": [{"span": [3, 7], "type": "DATE"}]}, r"times\.0\.value: Field required"),
    ("entities", {"entities": {"span": [3, 7]}}, "entities: "),
    ("pairs", {"source_span": [0, 2]}, "root: Field required"),
    ("events", {"events": [{"type": "AID"}]}, r"events\.0\.trigger: Field required"),
    (
        "events",
        wrong("events", "events", 0, "actors", value=[[3, 70]]),
        r"events\.0\.actors\.0: no span of a text of 8",
    ),
    ("statements", wrong("statements", "statements", 0, "who", value="somebody"), r"statements\.0\.who: "),
    ("sentences", {}, "neither sentences nor labels"),
    ("sentences", {"labels": "riot"}, "labels: "),
]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "gold.jsonl"


@pytest.mark.parametrize("task", GOOD)
def test_every_task_has_its_gold(task: str, path: Path) -> None:
    row = {"id": 7, "text": TEXT, "note": "passed over", **GOOD[task]}
    path.write_text("\n" + json.dumps(row) + "\n", encoding="utf-8")
    (gold,) = read_gold(task, path)
    article = gold.article()
    assert isinstance(article, Article)
    assert (gold.id, gold.text, gold.name) == ("7", TEXT, f"{path}:2")
    assert (article.id, article.text, article.published) == ("7", TEXT, row.get("published"))


@pytest.mark.parametrize(("task", "row", "reason"), BAD)
def test_a_wrong_row_is_named_by_file_line_and_field(task: str, row: dict[str, Any], reason: str, path: Path) -> None:
    good = json.dumps({"id": "a", "text": TEXT, **GOOD[task]})
    path.write_text(f"{good}\n{json.dumps({'id': 'b', 'text': TEXT, **row})}\n", encoding="utf-8")
    with pytest.raises(InvalidArticle, match=rf"gold\.jsonl:2: {reason}") as caught:
        read_gold(task, path)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("line", "reason"), [("{", "broken JSON"), ("[]", "not a JSON object"), ('{"id": 1}', "no text")]
)
def test_what_is_no_row_is_refused(line: str, reason: str, path: Path) -> None:
    path.write_text(line, encoding="utf-8")
    with pytest.raises(InvalidArticle, match=rf"gold\.jsonl:1: {reason}"):
        read_gold("times", path)


def test_gold_may_be_gzipped_and_have_windows_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "gold.iob2.gz"
    path.write_bytes(gzip.compress("# newdoc id = a\r\nLomé\tB-LOC\r\n\r\n".encode()))
    (gold,) = read_gold("entities", path)
    assert (gold.id, gold.text.strip(), gold.marks.entities[0].label) == ("a", "Lomé", "LOC")


def test_a_line_separator_in_a_string_ends_no_line(path: Path) -> None:
    text = "A\u2028B"
    path.write_text(json.dumps({"id": "a", "text": text, "times": []}, ensure_ascii=False), encoding="utf-8")
    assert read_gold("times", path)[0].text == text


@pytest.mark.parametrize(
    ("data", "name", "reason"),
    [
        (b"", "g.jsonl", "no gold in it"),
        (b"\xff\xfe\xff", "g.jsonl", "not UTF-8"),
        (b"not gzip", "g.jsonl.gz", "broken gzip"),
        (gzip.compress(b"{}" * 99, mtime=0)[:-9], "g.jsonl.gz", "broken gzip"),
        (None, "g.jsonl", "No such file"),
    ],
    ids=["empty", "not UTF-8", "not gzip", "cut short", "missing"],
)
def test_a_file_that_cannot_be_read_is_named(data: bytes | None, name: str, reason: str, tmp_path: Path) -> None:
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableInput, match=rf"{name}: .*{reason}"):
        read_gold("times", tmp_path / name)


def test_an_article_that_cannot_be_coded_says_why(path: Path) -> None:
    path.write_text('{"id": "a", "text": " ", "times": []}', encoding="utf-8")
    article = read_gold("times", path)[0].article()
    assert isinstance(article, InputError)
    assert "the text is empty" in str(article)


def test_codings_are_read_as_they_were_written(path: Path) -> None:
    path.write_text(made().to_json() + "\n", encoding="utf-8")
    assert read_codings(path) == [made()]


@pytest.mark.parametrize(
    ("line", "reason"), [('{"article": 1}', "no coding: coder: Field required"), ("{", "no coding: ")]
)
def test_what_is_no_coding_is_named(line: str, reason: str, path: Path) -> None:
    path.write_text(f"\n{line}\n", encoding="utf-8")
    with pytest.raises(InvalidArticle, match=rf"gold\.jsonl:2: {reason}"):
        read_codings(path)


def test_codings_are_no_parses(path: Path) -> None:
    path.write_text(made().to_json(), encoding="utf-8")
    with pytest.raises(InvalidArticle, match=r"gold\.jsonl:1: a word has 10 columns"):
        read_parses(path)
