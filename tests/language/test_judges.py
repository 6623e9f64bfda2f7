"""A judge gives a probability, whatever it is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.language.judges import Judge, read_judges


@given(st.dictionaries(st.sampled_from("abcd"), st.floats(-1e6, 1e6)))
def test_a_likelihood_lies_between_nothing_and_certainty(signs: dict[str, float]) -> None:
    assert 0 <= Judge({"a": 2.0, "b": -3.0}, 0.5)(signs) <= 1


def test_signs_weigh_and_unknown_ones_do_not() -> None:
    judge = Judge({"a": 2.0}, -1.0)
    assert judge({"a": 0.5}) == pytest.approx(0.5)
    assert judge({"a": 1.0, "other": 9.0}) == judge({"a": 1.0}) > judge({})


def test_judges_are_read_by_what_they_judge(tmp_path: Path) -> None:
    file = tmp_path / "judges.json"
    file.write_text(json.dumps({"event": {"bias": -1.0, "weights": {"told": 1.0}}}), encoding="utf-8")
    assert read_judges(file)["event"]({"told": 1.0}) == pytest.approx(0.5)
