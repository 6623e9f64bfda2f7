"""The language of checks: what holds, what does not, and what is no check."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

import pytest

import made
from made import INFO
from sayso.errors import InputError, UnreadableInput
from sayso.evaluation import Tally, read_cases
from sayso.evaluation.expect import KINDS, read_check
from sayso.records import (
    Acled,
    Actor,
    Article,
    Block,
    Channel,
    Coding,
    Event,
    Figure,
    Label,
    Party,
    Place,
    Statement,
    Time,
)

TEXT = "A nurse told Radio Ama that police shot two men in Zuni on 4 May. Guards watched."
at = partial(made.at, text=TEXT)

CODING = Coding(
    coder=INFO,
    article=Article(id="t", text=TEXT, outlet="Morning Post", blocks=(Block(kind="body", start=0, end=len(TEXT)),)),
    actors=(
        Actor(id="a1", name="nurse", kind="person", sectors=("HLH",), mentions=(at("A nurse"),)),
        Actor(id="a2", name="police", kind="organization", country="XKX", sectors=("COP",), mentions=(at("police"),)),
        Actor(
            id="a3",
            name="two men",
            mentions=(at("two men"),),
            labels=(Label(text="men", span=at("men"), statement="s1"),),
        ),
        Actor(id="a4", name="Guards", mentions=(at("Guards"),), labels=(Label(text="Guards", span=at("Guards")),)),
    ),
    places=(Place(id="p1", name="Zuni", country="XKX", precision="settlement", mentions=(at("Zuni"),)),),
    times=(Time(id="t1", text="4 May", span=at("4 May"), start="2020-05-04", end="2020-05-04", granularity="day"),),
    figures=(Figure(id="f1", span=at("two"), text="two", low=2, high=2, measure="killed", event="e1", statement="s1"),),
    statements=(
        Statement(
            id="s1",
            kind="indirect",
            act="say",
            speaker="a1",
            speaker_span=at("A nurse"),
            cue_span=at("told"),
            content_spans=(at("that police shot two men"),),
            channel=Channel(name="Radio Ama", kind="radio", span=at("Radio Ama")),
        ),
    ),
    events=(
        Event(
            id="e1",
            trigger=at("shot"),
            span=at("police shot two men"),
            type="ASSAULT",
            mode="firearms",
            cameo="190",
            acled=Acled(event_type="Violence against civilians", sub_event_type="Attack"),
            actors=(Party(actor="a2", span=at("police")),),
            recipients=(Party(actor="a3", span=at("two men")),),
            place="p1",
            time="t1",
            figures=("f1",),
            statements=("s1",),
        ),
        Event(id="e2", trigger=at("watched"), span=at("Guards watched"), type="CONSULT"),
    ),
)

HOLDS: list[dict[str, Any]] = [
    {
        "event": {
            "near": "shot",
            "type": ["COERCE", "ASSAULT"],
            "mode": "firearms",
            "realis": "actual",
            "background": False,
        }
    },
    {"event": {"near": ["none", "shot two"], "actor": "Police", "recipient": ["women", "MEN"], "acled": "Attack"}},
    {
        "event": {
            "near": "shot",
            "place": "Zuni",
            "start": "2020-05-04",
            "figure_low": 2,
            "voice": "nurse",
            "cameo": "190",
        }
    },
    {"event": {"near": "watched", "voice": "article", "mode": None, "acled": None}},
    {"event": {"near": "watched", "mode": ["visit", None]}},
    {"no_event": {"near": "watched", "type": "ASSAULT"}},
    {"no_event": {"near": "told"}},
    {
        "statement": {
            "content": "police shot",
            "speaker": "nurse",
            "cue": "told",
            "kind": "indirect",
            "channel": "radio",
        }
    },
    {"statement": {"content": "police shot", "speaker": None}},
    {"no_statement": {"content": "Guards"}},
    {"figure": {"text": "two men", "low": 2, "high": 2, "approximate": False, "measure": "killed", "by": "nurse"}},
    {"place": {"text": "Zuni", "country": "XKX", "precision": ["settlement", "facility"], "geonameid": None}},
    {"no_place": {"text": "Radio"}},
    {"time": {"text": "May", "end": "2020-05-04", "granularity": "day"}},
    {"actor": {"name": "Nurse", "kind": "person", "country": None, "sector": ["HLH", "COP"], "mentions_min": 1}},
    {"same_actor": ["two", "men"]},
    {"label": {"text": "men", "by": "nurse"}},
    {"label": {"text": "guards", "by": "article"}},
    {"block": {"text": "Guards watched", "kind": "body"}},
    {"article": {"outlet": "Morning", "title": ""}},
]
FAILS: list[dict[str, Any]] = [
    {"event": {"near": "shot", "type": "COERCE"}},
    {"event": {"near": "shot", "actor": "nurse"}},
    {"event": {"near": "shot", "voice": "article"}},
    {"event": {"near": "shot", "voice": "Guards"}},
    {"event": {"near": "shot", "place": "Zun"}},
    {"event": {"near": "watched", "start": "2020-05-04"}},
    {"event": {"near": "watched", "figure_low": 2}},
    {"no_event": {"near": "shot", "mode": "firearms"}},
    {"statement": {"content": "police shot", "within": "nurse"}},
    {"statement": {"content": "police shot", "channel": "paper"}},
    {"figure": {"text": "two", "high": None}},
    {"figure": {"text": "two", "by": "police"}},
    {"no_place": {"text": "Zuni"}},
    {"time": {"text": "May", "start": None}},
    {"actor": {"name": "nurse", "mentions_min": 2}},
    {"same_actor": ["nurse", "police"]},
    {"label": {"text": "men", "by": "article"}},
    {"block": {"text": "nurse", "kind": "title"}},
    {"article": {"outlet": "Evening"}},
]
WRONG: list[Any] = [
    "event",
    {},
    {"event": {}, "place": {}},
    {"events": {}},
    {"no_time": {"text": "two"}},
    {"event": {"around": "shot"}},
    {"event": "shot"},
    {"same_actor": "nurse"},
    {"same_actor": []},
    {"article": {"words": 3}},
]


@pytest.mark.parametrize("row", HOLDS, ids=str)
def test_what_the_coding_says_holds(row: dict[str, Any]) -> None:
    assert read_check(row).holds(CODING)


@pytest.mark.parametrize("row", FAILS, ids=str)
def test_what_it_does_not_say_fails(row: dict[str, Any]) -> None:
    assert not read_check(row).holds(CODING)


@pytest.mark.parametrize("row", WRONG, ids=str)
def test_what_is_no_check_is_refused(row: Any) -> None:
    """A misspelt key would otherwise hold for ever, or never."""
    with pytest.raises(ValueError):
        read_check(row)


def test_every_kind_is_tried_here() -> None:
    tried = {next(iter(row)) for row in HOLDS}
    assert set(KINDS) | {"same_actor", "article"} <= tried


def test_cases_are_read_and_counted(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(
        '{"id": "x", "category": "voice", "text": "Quiet.", "expect": [{"no_event": {"near": "Quiet"}}]}\n\n'
        '{"id": "y", "text": "Calm.", "published": "2020-05-04", "expect": [{"place": {"text": "Calm"}}]}\n',
        encoding="utf-8",
    )
    cases = list(read_cases(path))
    assert [(c.id, c.category, c.article.published) for c in cases] == [("x", "voice", None), ("y", "", "2020-05-04")]
    tally = Tally()
    for case in cases:
        tally.add(case, Coding(coder=INFO, article=case.article))
    assert (tally.share(), tally.share("voice"), tally.share("place")) == (0.5, 1.0, 0.0)
    assert [case.id for case, _ in tally.failed] == ["y"]


def test_what_could_not_be_coded_meets_no_check(tmp_path: Path) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text('{"id": "x", "text": "A.", "expect": [{"no_event": {"near": "A"}}]}', encoding="utf-8")
    tally = Tally()
    tally.add(next(read_cases(path)), InputError("x", "too long"))
    assert (tally.share(), tally.uncoded) == (0.0, 1)


@pytest.mark.parametrize("line", ["{", "[]", '{"id": "x", "text": "A."}', '{"text": "A.", "expect": [{"event": 1}]}'])
def test_a_wrong_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "cases.jsonl"
    path.write_text(line, encoding="utf-8")
    with pytest.raises(InputError, match=r"cases\.jsonl:1"):
        list(read_cases(path))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableInput, match=r"no\.jsonl"):
        list(read_cases(tmp_path / "no.jsonl"))
