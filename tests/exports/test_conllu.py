"""Documents as CoNLL-U."""

from __future__ import annotations

import spacy
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, Span

from sayso.exports.conllu import conllu

BLANK = spacy.blank("en")


def rows(text: str) -> list[list[str]]:
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    return [line for line in lines if "-" not in line[0]]


def tokens(text: str) -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    return [(line[0], line[1]) for line in lines if "-" in line[0]]


def misc(row: list[str]) -> dict[str, str]:
    return dict(part.partition("=")[::2] for part in row[9].split("|"))


def test_a_sentence_of_words_entities_and_offsets() -> None:
    doc = Doc(
        BLANK.vocab,
        words=["Ann", "Lee", "left", ".", "\n", "Go", "!"],
        spaces=[True, True, False, False, False, False, False],
        heads=[2, 0, 2, 2, 3, 5, 5],
        deps=["nsubj", "flat", "ROOT", "punct", "dep", "ROOT", "punct"],
        sent_starts=[True, False, False, False, False, True, False],
    )
    doc.ents = [Span(doc, 0, 2, label="PER")]
    text = conllu(doc, "a b\nc")
    assert text.startswith("# doc_id = a b c\n# sent_id = a b c-1\n# text = Ann Lee left.\n1\tAnn\t")
    found = rows(text)
    assert [row[1] for row in found] == ["Ann", "Lee", "left", ".", "Go", "!"]
    assert [(row[6], row[7]) for row in found[:4]] == [("3", "nsubj"), ("1", "flat"), ("0", "root"), ("3", "punct")]
    assert misc(found[0]) == {"start_char": "0", "end_char": "3", "NER": "B-PER"}
    assert misc(found[2])["SpaceAfter"] == "No"
    assert "SpaceAfter" not in misc(found[3])


def test_contractions_are_multiword_tokens() -> None:
    doc = BLANK.make_doc("They couldn't've known Kyiv’s plan, and cannot.")
    found = conllu(doc, "x")
    assert tokens(found) == [("2-4", "couldn't've"), ("6-7", "Kyiv’s"), ("11-12", "cannot")]
    assert "# text = They couldn't've known Kyiv’s plan, and cannot.\n" in found
    assert [row[1] for row in rows(found)[1:4]] == ["could", "n't", "'ve"]
    last = next(line for line in found.split("\n") if line.startswith("11-12"))
    assert last.endswith("SpaceAfter=No")
    assert "SpaceAfter" not in misc(rows(found)[10])
    assert "SpaceAfter" not in misc(rows(found)[11])


@given(st.text(max_size=60))
def test_offsets_and_trees_hold_for_any_text(text: str) -> None:
    """Every word stands where it says, and every sentence is a tree with one root, parsed or not."""
    doc = BLANK.make_doc(text)
    for block in filter(None, conllu(doc, "x").split("\n\n")):
        found = rows(block)
        assert [row[0] for row in found] == [str(i) for i in range(1, len(found) + 1)]
        assert [row[6] for row in found].count("0") == 1
        assert all(len(row) == 10 and row[1] for row in found)
        for row in found:
            start, end = int(misc(row)["start_char"]), int(misc(row)["end_char"])
            assert "".join(text[start:end].split()) == row[1]


def test_the_shipped_model_gives_trees(nlp: Language) -> None:
    text = "“We saw it,” Ann Lee told reporters.\n\nThe army left Almaty on Friday."
    found = conllu(nlp(text), "x")
    assert found.count("# sent_id") >= 2
    for block in filter(None, found.split("\n\n")):
        heads = [int(row[6]) for row in rows(block)]
        assert heads.count(0) == 1
        for at in range(1, len(heads) + 1):
            seen: set[int] = set()
            while at and at not in seen:
                seen.add(at)
                at = heads[at - 1]
            assert at == 0
