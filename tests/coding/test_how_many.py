"""Figures: what is counted, as what, and what is not."""

from __future__ import annotations

from typing import Any

import pytest
from spacy.language import Language

from sayso.coding.draft import Draft, EventDraft, FigureDraft
from sayso.coding.how_many import count_events, find_figures
from sayso.coding.parsed import Doc
from sayso.coding.ranges import Range
from sayso.coding.tables import table
from sayso.coding.when import find_times
from sayso.records import Article


def draft_of(nlp: Language, text: str) -> Draft:
    doc = Doc(nlp(text))
    draft = Draft(Article(id="t", text=text), doc, blocks=[None] * len(doc))
    find_times(draft)
    find_figures(draft)
    return draft


def told(draft: Draft, figure: FigureDraft) -> dict[str, Any]:
    text = draft.article.text
    unit = figure.unit.span(draft.doc).of(text) if figure.unit else None
    span = figure.range.span(draft.doc)
    return {"text": span.of(text), "unit": unit} | {
        k: getattr(figure, k) for k in ("low", "high", "approximate", "measure")
    }


@pytest.mark.parametrize("example", table("measures")["example"], ids=lambda e: e["text"])
def test_every_example_of_the_lexicon_holds(nlp: Language, example: dict[str, Any]) -> None:
    draft = draft_of(nlp, example["text"])
    found = [told(draft, figure) for figure in draft.figures]
    assert [f["text"] for f in found] == [w["text"] for w in example["figures"]]
    for wanted, figure in zip(example["figures"], found, strict=True):
        assert {"low": None, "high": None, "approximate": False, **wanted}.items() <= figure.items()


@pytest.mark.parametrize(
    "text",
    [
        "Omar Diallo, 45, is a teacher.",
        "The 29-year-old left in 1999.",
        "They won 3-1 on 5 May.",
        "Two thirds of them and 60% of the voters agreed.",
        "Article 5 and Flight 370 are famous.",
        "The second man came at 5 p.m.",
        "They walked ten miles.",
    ],
)
def test_what_is_not_counted(nlp: Language, text: str) -> None:
    assert draft_of(nlp, text).figures == []


def test_a_part_of_the_injured_is_injured(nlp: Language) -> None:
    draft = draft_of(nlp, "The blast injured 22 people, nine of them children.")
    assert [(f.low, f.measure) for f in draft.figures] == [(22, "injured"), (9, "injured")]


def test_the_whole_of_which_some_came_to_harm_is_no_toll(nlp: Language) -> None:
    draft = draft_of(nlp, "Three of the 12 miners were killed.")
    assert [(f.low, f.measure) for f in draft.figures] == [(3, "killed"), (12, "other")]


def test_members_of_a_list_share_what_befell_them(nlp: Language) -> None:
    draft = draft_of(nlp, "The mob burned 12 shops, 30 cars and two churches.")
    assert [f.measure for f in draft.figures] == ["property"] * 3


def event(draft: Draft, word: str, type_: str) -> EventDraft:
    token = next(t for t in draft.doc if t.text == word)
    made = EventDraft(Range(token.i, token.i + 1), token.i, Range(0, len(draft.doc)), type_)
    draft.events.append(made)
    return made


def test_a_toll_goes_to_the_assault_of_its_clause(nlp: Language) -> None:
    draft = draft_of(nlp, "After the rally a bomb killed 12 people in Zinder.")
    rally, killed = event(draft, "rally", "PROTEST"), event(draft, "killed", "ASSAULT")
    count_events(draft)
    assert (rally.figures, killed.figures) == ([], draft.figures)
    assert draft.figures[0].event is killed


def test_participants_go_to_the_protest(nlp: Language) -> None:
    draft = draft_of(nlp, "Some 3,000 farmers marched on the capital.")
    marched = event(draft, "marched", "PROTEST")
    count_events(draft)
    assert [f.low for f in marched.figures] == [3000]
