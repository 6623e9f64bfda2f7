"""Whether a candidate is an event, and of what type: lexicon, grammar and network, weighed by a small judge.

The score of an event is how likely the judge finds it: of events scored 0.8, about 80 in 100 are right in kind.
"""

from __future__ import annotations

from sayso.coding.draft import Draft, EventDraft
from sayso.coding.grammar import children
from sayso.coding.lexicon import LexiconTables, lexicon
from sayso.coding.modes import listed_mode, modes_by_type
from sayso.coding.rooms import room
from sayso.coding.telling import FAMILIES, Telling, around
from sayso.language.events import NO_MODE

KEPT = 0.4
"""Likelihood from which a candidate is an event: where precision and recall met on marked articles."""
BRIEF = 80
"""Words up to which a text has too little of its surroundings to tell what it is about: another judge, with its own signs."""
STRONG, FARTHEST = 8.0, -8.0
"""Log-odds, and log-probabilities, beyond these tell nothing more."""
BY_MEANS = frozenset(("ASSAULT", "CONSULT", "MOBILIZE"))
"""Types whose modes are means."""
SURER = 1.0
"""Log-odds by which a mode that the network reads must be likelier than none, where the words set none."""


@room(needs=("events", "events.read", "events.parties", "events.inner"), gives=("events.weighed",))
def weigh_events(draft: Draft) -> None:
    """Score the candidates and drop the unlikely. Without the network, what the rules doubt is dropped."""
    telling = draft.telling
    if telling is None:
        draft.events = [event for event in draft.events if event.doubt is None]
        return
    tables = lexicon()
    known = modes_by_type()
    for event in draft.events:
        weigh(draft, event, telling, tables)
    draft.unlikely = [event for event in draft.events if event.score < KEPT]
    draft.events = [event for event in draft.events if event.score >= KEPT]
    for event in draft.events:
        set_mode(event, telling, known[event.type])


def weigh(draft: Draft, event: EventDraft, telling: Telling, tables: LexiconTables) -> None:
    """Give the event its likeliest type, that of its pattern or that which the network reads, and its score."""
    judge = telling.heads.judges["event" if len(draft.doc) > BRIEF else "event in brief"]
    likely = {type_: judge(found) for type_, found in signs(draft, event, telling).items()}
    best = max(likely, key=lambda type_: (likely[type_], type_ == event.type))
    event.score = round(likely[best], 4)
    if best != event.type:
        event.because.append(f"read as {best}, not {event.type}")
        event.type, event.mode = best, listed_mode(draft.doc[event.head], best, tables)
    event.because.append(f"likelihood {event.score:.2f}")


def types_of(event: EventDraft, telling: Telling) -> list[str]:
    """The type of the event's pattern, and what the network reads where that is another."""
    read = telling.best(telling.place(event.trigger))
    return [event.type] if read == event.type else [event.type, read]


def set_mode(event: EventDraft, telling: Telling, allowed: frozenset[str]) -> None:
    """Where the lexicon does not know the word, take the mode that the network reads, if it is sure of it.

    By what means something was done is told by words alone: a weapon that nobody names is none, nor is a telephone.
    """
    if event.mode is None and event.found == "read" and allowed and event.type not in BY_MEANS:
        likely = telling.modes(telling.place(event.trigger), allowed)
        best = max(likely, key=lambda name: likely[name])
        if best != NO_MODE and likely[best] - likely[NO_MODE] >= SURER:
            event.mode = best


def signs(draft: Draft, event: EventDraft, telling: Telling) -> dict[str, dict[str, float]]:
    """What speaks for and against the candidate, by name, for each type that it may be."""
    pair = between(draft, event, telling)
    return {type_: signs_as(draft, event, telling, type_, pair) for type_ in types_of(event, telling)}


def signs_as(draft: Draft, event: EventDraft, telling: Telling, type_: str, pair: dict[str, float]) -> dict[str, float]:
    """The signs for one type; `pair`: what the head of pairs makes of the event's parties."""
    place = telling.place(event.trigger)
    head = draft.doc[event.head]
    told, own = telling.told(place), max(FARTHEST, telling.type(place, type_))
    found = {
        "told": max(-STRONG, min(STRONG, told)),
        "type": own,
        "other type": float(telling.best(place) != type_),
        "type and told": own * float(told > 0),
        "pattern": event.score,
        "conditions": float(event.met),
        "retyped": float(type_ != event.type),
        "retyped against conditions": float(type_ != event.type) * event.met,
        "doubt": float(event.doubt is not None),
        f"doubt: {event.doubt}": 1.0,
        f"found {event.found}": 1.0,
        f"type {type_}": 1.0,
        "actor": float(bool(event.actors)),
        "recipient": float(bool(event.recipients)),
        "both": float(bool(event.actors) and bool(event.recipients)),
        "said": float(event.statement is not None),
        "modifies": float(head.relation in ("amod", "compound")),
        "definite": float(head.pos_ == "NOUN" and any(c.lower_ == "the" for c in children(head, "det"))),
        f"block {draft.kind_of(event.head)}": 1.0,
    }
    if pair:
        likely = pair.get(FAMILIES.get(type_, type_), 0.0)
        found |= {"between": likely, "nothing between": pair["NONE"], "joined": 1.0}
    return found


def between(draft: Draft, event: EventDraft, telling: Telling) -> dict[str, float]:
    """What the head of pairs makes of the event's first parties; empty unless both stand in its sentence."""
    if not event.actors or not event.recipients:
        return {}
    sentence = around(draft.doc[event.head])
    source, target = event.actors[0].range, event.recipients[0].range
    if not (sentence.covers(source) and sentence.covers(target)) or source.overlaps(target):
        return {}
    return telling.between(source, target, sentence)
