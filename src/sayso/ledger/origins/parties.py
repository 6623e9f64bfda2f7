"""Whether whoever says so is a side of what happened, and who says of himself that he did it."""

from __future__ import annotations

from collections.abc import Iterable

from sayso.coding.agents import agents, singular
from sayso.coding.bodies import body
from sayso.gazetteer import countries
from sayso.gazetteer.normal import normal
from sayso.ledger.origins import institution_words
from sayso.ledger.origins.denials import is_report
from sayso.ledger.origins.speaking import UNKNOWN, Named, is_same
from sayso.ledger.origins.whose import origin_of, origin_of_actor, place_of
from sayso.records import Actor, Coding, Event, Party, Place

STATE = frozenset(("GOV", "MIL", "COP", "SPY"))
"""Sectors by which somebody is of a state's government or forces. Courts, prosecutors and parliaments are not: what they say of
the police is no side's word on itself."""
ARMED = frozenset(("MIL", "COP", "REB", "PRM", "UAF"))
"""Sectors of people who bear arms."""


def is_party(coding: Coding, event: Event, origin: Named) -> bool:
    """Whether an origin is a side of the event, so that its word alone leaves the event `claimed`.

    It is one where it is an actor or a recipient itself, as a person, a body or an institution; and where it is of the government
    or the forces of a state (`STATE`) of which the government, the forces or the state itself are an actor or a recipient: a
    ministry that says that the army killed 12 gunmen, or that rebels shot at the police. So is who speaks of "our fighters", "its
    forces". The police who report a bombing of
    civilians by others are no side of it, nor is a government for whatever happens in its country. A country counts
    where it is known of both; forces of which no country is told are of the country of the place.
    """
    place, parties = place_of(coding, event), (*event.actors, *event.recipients)
    if any(_is_of(coding, party, origin, place) for party in parties):
        return True
    return bool(event.statements) and origin == origin_of(coding, event) and any(_is_own(coding, p) for p in parties)


def claims_responsibility(coding: Coding, event: Event) -> bool:
    """Whether who is named for the event says it of himself: the actor, or a body of what it calls its own forces."""
    origin = origin_of(coding, event)
    if origin is None or not event.statements or not is_report(coding, event):
        return False
    place = place_of(coding, event)
    return any(_is_own(coding, party) or _is_itself(coding, party, origin, place) for party in event.actors)


def _is_of(coding: Coding, party: Party, origin: Named, place: Place | None) -> bool:
    """Whether a party is the origin, or of the state whose organ the origin is."""
    return _is_itself(coding, party, origin, place) or (
        (state := _state_of(coding, origin)) is not None and state == _state_of_party(coding, party, place)
    )


def _is_own(coding: Coding, party: Party) -> bool:
    """Whether whoever speaks calls armed people his own: "its forces", "our fighters"."""
    owner, *rest = party.span.of(coding.article.text).lower().split() or [""]
    return owner in institution_words.words().owners and any(_is_armed(singular(word)) for word in rest)


def _is_armed(noun: str) -> bool:
    role = agents().phrases.get(noun)
    return noun in institution_words.words().own_forces or (role is not None and bool(ARMED & set(role.sectors)))


def _is_itself(coding: Coding, party: Party, origin: Named, place: Place | None) -> bool:
    named = origin_of_actor(coding, party.actor, place)
    return named is not None and is_same(named, origin)


def _state_of(coding: Coding, origin: Named) -> str | None:
    """The state of whose government or forces an origin is; None for others."""
    parts = origin.key.split("/")
    if parts[0] == "institution":
        of_state = STATE & set(institution_words.branch(parts[2]).sectors) and origin.kind == "speaker"
        return parts[1] if of_state and parts[1] != UNKNOWN else None
    if parts[0] == "body":
        known = body(origin.name)
        return known.country or None if known and STATE & set(known.sectors) else None
    if parts[0] != "person":
        return None
    same = (a for a in coding.actors if a.kind == "person" and normal(a.name) == parts[1])
    return _first(a.country for a in same if STATE & set(a.sectors))


def _state_of_party(coding: Coding, party: Party, place: Place | None) -> str | None:
    """The state whose government, forces, or self the party is."""
    actor = coding.find(party.actor)
    if not isinstance(actor, Actor):
        return None
    if actor.kind == "state":
        return actor.country if countries.senses(actor.name) else None
    if not STATE & set(actor.sectors):
        return None
    return actor.country or (place.country if place else None)


def _first(found: Iterable[str | None]) -> str | None:
    return next((one for one in found if one), None)
