"""How sure: is the event told as a fact, as part of this story or as history, and how far is the coding to be trusted.

Reads events with their times and statements; adds `realis`, `background`, and settles `score`.
"""

from __future__ import annotations

from datetime import date, timedelta

from spacy.tokens import Token

from sayso.coding.draft import Draft, EventDraft, TimeDraft
from sayso.coding.grammar import children, clause_head, lemma
from sayso.coding.realis import judge
from sayso.coding.rooms import room

STORY = timedelta(days=45)
"""What ended so long before publication is history; news of the same affair seldom reaches further back."""
PAGE_KINDS = ("title", "standfirst", "caption", "quote")


@room(needs=("events", "events.time", "statements"), gives=("events.realis", "events.background"))
def judge_events(draft: Draft) -> None:
    """Realis and background of each event, with the reason; lower scores for what is less than told as fact."""
    told = story_day(draft)
    past: set[int] = set()
    for event in sorted(draft.events, key=lambda e: e.head):
        head = draft.doc[event.head]
        finding = judge(head, event.type)
        event.realis = finding.realis
        event.because.append(f"{finding.realis}: {finding.why}")
        reason = history(draft, event, told, past)
        if reason:
            event.background = True
            past.add(head.sent.start)
            event.because.append(f"background: {reason}")
        event.score = settled(draft, event)


def story_day(draft: Draft) -> date | None:
    return parse_day(draft.article.published)


def parse_day(text: str | None) -> date | None:
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def history(draft: Draft, event: EventDraft, told: date | None, past: set[int]) -> str | None:
    """Why the event is history in this story, or None."""
    head = draft.doc[event.head]
    if event.time is not None and event.time.end:
        ended = parse_day(event.time.end)
        if told is not None:
            return f"ended {event.time.end}" if ended and told - ended > STORY else None
        if event.time.granularity in ("year", "decade", "century") and is_past(head):
            return f"dated only {event.time.granularity}: {event.time.start}"
        return None
    if event.realis in ("actual", "negated", "attempted") and event.statement is None and is_past_perfect(head):
        dated = clause_times(draft, head)
        if told is not None and any(is_history(time, told) for time in dated):
            return "past perfect beside an old date"
    if sentence_is_old(draft, head, told):
        return "its sentence is about the past"
    if follows_history(draft, head, past):
        return "goes on with the past of the sentence before"
    return None


def is_history(time: TimeDraft, told: date) -> bool:
    ended = parse_day(time.end)
    return ended is not None and told - ended > STORY


def clause_times(draft: Draft, head: Token) -> list[TimeDraft]:
    sentence = head.sent
    return [t for t in draft.times if sentence.start <= t.range.start < sentence.end and t.end]


def sentence_is_old(draft: Draft, head: Token, told: date | None) -> bool:
    """Every dated time of the sentence is history and the event is told in the past tense."""
    times = clause_times(draft, head)
    return told is not None and bool(times) and is_past(head) and all(is_history(t, told) for t in times)


def follows_history(draft: Draft, head: Token, past: set[int]) -> bool:
    """An undated sentence in the past tense, in the same paragraph, right after one that is history."""
    sentence = head.sent
    if sentence.start == 0 or clause_times(draft, head) or not is_past(head):
        return False
    before = draft.doc[sentence.start - 1].sent
    same_block = draft.blocks[before.start] is draft.blocks[sentence.start]
    return before.start in past and same_block


def is_past(head: Token) -> bool:
    """The event's clause is in the past tense (a noun's: the clause it stands in)."""
    verb = head if head.pos_ in ("VERB", "AUX") else clause_head(head)
    words = [verb, *children(verb, "aux", "aux:pass", "cop")]
    present = any(w.tag_ in ("VBZ", "VBP", "MD") for w in words)
    return not present and any(w.morph.get("Tense", []) == ["Past"] or w.tag_ in ("VBD", "VBN") for w in words)


def is_past_perfect(head: Token) -> bool:
    verb = head if head.pos_ in ("VERB", "AUX") else clause_head(head)
    return any(lemma(a) == "have" and a.tag_ == "VBD" for a in children(verb, "aux"))


def settled(draft: Draft, event: EventDraft) -> float:
    """The score after all rooms: less where the words stand outside the body or nobody takes part."""
    score = event.score
    if not event.actors and not event.recipients:
        score -= 0.1
    if draft.kind_of(event.head) in PAGE_KINDS:
        score -= 0.05
    return min(0.99, max(0.05, score))
