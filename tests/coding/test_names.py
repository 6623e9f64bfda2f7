"""Proper names: who may be the same bearer."""

from __future__ import annotations

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from sayso.coding.names import acronyms, gender, is_acronym, plain, same_body, same_person, surname


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Ana Sofia Prates", "Prates", True),
        ("Ana Sofia Prates", "Ana Prates", True),
        ("A. Prates", "Ana Prates", True),
        ("José Núñez", "Jose Nunez", True),
        ("Ana Prates", "Rui Prates", False),
        ("Ana Prates", "Ana Lobo", False),
        ("Jean-Paul Mba", "Mba’s", True),
    ],
)
def test_a_shorter_name_is_the_longer_ones_where_its_words_are_in_it(one: str, other: str, same: bool) -> None:
    assert same_person(one, other) is same


@examples(st.text(max_size=40), st.text(max_size=40))
def test_comparing_names_is_the_same_both_ways(one: str, other: str) -> None:
    assert same_person(one, other) == same_person(other, one)
    assert same_body(one, other) == same_body(other, one)


@examples(st.text(max_size=60))
def test_the_plain_form_is_stable(name: str) -> None:
    once = plain(name)
    assert once == once.strip()
    assert surname(name) == once.rpartition(" ")[2]


def test_acronyms_come_from_capitals() -> None:
    assert "LFA" in acronyms("League of Fishing Associations")
    assert is_acronym("LFA")
    assert is_acronym("U.N.")
    assert not is_acronym("Lima")
    assert same_body("League of Fishing Associations", "LFA")


def test_gender_shows_in_roles_and_first_names() -> None:
    assert gender(["spokeswoman"]) == "f"
    assert gender(["Idris"]) == "m"
    assert gender(["teacher"]) is None
