"""The contract does not change unseen, and its records say what they hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from pydantic import ValidationError

from sayso import records
from sayso.records import Actor, Article, CoderInfo, Coding, Event, Span, Statement

PINNED = Path(__file__).parent / "schema.json"
INFO = CoderInfo(version="0", model="m", lexicon="l", gazetteer="g")


def test_the_json_schema_is_the_pinned_one() -> None:
    """A change to the contract must be made on purpose: `sayso schema > tests/schema.json`."""
    assert records.json_schema() == json.loads(PINNED.read_text(encoding="utf-8"))


def test_records_are_frozen_and_closed() -> None:
    article = Article(id="1", text="A")
    with pytest.raises(ValidationError):
        article.text = "B"  # type: ignore[misc]
    with pytest.raises(ValidationError):
        Article(id="1", text="A", spare=1)  # type: ignore[call-arg]


def test_a_coding_reads_back_what_it_wrote() -> None:
    coding = Coding(
        coder=INFO,
        article=Article(id="1", text="Police said so."),
        statements=(Statement(id="s1", kind="indirect", act="say", speaker_span=Span(0, 6)),),
        events=(Event(id="e1", trigger=Span(7, 11), span=Span(0, 14), type="ACCUSE", statements=("s1",)),),
    )
    again = Coding.model_validate_json(coding.to_json())
    assert again == coding
    assert json.loads(coding.to_json())["schema"] == "sayso/1"
    assert coding.voices(coding.events[0]) == ["Police"]


def test_spans_count_code_points() -> None:
    text = "😡 Mob kills"
    assert Span(2, 5).of(text) == "Mob"
    assert Span(0, 3).overlaps(Span(2, 5))
    assert not Span(0, 2).overlaps(Span(2, 5))
    assert Span(0, 5).covers(Span(2, 5))


def test_a_changed_copy_finds_its_own_records() -> None:
    """And none of those of the coding that it was copied from."""
    first = Actor(id="a1", name="police", mentions=())
    coding = Coding(coder=INFO, article=Article(id="x", text=""), actors=(first,))
    assert coding.find("a1") is first
    assert (coding.find("a2"), coding.find(None)) == (None, None)
    other = coding.model_copy(update={"actors": (first.model_copy(update={"id": "a2"}),)})
    assert (other.find("a1"), other.find("a2")) == (None, other.actors[0])
    assert coding == Coding(coder=INFO, article=coding.article, actors=(first,))
    assert coding.to_json() == coding.model_copy().to_json()
