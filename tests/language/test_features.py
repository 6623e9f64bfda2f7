"""Words look the same to training and to running."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from sayso.language.encoder import Encoder
from sayso.language.features import GAPS, PIECES_A_WORD, SHAPES, features, gap, shape
from sayso.language.tokenizer import blank

WORDS = [
    ("police", "lower"), ("Police", "title"), ("POLICE", "upper"), ("A", "initial"), ("J.", "initial"),
    ("McCain", "mixed"), ("1999", "number"), ("—", "mark"),
]  # fmt: skip


@pytest.mark.parametrize(("word", "name"), WORDS)
def test_shapes(word: str, name: str) -> None:
    assert SHAPES[shape(word)] == name


@pytest.mark.parametrize(("white", "name"), [("", "none"), (" ", "space"), ("\n", "line"), (" \n \n", "paragraph")])
def test_gaps(white: str, name: str) -> None:
    assert GAPS[gap(white)] == name


@given(st.lists(st.text(min_size=1, max_size=90), min_size=1, max_size=8))
def test_every_word_has_pieces(words: list[str]) -> None:
    pieces = ENCODER.pieces
    made = features(words, [1] * len(words), [shape(w) for w in words], pieces)
    assert len(made["first"]) == len(made["last"]) == len(words)
    assert all(0 <= last - first < PIECES_A_WORD for first, last in zip(made["first"], made["last"], strict=True))
    assert len(made["ids"]) == len(made["shape"]) == len(made["gap"])


ENCODER = Encoder()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pro-Beijing camp", ["pro-Beijing", "camp"]),
        ("state-run radio", ["state", "-", "run", "radio"]),
        ("and/or", ["and", "/", "or"]),
        ("No!!!", ["No", "!!!"]),
        ("Police didn’t shoot.", ["Police", "did", "n’t", "shoot", "."]),
    ],
)
def test_tokens_are_those_of_the_treebanks(text: str, words: list[str]) -> None:
    nlp: Language = blank()
    assert [t.text for t in nlp(text)] == words
