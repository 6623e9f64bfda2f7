"""Entities: tags become spans, and which of them are right."""

from __future__ import annotations

from typing import Any

import pytest

from sayso.errors import InvalidArticle
from sayso.evaluation import Evaluation, evaluate
from sayso.evaluation.conllu import read_conllu
from sayso.evaluation.entities import tagged
from sayso.records import Span

TEXT = "Ann Lee left Radio Lomé."


def conllu(tags: dict[str, str], text: str = TEXT) -> str:
    """Each word with its offsets, and its tag where it has one."""
    lines = ["# doc_id = x"]
    for number, form in enumerate(text.split(), start=1):
        start = text.index(form)
        tag = f"|NER={tags[form]}" if form in tags else ""
        misc = f"start_char={start}|end_char={start + len(form.rstrip('.'))}{tag}"
        lines.append("\t".join([str(number), form, "_", "X", "_", "_", str(number - 1), "dep", "_", misc]))
    return "\n".join(lines) + "\n\n"


def entity(words: str, label: str) -> dict[str, Any]:
    start = TEXT.index(words)
    return {"span": [start, start + len(words)], "label": label}


def scored(gold: list[dict[str, Any]], tags: dict[str, str]) -> Evaluation:
    return evaluate("entities", [{"id": "x", "text": TEXT, "entities": gold}], [conllu(tags)])


GOLD = [entity("Ann Lee", "PER"), entity("Radio Lomé", "ORG")]


def test_span_and_label_must_be_right() -> None:
    right = {"Ann": "B-PER", "Lee": "I-PER", "Radio": "B-ORG", "Lomé.": "I-ORG"}
    assert scored(GOLD, right).headline == 100
    short = scored(GOLD, {**right, "Radio": "O"})
    assert (short.headline, short.value("ORG_f1"), short.value("overlap_f1")) == (50, 0, 100)
    other = scored(GOLD, {**right, "Radio": "B-LOC", "Lomé.": "I-LOC"})
    assert (other.headline, other.value("overlap_f1"), other.value("LOC_p")) == (50, 50, 0)


def test_other_labels_are_passed_over_on_both_sides() -> None:
    result = scored([*GOLD[:1], entity("left", "MISC")], {"Ann": "B-PER", "Lee": "I-PER", "Radio": "B-PRODUCT"})
    assert result.headline == 100


def test_an_i_after_another_label_begins_an_entity() -> None:
    (parse,) = read_conllu(
        conllu({"Ann": "I-PER", "Lee": "I-ORG", "Radio": "B-LOC", "Lomé.": "B-LOC"}).split("\n"), "n"
    )
    assert tagged(parse) == {
        ("PER", Span(0, 3)),
        ("ORG", Span(4, 7)),
        ("LOC", Span(13, 18)),
        ("LOC", Span(19, 23)),
    }


def test_a_part_of_a_token_is_cut_out_of_it() -> None:
    lines = [
        "# doc_id = x",
        "1-2\tAnn's\t_\t_\t_\t_\t_\t_\t_\tstart_char=7|end_char=12",
        "1\tAnn\t_\tX\t_\t_\t0\troot\t_\tNER=B-PER",
        "2\t's\t_\tX\t_\t_\t1\tcase\t_\t_",
        "",
    ]
    (parse,) = read_conllu(lines, "n")
    assert ([word.span for word in parse.words], tagged(parse)) == ([Span(7, 10), Span(10, 12)], {("PER", Span(7, 10))})


def test_a_tag_without_offsets_is_refused() -> None:
    (parse,) = read_conllu(["1\tAnn\t_\tX\t_\t_\t0\troot\t_\tNER=B-PER", ""], "n")
    with pytest.raises(InvalidArticle, match="n:1: no start_char in MISC of 'Ann'"):
        tagged(parse)
