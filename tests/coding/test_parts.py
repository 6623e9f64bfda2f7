"""Figures that are a part of another."""

from __future__ import annotations

import pytest

from sayso.coding.coder import Coder


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        ("At least 130 people, including 12 children, were killed in the raid.", "12", "At least 130"),
        ("Police detained 40 marchers, four of them minors.", "four", "40"),
        ("Two of the 12 hostages were freed.", "Two", "12"),
        ("The blast killed 31 people. The dead include five nurses.", "five", "31"),
        ("The blast killed 31 people, among them two priests and a dozen pupils.", "a dozen", "31"),
        ("Shelling killed nine people and wounded 20.", "20", None),
        ("At least 12 people were killed, including three children, and dozens were wounded.", "dozens", None),
        ("Rebels freed 37 captives. In May they had freed 12.", "12", None),
    ],
)
def test_a_part_is_tied_to_its_whole(coder: Coder, text: str, part: str, whole: str | None) -> None:
    coding = coder(text)
    found = next(f for f in coding.figures if f.text == part)
    of = coding.find(found.part_of)
    assert (of.text if of else None) == whole


def test_a_part_counts_what_its_whole_counts(coder: Coder) -> None:
    coding = coder("At least 130 people, including 12 children, were killed in the raid.")
    assert {f.text: f.measure for f in coding.figures} == {"At least 130": "killed", "12": "killed"}


@pytest.mark.parametrize(
    "text",
    [
        "He died at the age of 80.",
        "Women between the ages of 10 and 50 were turned away.",
        "Boys as young as 13 joined.",
        "Norway hosted the 2017 World Championship.",
        "She phoned 911 twice.",
    ],
)
def test_ages_years_and_telephone_numbers_count_nothing(coder: Coder, text: str) -> None:
    assert coder(text).figures == ()
