"""The experiment of swapped words asks what its sentences tell, and the page about limits shows what it found."""

from __future__ import annotations

import json
import sys
import tomllib
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import pytest

from sayso.codebooks import PLOVER
from sayso.coding.coder import Coder

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "explanation" / "limits.md"


def benchmark(name: str) -> Any:
    """A module of `benchmarks/`, by its file: some of these are called as folders of tests are."""
    spec = spec_from_file_location(name, ROOT / "benchmarks" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


swaps = benchmark("swaps")
EXPERIMENTS: list[dict[str, Any]] = tomllib.loads(swaps.ASKED.read_text(encoding="utf-8"))["experiment"]


@pytest.mark.parametrize("experiment", EXPERIMENTS, ids=lambda one: one["name"])
def test_what_is_asked_stands_in_the_sentence(experiment: dict[str, Any]) -> None:
    """Every filler fills every slot, and what should come out are words of the text."""
    cases = list(swaps.cases(experiment))
    assert len({case.text for case in cases}) == len(cases)
    for case in cases:
        assert "{" not in case.text
        assert case.wanted["type"] in PLOVER
        asked = [case.wanted[name] for name in ("trigger", "place", "person", "state") if name in case.wanted]
        asked += [words for name in ("actors", "recipients") for words in case.wanted.get(name, [])]
        asked += [case.wanted["speaker"]] if case.wanted.get("speaker", "any") != "any" else []
        for words in asked:
            assert swaps.span(case.text, words).of(case.text).casefold() == words.casefold()


def case(**wanted: Any) -> Any:
    text = "Gunmen killed three farmers in Kano, witnesses said."
    basis = {"type": "ASSAULT", "trigger": "killed", "actors": ["Gunmen"], "recipients": ["three farmers"], "speaker": "witnesses",
             "place": "Kano", "killed": 3}  # fmt: skip
    return swaps.Case("made", "one", 1, text, {"X": "Kano", "country": "NGA"}, {**basis, **wanted})


def test_a_right_coding_is_right_in_all(coder: Coder) -> None:
    asked = case()
    assert all(swaps.judged(coder(asked.text), asked).values())


@pytest.mark.parametrize(
    ("wanted", "wrong"),
    [
        ({"type": "PROTEST"}, "event"),
        ({"actors": ["witnesses"]}, "actors"),
        ({"actors": []}, "actors"),
        ({"recipients": ["three farmers", "Gunmen"]}, "recipients"),
        ({"realis": "future"}, "realis"),
        ({"speaker": None}, "voice"),
        ({"place": "farmers"}, "place"),
        ({"killed": 4}, "figure"),
    ],
)
def test_what_is_not_as_asked_is_wrong(coder: Coder, wanted: dict[str, Any], wrong: str) -> None:
    asked = case(**wanted)
    assert [name for name, right in swaps.judged(coder(asked.text), asked).items() if not right] == [wrong]


def test_codings_look_alike_but_for_what_fills_the_slots(coder: Coder) -> None:
    here = case()
    there = here._replace(text=here.text.replace("Kano", "Osh"), slots={"X": "Osh", "country": "KGZ"})
    other = here._replace(text=here.text.replace("killed", "beat"))
    looks = [swaps.look(coder(one.text), one) for one in (here, there, other)]
    assert looks[0] == looks[1] != looks[2]


def test_the_page_shows_what_was_found() -> None:
    """`python benchmarks/swaps.py --page docs/explanation/limits.md` puts it there."""
    page = PAGE.read_text(encoding="utf-8")
    told = json.loads(swaps.FIGURES.read_text(encoding="utf-8"))
    assert set(told) == {one["name"] for one in EXPERIMENTS}
    assert {mark[2].partition("/")[0] for mark in swaps.TABLE.finditer(page)} == set(told)
    assert swaps.on_page(page, told) == page
