"""Quotation marks of all kinds, and what becomes of them when they are mistyped."""

from __future__ import annotations

import pytest
import spacy
from hypothesis import given
from hypothesis import strategies as st

from sayso.coding.parsed import Doc
from sayso.coding.quotes import character_spans, find_quotations, with_whole_marks

NLP = spacy.blank("en")


def spans(text: str) -> list[str]:
    return [text[start:end] for start, end, _ in character_spans(text)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("“We will stay,” she said.", ["“We will stay,”"]),
        ('"We will stay," she said. "All of us."', ['"We will stay,"', '"All of us."']),
        ("''We will stay,'' she said.", ["''We will stay,''"]),
        ("``We will stay,'' she said.", ["``We will stay,''"]),
        ("«Nous restons», dit-elle.", ["«Nous restons»"]),
        ("»Wir bleiben«, sagte sie.", ["»Wir bleiben«"]),
        ("„Wir bleiben“, sagte sie.", ["„Wir bleiben“"]),
        ("「We will stay」 she said.", ["「We will stay」"]),
        ("‘We will stay,’ she said.", ["‘We will stay,’"]),
        ("The miners' leader said the mine's gate was shut.", []),
    ],
)
def test_marks_of_every_kind_are_found(text: str, said: list[str]) -> None:
    assert spans(text) == said


def test_a_closing_mark_typed_as_an_opening_one_closes() -> None:
    assert spans("“Bring water to the gate “,\n\n– said the cook.") == ["“Bring water to the gate “"]


def test_an_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = "“Bring water to the gate\n\nThe cook left."
    assert character_spans(text) == [(0, len("“Bring water to the gate"), False)]


def test_a_quotation_of_several_paragraphs_is_one() -> None:
    doc = Doc(NLP("“The first day was quiet.\n\n“The second was not,” he wrote."))
    (quotation,) = find_quotations(doc)
    assert len(quotation.parts) == 2
    assert quotation.closed


def test_a_term_between_marks_is_no_speech() -> None:
    doc = Doc(NLP("The “partners” came. “We came to help you all,” they said."))
    assert [q.is_speech(doc) for q in find_quotations(doc)] == [False, True]


@given(st.text(alphabet="ab “”\"'’‘«»„\n.,", max_size=80))
def test_spans_lie_in_the_text_and_have_words_or_marks(text: str) -> None:
    for start, end, _ in character_spans(text):
        assert 0 <= start < end <= len(text)
        assert "\n" not in text[start:end]


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("“Western partners", "Western partners"),
        ("“Grey” men", "“Grey” men"),
        ('"Wolves', "Wolves"),
        ("“", "“"),
        ("police", "police"),
        ("so-called “people's militia", "so-called “people's militia”"),
        ('any "outside party', 'any "outside party"'),
        ("the “Grey” men", "the “Grey” men"),
        ("", ""),
    ],
)
def test_no_mark_of_a_name_is_left_without_its_other_one(name: str, plain: str) -> None:
    assert with_whole_marks(name) == plain
