"""What a careful reader expects of short texts: no category falls below its floor.

`sayso evaluate expect tests/cases/*.jsonl` tells which checks fail.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from sayso.coding.coder import Coder
from sayso.evaluation import Case, Tally, read_cases

HERE = Path(__file__).parent
CASES: list[Case] = [case for path in sorted((HERE / "cases").glob("*.jsonl")) for case in read_cases(path)]
FLOORS: dict[str, float] = tomllib.loads((HERE / "floors_cases.toml").read_text(encoding="utf-8"))["floor"]
WORDS = ("near", "content", "cue", "text")


@pytest.fixture(scope="module")
def tally(coder: Coder) -> Tally:
    found = Tally()
    for case, coding in zip(CASES, coder.pipe(case.article for case in CASES), strict=True):
        found.add(case, coding)
    return found


@pytest.mark.parametrize("category", sorted({case.category for case in CASES}))
def test_the_category_is_not_under_its_floor(tally: Tally, category: str) -> None:
    failed = [f"{case.id}: {check.kind} {check.want}" for case, check in tally.failed if case.category == category]
    assert tally.share(category) >= FLOORS[category], "\n".join(failed)


def test_the_whole_is_not_under_its_floor(tally: Tally) -> None:
    assert tally.share() >= FLOORS["all"]


def test_every_floor_has_its_category() -> None:
    assert set(FLOORS) == {case.category for case in CASES} | {"all"}


def test_ids_are_unique() -> None:
    assert len({case.id for case in CASES}) == len(CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_checks_speak_of_words_of_the_text(case: Case) -> None:
    """A misspelt word would make a `no_…` hold for ever."""
    for check in case.checks:
        if isinstance(check.want, dict) and check.kind != "label":
            for key in WORDS:
                words = check.want.get(key, [])
                for word in words if isinstance(words, list) else [words]:
                    assert word in case.article.text
