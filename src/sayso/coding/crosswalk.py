"""CAMEO and ACLED from what an event is and who is in it: tables of `crosswalk.toml`, nothing else."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.coding.draft import Draft, EventDraft, PartyDraft
from sayso.coding.lexicon import CrosswalkRow, LexiconTables, lexicon
from sayso.coding.lexicon.entries import Words
from sayso.coding.rooms import room
from sayso.records import Acled


def _sectors(parties: Iterable[PartyDraft]) -> set[str]:
    return {sector for party in parties for sector in party.actor.sectors} or {""}


def _meets(asked: Words, given: set[str]) -> bool:
    return not asked or bool(asked & given)


def holds(row: CrosswalkRow, event: EventDraft, word: str, acting: set[str], suffering: set[str]) -> bool:
    """Whether the row is for such an event; `word` is the lemma of its trigger, then the sectors of its parties."""
    return (
        (not row.type or event.type in row.type)
        and _meets(row.mode, {event.mode or ""})
        and _meets(row.realis, {event.realis})
        and _meets(row.lemma, {word})
        and _meets(row.contexts, set(event.contexts))
        and _meets(row.actor, acting)
        and _meets(row.recipient, suffering)
    )


@room(needs=("events", "events.realis"), gives=("events.cameo", "events.acled"))
def code_events(draft: Draft) -> None:
    """Give every event its CAMEO and ACLED codes."""
    tables = lexicon()
    for event in draft.events:
        cross(tables, draft, event)


def cross(tables: LexiconTables, draft: Draft, event: EventDraft) -> None:
    known = draft.doc[event.head].base, _sectors(event.actors), _sectors(event.recipients)
    row = next((row for row in tables.cameo if holds(row, event, *known)), None)
    event.cameo = row.code if row else None
    row = next((row for row in tables.acled if holds(row, event, *known)), None)
    event.acled = (
        Acled(event_type=row.event_type, sub_event_type=row.sub_event_type or "") if row and row.event_type else None
    )
