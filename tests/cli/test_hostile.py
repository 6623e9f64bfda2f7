"""Rows that no one would write on purpose, through the real coder: each is named, and the rest are coded."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

GOOD = "Police arrested nine people in Almaty on Wednesday, the ministry said."
DEEP = 20_000

BROKEN = {
    2: '{"id": "broken", "text": "no end',
    3: '{"id": "textless"}',
    4: '{"id": "number", "text": 7}',
    5: '{"id": ["list"], "text": "Quiet day."}',
    6: '["not", "an", "object"]',
    7: '{"id": "empty", "text": "  "}',
    8: '{"id": "surrogate", "text": "half \\ud800 a pair"}',
    9: "[" * DEEP,
    10: '{"id": "deep", "text": ' + "[" * DEEP + "]" * DEEP + "}",
}
ODD = {
    "control": "Police\u0000 arrested\u001b[31m nine\u0007 people\u202e in Almaty.",
    "brackets": f"{GOOD} {'(' * DEEP}{')' * DEEP} {GOOD}",
    "newlines": "\n" * DEEP + GOOD,
    "quotes": '"' * 3_000 + GOOD,
    "combining": "Almaty" + "\u0301" * 900 + " " + GOOD,
    "emoji": "\U0001f525" * 2_000 + " " + GOOD,
}


def names(line: str, article: str) -> bool:
    """Whether an error line names the article: by its id, or by its file and its id."""
    return line.startswith((f"error: {article}: ", f"error: hostile.jsonl ({article}): "))


def test_hostile_rows_are_named_and_the_rest_are_coded(tmp_path: Path) -> None:
    """One line of error for each bad row, a coding for each good one in order, status 1, never a traceback.

    Texts that are merely odd are coded or refused by name, and end within the time limit.
    """
    path = tmp_path / "hostile.jsonl"
    rows = [json.dumps({"id": "first", "text": GOOD}), *BROKEN.values()]
    rows += [json.dumps({"id": name, "text": text}) for name, text in ODD.items()]
    rows += [json.dumps({"id": "word", "text": "x" * 100_000}), json.dumps({"id": "last", "text": GOOD})]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "sayso", "code", str(path), "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=280)
    coded = [json.loads(line)["article"]["id"] for line in done.stdout.splitlines()]
    *errors, summary = done.stderr.splitlines()
    assert summary == f"note: {len(coded)} articles coded, {len(errors)} could not be read or coded"
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert coded[0] == "first"
    assert coded[-1] == "last"
    assert all(line.startswith("error: ") for line in errors)
    for number in BROKEN:
        assert any(line.startswith(f"error: {path}:{number}: ") for line in errors), number
    assert any(names(line, "word") for line in errors)
    for name in ODD:
        assert (name in coded) or any(names(line, name) for line in errors), name
    assert len(coded) + len(errors) == len(rows)


def test_spans_of_odd_texts_hold(tmp_path: Path) -> None:
    """Offsets are code points of the row's own text, whatever stands before the words."""
    path = tmp_path / "odd.jsonl"
    text = "\u00e9\U0001f525\u0301\r\n\t" + GOOD
    path.write_text(json.dumps({"id": "odd", "text": text}), encoding="utf-8")
    command = [sys.executable, "-m", "sayso", "code", str(path), "--format", "jsonl"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=True, timeout=120)
    coding = json.loads(done.stdout)
    assert coding["article"]["text"] == text
    words = {text[slice(*event["trigger"])] for event in coding["events"]}
    assert "arrested" in words
