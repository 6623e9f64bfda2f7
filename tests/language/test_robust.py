"""Texts as they come: capitals, headlines without stops, quotations, lists, datelines; threads and processes."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from sayso.language.encoder import SHIPPED

ARTICLE = (
    "Police break up march in Kano\n\nKANO, Nigeria, March 3 (Agency) — Police fired tear gas at marchers in the northern city of "
    "Kano on Sunday, wounding at least nine people. “They gave no warning. We ran,” said Amina Bello, a teacher.\n\n"
    "The governor, who had banned the march, blamed “outsiders” for the violence; his office did not answer questions.\n"
)


def sentences(doc: Doc) -> list[str]:
    return [s.text.strip() for s in doc.sents]


def arcs(doc: Doc) -> dict[str, tuple[str, str]]:
    """Lower-cased word → its relation and its head's lower-cased word."""
    return {t.lower_: (t.dep_, t.head.lower_) for t in doc}


@pytest.mark.parametrize("form", [str, str.upper, str.lower], ids=["as written", "capitals", "lower case"])
def test_capitals_do_not_change_who_did_what(nlp: Language, form: type[str]) -> None:
    found = arcs(nlp(form("Rebels attacked the convoy on Monday.")))
    assert found["rebels"] == ("nsubj", "attacked")
    assert found["convoy"] == ("obj", "attacked")
    assert found["monday"] == ("obl", "attacked")


def test_a_headline_without_a_stop_is_a_sentence(nlp: Language) -> None:
    assert sentences(nlp(ARTICLE))[0] == "Police break up march in Kano"


def test_a_dateline_does_not_divide_its_sentence(nlp: Language) -> None:
    lead = next(s for s in sentences(nlp(ARTICLE)) if "tear gas" in s)
    assert lead.endswith("wounding at least nine people.")


def test_a_quotation_of_two_sentences_is_two(nlp: Language) -> None:
    found = sentences(nlp(ARTICLE))
    assert "“They gave no warning." in found
    assert any(s.startswith("We ran,” said Amina Bello") for s in found)


def test_abbreviations_end_no_sentence(nlp: Language) -> None:
    text = "Gen. J. R. Okello met Lt. Col. Amos Were in St. Louis at 9 p.m. on Friday. They spoke for an hour."
    assert sentences(nlp(text)) == [text[: text.index(" They")], "They spoke for an hour."]


def test_the_items_of_a_list_are_divided(nlp: Language) -> None:
    text = "The union has three demands:\n\n- the release of its leaders\n\n- higher pay\n\n- an end to night shifts\n"
    assert len(sentences(nlp(text))) == 4


def test_threads_read_the_same(nlp: Language) -> None:
    texts = [ARTICLE, "Talks failed.", ARTICLE.upper(), "Snow fell on the hills above Sarajevo."] * 3
    alone = [nlp(text).to_bytes(exclude=["user_data"]) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda text: nlp(text).to_bytes(exclude=["user_data"]), texts))
    assert together == alone


def test_the_shipped_model_is_under_thirty_megabytes() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.iterdir()) < 30_000_000
