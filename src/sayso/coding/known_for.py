"""What people are known for in this article of whom it says nothing else: who is tried for a crime."""

from __future__ import annotations

from sayso.coding.draft import Draft, EventDraft
from sayso.coding.rooms import room
from sayso.coding.tables import table

CRIMINAL = "CRM"
UNKNOWN = frozenset(("CVL",))
"""Sectors of people of whom nothing is said."""


@room(needs=["actors", "events"], gives=["actors.sectors"])
def know_people(draft: Draft) -> None:
    """Reads the events; gives those accused or convicted of crimes, and of no other sector, that of crime."""
    for event in draft.events:
        if event.realis == "actual" and is_of_a_court(draft, event):
            for party in event.recipients:
                if party.actor.kind in ("person", "group") and set(party.actor.sectors) <= UNKNOWN:
                    party.actor.sectors = [CRIMINAL]


def is_of_a_court(draft: Draft, event: EventDraft) -> bool:
    """Whether the event is a verdict, a sentence, a trial or a charge."""
    return event.mode == "convict" or draft.doc[event.head].base in table("agents")["accused"]["triggers"]
