"""`sayso code` into a folder: when that is meant, what it refuses, and what it says in the end."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from sayso.cli import running
from sayso.cli.commands import app
from sayso.cli.scaling import Scale, Watch, duration, is_folder, pace, summary
from sayso.coding.coder import Coder
from sayso.reading import open_articles
from sayso.records import Coding
from sayso.scaling import Progress, Tally

NOTHING = Scale(None, None, None, None, False)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(one) for one in arguments])


def test_a_folder_is_meant_where_it_is_named_or_needed(tmp_path: Path) -> None:
    """It is there, or its name ends as one, or there is more than one process to write."""
    assert is_folder(str(tmp_path), NOTHING)
    assert is_folder("new/", NOTHING)
    assert is_folder("new", NOTHING._replace(workers=2))
    assert not is_folder("new", NOTHING)
    assert not is_folder(None, NOTHING)


def test_articles_go_into_shards_as_they_go_to_standard_output(
    tmp_path: Path, coder: Coder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Byte for byte; errors are counted by kind, and again nothing is done twice."""
    path = tmp_path / "in.jsonl"
    rows = [
        {"id": str(n), "text": f"At least {n} people were killed in Mosul on Tuesday, police said."}
        for n in range(2, 6)
    ]
    path.write_text("".join(f"{json.dumps(row)}\n" for row in [*rows, {"id": "9", "text": ""}]), encoding="utf-8")
    first = run("code", path, "-o", f"{tmp_path / 'out'}/", "--shard-size", "3", "--workers", "1")
    assert first.exit_code == 1
    assert "4 articles coded (" in first.stderr
    assert "1 was not: no article 1 (errors.jsonl)" in first.stderr
    assert f"error: {path}:5: " in first.stderr, "so little is named at once"
    assert first.stdout == ""
    parts = [one.read_text(encoding="utf-8") for one in sorted((tmp_path / "out").glob("part-*"))]
    codings = [one.to_json() for one in coder.pipe(open_articles(path)) if isinstance(one, Coding)]
    assert ["".join(f"{one}\n" for one in codings[at : at + 3]) for at in (0, 3)] == parts
    again = run("code", path, "-o", tmp_path / "out", "--shard-size", "3")
    assert "0 of them new" in again.stderr


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (["--workers", "2"], "name the folder"),
        (["-o", "OUT/", "--format", "html"], "shards are jsonl or csv, not html"),
        (["-o", "OUT/", "--format", "csv", "--bom"], "are not for shards"),
        (["-o", "OUT/", "--explain"], "are not for shards"),
        (["-o", "OUT/", "--workers", "0"], "--workers"),
        (["-o", "OUT/", "--columns", "wrong=body"], "no such field"),
    ],
)
def test_what_shards_cannot_be_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: list[str], words: str
) -> None:
    """Before anything is made."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(running, "make_gazetteer", lambda: None)
    result = run("code", "in.jsonl", *given)
    assert result.exit_code == 2
    assert words in " ".join(result.stderr.split())
    assert list(tmp_path.iterdir()) == []


def test_the_bar_says_how_fast_and_how_long() -> None:
    """Of what this run did; what earlier ones did costs no time any more."""
    progress = Progress(Tally(300, 290, 120_000), Tally(100, 100, 40_000), read=3_000, skipped=1_000, total=11_000)
    assert pace(progress, 20) == "300, 10.0 a second, 4,000 words a second, 1 min 20 s left"
    assert pace(progress._replace(total=0), 20) == "300, 10.0 a second, 4,000 words a second"


def test_the_last_line_says_what_was_left_out_and_why() -> None:
    watch = Watch(lambda step, share: None)
    watch.fresh = 1243
    tally = Tally(1243, 1203, 500_000, 9_000, {"unreadable": 3, "no article": 37})
    assert summary(tally, watch, Path("OUT")) == (
        "OUT: 1,203 articles coded (500,000 words, 9,000 events) in 0 s; 40 were not: no article 37, unreadable 3 (errors.jsonl)"
    )


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.4, "0 s"), (59.6, "1 min 0 s"), (125, "2 min 5 s"), (12_000, "3 h 20 min")]
)
def test_durations_are_in_two_units(seconds: float, words: str) -> None:
    assert duration(seconds) == words
