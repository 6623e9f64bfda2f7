"""Short texts as drafts and as actors, for the tests of the rooms."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from spacy.language import Language

from sayso.coding.draft import Draft
from sayso.coding.namesakes import settle_namesakes
from sayso.coding.parsed import Doc
from sayso.coding.who import find_actors
from sayso.records import Article


class Found(NamedTuple):
    """An actor with the texts and code points of its mentions."""

    name: str
    kind: str
    country: str | None
    sectors: list[str]
    mentions: list[str]
    spans: list[tuple[int, int]]


@pytest.fixture(scope="session")
def draft_of(nlp: Language) -> Callable[[str], Draft]:
    """A text, parsed, before any room has seen it."""

    def make(text: str) -> Draft:
        doc = Doc(nlp(text))
        return Draft(article=Article(id="t", text=text), doc=doc, blocks=[None] * len(doc))

    return make


@pytest.fixture(scope="session")
def actors_of(draft_of: Callable[[str], Draft]) -> Callable[[str], list[Found]]:
    """The actors of a text."""

    def find(text: str) -> list[Found]:
        draft = draft_of(text)
        settle_namesakes(draft)
        find_actors(draft)
        found = []
        for actor in draft.actors:
            spans = [tuple(m.range.span(draft.doc)) for m in actor.mentions]
            texts = [text[s:e] for s, e in spans]
            found.append(Found(actor.name, actor.kind, actor.country, actor.sectors, texts, spans))
        return found

    return find
