"""Who does harm and who suffers it, where the words for them do not say that they are people.

A bomb or a blast harms, but who did it is whoever is behind it; and what is murdered or kidnapped is somebody,
whatever the noun.
"""

from __future__ import annotations

from sayso.coding.draft import EventDraft, PartyDraft
from sayso.coding.grammar import children
from sayso.coding.lexicon import LexiconTables
from sayso.coding.parsed import Token
from sayso.coding.parties import Parties
from sayso.coding.slots import Frame, spread
from sayso.records import ActorKind

HARMFUL = frozenset(("ASSAULT", "PROTEST"))
PERSON = ("PER", "PERSON")
THINGS = ("building", "vehicle", "weapon", "animal", "abstract", "goods", "place")
"""Classes of what can neither act nor be murdered."""


class Harm:
    """Tells people from things among the parties of harm."""

    def __init__(self, parties: Parties, tables: LexiconTables):
        self.parties = parties
        self.tables = tables
        self.things = frozenset(word for name in THINGS for word in tables.classes.get(name, ()))

    def settle(self, event: EventDraft, frame: Frame, word: str) -> None:
        """Put the parties of an assault right; nothing for other types."""
        if event.type == "ASSAULT":
            event.actors = self.doers(event.actors)
            event.recipients = self.sufferers(event, frame, word)

    def doers(self, found: list[PartyDraft]) -> list[PartyDraft]:
        """Without weapons and events: "the building was destroyed by a bomb" names nobody who did it."""
        return [p for p in found if not self._is_event_or_weapon(p)]

    def sufferers(self, event: EventDraft, frame: Frame, word: str) -> list[PartyDraft]:
        """Without the weapon of "the explosion of a grenade", with those named beside them; what suffers what only people
        suffer is taken for people.
        """
        kept = [p for p in event.recipients if not (word in self.tables.light.bursting and self._is_weapon(p))]
        kept += self._beside(event, frame, kept)
        if word in self.tables.light.of_people:
            for party in kept:
                kind = self._people(party)
                if kind is not None:
                    party.actor.kind = kind
        return kept

    def _beside(self, event: EventDraft, frame: Frame, found: list[PartyDraft]) -> list[PartyDraft]:
        """Whom a further phrase names: "…, including a nun", "… along with two guards", "those who were killed are …"."""
        if not found or frame.kind != "verb":
            return []
        heads = [c for c in children(frame.trigger, "obl") if _is_added(c)]
        for party in found:
            head = self._head(party)
            heads += _identified(head) if head is not None else []
        known = {id(p.actor) for p in (*found, *event.actors)}
        more = [
            self.parties.party(one, frame) for head in heads for one in spread(head) if self.parties.is_agentive(one)
        ]
        return [p for p in more if id(p.actor) not in known]

    def _head(self, party: PartyDraft) -> Token | None:
        at = next((m.head for m in party.actor.mentions if m.head in party.range), None)
        return None if at is None else self.parties.draft.doc[at]

    def _is_weapon(self, party: PartyDraft) -> bool:
        head = self._head(party)
        return head is not None and head.base in self.tables.classes.get("weapon", frozenset())

    def _is_event_or_weapon(self, party: PartyDraft) -> bool:
        head = self._head(party)
        if head is None or head.pos_ not in ("NOUN", "PROPN") or party.actor.kind != "unknown":
            return False
        harm = any(p.type in HARMFUL for p in self.tables.of("noun", head.base))
        return harm or self._is_weapon(party)  # aircraft and ships have crews: they stay

    def _people(self, party: PartyDraft) -> ActorKind | None:
        head = self._head(party)
        if party.actor.kind != "unknown" or head is None or head.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ"):
            return None
        if head.base in self.things or self.tables.of("noun", head.base):
            return None
        several = head.tag_ in ("NNS", "NNPS", "CD") or head.base in self.tables.light.partitives
        return "group" if several else "person"


def _is_added(phrase: Token) -> bool:
    """A phrase that adds to the object or the passive subject: "including …", "along with …", "together with …"."""
    cases = [c.lower_ for c in phrase.children if c.i < phrase.i and c.dep_ in ("case", "fixed", "mark", "advmod")]
    return "including" in cases or ("with" in cases and bool({"along", "together"} & set(cases)))


def _identified(head: Token) -> list[Token]:
    """Who the people are said to be: "two guards, Ann Lee and …", "the dead are Ann Lee and …", "the victim was identified as Ann Lee"."""
    above = head.head
    named = [c for c in children(head, "appos") if c.ent_type_ in PERSON and c.i > head.i]
    if named and head.tag_ in ("NNS", "NNPS"):
        return named
    if head.dep_ == "nsubj" and above.ent_type_ in PERSON and children(above, "cop"):
        return [above]
    if head.dep_ == "nsubj:pass" and above.base in ("identify", "name"):
        return [c for c in children(above, "obl", "xcomp") if c.ent_type_ in PERSON]
    return []
