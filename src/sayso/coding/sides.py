"""Who did it and who suffered it: what the grammar's slots say, weighed with what the network reads.

Each noun of an event's sentence is asked about for either side. How likely it is comes of a small judge over the network's
own odds, what the slots say, and where the noun stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from sayso.coding.apart import Apart
from sayso.coding.clause import Clauses
from sayso.coding.draft import Draft, EventDraft, PartyDraft
from sayso.coding.grammar import children, first_conjunct
from sayso.coding.lexicon import Kind, LexiconTables, lexicon
from sayso.coding.parsed import Token
from sayso.coding.parties import NO_PARTY, Parties
from sayso.coding.rooms import room
from sayso.coding.slots import Frame, spread
from sayso.coding.telling import Telling, around

BOTH = frozenset(("AGREE", "CONSULT", "COOPERATE"))
"""Types whose parties may stand on both sides."""
LIKELY, ALONE, BESIDE = 0.45, 0.25, 0.1
"""Likelihood from which a noun is a party; from which it is the only one; from which it is one beside its conjunct."""
FAINT = -4.0
"""Log-odds on both sides below which a noun outside the slots is not asked about."""
STRONG = 6.0
"""Log-odds beyond this tell nothing more."""
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X", "SYM"))
INNER = frozenset(("flat", "fixed", "goeswith", "punct", "case", "det", "expl", "nummod", "cc", "mark", "aux", "cop"))
"""Relations of words that name no party of their own."""
WITHIN = frozenset(("appos", "flat", "compound"))
"""Relations by which a name stands in the phrase of another noun: both are one party."""
SIDES = ("actor", "recipient")
SCENES = frozenset(("in", "across", "around", "near", "throughout", "through"))
"""Prepositions before the place of a protest."""
MOST = 60
"""Nouns of a sentence that are asked about."""


class Asked(NamedTuple):
    """A noun that may name a party, and what speaks for either side."""

    head: Token
    signs: tuple[Mapping[str, float], Mapping[str, float]]


@room(needs=("events", "events.read", "actors"), gives=("events.parties",))
def settle_parties(draft: Draft) -> None:
    """Give each event the parties that its words and the network together make likely."""
    if draft.telling is None:
        return
    asker = Asker(draft, draft.telling, lexicon())
    judges = [draft.telling.heads.judges[side] for side in SIDES]
    for event in draft.events:
        asked = asker.ask(event)
        trigger = draft.doc[event.head]
        aside = asker.apart.bystanders(trigger, event, [one.head for one in asked])
        ruled_out = [asker.ruled_out(one.head, event, trigger, aside) for one in asked]
        likely = [
            [0.0 if name in out else judge(one.signs[n]) for one, out in zip(asked, ruled_out, strict=True)]
            for n, (name, judge) in enumerate(zip(SIDES, judges, strict=True))
        ]
        settle(event, asked, likely, asker, [frozenset().union(*ruled_out) & {name} for name in SIDES])


def settle(
    event: EventDraft,
    asked: Sequence[Asked],
    likely: Sequence[Sequence[float]],
    asker: Asker,
    disputed: Sequence[frozenset[str]],
) -> None:
    """Take the likely nouns for parties, and what is coordinated with them; parties from outside the sentence stay.

    `disputed`, by side: whether the grammar refused a noun there. Then what it has itself stands where the network has nobody else.
    """
    if event.type not in BOTH and is_mutual(event):
        return  # "clashes between A and B"
    known = {one.head.i for one in asked}
    chosen = [chosen_of(event, asked, likely, side) for side in (0, 1)]
    for side, name in enumerate(("actors", "recipients")):
        had: list[PartyDraft] = getattr(event, name)
        by_head = {asker.head(party).i: party for party in had}
        outside = [party for head, party in by_head.items() if head not in known]
        found = [by_head.get(head.i) or asker.party(head, event) for head in chosen[side]]
        if not found and disputed[side]:
            refused = {one.head.i for n, one in enumerate(asked) if not likely[side][n]}
            found = [party for head, party in by_head.items() if head in known and head not in refused]
        setattr(event, name, different([*found, *outside]))
    acting = {id(party.actor) for party in event.actors}
    if event.type not in BOTH:
        event.recipients = [party for party in event.recipients if id(party.actor) not in acting]
    elif len(event.actors) > 1:
        others = [party for party in event.recipients if id(party.actor) not in acting]
        if not any(c.base == "with" for party in others for c in asker.head(party).children):
            event.recipients = list(event.actors)  # "A and B agreed": each towards the other


def is_mutual(event: EventDraft) -> bool:
    """Whether the words give it the same several parties on either side: "clashes between A and B"."""
    acting = {id(party.actor) for party in event.actors}
    return len(acting) > 1 and acting == {id(party.actor) for party in event.recipients}


def chosen_of(event: EventDraft, asked: Sequence[Asked], likely: Sequence[Sequence[float]], side: int) -> list[Token]:
    """The nouns of one side: the likely ones, or the likeliest where none is; with those named beside them."""

    def fits(n: int, least: float) -> bool:
        both = event.type in BOTH or likely[side][n] >= likely[1 - side][n]
        return both and likely[side][n] >= least

    numbers = {n for n in range(len(asked)) if fits(n, LIKELY)}
    if not numbers and asked:
        best = max(range(len(asked)), key=lambda n: (likely[side][n], -n))
        numbers = {best} if fits(best, ALONE) else set()
    heads = {asked[n].head.i for n in numbers}
    beside = {one.i for n in numbers for one in spread(asked[n].head)} - heads
    numbers |= {n for n, one in enumerate(asked) if one.head.i in beside and fits(n, BESIDE) and _listed(one.head)}
    chosen = [asked[n].head for n in sorted(numbers)]
    return [head for head in chosen if not (head.relation in WITHIN and any(head.head == other for other in chosen))]


def _listed(head: Token) -> bool:
    """Whether the phrase stands in one list with what it is coordinated with: no verb comes between."""
    first = first_conjunct(head) if head.dep_ == "conj" else head.head
    between = head.doc[min(first.i, head.i) + 1 : max(first.i, head.i)]
    return not any(t.pos_ == "VERB" and t.tag_ != "VBG" for t in between)


def different(parties: Sequence[PartyDraft]) -> list[PartyDraft]:
    """Each actor once, at its first words, in the order of the text."""
    kept: dict[int, PartyDraft] = {}
    for party in parties:
        kept.setdefault(id(party.actor), party)
    return sorted(kept.values(), key=lambda p: p.range)


class Asker:
    """Finds who may be a party of an event, and what speaks for it."""

    def __init__(self, draft: Draft, telling: Telling, tables: LexiconTables):
        self.draft = draft
        self.telling = telling
        self.parties = Parties(draft, tables)
        self.clauses = Clauses(tables.light)
        self.apart = Apart(tables.light)
        self._nouns: dict[int, list[Token]] = {}

    def party(self, head: Token, event: EventDraft) -> PartyDraft:
        return self.parties.party(head, self._frame(event))

    def head(self, party: PartyDraft) -> Token:
        return self.draft.doc.span(*party.range).root

    def ruled_out(self, noun: Token, event: EventDraft, trigger: Token, aside: frozenset[int]) -> frozenset[str]:
        """The sides on which the grammar lets the noun be no party, whatever the network reads; `aside`: who stands apart from the act."""
        if self.is_start(noun, trigger):
            return frozenset(SIDES)
        if noun.i in aside:
            return frozenset(("actor",))
        if event.type == "PROTEST" and self.is_scene(noun, trigger):
            return frozenset(("recipient",))
        return frozenset()

    def is_scene(self, noun: Token, trigger: Token) -> bool:
        """Whether a place is only where people protest: "the rally in Lima"."""
        noun = first_conjunct(noun)
        where = noun.ent_type_ == "LOC" and any(c.base in SCENES for c in children(noun, "case"))
        return where and noun.head in (trigger, trigger.head)

    def is_start(self, noun: Token, trigger: Token) -> bool:
        """Whether a deed was only done from there: "riots were coordinated from Minsk", but not "criticism came from Minsk"."""
        noun = first_conjunct(noun)
        verb = noun.head
        told = verb.dep_ == "acl" or (trigger.relation == "nsubj" and trigger.head == verb)
        from_there = noun.ent_type_ == "LOC" and any(c.lower_ == "from" for c in children(noun, "case"))
        return told and from_there and verb.base not in self.parties.tables.light.coming

    def ask(self, event: EventDraft) -> list[Asked]:
        """The nouns of the event's sentence, with the signs for either side."""
        trigger = self.draft.doc[event.head]
        heads = [h for h in self._nouns_of(trigger) if h.i not in event.trigger or h.i in self.draft.by_head]
        place = self.telling.place(event.trigger)
        every = self.telling.parties(place, [h.i for h in heads])
        slots = [{self.head(party).i for party in parties} for parties in (event.actors, event.recipients)]
        kept = [n for n, h in enumerate(heads) if max(every[n]) > FAINT or h.i in slots[0] or h.i in slots[1]]
        heads, odds = [heads[n] for n in kept], [every[n] for n in kept]
        best = [max((o[side] for o in odds), default=0.0) for side in (0, 1)]
        return [
            Asked(head, self._signs(event, trigger, head, odd, slots, best))
            for head, odd in zip(heads, odds, strict=True)
        ]

    def _nouns_of(self, trigger: Token) -> list[Token]:
        words = around(trigger)
        if words.start not in self._nouns:
            self._nouns[words.start] = [t for t in self.draft.doc[words.start : words.end] if self._may_be(t)][:MOST]
        return self._nouns[words.start]

    def _may_be(self, token: Token) -> bool:
        if token.i in self.draft.by_head:
            return token.i not in self.parties.timed
        if token.pos_ not in NOMINAL or token.relation in INNER or token.dep_ in ("obl:unmarked", "nmod:unmarked"):
            return False
        if token.pos_ == "ADJ" and token.relation in ("amod", "advmod", "compound"):
            return False
        plain = token.base not in NO_PARTY and token.base not in self.parties.tables.light.times
        return plain and token.i not in self.parties.timed and token.ent_type_ not in ("DATE", "TIME", "MONEY")

    def _signs(
        self, event: EventDraft, trigger: Token, head: Token, odds: tuple[float, float],
        slots: Sequence[set[int]], best: Sequence[float],
    ) -> tuple[dict[str, float], dict[str, float]]:  # fmt: skip
        """What speaks for the noun on the actor's side, and on the recipient's."""
        shared = {
            "can act": float(self.parties.is_agentive(head)),
            "named": float(bool(head.ent_type_)),
            "pronoun": float(head.pos_ == "PRON"),
            "before": float(head.i < trigger.i),
            "distance": min(4.0, abs(head.i - trigger.i) / 8),
            f"type {event.type}": 1.0,
            f"found {event.found}": 1.0,
        } | dict.fromkeys(self._relations(trigger, head), 1.0)
        return self._of_side(0, event, head, odds, slots, best) | shared, self._of_side(
            1, event, head, odds, slots, best
        ) | shared

    @staticmethod
    def _of_side(
        side: int, event: EventDraft, head: Token, odds: tuple[float, float], slots: Sequence[set[int]], best: Sequence[float]
    ) -> dict[str, float]:  # fmt: skip
        own, other = odds[side], odds[1 - side]
        inside = head.i in slots[side]
        signs = {
            "odds": max(-STRONG, min(STRONG, own)),
            "other odds": max(-STRONG, min(STRONG, other)),
            "likeliest": float(own == best[side]),
            "behind the likeliest": min(STRONG, best[side] - own),
            "in the slot": float(inside),
            "in the other slot": float(head.i in slots[1 - side]),
            "slot is empty": float(not slots[side]),
            "slot is another's": float(bool(slots[side]) and not inside),
        }
        return signs | {f"slot of {event.type}": 1.0} if inside else signs

    @staticmethod
    def _relations(trigger: Token, head: Token) -> Iterator[str]:
        """How the noun hangs on the trigger."""
        top = head
        while top.dep_ == "conj":
            top = top.head
        if top.head.i == trigger.i and top.i != trigger.i:
            yield f"is {top.dep_.lower()}"
            yield from (f"case {c.base}" for c in top.children if c.dep_ == "case")
        elif top.head.head.i == trigger.i:
            yield f"below {top.head.relation}"
        elif trigger.head.i == top.i:
            yield f"above by {trigger.relation}"
        elif trigger.head.i == top.head.i:
            yield f"beside as {top.relation}"
        if top.i != head.i:
            yield "coordinated"

    def _frame(self, event: EventDraft) -> Frame:
        token = self.draft.doc[event.head]
        kind: Kind = "verb" if token.pos_ in ("VERB", "AUX") else "noun"
        return Frame(token, kind, self.clauses)
