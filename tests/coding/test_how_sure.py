"""History is told from the story, and what is less than fact is marked."""

from __future__ import annotations

import pytest

from sayso.coding.coder import Coder
from sayso.records import Event


def event(coder: Coder, text: str, at: str, published: str | None = "2022-01-06") -> Event:
    coding = coder(text, published=published)
    found = [e for e in coding.events if at in e.trigger.of(text)]
    assert found, f"no event at {at!r}: {[e.trigger.of(text) for e in coding.events]}"
    return found[0]


@pytest.mark.parametrize(
    ("text", "at", "background"),
    [
        ("Police arrested nine miners on Wednesday.", "arrested", False),
        ("Police arrested nine miners in 2011.", "arrested", True),
        (
            "The leader is in Kyiv. In 2011 he fled the country after police raided his house. He was arrested in Paris.",
            "raided",
            True,
        ),
        ("In 2011 the police raided his house. He was jailed.", "jailed", True),
        ("Thousands held a march for the victims of the 1976 massacre.", "march", False),
    ],
)
def test_history_is_background(coder: Coder, text: str, at: str, background: bool) -> None:
    assert event(coder, text, at).background is background


def test_without_a_date_of_publication_a_bare_year_is_history(coder: Coder) -> None:
    assert event(coder, "The poet was jailed in 1983 for a pamphlet.", "jailed", None).background


@pytest.mark.parametrize(
    ("text", "at", "realis"),
    [
        ("Rebels tried to seize the station, but these attempts were unsuccessful.", "seize", "attempted"),
        ("The resignation of the cabinet did not end the strikes.", "resignation", "actual"),
        ("The protest march did not take place.", "march", "negated"),
    ],
)
def test_what_later_words_say_of_it(coder: Coder, text: str, at: str, realis: str) -> None:
    assert event(coder, text, at).realis == realis


def test_the_reason_is_given(coder: Coder) -> None:
    assert "background: ended 2011-12-31" in event(coder, "Police arrested nine miners in 2011.", "arrested").because
