"""A town's name is the town's, unless something beside it says that somebody bears it."""

from __future__ import annotations

import pytest
import spacy.tokens
from spacy.vocab import Vocab

from sayso.coding.namesakes import bearers, is_namesake, joined_demonyms
from sayso.coding.parsed import Doc, Span
from sayso.coding.towns import known_place
from sayso.gazetteer.lookup import gazetteer


def name(words: str, start: int, end: int, *persons: tuple[int, int]) -> tuple[Span, frozenset[str]]:
    """A text of words with persons; the first is the name in question."""
    texts = words.split()
    heads = [next((i for i, w in enumerate(texts) if w in ("met", "said", "was")), 0)] * len(texts)
    deps = ["ROOT" if i == heads[0] else "nsubj" if i == start else "dep" for i in range(len(texts))]
    lemmas = ["say" if w == "said" else w.lower() for w in texts]
    doc = Doc(spacy.tokens.Doc(Vocab(), texts, heads=heads, deps=deps, lemmas=lemmas))
    doc.ents = tuple(Span(doc, s, e, "PER") for s, e in ((start, end), *persons))
    return doc.ents[0] if doc.ents[0].start == start else doc.ents[1], bearers(doc)


@pytest.mark.parametrize(
    ("words", "start", "end", "persons", "expected"),
    [
        ("Karaganda was calm", 0, 1, (), True),
        ("Addis Ababa was calm", 0, 2, (), True),
        ("Mayor Karaganda was calm", 1, 2, (), False),
        ("Mr Lincoln was calm", 1, 2, (), False),
        ("Lincoln said so", 0, 1, (), False),
        ("Houston met Whitney Houston", 0, 1, ((2, 4),), False),
        ("Victoria was calm", 0, 1, (), False),
        ("Eswatini said so", 0, 1, (), True),
        ("Tokayev was calm", 0, 1, (), False),
    ],
)
def test_persons_named_like_towns_are_told_from_towns(
    words: str, start: int, end: int, persons: tuple[tuple[int, int], ...], expected: bool
) -> None:
    """Titles, full names elsewhere, first names and words of saying speak for a person."""
    entity, borne = name(words, start, end, *persons)
    assert is_namesake(entity, gazetteer(), borne) is expected


@pytest.mark.parametrize(
    ("words", "cut", "whole"),
    [
        ("Papua New Guinean troops", [(0, 1), (1, 3)], ["Papua New Guinean"]),
        ("Kenyan Ugandan troops", [(0, 1), (1, 2)], ["Kenyan", "Ugandan"]),
        ("Papua , Guinean troops", [(0, 1), (2, 3)], ["Papua", "Guinean"]),
    ],
)
def test_a_demonym_cut_in_two_is_one(words: str, cut: list[tuple[int, int]], whole: list[str]) -> None:
    """Papua New Guineans are of neither Papua nor Guinea; peoples named one after the other stay apart."""
    doc = Doc(spacy.tokens.Doc(Vocab(), words.split()))
    doc.ents = tuple(Span(doc, start, end, "LOC") for start, end in cut)
    assert [entity.text for entity in joined_demonyms(doc)] == whole


def test_names_of_large_places_are_known() -> None:
    assert known_place("Karaganda", gazetteer())
    assert not known_place("Nowhereville", gazetteer())
