"""Figures that are a part of another: "at least 130 people, including 12 children", "four of them", "two of the 12 hostages"."""

from __future__ import annotations

from sayso.coding.draft import Draft, FigureDraft
from sayso.coding.figures.counted import words_of
from sayso.coding.figures.measure import PEOPLE, group_named
from sayso.coding.parsed import Doc

PARTITIVE = frozenset(("them", "whom", "these", "those", "which", "us"))
BEFORE = 5
"""Words between "including" and its number: "including at least some 12"."""
BETWEEN = 24
"""Words between a whole and a part that "including" joins to it."""
FAR = 72
"""Words between a whole and "four of them"."""
BACK = 2
"""Sentences between a toll and what is told of "the dead"."""


def tie_parts(draft: Draft) -> None:
    """Tie each part to its whole; a part has its whole's measure where it has none of its own."""
    for number, part in enumerate(draft.figures):
        whole = _whole_behind(draft, number) or _whole_before(draft, part, draft.figures[:number])
        if whole is None or whole.part_of is part or _is_larger(part, whole):
            continue
        part.part_of = whole
        if part.measure == "other" and whole.measure in PEOPLE:
            part.measure = whole.measure


def is_of_them(doc: Doc, end: int) -> bool:
    """Whether "of them", "of those", "of whom" stands there."""
    return end + 1 < len(doc) and doc[end].lower_ == "of" and doc[end + 1].lower_ in PARTITIVE


def _whole_behind(draft: Draft, number: int) -> FigureDraft | None:
    """The 12 of "two of the 12 hostages"."""
    if number + 1 >= len(draft.figures):
        return None
    part, whole = draft.figures[number], draft.figures[number + 1]
    between = whole.range.start - part.range.end
    return whole if 0 < between <= 2 and draft.doc[part.range.end].lower_ == "of" else None


def _whole_before(draft: Draft, part: FigureDraft, before: list[FigureDraft]) -> FigureDraft | None:
    """The figure told before, of which "including", "among them" or "of them" makes this one a part."""
    doc = draft.doc
    words = [t.lower_ for t in doc[max(0, part.range.start - BEFORE) : part.range.start]]
    here = doc[part.head].sent.start
    if is_of_them(doc, part.range.end) or any(
        words[i : i + 2] in (["of", "them"], ["of", "whom"]) for i in range(len(words) - 1)
    ):
        near = [
            f for f in before if part.range.start - f.range.end < FAR and (f.measure in PEOPLE or f.unit is not None)
        ]
        return near[-1] if near else None
    joined = next((w for w in words if w in words_of("parts", "including")), None)
    named = group_named(doc[here : doc[part.head].sent.end]) if joined or _includes(doc, part) else None
    if named is not None:
        known = [f for f in before if f.measure == named and f.part_of is None and _sentences(doc, f, part) <= BACK]
        if known:
            return known[-1]
    if joined is None or (
        before and joined in [t.lower_ for t in doc[max(0, part.range.start - BEFORE) : before[-1].range.start]]
    ):
        return _listed(draft, part, before)
    same = [f for f in before if doc[f.head].sent.start == here and part.range.start - f.range.end < BETWEEN]
    counted = [f for f in same if f.part_of is None and _alike(draft, f, part)]
    return counted[-1] if counted else None


def _includes(doc: Doc, part: FigureDraft) -> bool:
    """ "The dead include three women": the verb that governs the number."""
    noun = doc[part.unit.end - 1] if part.unit else doc[part.head]
    return any(word.base in ("include", "be") for word in (noun.head, doc[part.head].head))


def _listed(draft: Draft, part: FigureDraft, before: list[FigureDraft]) -> FigureDraft | None:
    """The second part of a list of parts: "including 12 children and four women"."""
    if not before or before[-1].part_of is None:
        return None
    last, doc = before[-1], draft.doc
    end = max(last.range.end, last.unit.end if last.unit else 0)
    between = [t.lower_ for t in doc[end : part.range.start]]
    listed = 0 < len(between) <= 4 and set(between) <= {",", "and", "as", "well", "or"}
    another = part.measure != last.measure and "other" not in (part.measure, last.measure)  # "…, and 30 were wounded"
    return last.part_of if listed and not another and _alike(draft, last, part) else None


def _is_larger(part: FigureDraft, whole: FigureDraft) -> bool:
    """Whether what is called a part is more than its whole can be."""
    return part.low is not None and whole.high is not None and part.low > whole.high


def _alike(draft: Draft, whole: FigureDraft, part: FigureDraft) -> bool:
    """Whether people are a part of people, and things of things."""
    people = [_counts_people(draft, figure) for figure in (whole, part)]
    return people[0] == people[1] or part.unit is None


def _counts_people(draft: Draft, figure: FigureDraft) -> bool:
    if figure.measure in PEOPLE:
        return True
    return figure.unit is not None and draft.doc[figure.unit.end - 1].base in words_of("people", "nouns")


def _sentences(doc: Doc, one: FigureDraft, other: FigureDraft) -> int:
    """How many sentences apart the two stand."""
    return sum(bool(doc[i].is_sent_start) for i in range(one.head + 1, other.head + 1))
