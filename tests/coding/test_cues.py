"""The lexicon of cues: its forms, and its examples, run."""

from __future__ import annotations

import re

import pytest
from spacy.language import Language

from sayso.coding.coder import Coder
from sayso.coding.cues import KINDS, Cue, at, cues, verb_forms
from sayso.coding.draft import Draft, StatementDraft
from sayso.coding.parsed import Doc
from sayso.coding.ranges import Range
from sayso.coding.whose_word import find_statements
from sayso.records import Article

ALL = [cue for kind in KINDS for cue in cues(kind)]
FLOOR = 0.9
"""Share of examples in which source, cue and content are found; the rest are slips of the parser."""
MARKS = re.compile(r"[{}<>\[\]]")


def marked(example: str, opening: str, closing: str) -> list[tuple[int, int]]:
    """Code points, in the text without marks, of what stands between these marks."""
    found, start, length = [], 0, 0
    for char in example:
        if char == opening:
            start = length
        elif char == closing:
            found.append((start, length))
        if not MARKS.match(char):
            length += 1
    return found


def overlaps(draft: Draft, words: Range | None, spans: list[tuple[int, int]]) -> bool:
    if words is None:
        return not spans
    start, end = words.span(draft.doc)
    return any(start < e and s < end for s, e in spans)


def is_right(draft: Draft, statement: StatementDraft, example: str) -> bool:
    said = {i for start, end in marked(example, "[", "]") for i in range(start, end)}
    found = {i for part in statement.content for i in range(*part.span(draft.doc))}
    source = marked(example, "{", "}")
    return (
        overlaps(draft, statement.cue, marked(example, "<", ">"))
        and (not source or overlaps(draft, statement.speaker_range, source))
        and len(said & found) >= 0.5 * len(said | found)
    )


def draft_of(coder: Coder, text: str) -> Draft:
    draft = coder.draft(Article(id="example", text=text))
    find_statements(draft)
    return draft


def test_there_are_cues_enough_and_none_twice() -> None:
    assert len(ALL) >= 350
    keys = [(cue.kind, cue.word, cue.act, cue.frames) for cue in ALL]
    assert len(keys) == len(set(keys))


def test_examples_mark_cue_and_content() -> None:
    for cue in ALL:
        assert marked(cue.example, "<", ">"), cue.word
        assert marked(cue.example, "[", "]"), cue.word


@pytest.mark.parametrize(
    ("word", "forms"),
    [
        ("deny", ("denies", "denied", "denying")),
        ("note", ("notes", "noted", "noting")),
        ("blog", ("blogs", "bloged", "bloging", "blogged", "blogging")),
        ("press", ("presses", "pressed", "pressing")),
    ],
)
def test_regular_verbs_are_inflected(word: str, forms: tuple[str, ...]) -> None:
    assert verb_forms(word) == forms


def test_every_example_holds_its_cue_in_a_known_form(nlp: Language) -> None:
    for cue in ALL:
        (start, end), *_ = marked(cue.example, "<", ">")
        doc = Doc(nlp.make_doc(MARKS.sub("", cue.example)))
        inside = [token for token in doc if start <= token.idx < end]
        assert any(found.cue is cue for token in inside for found in at(token, cue.kind)), cue.word


def holds(coder: Coder, cue: Cue) -> bool:
    draft = draft_of(coder, MARKS.sub("", cue.example))
    return any(is_right(draft, statement, cue.example) for statement in draft.statements)


def test_examples_are_read_as_marked(coder: Coder) -> None:
    wrong = [cue.example for cue in ALL if not holds(coder, cue)]
    assert len(wrong) <= (1 - FLOOR) * len(ALL), "\n".join(wrong)
