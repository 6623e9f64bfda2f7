"""Who stands apart from an act: whoever foils, reports or survives an attack did not attack.

The grammar makes the subject of a verb the likeliest doer of what its object names ("launched an attack"). Of the verbs under `apart` in
`lexicon/realis.toml` it is not: such a subject is taken from the actors, and whom the words name as the doer ("a plot by militants to …")
takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from sayso.coding.draft import Draft, PartyDraft
from sayso.coding.grammar import child, children, conjuncts, first_conjunct
from sayso.coding.parsed import Token
from sayso.coding.rooms import room
from sayso.coding.tables import table

TYPES = frozenset(("ASSAULT", "COERCE", "PROTEST"))
"""Types of which nobody is to be blamed by mistake."""
STEPS = 4
"""Words climbed from an act to the verb that it is hindered by."""


class _Words(NamedTuple):
    object: frozenset[str]
    oblique: dict[str, frozenset[str]]
    plans: frozenset[str]


@cache
def words() -> _Words:
    data = table("realis")["apart"]
    oblique = {preposition: frozenset(verbs) for preposition, verbs in data["oblique"].items()}
    return _Words(frozenset(data["object"]), oblique, frozenset(data["plans"]))


@room(needs=("events", "events.parties"), gives=("events.apart",))
def stand_apart(draft: Draft) -> None:
    """Take from the actors of harm, force and protest who is only told to have hindered, met or seen it."""
    for event in draft.events:
        if event.type not in TYPES or not event.actors:
            continue
        found = _governor(draft.doc[event.head])
        if found is None:
            continue
        verb, nouns = found
        aside = {token.i for subject in _subjects(verb) for token in conjuncts(subject)}
        kept = [party for party in event.actors if not any(i in party.range for i in aside)]
        if len(kept) < len(event.actors):
            event.actors = kept or [party for noun in nouns for party in _doers(draft, noun)]
            event.because.append(f"who “{verb.text}” it did not do it")


def _governor(at: Token) -> tuple[Token, list[Token]] | None:
    """The verb that says so of the act, and the nouns between: the plot of "foiled a plot to bomb"."""
    nouns = [at] if at.pos_ == "NOUN" else []
    if (
        at.relation in ("advcl", "xcomp") and at.head.base in words().object
    ):  # the reader hangs the plot's verb on "foiled"
        plans = [c for c in children(at.head, "obj") if c.base in words().plans and c.i < at.i]
        return (at.head, plans) if plans else None
    for _ in range(STEPS):
        above = at.head
        if at.pos_ == "NOUN" and _hinders(above, at):
            return above, nouns
        planned = above.base in words().plans and at.relation in ("acl", "nmod", "compound")
        if above is at or not planned:
            return None
        nouns.append(above)
        at = above
    return None


def _hinders(verb: Token, act: Token) -> bool:
    if verb.pos_ != "VERB":
        return False
    if act.relation == "obj" or act.dep_ == "nsubj:pass":
        return verb.base in words().object
    cases = {c.lower_ for c in children(act, "case")}
    return act.relation == "obl" and any(verb.base in words().oblique.get(case, ()) for case in cases)


def _subjects(verb: Token) -> list[Token]:
    """Who does it: the subject, that of a verb coordinated with it, or behind a passive "by"."""
    if children(verb, "nsubj:pass"):
        return children(verb, "obl:agent")
    own = children(verb, "nsubj")
    return own or children(first_conjunct(verb), "nsubj")


def _doers(draft: Draft, noun: Token) -> Iterator[PartyDraft]:
    """Who stands behind "by" or before the noun as its possessor: "an attempt by pirates", "the rebels' plot"."""
    behind = (
        c for c in children(noun, "nmod", "obl") if (case := child(c, "case")) is not None and case.lower_ == "by"
    )
    for head in [*children(noun, "nmod:poss"), *behind]:
        actor = draft.actor_at(head.i)
        mention = next((m for m in actor.mentions if m.head == head.i), None) if actor is not None else None
        if actor is not None and mention is not None:
            yield PartyDraft(actor, mention.range)
