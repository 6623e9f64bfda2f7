"""What every reading of a text promises, whatever the weights."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import sayso.language
from sayso.errors import ModelError, TooMuchInput
from sayso.language.pipeline import check_labels

NEWS = (
    "ALMATY, Jan 5 (Agency) — Protesters stormed the mayor’s office on Wednesday.\n\nPolice said 12 officers were hurt. "
    "“We will not leave,” a woman shouted.\n"
)


def test_the_text_is_kept_to_the_letter(nlp: Language) -> None:
    doc = nlp(NEWS)
    assert doc.text == NEWS
    assert all(NEWS[t.idx : t.idx + len(t)] == t.text for t in doc)


def test_every_word_has_an_analysis(nlp: Language) -> None:
    doc = nlp(NEWS)
    assert all(t.pos_ and t.dep_ and t.lemma_ for t in doc)
    assert {t.dep_ for t in doc if t.head == t and not t.is_space} == {"ROOT"}


def test_the_parse_of_a_plain_sentence(nlp: Language) -> None:
    doc = nlp("Rebels attacked the town of Zinder.")
    verb = doc[1]
    assert verb.pos_ == "VERB"
    assert verb.lemma_ == "attack"
    assert [(c.text, c.dep_) for c in verb.children if c.dep_ != "punct"] == [("Rebels", "nsubj"), ("town", "obj")]
    assert [(e.text, e.label_) for e in doc.ents] == [("Zinder", "LOC")]


def test_the_passive_is_told_from_the_active(nlp: Language) -> None:
    doc = nlp("The town was attacked by rebels.")
    assert [t.text for t in doc if t.dep_ == "nsubj:pass"] == ["town"]
    assert [t.text for t in doc if t.dep_ == "obl:agent"] == ["rebels"]


def test_a_preset_sentence_start_is_kept(nlp: Language) -> None:
    doc = nlp.make_doc("Riots in Kano The governor left")
    doc[3].is_sent_start = True
    for _, pipe in nlp.pipeline:
        doc = pipe(doc)
    assert doc[3].is_sent_start


@pytest.mark.parametrize("text", ["", " ", "\n\n", ".", "😡", "a" * 3000, "( " * 500])
def test_odd_texts_are_read(nlp: Language, text: str) -> None:
    assert nlp(text).text == text


@given(st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_any_text_is_kept(nlp: Language, text: str) -> None:
    doc = nlp(text)
    assert doc.text == text
    assert all(s.start < s.end for s in doc.sents)


def test_the_same_words_beside_other_articles(nlp: Language) -> None:
    """A reading does not depend on what was read before, or on what is in the batch."""
    alone = nlp(NEWS).to_bytes(exclude=["user_data"])
    beside = [
        doc.to_bytes(exclude=["user_data"]) for doc in nlp.pipe(["Talks failed.", NEWS, "Snow fell."], batch_size=3)
    ]
    assert beside[1] == alone


def test_a_long_text_is_read_in_windows(nlp: Language) -> None:
    """The tenth copy of a paragraph is read as the first is."""
    paragraph = "Protesters stormed the mayor’s office on Wednesday. Police said 12 officers were hurt."
    doc = nlp("\n\n".join([paragraph] * 40))
    sentences = [s.text.strip() for s in doc.sents]
    assert len(sentences) == 80
    assert sentences[:2] == sentences[-2:]


def test_a_deadline_ends_the_reading(nlp: Language) -> None:
    doc = nlp.make_doc(NEWS)
    doc.user_data["deadline"] = 0.0
    with pytest.raises(TooMuchInput):
        nlp.get_pipe("sayso_reader")(doc)


def test_a_missing_model_is_named() -> None:
    with pytest.raises(ModelError, match="no_such_pipeline"):
        sayso.language.load("no_such_pipeline")


def test_a_pipeline_without_a_parser_is_refused(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(ModelError, match="no parser"):
        sayso.language.load(tmp_path)


def test_a_changed_pipeline_has_a_name_of_its_own(tmp_path: Path) -> None:
    """The shipped pipeline with another component codes otherwise; under the shipped name, codings would not tell it."""
    nlp = sayso.language.load()
    nlp.add_pipe("entity_ruler", config={"overwrite_ents": True}).add_patterns([{"label": "ORG", "pattern": "Mercy"}])
    nlp.to_disk(tmp_path / "changed")
    with pytest.raises(ModelError, match="calls itself sayso"):
        sayso.language.load(tmp_path / "changed")
    nlp.meta.update(name="with-mercy", version="1")
    nlp.to_disk(tmp_path / "named")
    loaded = sayso.load(str(tmp_path / "named"))
    assert loaded.info.model == "with-mercy-1"
    assert [one.label_ for one in loaded.nlp("Mercy killed two soldiers.").ents if one.text == "Mercy"] == ["ORG"]


def labelled(relation: str) -> Language:
    """A pipeline that hangs every word on the first, by one relation."""
    nlp = spacy.blank("en")

    @Language.component(f"hang_{relation}")
    def hang(doc: Doc) -> Doc:
        return Doc(
            doc.vocab, words=[t.text for t in doc], heads=[0] * len(doc), deps=["ROOT"] + [relation] * (len(doc) - 1)
        )

    nlp.add_pipe(f"hang_{relation}")
    return nlp


def test_a_parser_with_other_labels_is_refused_and_one_with_ud_is_not() -> None:
    with pytest.raises(ModelError, match="Universal Dependencies"):
        check_labels(labelled("pobj"), "other")
    check_labels(labelled("obl"), "ud")
