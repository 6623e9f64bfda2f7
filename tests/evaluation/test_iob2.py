"""IOB2 files: tokens become a text, tags become entities."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InvalidArticle
from sayso.evaluation.iob2 import read_iob2


def rows(*lines: str, between: str = " ") -> list[dict[str, Any]]:
    return [row for _, row in read_iob2(lines, "n.iob2", between=between)]


def tokens(words: str) -> list[str]:
    return [f"{word}\tO" for word in words.split()]


def text(*lines: str) -> str:
    return str(rows(*lines)[0]["text"])


@pytest.mark.parametrize(
    ("words", "set_as"),
    [
        ("He left , she said .", "He left, she said."),
        ('" Go , " he said , " now . "', '"Go," he said, "now."'),
        ("They did n't ( really ) pay $ 5", "They didn't (really) pay $5"),
        ("Post # 3 : it 's fine", "Post #3: it's fine"),
    ],
)
def test_tokens_are_set_as_in_print(words: str, set_as: str) -> None:
    assert text(*tokens(words)) == set_as


def test_a_quote_does_not_run_over_a_sentence() -> None:
    assert text(*tokens('" Go .'), "", *tokens('" Stay .')) == '"Go. "Stay.'


def test_entities_are_spans_of_that_text() -> None:
    row = rows("In\tO", "New\tB-LOC", "Lom\tI-LOC", "(\tO", "Ann\tB-Person", "Lee\tB-PER", ")\tO")[0]
    found = [(row["text"][slice(*entity["span"])], entity["label"]) for entity in row["entities"]]
    assert found == [("New Lom", "LOC"), ("Ann", "PER"), ("Lee", "PER")]


def test_an_i_after_another_label_begins_an_entity_and_others_are_passed_over() -> None:
    row = rows("A\tB-ORG", "B\tI-PER", "C\tB-Date", "D\tI-Date", "E\tI-LOC", "", "F\tI-LOC")[0]
    assert [(row["text"][slice(*e["span"])], e["label"]) for e in row["entities"]] == [
        ("A", "ORG"),
        ("B", "PER"),
        ("E", "LOC"),
        ("F", "LOC"),
    ]


def test_articles_begin_at_newdoc_and_know_their_line() -> None:
    lines = ["# newdoc id = a", "# text = Hi there", "Hi\tO", "", "", "# newdoc id = b", "Yes\tO"]
    assert [(n, row["id"], row["text"].strip()) for n, row in read_iob2(lines, "n")] == [
        (1, "a", "Hi"),
        (6, "b", "Yes"),
    ]


def test_a_number_sign_may_be_a_token() -> None:
    assert text("#\tO", "1\tO") == "#1"


def test_lines_may_be_numbered() -> None:
    assert rows("1\tAnn\tB-PER\t-\t-", "2\tLee\tI-PER\t-\t-")[0]["entities"] == [{"span": [0, 7], "label": "PER"}]


def test_what_stands_between_sentences() -> None:
    assert rows("A\tO", "", "B\tO", between="\n\n")[0]["text"] == "A\n\nB"


@pytest.mark.parametrize("line", ["Ann B-PER", "Ann\tPERSON", "Ann\tB"])
def test_a_wrong_line_is_named(line: str) -> None:
    with pytest.raises(InvalidArticle, match=r"n\.iob2:2"):
        rows("He\tO", line)


WORDS = st.text("ab.,'\"(#", min_size=1, max_size=3)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(WORDS, st.sampled_from(["O", "B-PER", "I-PER", "B-LOC", "I-ORG", "B-X", "I-X"]))))
def test_no_character_is_lost_and_every_entity_has_words(tagged: list[tuple[str, str]]) -> None:
    found = rows(*(f"{word}\t{tag}" for word, tag in tagged))
    whole = "".join(row["text"] for row in found)
    assert whole.replace(" ", "") == "".join(word for word, _ in tagged)
    assert all(whole[slice(*entity["span"])].strip() for row in found for entity in row["entities"])
