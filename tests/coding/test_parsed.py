"""The plain document says of every word what spaCy's says."""

from __future__ import annotations

import gc
import weakref

import pytest
import spacy.tokens
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.vocab import Vocab

from sayso.coding.parsed import Doc, Remembered, Span

TEXT = (
    "KANO — Police fired on “protesters” near St. Mary's on Monday, killing at least 13, Dr. Musa Bello said.\n\n"
    "They don't  know who was shot;\tthe mayor, whom 2,000 people had called for, fled to Niamey\u00a0… "
)
PLAIN = (
    "i", "idx", "text", "lower_", "lemma_", "pos_", "tag_", "dep_", "ent_type_", "ent_iob_", "whitespace_",
    "is_sent_start", "is_alpha", "is_punct", "is_space", "like_num",
)  # fmt: skip
JOINED = ("head", "left_edge", "right_edge")


@pytest.fixture(scope="module")
def theirs(nlp: Language) -> spacy.tokens.Doc:
    return nlp(TEXT)


@st.composite
def trees(draw: st.DrawFn) -> spacy.tokens.Doc:
    """Trees with arcs that cross, in one sentence or several."""
    size = draw(st.integers(1, 12))
    order = draw(st.permutations(range(size)))
    heads = list(range(size))
    for place in range(1, size):
        heads[order[place]] = order[draw(st.integers(0, place - 1))]
    return spacy.tokens.Doc(Vocab(), [f"w{i}" for i in range(size)], heads=heads, deps=["dep"] * size)


def test_every_attribute_is_spacys(theirs: spacy.tokens.Doc) -> None:
    for token, other in zip(Doc(theirs), theirs, strict=True):
        assert [getattr(token, name) for name in PLAIN] == [getattr(other, name) for name in PLAIN]
        assert {k: ",".join(v) for k, v in token.morph.items()} == other.morph.to_dict()
        assert token.end_char == other.idx + len(other)
        assert token.lex.orth == other.orth
        assert TEXT[token.idx : token.end_char] == token.text


@given(trees())
def test_trees_are_spacys(theirs: spacy.tokens.Doc) -> None:
    """Arcs may cross."""
    doc = Doc(theirs)
    for token, other in zip(doc, theirs, strict=True):
        assert [getattr(token, name).i for name in JOINED] == [getattr(other, name).i for name in JOINED]
        assert [t.i for t in token.children] == [t.i for t in other.children]
        assert [t.i for t in token.subtree] == [t.i for t in other.subtree]
        assert [t.i for t in token.ancestors] == [t.i for t in other.ancestors]
        assert (token.sent.start, token.sent.end) == (other.sent.start, other.sent.end)
    for start in range(len(doc)):
        for end in range(start + 1, len(doc) + 1):
            assert doc.span(start, end).root.i == theirs[start:end].root.i


@given(st.integers(-60, 60), st.integers(-60, 60))
def test_slices_are_spacys(theirs: spacy.tokens.Doc, start: int, end: int) -> None:
    span, other = Doc(theirs).span(start, end), theirs[start:end]
    assert (span.start, span.end, span.text) == (other.start, other.end, other.text)
    assert [t.i for t in span[1:-1]] == [t.i for t in other[1:-1]]


@given(st.integers(0, len(TEXT) - 1), st.integers(1, 20))
def test_code_points_lead_to_the_tokens_they_touch(theirs: spacy.tokens.Doc, start: int, length: int) -> None:
    end = min(start + length, len(TEXT))
    other = theirs.char_span(start, end, alignment_mode="expand")
    assert other is not None
    found = Doc(theirs).touched(start, end)
    assert (found.start, found.end) == (other.start, other.end)


def test_entities_are_spacys_until_others_are_put_in_their_place(theirs: spacy.tokens.Doc) -> None:
    doc = Doc(theirs)
    assert [(e.start, e.end, e.label_) for e in doc.ents] == [(e.start, e.end, e.label_) for e in theirs.ents]
    doc.ents = (Span(doc, 2, 4, "LOC"), Span(doc, 4, 5, "PER"))
    assert [(e.start, e.end, e.label_) for e in doc.ents] == [(2, 4, "LOC"), (4, 5, "PER")]
    assert [t.ent_iob_ for t in doc][:6] == ["O", "O", "B", "I", "B", "O"]
    assert {t.ent_type_ for t in doc[5:]} == {""}


def test_a_neighbour_beyond_the_ends_is_an_error(theirs: spacy.tokens.Doc) -> None:
    doc = Doc(theirs)
    for token, step in ((doc[0], -1), (doc[len(doc) - 1], 1)):
        with pytest.raises(IndexError):
            token.nbor(step)


def test_a_document_taken_apart_is_freed_at_once(theirs: spacy.tokens.Doc) -> None:
    """Nothing is left for the garbage collector to find."""
    doc = Doc(theirs)
    doc.ents = doc.ents[:1]
    gone = weakref.ref(doc)
    gc.disable()
    try:
        doc.untie()
        del doc
        assert gone() is None
    finally:
        gc.enable()


def test_no_more_strings_are_remembered_than_may_be(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sayso.coding.parsed.REMEMBERED", 10)
    store = Vocab().strings
    known = Remembered(store)
    for number in range(100):
        assert known[store.add(f"word {number}")] == f"word {number}"
        assert len(known) <= 10
