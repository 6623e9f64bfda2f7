"""Whom an act was towards, where neither the grammar nor the single words found it.

"Bern froze the accounts, a blow to the family of the ousted ruler": the verb's own phrases name no recipient. The
network's head of pairs, which has read pairs of parties with what one did to the other, says how likely the
event's type is between the actor and each other party of the sentence. Who did a thing is never guessed so, nor
who was harmed: blame needs grammar.
"""

from __future__ import annotations

from sayso.coding.draft import Draft, EventDraft, Mention, PartyDraft
from sayso.coding.parties import AGENTIVE, TOWARDS_SOMEONE
from sayso.coding.rooms import room
from sayso.coding.telling import FAMILIES, Telling, around

LIKELY = 0.5
"""Probability of the event's type from which a party is believed."""
MOST = 12
"""Mentions of a sentence that are asked about."""


@room(needs=("events", "events.parties", "actors"), gives=("events.complete",))
def complete_parties(draft: Draft) -> None:
    """Give acts towards somebody that lack a recipient the likeliest one of their sentence, where one is likely.

    A pipeline that is not the shipped one has no head of pairs; its events stay as they are.
    """
    if draft.telling is None:
        return
    for event in draft.events:
        if event.type in TOWARDS_SOMEONE and event.mode != "resign" and event.actors and not event.recipients:
            _complete(draft, event, draft.telling)


def _complete(draft: Draft, event: EventDraft, telling: Telling) -> None:
    sentence = around(draft.doc[event.head])
    known = event.actors[0]
    if not sentence.covers(known.range):
        return
    kind = FAMILIES.get(event.type, event.type)
    found: list[tuple[float, int, PartyDraft]] = []
    for mention, party in _others(draft, event, sentence.start, sentence.end)[:MOST]:
        likely = telling.between(known.range, party.range, sentence).get(kind, 0.0)
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
