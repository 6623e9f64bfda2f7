"""Acts that no pattern of the lexicon finds: words that the network reads as telling one.

They are candidates like those of the lexicon, with the parties that stand in the usual slots; the rooms behind settle
who took part and whether it is an event at all.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.coding.clause import Clauses
from sayso.coding.draft import Draft, EventDraft
from sayso.coding.grammar import children, clause_head, clause_range
from sayso.coding.lexicon import Kind, LexiconTables, lexicon
from sayso.coding.modes import Modes, Surroundings, listed_mode
from sayso.coding.parsed import Token
from sayso.coding.parties import Parties
from sayso.coding.patterns import Matcher
from sayso.coding.ranges import Range
from sayso.coding.rooms import room
from sayso.coding.slots import Frame
from sayso.coding.telling import Telling

PROPOSED = 0.3
"""Log-odds of telling an act from which a word is a candidate; below it no other sign makes it likely enough."""
HOPELESS = -4.0
"""Log-odds below which what the rules doubt is not looked at further."""
KINDS: dict[str, Kind] = {"VERB": "verb", "NOUN": "noun", "ADJ": "adjective"}
SLOTS: dict[Kind, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "verb": (("subject", "by"), ("object", "with", "against", "to", "on", "for")),
    "noun": (("by", "possessive", "between", "compound"), ("against", "on", "with", "between", "of", "to")),
    "adjective": (("subject",), ("to", "with")),
}
"""Where the actor and the recipient of an act usually stand."""
READ_SCORE = 0.4
"""Of an act until it is weighed."""


@room(needs=("events", "actors", "times", "statements"), gives=("events.read",))
def read_events(draft: Draft) -> None:
    """Add the acts that the network alone reads, and leave out what neither rules nor network believe.

    Nothing for another pipeline, which has no such head.
    """
    if draft.telling is not None:
        telling = draft.telling
        draft.events = [
            event
            for event in draft.events
            if event.doubt is None or telling.told(telling.place(event.trigger)) > HOPELESS
        ]
        draft.events += list(Proposer(draft, telling, lexicon()).events())


class Proposer:
    """The candidates of one article."""

    def __init__(self, draft: Draft, telling: Telling, tables: LexiconTables):
        self.draft = draft
        self.telling = telling
        self.tables = tables
        self.clauses = Clauses(tables.light)
        self.modes = Modes(tables, Matcher(tables, draft))
        self.around = Surroundings(tables, draft)
        self.parties = Parties(draft, tables)
        self.taken = {i for event in draft.events for i in range(*event.trigger)}

    def events(self) -> Iterator[EventDraft]:
        for place in (self.telling.read.told > PROPOSED).nonzero()[0]:
            token = self.draft.doc[int(place)]
            kind = KINDS.get(token.pos_)
            known = token.i in self.taken or token.ent_type_ or is_carried(token, self.taken) or self._belongs(token)
            if kind and not known and self.draft.coded(token):
                yield self._event(token, kind)

    def _belongs(self, token: Token) -> bool:
        """Whether the word only goes with one that tells the same: "fire" in "set fire to", "striking" in "striking miners"."""
        if token.relation in ("amod", "compound"):
            return True
        governed = token.relation in ("obj", "xcomp") and token.head.i in self.taken
        return governed and self.telling.best(token.i) == self.telling.best(token.head.i)

    def _event(self, token: Token, kind: Kind) -> EventDraft:
        type_ = self.telling.best(token.i)
        frame = Frame(token, kind, self.clauses)
        mode, instrument = self.modes.of(frame, type_, listed_mode(token, type_, self.tables))
        end = token.i + 1
        while end < len(token.doc) and token.doc[end].dep_ == "compound:prt" and token.doc[end].head == token:
            end += 1
        event = EventDraft(
            trigger=Range(token.i, end),
            head=token.i,
            clause=clause_range(clause_head(token)),
            type=type_,
            mode=mode,
            contexts=self.around.contexts(token.sent),
            instrument=instrument,
            statement=self.draft.innermost(token.i),
            score=READ_SCORE,
            because=[f"read {kind}:{token.base}"],
            found="read",
        )
        actor_slots, recipient_slots = SLOTS[kind]
        event.actors = self.parties.of(frame, actor_slots)
        acting = {id(party.actor) for party in event.actors}
        event.recipients = [p for p in self.parties.of(frame, recipient_slots) if id(p.actor) not in acting]
        return event


def is_carried(token: Token, taken: set[int]) -> bool:
    """Whether the word only carries an event noun that is known: "launched" in "launched an attack"."""
    return any(c.i in taken for c in children(token, "obj")) or (token.relation == "xcomp" and token.head.i in taken)
