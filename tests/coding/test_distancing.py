"""Words held at a distance: alleged, so-called, and scare quotes."""

from __future__ import annotations

import re

import pytest

from sayso.coding.coder import Coder
from sayso.coding.tables import table

MARKS = re.compile(r"[<>\[\]]")


@pytest.mark.parametrize("example", table("cues")["reserve"]["examples"])
def test_the_lexicons_examples_hold(coder: Coder, example: str) -> None:
    text = MARKS.sub("", example)
    words = re.search(r"\[(.+?)\]", example)
    assert words is not None
    found = coder(text).distances
    assert [d.span.of(text) for d in found] == [words.group(1)]
    cue = re.search(r"<(.+?)>", example)
    assert cue is not None
    assert found[0].cue_span.of(text) == MARKS.sub("", cue.group(1))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Soldiers shot two alleged spies at Port Ruvo.", "alleged"),
        ("The so-called republic has printed stamps.", "so-called"),
        ("The self-styled emir fled to the coast.", "so-called"),
        ("The “peacekeepers” burned nine houses in Vodno.", "scare quotes"),
        ("A “voluntary” levy was taken from each household.", "scare quotes"),
    ],
)
def test_each_kind_is_told_apart(coder: Coder, text: str, kind: str) -> None:
    assert [d.kind for d in coder(text).distances] == [kind]


@pytest.mark.parametrize(
    "text",
    [
        "The trawler “Maria” sank off Port Ruvo.",
        "The film “The Long Way Home” opens on Friday.",
        "The minister called the strike “treason”.",
        "Ahmed “the Fox” Karimi was arrested in Vodno.",
        "The operation was named “clean hands” by its planners.",
        "“We are leaving,” the mayor said.",
    ],
)
def test_names_and_other_peoples_words_are_no_scare_quotes(coder: Coder, text: str) -> None:
    assert not coder(text).distances


def test_what_is_held_at_a_distance_is_no_label_of_the_articles_own(coder: Coder) -> None:
    coding = coder("The “volunteers” crossed the river at Vodno and shot three farmers.")
    labels = [label for actor in coding.actors for label in actor.labels if label.text == "volunteers"]
    assert labels
    assert all(label.distanced for label in labels)
    assert coding.distances[0].actor in {actor.id for actor in coding.actors if labels[0] in actor.labels}


def test_an_alleged_act_says_so(coder: Coder) -> None:
    coding = coder("The court heard of an alleged assault on two nuns in Vodno.")
    assert any(
        "reserve" in event.because for event in coding.events if event.trigger.of(coding.article.text) == "assault"
    )
