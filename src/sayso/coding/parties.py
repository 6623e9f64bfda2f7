"""From the phrases in an event's slots to its parties: actors of the draft, with the words that name them.

Times, expletives and the event's own words are no parties. A deed gives way to who answers for it: whoever
condemns the king's decision condemns the king.
"""

from __future__ import annotations

from collections.abc import Iterable

from sayso.coding import grammar
from sayso.coding.affair_words import words
from sayso.coding.clause import oblique
from sayso.coding.draft import ActorDraft, Draft, PartyDraft
from sayso.coding.figures.whole import whole_number
from sayso.coding.grammar import noun_range
from sayso.coding.lexicon import LexiconTables
from sayso.coding.parsed import Token
from sayso.coding.ranges import Range
from sayso.coding.slots import Frame, spread
from sayso.gazetteer.countries import senses
from sayso.records import ActorKind

TOWARDS_SOMEONE = frozenset(
    ("AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "CONSULT", "RETREAT", "REQUEST", "REJECT", "ACCUSE", "THREATEN", "SANCTION",
     "MOBILIZE")
)  # fmt: skip
"""Acts that are always towards someone, who may stand further away than the verb's own phrases."""
AGENTIVE = ("person", "organization", "group", "state", "media")
ENTITY_KINDS: dict[str, ActorKind] = {
    "PER": "person", "PERSON": "person", "ORG": "organization", "LOC": "state", "GPE": "state", "NORP": "group",
}  # fmt: skip
PLACED = frozenset(("at", "in", "near", "on"))
"""Slots in which a bare number is a time or a place, no party."""
NO_PARTY = frozenset("no it there itself themselves himself herself each other what which that this".split())
MOST_PARTIES = 40
"""Of one slot."""
TOWARDS = frozenset(("to", "for", "with", "against", "towards", "toward", "on"))


class Parties:
    """Finds or makes the actors that an event's slots name."""

    def __init__(self, draft: Draft, tables: LexiconTables):
        self.draft = draft
        self.tables = tables
        self.people = tables.light.agents
        self.body = tables.classes.get("body", frozenset())
        self.buildings = tables.classes.get("building", frozenset())
        self.mentioned = {mention.head: mention.range for actor in draft.actors for mention in actor.mentions}
        self.timed = {
            i for time in draft.times for i in range(time.range.start, min(time.range.end, time.range.start + 30))
        }

    def of(
        self, frame: Frame, slots: Iterable[str], taken: frozenset[int] = frozenset(), agentive: bool = False
    ) -> list[PartyDraft]:
        """The parties of the first slot that has any; heads in `taken` are left out.

        `agentive`: only people, bodies and states, and deeds that someone answers for.
        """
        for slot in slots:
            heads = [h for h in frame.fill(slot) if h.i not in taken and self._may_be(h, slot, frame)]
            if agentive:
                heads = [
                    h for h in heads if self.is_agentive(frame.through(h)) or self._answerable(h, frame) is not None
                ]
            found = [self.party(h, frame) for h in heads[:MOST_PARTIES]]
            if found:
                return _different(found)
        return []

    def party(self, head: Token, frame: Frame) -> PartyDraft:
        """The party that the phrase of this head names."""
        owner = self._answerable(head, frame)
        if owner is not None:
            return PartyDraft(self._actor(owner, owner), self._words(head))
        inner = frame.through(head)
        if inner != head and self.draft.actor_at(head.i) is None and self.draft.actor_at(inner.i) is not None:
            return PartyDraft(self._actor(inner, head), self._words(head))
        actor = self._actor(head, head)
        return PartyDraft(actor, self._words(head))

    def further(self, frame: Frame, wide: bool, taken: frozenset[int]) -> list[PartyDraft]:
        """Whom an act is towards where no slot of its own says so: the parties of its complement, of its object's own
        phrases, and (`wide`) the country it is for: "agreed to lend money to Peru", "gave two million for schools in Peru".
        """
        predicate = frame.carrier.verb if frame.carrier is not None and frame.carrier.role == "act" else frame.trigger
        near = [predicate, *frame.complements()]
        for head in [*near, *(g for c in near for g in c.children if g.relation in ("obj", "advcl", "xcomp", "obl"))]:
            for c in head.children:
                kind = c.relation
                named = kind in ("obj", "iobj") and head in near
                behind = kind in ("obl", "nmod") and self._towards(c, wide)
                own = any(g.dep_ == "nmod:poss" and g.pos_ == "PRON" for g in c.children)
                fit = c.i not in taken and (named or behind) and not own
                if fit and self.is_agentive(c) and self._may_be(c, "object", frame):
                    return [self.party(one, frame) for one in spread(c) if one.i not in taken and self.is_agentive(one)]
        return []

    def _towards(self, head: Token, wide: bool) -> bool:
        cases = {c.base for c in head.children if c.dep_ == "case"}
        if "on" in cases and (head.ent_type_ in ("LOC", "GPE", "FAC") or self._is_channel(head)):
            return False  # "met on Crete", "said on television": where, not to whom
        if head.dep_ == "nmod:poss":
            return head.pos_ != "PRON"
        if cases & TOWARDS:
            return True
        actor = self.draft.actor_at(head.i)
        state = head.ent_type_ == "NORP" or (actor is not None and actor.kind == "state" and actor.country is not None)
        return wide and state and bool(cases & {"in", "of", "from"})

    def _is_channel(self, head: Token) -> bool:
        """Whether it is a medium through which something is said: "on television", "on social media"."""
        actor = self.draft.actor_at(head.i)
        known = actor is not None and (actor.kind == "media" or "MED" in actor.sectors)
        return known or bool({head.base, head.lower_} & words()["channels"])

    def is_agentive(self, head: Token) -> bool:
        """Whether the phrase names someone who can act: people, bodies, states."""
        actor = self.draft.actor_at(head.i)
        if actor is not None and actor.kind in AGENTIVE:
            return True
        if head.pos_ in ("ADJ", "VERB") and any(c.lower_ == "the" for c in head.children):
            return head.lower_ in words()["people"]  # "aid for the displaced"
        return head.ent_type_ in ENTITY_KINDS or head.base in self.people or head.pos_ == "PRON"

    def _may_be(self, head: Token, slot: str, frame: Frame) -> bool:
        word = head.base
        if word in NO_PARTY and self.draft.actor_at(head.i) is None:
            return False
        if head.i in self.timed or head.ent_type_ in ("DATE", "TIME", "MONEY") or word in self.tables.light.times:
            return False
        if head.dep_ in ("obl:unmarked", "nmod:unmarked", "expl") or head.is_punct or not self.draft.coded(head):
            return False
        if slot == "on" and self._is_channel(head):
            return False
        if head.pos_ == "NUM" and slot in PLACED and not any(c.relation == "nmod" for c in head.children):
            return False  # "at 0315"
        if slot == "compound":
            if word in self.tables.light.degrees and not head.ent_type_:
                return False
            if word in self.tables.light.partitives or self._is_town(head):
                return False
            if head.pos_ == "ADJ" and not head.ent_type_ and word in words()["qualities"]:
                return False
            return self.is_agentive(head) and (word not in self.buildings or head.ent_type_ != "")
        return (
            head.pos_ not in ("ADJ", "VERB", "ADV")
            or head.lower_ in words()["people"]
            or self.draft.actor_at(head.i) is not None
            or slot in ("subject", "object")
        )

    def _is_town(self, head: Token) -> bool:
        """ "the Springfield shooting": a town before an act says where it was."""
        actor = self.draft.actor_at(head.i)
        if head.ent_type_ not in ("LOC", "GPE", "FAC") or (actor is not None and actor.kind != "state"):
            return False
        return "capital" in senses(head.text) or any(
            head.i in place and known.precision in ("settlement", "facility", "admin2")
            for known in self.draft.places
            for place in known.mentions
        )

    def _answerable(self, head: Token, frame: Frame) -> Token | None:
        """Who answers for a deed or a document: its possessor, its maker, the body named before it, who issues it.

        A part of the body stands for whose it is.
        """
        word, light = head.base, self.tables.light
        if word in self.body:
            return next((c for c in head.children if c.dep_ == "nmod:poss" and self.is_agentive(c)), None)
        written = word in light.documents
        if head.pos_ != "NOUN" or not (written or word in light.deeds or self.tables.of("noun", word)):
            return None
        if self.is_agentive(head) and word not in light.deeds:
            return None
        before = [
            c
            for c in head.children
            if c.dep_ == "nmod:poss"
            or (c.i < head.i and c.relation in ("compound", "amod") and self._may_be(c, "compound", frame))
        ]
        suffered = word not in light.deeds and any("of" in p.recipient for p in self.tables.of("noun", word))
        for one in [*before, *oblique(head, "by"), *(oblique(head, "of") if not (written or suffered) else [])]:
            known = self.draft.actor_at(one.i) is not None
            if self.is_agentive(one) and (one.pos_ != "PRON" or known):
                return one
        verb = head.head
        issued = (
            head.relation == "obj"
            and verb.pos_ == "VERB"
            and verb.base not in ("have", "get", "receive", "see", "read")
        )
        if written and issued and verb != frame.trigger:
            issuer = frame.clauses.surface(verb)
            return issuer if issuer is not None and self.is_agentive(issuer) else None
        return None

    def _words(self, head: Token) -> Range:
        """The words of the mention at this head where there is one, else of the noun phrase."""
        return self.mentioned.get(head.i) or _short(head)

    def _actor(self, head: Token, outer: Token) -> ActorDraft:
        known = self.draft.actor_at(head.i)
        if known is not None:
            return known
        words = _short(outer)
        if head.ent_type_ and outer == head:
            words = grammar.name_range(head)
        made = ActorDraft(name=_text(self.draft, words), kind=ENTITY_KINDS.get(head.ent_type_, "unknown"))
        self.draft.actors.append(made)
        self.draft.mention(made, words, head.i)
        return made


def _short(head: Token) -> Range:
    """The noun phrase, without what follows it and is not "of" something; a number with all of its words."""
    words = noun_range(head)
    for c in head.children:
        if c.i > head.i and c.relation in ("nmod", "obl") and not any(g.base == "of" for g in c.children):
            words = Range(words.start, max(head.i + 1, min(words.end, c.left_edge.i)))
            break
    return whole_number(head.doc, words)


def _text(draft: Draft, words: Range) -> str:
    return " ".join(draft.doc.span(*words).text.split())


def _different(parties: list[PartyDraft]) -> list[PartyDraft]:
    """Each actor once, at its first words."""
    found: list[PartyDraft] = []
    for party in parties:
        if all(party.actor is not other.actor for other in found):
            found.append(party)
    return found
