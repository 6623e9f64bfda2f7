"""Acts inside other acts: what is agreed to, asked for, threatened, condemned.

The outer act is the event that is told as a fact; the inner one is less sure. Where the outer one names nobody it is
towards, the inner one's parties tell: whoever agrees to release hostages agrees towards them, whoever condemns an
attack condemns the attackers.
"""

from __future__ import annotations

from sayso.coding.draft import Draft, EventDraft, PartyDraft
from sayso.coding.parsed import Token
from sayso.coding.rooms import room

EMBEDDING = frozenset(("AGREE", "REQUEST", "REJECT", "THREATEN", "ACCUSE", "SUPPORT", "CONCEDE"))
OF_THE_DOER = frozenset(("REQUEST", "REJECT", "ACCUSE"))
"""Outer acts that are towards who does the inner one."""
LOWER_BY = 0.18
"""So much less sure is an inner act than it would be alone."""
LOWEST = 0.3
"""No inner act is made less sure than this."""
STEPS = 3
"""Words looked at above an inner act."""
INSIDE = frozenset(("xcomp", "ccomp", "obj", "advcl", "obl", "nmod", "acl"))


@room(needs=("events",), gives=("events.inner",))
def embed_events(draft: Draft) -> None:
    """Lower the scores of inner acts, and give outer ones (those without recipients, and the loose) their parties."""
    by_head = {event.head: event for event in draft.events if event.type in EMBEDDING}
    for event in draft.events:
        outer = _outer(draft.doc[event.head], by_head)
        if outer is None:
            continue
        event.score = round(max(LOWEST, event.score - LOWER_BY), 4)
        if not outer.recipients or outer.loose:
            found = _parties(event, outer)
            if found:
                outer.recipients = found
                outer.loose = False


def _outer(at: Token, by_head: dict[int, EventDraft]) -> EventDraft | None:
    for _ in range(STEPS):
        if at.relation not in INSIDE or at.head == at:
            return None
        at = at.head
        if at.i in by_head:
            return by_head[at.i]
    return None


def _parties(inner: EventDraft, outer: EventDraft) -> list[PartyDraft]:
    acting = {id(p.actor) for p in outer.actors}
    doers = [p for p in inner.actors if id(p.actor) not in acting]
    if outer.type in OF_THE_DOER and (doers or outer.mode == "allege"):
        return doers  # who alleges a murder accuses no victim
    return [p for p in inner.recipients if id(p.actor) not in acting]
