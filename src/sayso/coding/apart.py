"""Who stands apart from an act: whoever foils, reports, mourns or survives an attack did not attack.

The grammar makes the subject of a verb the likeliest doer of what its object names ("launched an attack"). Of the verbs under `beside_object`
and their like in `lexicon/light.toml` it is none. Such a subject is left out when the parties are settled, and is taken from the actors
where they were settled without the network; whom the words name as the doer ("a plot by militants to …") takes its place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sayso.coding.clause import Clauses
from sayso.coding.draft import Draft, EventDraft, PartyDraft
from sayso.coding.grammar import child, children, first_conjunct
from sayso.coding.harm import HARMFUL
from sayso.coding.lexicon import LightWords, lexicon
from sayso.coding.parsed import Token
from sayso.coding.rooms import room
from sayso.coding.slots import verb_name

STEPS = 4
"""Words climbed from an act to the verb that it is hindered by."""
DEEPEST = 6
"""Words climbed from a noun to the subject in which it stands."""


class Governor(NamedTuple):
    """A verb whose subject stands apart from the act; the nouns of the act, and of the plan of it, between."""

    verb: Token
    nouns: tuple[Token, ...]


@room(needs=("events", "events.parties"), gives=("events.apart",))
def stand_apart(draft: Draft) -> None:
    """Take from the actors who is only told to have hindered, met or seen the act, and put in who is named as its doer."""
    apart = Apart(lexicon().light)
    for event in draft.events:
        found = apart.governor(draft.doc[event.head], event)
        if found is None:
            continue
        subjects = apart.subjects(found.verb, draft.doc[event.head])
        kept = [p for p in event.actors if not stands_in(draft.doc.span(*p.range).root, subjects, found.verb)]
        actors = kept or [party for noun in found.nouns for party in _doers(draft, noun)]
        if actors != event.actors:
            event.actors = actors
            event.because.append(f"who “{found.verb.text}” it did not do it")


class Apart:
    """Finds the verb that tells of an act without telling who did it."""

    def __init__(self, light: LightWords):
        self.light = light
        self.clauses = Clauses(light)

    def bystanders(self, trigger: Token, event: EventDraft, nouns: Sequence[Token]) -> frozenset[int]:
        """Those of the nouns, by their tokens, that are, or stand in, the subject of such a verb."""
        found = self.governor(trigger, event)
        if found is None:
            return frozenset()
        subjects = self.subjects(found.verb, trigger)
        return frozenset(noun.i for noun in nouns if stands_in(noun, subjects, found.verb))

    def subjects(self, verb: Token, trigger: Token) -> frozenset[int]:
        return frozenset(t.i for t in self.clauses.subject(verb)) - {trigger.i}

    def governor(self, trigger: Token, event: EventDraft) -> Governor | None:
        """The verb, be it that the act was only planned ("foiled a plot to bomb") or one of several ("a series of attacks")."""
        if self._seen(trigger) or _told(trigger):
            return Governor(trigger.head, ())
        at, nouns = trigger, [trigger] if trigger.pos_ == "NOUN" else []
        if at.relation in ("advcl", "xcomp") and verb_name(at.head) in self.light.beside_object:
            # the reader hangs the plot's verb on "foiled"
            planned = [c for c in children(at.head, "obj") if c.base in self.light.plans and c.i < at.i]
            return Governor(at.head, tuple(planned)) if planned else None
        for _ in range(STEPS):
            above = at.head
            if at.pos_ == "NOUN" and self._beside(above, at, event):
                own = any(c.pos_ == "PRON" for c in children(trigger, "nmod:poss"))  # "ended its bombardment"
                return None if own else Governor(above, tuple(nouns))
            between = above.base in self.light.plans or (at.relation == "nmod" and above.base in self.light.containers)
            if above is at or not between or at.relation not in ("acl", "nmod", "compound"):
                return None
            nouns.append(above)
            at = above
        return None

    def _beside(self, verb: Token, act: Token, event: EventDraft) -> bool:
        if verb.pos_ != "VERB":
            return False
        name, light = verb_name(verb), self.light
        if act.relation == "obj" or act.dep_ == "nsubj:pass":
            ends = name in light.end_object and event.type in HARMFUL and event.mode not in light.own
            sparks = name in light.sparking and event.type == "PROTEST"
            return ends or sparks or name in light.beside_object
        cases = {c.lower_ for c in children(act, "case")}
        return act.relation == "obl" and any(verb.base in light.beside_oblique.get(case, ()) for case in cases)

    def _seen(self, trigger: Token) -> bool:
        """ "Witnesses saw soldiers beating a man": the act of whom they saw."""
        verb = trigger.head
        return trigger.relation == "xcomp" and verb.base in self.light.witnessing and bool(children(verb, "obj"))


def _told(trigger: Token) -> bool:
    """ "A man said soldiers had burned the market": the act that a verb of saying tells of, done by another."""
    doers = [c for c in children(trigger, "nsubj") if c.dep_ == "nsubj" and c.pos_ in ("NOUN", "PROPN")]
    return trigger.relation == "ccomp" and trigger.head.pos_ == "VERB" and bool(doers)


def stands_in(noun: Token, subjects: frozenset[int], verb: Token) -> bool:
    """Whether the noun is one of these subjects, coordinated with one, or stands in its phrase: "the resignation of the cabinet"."""
    top = first_conjunct(noun)
    for _ in range(DEEPEST):
        if top.i in subjects:
            return True
        if top in (verb, top.head):
            return False
        top = top.head
    return False


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
