"""An actor in the making: the phrases that name it, and what they and the lexicon say of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from sayso.coding.agents import agents
from sayso.coding.draft import ActorDraft, Draft
from sayso.coding.mentions import Phrase
from sayso.coding.names import Gender, plain
from sayso.coding.notables import notable, sector_then
from sayso.gazetteer.countries import named

UNSPECIFIED = "CVL"
"""The code of people of whom nothing else is said (PLOVER: civilians, and individuals not otherwise specified)."""


@dataclass(eq=False)
class Known:
    """An actor in the making, and what is known of it."""

    actor: ActorDraft
    phrases: list[Phrase] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    nouns: set[str] = field(default_factory=set)
    modifiers: set[str] = field(default_factory=set)
    plural: bool = False
    gender: Gender | None = None
    last: int = -1

    @property
    def kind(self) -> str:
        return self.actor.kind


def _settle_rank(known: Known) -> None:
    """A policeman of a rank that soldiers have too is no soldier."""
    sectors = known.actor.sectors
    by_rank = all(p.noun in agents().ranks for p in known.phrases if "MIL" in p.sectors)
    if {"MIL", "COP"} <= set(sectors) and by_rank:
        sectors.remove("MIL")


def _leave_out_private(known: Known) -> None:
    """Leave out what one does or did besides an office: a minister who had a brewery is of the government."""
    private = agents().private
    if not private >= set(known.actor.sectors):
        known.actor.sectors[:] = [code for code in known.actor.sectors if code not in private]


def finish(known: Known, draft: Draft, year: int | None) -> None:
    """Name the actor, and add what is known of it by its name. `year`: that of the article."""
    _settle_rank(known)
    _leave_out_private(known)
    _name(known, draft)
    _recognise(known, year)
    if not known.actor.sectors and not known.names and known.kind in ("person", "group"):
        known.actor.sectors.append(UNSPECIFIED)


def _name(known: Known, draft: Draft) -> None:
    """Call the actor by its fullest proper name, else its fullest description."""
    names = [p for p in known.phrases if p.form == "name" and p.name]
    if names:
        if known.kind == "state":
            best = next((p for p in names if named(p.name or "")), names[0])
        else:
            best = max(names, key=lambda p: (len(plain(p.name or "").split()), len(p.name or ""), -p.head.i))
        known.actor.name = " ".join((best.name or "").split())
        return
    nouns = [p for p in known.phrases if p.form == "noun"] or known.phrases
    best = max(nouns, key=lambda p: (min(p.words.end - p.words.start, 8), -p.head.i))
    words = draft.doc.span(*best.words)
    while len(words) > 1 and words[0].lower_ in ("the", "a", "an", "this", "these", "those", "that"):
        words = words[1:]
    known.actor.name = " ".join(words.text.split())


def _recognise(known: Known, year: int | None) -> None:
    """Give a person known by his office its state, and its sector where the article gives none."""
    actor = known.actor
    person = actor.kind == "person" and not known.plural
    found = notable(known.names, year) if person and known.names else None
    if found is None or (actor.country or found.country) != found.country:
        return
    actor.country = found.country or None
    if not actor.sectors and (sector := sector_then(found, year)):
        actor.sectors.append(sector)
