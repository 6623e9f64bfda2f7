"""Several actors in one phrase: "Hungarian and Romanian officials" are two groups, and do together what the phrase does.

The noun's own actor is of the last state that is named; each state named before gets an actor of its own, at the word that names it.
"""

from __future__ import annotations

from sayso.coding.agents import singular
from sayso.coding.draft import ActorDraft, Draft, Mention, PartyDraft
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range
from sayso.coding.rooms import room
from sayso.gazetteer.countries import senses

MOST = 8
"""States that one phrase may name."""


@room(needs=["actors", "events"], gives=["events.actors", "events.recipients"])
def split_actors(draft: Draft) -> None:
    """Reads the phrases of actors; divides those that name several states, in the list of actors and in the events."""
    known = {(actor.country, singular(draft.doc[m.head].text)): actor for actor in draft.actors for m in actor.mentions}
    for actor in list(draft.actors):
        for mention in list(actor.mentions):
            words = named_states(draft.doc[mention.head])
            if len(words) > 1:
                _split(draft, actor, mention, words, known)


def named_states(noun: Token) -> list[tuple[Token, str]]:
    """The words before a noun that name different states, one beside the other, with the codes of these."""
    found: list[tuple[Token, str]] = []
    for first in noun.children:
        if first.i < noun.i and first.relation in ("amod", "compound"):
            listed = [first, *(t for t in first.subtree if t.relation == "conj" and t.i < noun.i)]
            codes = [(t, _state(t)) for t in listed]
            found += [(t, code) for t, code in codes if code is not None]
    found.sort(key=lambda one: one[0].i)
    different = {code for _, code in found}
    return found[:MOST] if len(different) == len(found) else []


def _state(token: Token) -> str | None:
    found = senses(token.text) if token.text[:1].isupper() else {}
    return found.get("demonym") or found.get("name")


def _split(
    draft: Draft, actor: ActorDraft, mention: Mention, words: list[tuple[Token, str]],
    known: dict[tuple[str | None, str], ActorDraft],
) -> None:  # fmt: skip
    noun = draft.doc[mention.head]
    whole = mention.range
    tail = draft.doc.span(max(words[-1][0].i + 1, whole.start), whole.end).text
    last, code = words[-1]
    others = [_other(actor, f"{word.text} {tail}", of, singular(noun.text), known) for word, of in words[:-1]]
    for other, (word, _) in zip(others, words[:-1], strict=True):
        if all(other is not one for one in draft.actors):
            draft.actors.append(other)
        draft.mention(other, Range(word.i, word.i + 1), word.i)
    if actor.country in (None, *(of for _, of in words)):
        actor.country = code
    if actor.name == " ".join(draft.doc.span(*whole).text.split()):
        actor.name = " ".join(f"{last.text} {tail}".split())
    mention.range = Range(last.i, whole.end)
    for event in draft.events:
        for parties in (event.actors, event.recipients):
            if any(p.actor is actor and p.range.overlaps(whole) for p in parties):
                have = {id(p.actor) for p in parties}
                parties += [
                    PartyDraft(other, Range(word.i, word.i + 1))
                    for other, (word, _) in zip(others, words[:-1], strict=True)
                    if id(other) not in have
                ]
                for party in parties:
                    if party.actor is actor and party.range == whole:
                        party.range = mention.range
                parties.sort(key=lambda p: p.range)


def _other(
    actor: ActorDraft, name: str, country: str, noun: str, known: dict[tuple[str | None, str], ActorDraft]
) -> ActorDraft:
    """The actor of that state and noun, where the article has one already, else a new one like the phrase's."""
    found = known.get((country, noun))
    if found is None or found is actor:
        name = " ".join(name.split())
        found = known[country, noun] = ActorDraft(name, kind=actor.kind, country=country, sectors=list(actor.sectors))
    return found
