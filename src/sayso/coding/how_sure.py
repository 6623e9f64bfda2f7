"""How sure: is the event told as a fact, as part of this story or as history, and how far is the coding to be trusted.

Reads events with their times and statements; adds `realis`, `background`, and settles `score`.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date, timedelta
from typing import cast

from sayso.coding.draft import Draft, EventDraft, TimeDraft
from sayso.coding.grammar import children, clause_head
from sayso.coding.moods import is_past_form
from sayso.coding.parsed import Span, Token
from sayso.coding.realis import AS_FACT, Finding, judge
from sayso.coding.rooms import room
from sayso.records import Realis

STORY = timedelta(days=45)
"""What ended so long before publication is history; news of the same affair seldom reaches further back."""
LIKELY = 0.4
"""Likelihood from which an event is taken to be told as history."""
SURER = 1.5
"""Log-odds by which the network must hold another realis likelier than plain fact, where no word governs the event."""
STEPS = 6
"""Nouns looked at above a date."""
THESE_DAYS = 7
"""Days around the article's own of which nothing is told as history."""
PAGE_KINDS = ("title", "standfirst", "caption", "quote")


@room(needs=("events", "events.time", "statements", "times"), gives=("events.realis", "events.background"))
def judge_events(draft: Draft) -> None:
    """Realis and background of each event, with the reason; lower scores for what is less than told as fact."""
    told = story_day(draft)
    past = History(draft, told)
    for event in sorted(draft.events, key=lambda e: e.head):
        finding = judge(draft.doc[event.head], event.type)
        if draft.telling is not None:
            finding = reconciled(finding, draft.telling.realis(draft.telling.place(event.trigger)))
        event.realis = finding.realis
        event.because.append(f"{finding.realis}: {finding.why}")
        reason = past.of(event)
        if draft.telling is not None:
            likely = draft.telling.heads.judges["background"](background_signs(draft, event, past))
            doubtful = reason is None and past.is_of_these_days(event)
            reason = (reason or f"read so ({likely:.2f})") if likely >= LIKELY and not doubtful else None
        if reason:
            event.background = True
            event.because.append(f"background: {reason}")
        event.score = settled(draft, event)


def reconciled(finding: Finding, read: Mapping[str, float]) -> Finding:
    """What the words that govern the event say; where none does, the network may know better.

    `read`: log-probability of each degree of reality.
    """
    best = max(read, key=lambda name: read[name])
    if finding.why != AS_FACT or read[best] - read[finding.realis] < SURER:
        return finding
    return Finding(cast("Realis", best), "read so")


def background_signs(draft: Draft, event: EventDraft, past: History) -> dict[str, float]:
    """What speaks for the event being told as history: its time, its sentence, its tense, and how the network reads it."""
    head = draft.doc[event.head]
    signs = {
        "history": float(past.of(event) is not None),
        "past": float(is_past(head)),
        "pluperfect": float(any(c.lower_ in ("had", "'d") for c in children(head, "aux"))),
        "noun": float(head.pos_ == "NOUN"),
        "said": float(event.statement is not None),
        "late": min(1.0, head.i / max(1, len(draft.doc))),
    }
    if event.time is not None and event.time.end:
        ended, told = parse_day(event.time.end), past.told
        signs["timed"] = 1.0
        if ended is not None and told is not None:
            signs["days"] = min(6.0, math.log1p(max(0, (told - ended).days)))
            signs["today"] = float(abs((told - ended).days) <= 7)
    if draft.telling is not None:
        odds = draft.telling.background(draft.telling.place(event.trigger))
        signs["read"] = max(-6.0, min(6.0, odds))
    return signs


def story_day(draft: Draft) -> date | None:
    return parse_day(draft.article.published)


def parse_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


class History:
    """Which sentences of an article tell of another time than its own."""

    def __init__(self, draft: Draft, told: date | None):
        self.draft = draft
        self.told = told
        self._dated: dict[int, list[TimeDraft]] = {}
        for time in draft.times:
            root = draft.doc.span(*time.range).root
            if time.end and not names_thing(root) and not goes_on(root):
                self._dated.setdefault(draft.doc[time.range.start].sent.start, []).append(time)
        self._old = self._old_sentences()

    def of(self, event: EventDraft) -> str | None:
        """Why the event is history in this story, or None."""
        head = self.draft.doc[event.head]
        if event.time is not None and event.time.end:
            root = self.draft.doc.span(*event.time.range).root
            return None if goes_on(root) else self._by_time(event.time, head)
        if head.sent.start in self._old and is_past(head):
            return self._old[head.sent.start]
        return None

    def is_of_these_days(self, event: EventDraft) -> bool:
        """Whether the event is told of one day just before or after the article's own: that is no history."""
        day = parse_day(event.time.start) if event.time is not None and event.time.start == event.time.end else None
        return day is not None and self.told is not None and abs((self.told - day).days) <= THESE_DAYS

    def _by_time(self, time: TimeDraft, head: Token) -> str | None:
        if self.told is not None:
            return f"ended {time.end}" if is_history(time, self.told) else None
        if time.granularity in ("year", "decade", "century") and is_past(head):
            return f"dated only by {time.granularity}: {time.start}"
        return None

    def _old_sentences(self) -> dict[int, str]:
        """First token of each old sentence, and why: all its dates are history, or it goes on from one that is."""
        old: dict[int, str] = {}
        before: Span | None = None
        for sentence in self.draft.doc.sents:
            times = self._dated.get(sentence.start, [])
            if times and self.told is not None and all(is_history(time, self.told) for time in times):
                old[sentence.start] = "its sentence is about the past"
            elif not times and before is not None and before.start in old and self._goes_on(before, sentence):
                old[sentence.start] = "goes on with the past of the sentence before"
            before = sentence
        return old

    def _goes_on(self, before: Span, sentence: Span) -> bool:
        same_block = self.draft.blocks[before.start] is self.draft.blocks[sentence.start]
        return same_block and is_past(sentence.root)


def names_thing(time: Token) -> bool:
    """ "the anniversary of the 1976 massacre": the date belongs to a thing that the clause speaks of, not to the clause."""
    if time.relation not in ("nummod", "compound", "amod", "nmod"):
        return False
    noun = time.head
    for _ in range(STEPS):
        if noun.relation != "nmod":
            break
        noun = noun.head
    return noun.pos_ in ("NOUN", "PROPN") and noun.relation in ("nsubj", "obj", "iobj")


def goes_on(time: Token) -> bool:
    """ "have marched since June": what began then has not ended."""
    return any(c.lower_ == "since" for c in children(time, "case", "mark"))


def is_history(time: TimeDraft, told: date) -> bool:
    ended = parse_day(time.end)
    return ended is not None and told - ended > STORY


def is_past(head: Token) -> bool:
    """The event's clause is in the past tense (a noun's: the clause it stands in)."""
    verb = head if head.pos_ in ("VERB", "AUX") else clause_head(head)
    words = [verb, *children(verb, "aux", "aux:pass", "cop")]
    present = any(w.tag_ in ("VBZ", "VBP", "MD") and not is_past_form(w) for w in words)
    return not present and any(
        is_past_form(w) or w.morph.get("Tense", []) == ["Past"] or w.tag_ in ("VBD", "VBN") for w in words
    )


def settled(draft: Draft, event: EventDraft) -> float:
    """The score after all rooms: less where the words stand outside the body or nobody takes part."""
    score = event.score
    if draft.telling is not None:
        return score  # weighed already
    if not event.actors and not event.recipients:
        score -= 0.1
    if draft.kind_of(event.head) in PAGE_KINDS:
        score -= 0.05
    return min(0.99, max(0.05, score))
