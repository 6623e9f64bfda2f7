"""Whom an act was towards, where the grammar did not find it.

"Bern froze the accounts, a blow to the family of the ousted ruler": the verb's own phrases name no recipient. The
network's event head, which has read pairs of parties with what one did to the other, says how likely the
event's type is between the actor and each other party of the sentence. Who did a thing is never guessed so, nor
who was harmed: blame needs grammar.
"""

from __future__ import annotations

import numpy as np

from sayso.coding.draft import Draft, EventDraft, Mention, PartyDraft
from sayso.coding.parties import AGENTIVE
from sayso.coding.rooms import room
from sayso.coding.what import TOWARDS_SOMEONE
from sayso.language import PairScorer

LIKELY = 0.5
"""Probability of the event's type from which a party is believed."""
FAMILIES = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
"""Types that the head was taught as one."""
LONGEST = 120
"""Words of a sentence beyond which nothing is completed."""


@room(needs=("events", "actors"), gives=("events.parties",))
def complete_parties(draft: Draft) -> None:
    """Give acts towards somebody that lack a recipient the likeliest one of their sentence, where one is likely.

    A pipeline that is not the shipped one has no event head; its events stay as they are.
    """
    if draft.pairs is None:
        return
    for event in draft.events:
        if event.type in TOWARDS_SOMEONE and event.actors and not event.recipients:
            _complete(draft, event, draft.pairs)


def _complete(draft: Draft, event: EventDraft, scorer: PairScorer) -> None:
    sentence = draft.doc[event.head].sent
    vectors = np.asarray(draft.doc.tensor[sentence.start : sentence.end], dtype=np.float32)
    known = event.actors[0]
    kind = FAMILIES.get(event.type, event.type)
    inside = known.range.start >= sentence.start and known.range.end <= sentence.end
    if kind not in scorer.types or not inside or len(sentence) > LONGEST:
        return
    found: list[tuple[float, int, PartyDraft]] = []
    for mention, party in _others(draft, event, sentence.start, sentence.end):
        source, target = ((p.range.start - sentence.start, p.range.end - sentence.start) for p in (known, party))
        likely = scorer(vectors, source, target)[kind]
        found.append((likely, -mention.head, party))
    if not found:
        return
    likely, _, party = max(found, key=lambda item: item[:2])
    if likely >= LIKELY:
        event.recipients.append(party)
        event.because.append(f"recipient likeliest in its sentence ({likely:.2f})")


def _others(draft: Draft, event: EventDraft, start: int, end: int) -> list[tuple[Mention, PartyDraft]]:
    """Mentions in the sentence of those who can act, the event's own parties left out."""
    taken = {id(party.actor) for party in event.actors}
    return [
        (mention, PartyDraft(actor, mention.range))
        for actor in draft.actors
        if id(actor) not in taken and actor.kind in AGENTIVE
        for mention in actor.mentions
        if start <= mention.range.start and mention.range.end <= end and not mention.range.overlaps(event.trigger)
    ]
