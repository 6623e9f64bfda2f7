"""Sport, film, weather, accidents, markets, science, law and figures of speech are not conflict; what stands among them may be."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path
from typing import Any

import pytest

from sayso.coding.coder import Coder
from sayso.records import Coding

HERE = Path(__file__).parent
FLOORS = tomllib.loads((HERE / "floors.toml").read_text(encoding="utf-8"))
FILES = sorted(path for path in HERE.glob("*.jsonl") if path.stem != "true")
CONFLICT = frozenset(("ASSAULT", "PROTEST", "COERCE", "MOBILIZE", "THREATEN"))


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def alarms(coding: Coding) -> list[str]:
    """What the coder takes for acts of conflict told as fact."""
    told = [event for event in coding.events if event.type in CONFLICT and event.realis == "actual"]
    return [f"{event.type} {coding.article.text[event.trigger[0] : event.trigger[1]]}" for event in told]


def given(coding: Coding, line: dict[str, Any]) -> bool:
    """Whether the coder gives the line's event, at one of the words where it may stand."""
    text = coding.article.text
    places = [(text.index(words), text.index(words) + len(words)) for words in line["near"]]
    return any(
        event.type == line["type"] and event.realis == "actual" and event.trigger[0] < end and start < event.trigger[1]
        for event in coding.events
        for start, end in places
    )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_no_conflict_gives_no_event_of_conflict(coder: Coder, path: Path) -> None:
    found = {line["text"]: alarms(coder(line["text"])) for line in lines(path)}
    wrong = {text: events for text, events in found.items() if events}
    assert len(wrong) <= FLOORS["false"][path.stem], wrong


def test_conflict_in_peaceful_surroundings_stays_an_event(coder: Coder) -> None:
    missed = [line["text"] for line in lines(HERE / "true.jsonl") if not given(coder(line["text"]), line)]
    assert len(missed) <= FLOORS["missed"]["true"], missed


def test_there_are_enough_lines_to_measure_on() -> None:
    assert sum(len(lines(path)) for path in FILES) >= 300
    assert len(lines(HERE / "true.jsonl")) >= 60
    assert set(FLOORS["false"]) == {path.stem for path in FILES}
