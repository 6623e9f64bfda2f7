"""The place that an article is about, for events that are told without one.

It is used only where one place is clear: the dateline's, the only settlement of the title or of the first sentence,
or the place of the event told just before in the same paragraph.
"""

from __future__ import annotations

import re

from sayso.coding.draft import Draft, EventDraft, PlaceDraft
from sayso.coding.sites import PHYSICAL, Atlas

REACH = 2
"""Sentences of a paragraph over which a place runs on."""
_DATELINE = re.compile(r"[^\n]{0,40}?(?:\([A-Z][\w\s./-]{1,30}\)\s*)?(?:—|–|--|-)\s")
_FINE = ("settlement", "facility", "admin2")


def dateline_place(draft: Draft) -> PlaceDraft | None:
    """ "ALMATY, Kazakhstan (AP) — …": the settlement that stands before the dash at the head of the body."""
    doc = draft.doc
    dated = [
        (span, place)
        for place in draft.places
        for span in place.mentions
        if place.precision == "settlement" and draft.kind_of(span.start) == "date"
    ]
    if dated:
        return min(dated, key=lambda pair: pair[0])[1]
    for sent in doc.sents:
        if not draft.coded(sent.start) or draft.kind_of(sent.start) in ("title", "standfirst", "caption"):
            continue
        match = _DATELINE.match(doc.text, doc[sent.start].idx)
        if not match:
            return None
        inside = [
            (span, place)
            for place in draft.places
            for span in place.mentions
            if span.start >= sent.start and doc[span.start].idx < match.end() and place.precision == "settlement"
        ]
        return min(inside, key=lambda pair: pair[0])[1] if inside else None
    return None


def only_settlement(draft: Draft, start: int, end: int) -> PlaceDraft | None:
    """The settlement that these tokens name, where they name just one."""
    found = {
        id(place): place
        for place in draft.places
        if place.precision in _FINE and any(start <= span.start < end for span in place.mentions)
    }
    return next(iter(found.values())) if len(found) == 1 else None


def story_place(draft: Draft) -> PlaceDraft | None:
    """The settlement of the story: of its dateline, its title or its first sentence."""
    if place := dateline_place(draft):
        return place
    seen = 0
    for sent in draft.doc.sents:
        if not draft.coded(sent.start):
            continue
        if place := only_settlement(draft, sent.start, sent.end):
            return place
        if draft.kind_of(sent.start) not in ("title", "standfirst"):
            seen += 1
        if seen:
            return None
    return None


def carry(draft: Draft, atlas: Atlas, sited: dict[int, PlaceDraft]) -> list[tuple[EventDraft, PlaceDraft, str]]:
    """Places for events on the ground that have none, from the paragraph or the story.

    `sited`: the place found by grammar, by the first token of the sentence.
    """
    found: list[tuple[EventDraft, PlaceDraft, str]] = []
    story = story_place(draft)
    order = {start: number for number, start in enumerate(atlas.starts)}
    first = min((e.head for e in draft.events), default=0)
    for event in draft.events:
        if event.place is not None or event.type not in PHYSICAL or event.background or event.realis != "actual":
            continue
        start = atlas.sentence_of[event.head]
        own = {id(m.place) for m in atlas.of(event)}
        before = atlas.starts[max(0, order[start] - REACH) : order[start]]
        carried = [sited[s] for s in before if s in sited and same_paragraph(draft, s, event.head)]
        if start in sited and len(own) <= 1:
            found.append((event, sited[start], "of the sentence's other event"))
        elif not own and carried:
            found.append((event, carried[-1], "running in the paragraph"))
        elif not own and story is not None and (order[start] <= order[atlas.sentence_of[first]] + 3):
            found.append((event, story, "of the story"))
    return found


def same_paragraph(draft: Draft, start: int, index: int) -> bool:
    """Whether no line is left empty between the two tokens."""
    text = draft.article.text[draft.doc[start].idx : draft.doc[index].idx]
    return "\n\n" not in text and "\n \n" not in text
