"""Parses: CoNLL-U read, words aligned by their characters, and the figures over them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.errors import InvalidArticle
from sayso.evaluation import Evaluation, evaluate
from sayso.evaluation.conllu import ROOT, Parse, read_conllu
from sayso.evaluation.syntax import align
from sayso.records import Span

Scorer = Callable[..., Evaluation]


def row(number: str, form: str, head: int | str = 0, relation: str = "root", upos: str = "X", misc: str = "_") -> str:
    return "\t".join([number, form, "_", upos, "_", "_", str(head), relation, "_", misc])


def plain(words: str, *, head: int = 1) -> list[str]:
    """A sentence whose words hang on the first, or on another."""
    forms = words.split()
    return [
        row(str(n), form, 0 if n == head else head, "root" if n == head else "dep") for n, form in enumerate(forms, 1)
    ]


def token(first: int, form: str, *parts: tuple[str, int, str]) -> list[str]:
    """A multiword token."""
    whole = row(f"{first}-{first + len(parts) - 1}", form, "_", "_", "_")
    return [whole, *(row(str(first + n), *part) for n, part in enumerate(parts))]


def doc(*sentences: list[str], name: str = "x") -> list[str]:
    return [line for sentence in sentences for line in (f"# doc_id = {name}", *sentence, "")]


def read(*sentences: list[str]) -> Parse:
    return read_conllu(doc(*sentences), "n.conllu")[0]


@pytest.fixture
def scored(tmp_path: Path) -> Scorer:
    def score(gold: list[str], *found: list[str]) -> Evaluation:
        path = tmp_path / "gold.conllu"
        path.write_text("\n".join(gold) + "\n", encoding="utf-8")
        return evaluate("parse", path, ["\n".join(lines) + "\n" for lines in found])

    return score


def test_heads_are_counted_through_the_article() -> None:
    parse = read(plain("Go on"), plain("He left us", head=2))
    assert [word.head for word in parse.words] == [ROOT, 0, 3, ROOT, 3]
    assert parse.sentences == [Span(0, 4), Span(4, 12)]
    assert (parse.characters, parse.text) == ("GoonHeleftus", "Go on He left us")


def test_parts_of_a_multiword_token_share_its_characters_and_empty_nodes_are_no_words() -> None:
    parse = read([*token(1, "don't", ("do", 3, "aux"), ("not", 3, "advmod")), row("2.1", "E"), row("3", "go")])
    assert [(word.form, word.token, word.part) for word in parse.words] == [
        ("do", Span(0, 5), True),
        ("not", Span(0, 5), True),
        ("go", Span(5, 7), False),
    ]


def test_articles_go_by_doc_id_else_newdoc_else_sentence() -> None:
    lines = ["# sent_id = s1", *plain("A"), "", "# sent_id = s2", "# newdoc id = d", *plain("B"), "", *plain("C"), ""]
    lines += ["# doc_id = e", *plain("D"), ""]
    assert [(parse.id, parse.characters) for parse in read_conllu(lines, "n")] == [("s1", "A"), ("d", "BC"), ("e", "D")]


def test_a_paragraph_begins_after_a_blank_line() -> None:
    lines = doc(["# text = Go on.", row("1", "Go"), row("2", "on.", 1)], ["# newpar id = p2", *plain("He left")])
    assert read_conllu(lines, "n")[0].text == "Go on.\n\nHe left"


def test_words_without_a_text_line_are_set_by_space_after() -> None:
    assert read([row("1", "Go", misc="SpaceAfter=No"), row("2", "!", 1)]).text == "Go!"


@pytest.mark.parametrize(
    ("lines", "reason"),
    [
        (["1\tGo\t0"], "10 columns"),
        ([row("one", "Go")], "word number"),
        ([row("1", "Go", "_")], "head"),
        ([row("1", "Go", 2)], "head 2 of a sentence of 1"),
        ([row("1-2", "don't"), row("1", "do")], "1-2 do not follow"),
        ([row("1", "Go", misc="start_char=a|end_char=b")], "no numbers"),
        (["# text = Come", row("1", "Go")], "do not make its # text"),
    ],
)
def test_what_is_no_conllu_is_named_by_its_line(lines: list[str], reason: str) -> None:
    with pytest.raises(InvalidArticle, match=rf"n\.conllu:\d+: .*{reason}"):
        read_conllu(["", *lines, ""], "n.conllu")


def test_words_on_the_same_characters_are_the_same() -> None:
    assert align(read(plain("can not go")).words, read(plain("cannot go")).words) == {2: 1}


def test_in_a_multiword_token_the_common_forms_are_the_same() -> None:
    gold = read([*token(1, "dámelo", ("da", 0, "root"), ("me", 1, "a"), ("lo", 1, "b")), row("4", "ya", 1)])
    found = read([*token(1, "dámelo", ("Da", 0, "root"), ("lo", 1, "b")), row("3", "ya", 1)])
    assert align(gold.words, found.words) == {0: 0, 2: 1, 3: 2}
    assert align(gold.words, read(plain("dámelo ya")).words) == {3: 1}


def test_missed_words_and_words_too_many_are_wrong(scored: Scorer) -> None:
    """Of 3 and 2 words one is the same: 2 · 1 of 5."""
    result = scored(doc(plain("can not go")), doc(plain("cannot go")))
    assert (result.value("words_f1"), result.value("UAS_f1")) == (40, 0)


def test_las_takes_universal_relations(scored: Scorer) -> None:
    gold = doc([row("1", "Go"), row("2", "home", 1, "obl:unmarked")])
    result = scored(gold, doc([row("1", "Go"), row("2", "home", 1, "obl")]))
    assert (result.value("LAS_subtype_f1"), result.headline) == (50, 100)


def test_a_right_relation_to_the_wrong_head_is_wrong(scored: Scorer) -> None:
    gold = doc([row("1", "a", 3, "det"), row("2", "b", 3, "det"), row("3", "c")])
    result = scored(gold, doc([row("1", "a", 2, "det"), row("2", "b", 3, "det"), row("3", "c")]))
    assert (round(result.value("UAS_f1"), 1), result.value("UPOS_f1")) == (66.7, 100)


def test_sentences_must_begin_and_end_alike(scored: Scorer) -> None:
    result = scored(doc(plain("a b"), plain("c")), doc(plain("a b c")))
    assert (result.value("sentences_f1"), result.value("tokens_f1")) == (0, 100)


def test_other_characters_count_as_missing(scored: Scorer) -> None:
    result = scored(doc(plain("a b")), doc(plain("a c")))
    assert (result.value("tokens_f1"), result.missing, result.altered) == (0, 0, 1)


CUTS = st.lists(st.integers(1, 3), min_size=1, max_size=6)


@settings(max_examples=50, deadline=None)
@given(st.data(), st.text("ab", min_size=1, max_size=8))
def test_alignment_is_in_order_and_one_to_one(data: st.DataObject, characters: str) -> None:
    parses = [read(_cut(characters, data.draw(CUTS), data.draw(st.booleans()))) for _ in range(2)]
    pairs = sorted(align(*(parse.words for parse in parses)).items())
    assert [found for _, found in pairs] == sorted({found for _, found in pairs})
    assert align(parses[0].words, parses[0].words) == {n: n for n in range(len(parses[0].words))}


def _cut(characters: str, cuts: list[int], multiword: bool) -> list[str]:
    """The characters as tokens of these lengths, the first as a multiword token of two."""
    forms, at = [], 0
    for cut in [*cuts, len(characters)]:
        forms.append(characters[at : at + cut])
        at += cut
    forms = [form for form in forms if form]
    if not multiword:
        return plain(" ".join(forms))
    head = token(1, forms[0], (forms[0], 0, "root"), ("a", 1, "dep"))
    return head + [row(str(n), form, 1, "dep") for n, form in enumerate(forms[1:], start=3)]
