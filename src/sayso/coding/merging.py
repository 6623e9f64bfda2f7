"""One act, one event: what is told twice in a sentence, or again in a later one, is kept once."""

from __future__ import annotations

from sayso.coding.draft import Draft, EventDraft
from sayso.coding.grammar import children
from sayso.coding.parsed import Doc, Token
from sayso.coding.rooms import room

UPWARD = ("obl", "obj", "nsubj", "nmod", "compound", "xcomp", "advcl")
STEPS = 3
"""Words looked at above a noun."""
NEARBY = 120
"""Tokens after an act within which a bare noun ("protests") still means it."""
DEFINITE = frozenset(("the", "this", "that", "these", "those", "such"))
NEW = frozenset("second third fourth new another other similar previous earlier separate further first".split())
"""Words that tell one act from another."""


@room(needs=("events",), gives=("events.merged",))
def merge_events(draft: Draft) -> None:
    """Drop the events that only repeat another, after giving it what they add."""
    draft.events = _within_sentences(draft.doc, draft.events)
    draft.events = _later_mentions(draft.doc, draft.events)


def _within_sentences(doc: Doc, events: list[EventDraft]) -> list[EventDraft]:
    by_head = {event.head: event for event in events}
    dropped: set[int] = set()
    for event in events:
        if doc[event.head].pos_ in ("VERB", "AUX"):
            continue
        other = _governing(doc[event.head], event, by_head, dropped) or _wrought(doc[event.head], event, by_head)
        if other is not None:
            _give(event, other)
            dropped.add(event.head)
    return [event for event in events if event.head not in dropped]


def _governing(noun: Token, event: EventDraft, by_head: dict[int, EventDraft], dropped: set[int]) -> EventDraft | None:
    """The event of the same type that the noun is an argument of, unless it is done to somebody else."""
    at = noun
    for _ in range(STEPS):
        if at.head == at or at.relation not in UPWARD:
            return None
        at = at.head
        other = by_head.get(at.i)
        if other is None or at.i in dropped:
            if at.pos_ in ("VERB", "AUX"):
                return None
            continue
        return other if _same_act(event, other) else None
    return None


def _wrought(noun: Token, event: EventDraft, by_head: dict[int, EventDraft]) -> EventDraft | None:
    """The event that the noun is said to have wrought: "killed by an airstrike in the hills", "the blast that killed two"."""
    wrought = [noun.head] if noun.dep_ in ("obl:agent", "nsubj") else []
    wrought += [c for c in children(noun, "acl") if any(g.base in ("that", "which") for g in children(c, "nsubj"))]
    for verb in wrought:
        other = by_head.get(verb.i)
        if other is not None and other is not event and verb.pos_ == "VERB" and other.type == event.type:
            if not event.mode or not other.mode or event.mode == other.mode:
                return other
    return None


def _same_act(event: EventDraft, other: EventDraft) -> bool:
    if event.type != other.type or (event.mode and other.mode and event.mode != other.mode):
        return False
    if event.type == "CONSULT" and event.actors and other.actors:
        hosts = {id(p.actor) for p in other.actors}
        if hosts.isdisjoint(id(p.actor) for p in event.actors):
            return False  # "Norway hosted talks between …": who hosts is none of the parties
    mine = {id(p.actor) for p in event.recipients}
    theirs = {id(p.actor) for p in other.recipients}
    return not mine or not theirs or bool(mine & theirs)


def _give(event: EventDraft, other: EventDraft) -> None:
    """What the dropped event knew and the kept one did not."""
    if not other.actors:
        there = {id(p.actor) for p in other.recipients}
        other.actors = [p for p in event.actors if id(p.actor) not in there]
    if not other.recipients:
        there = {id(p.actor) for p in other.actors}
        other.recipients = [p for p in event.recipients if id(p.actor) not in there]
    other.mode = other.mode or event.mode
    other.instrument = other.instrument or event.instrument
    other.because.append(f"with {' '.join(event.because[:1])}")


def _later_mentions(doc: Doc, events: list[EventDraft]) -> list[EventDraft]:
    """Leave out nouns that point back: "the attack", after an attack has been told, with no new party."""
    kept: list[EventDraft] = []
    told: dict[str, list[EventDraft]] = {}
    for event in sorted(events, key=lambda e: e.head):
        earlier = told.setdefault(event.type, [])
        if _points_back(doc[event.head], event, earlier, kept):
            continue
        kept.append(event)
        earlier.append(event)
    return kept


def _points_back(head: Token, event: EventDraft, earlier: list[EventDraft], anything: list[EventDraft]) -> bool:
    """Whether the noun only means an act told before: `earlier` ones are of its type, `anything` is all of them."""
    if head.pos_ in ("VERB", "AUX") or not anything:
        return False
    definite = any(c.base in DEFINITE for c in head.children if c.dep_ == "det") or bool(children(head, "nmod:poss"))
    if not definite and (event.actors or event.recipients):
        return False
    above = head.head if head.relation == "nmod" else head
    if any(c.relation == "nummod" for c in above.children):
        return False
    if any(c.relation in ("nummod", "amod") and (c.pos_ == "NUM" or c.base in NEW) for c in head.children):
        return False
    parties = {id(p.actor) for p in [*event.actors, *event.recipients]}
    if definite and not parties and any(head.doc[other.head].base.endswith(head.base) for other in anything[-30:]):
        return True  # "the strike" after an airstrike
    for other in earlier[-30:]:
        theirs = {id(p.actor) for p in [*other.actors, *other.recipients]}
        modes = not event.mode or not other.mode or event.mode == other.mode
        if modes and parties <= theirs and (definite or head.i - other.head < NEARBY):
            return True
    return False
