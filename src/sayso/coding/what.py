"""What happened: the events, and who did them to whom.

Every token whose lemma the lexicon lists as a trigger is looked at once: its frame of slots is read off the
grammar (slots.py, clause.py), the most specific pattern that holds is taken (patterns.py), its slots give the
parties (parties.py). What the rules then take for no event is kept with their doubt where the network is asked too.
"""

from __future__ import annotations

from collections.abc import Iterator

from sayso.coding.affairs import Affairs
from sayso.coding.clause import Clauses
from sayso.coding.draft import Draft, EventDraft, PartyDraft
from sayso.coding.grammar import children, clause_head, clause_range
from sayso.coding.harm import HARMFUL, Harm
from sayso.coding.lexicon import LexiconTables, Pattern, lexicon
from sayso.coding.lexicon.entries import Kind
from sayso.coding.modes import Modes, Surroundings
from sayso.coding.parsed import Token
from sayso.coding.parties import TOWARDS_SOMEONE, Parties
from sayso.coding.patterns import Match, Matcher
from sayso.coding.ranges import Range
from sayso.coding.rooms import room
from sayso.coding.scopes import Scopes
from sayso.coding.slots import Frame, is_tried
from sayso.coding.triggers import readings

MUTUAL = frozenset(("AGREE", "CONSULT", "COOPERATE"))
"""PLOVER codes these from each party to the other."""
FOR_A_COUNTRY = frozenset(("AGREE", "SUPPORT", "COOPERATE", "AID"))
"""Acts whose recipient may be the country they are for."""
MODIFYING = frozenset(("ASSAULT", "COERCE", "PROTEST"))
NAMES = frozenset(("ORG", "PER", "PERSON", "LOC", "GPE", "FAC", "PRODUCT", "WORK_OF_ART"))
LIGHT_REACH = 4
"""Tokens from a light verb to its noun within which the trigger covers both."""
FIRST_SCORE = {"verb": 0.6, "noun": 0.5, "adjective": 0.5}
LOWEST, HIGHEST = 0.4, 0.95


@room(needs=("actors", "places", "times", "figures", "statements"), gives=("events",))
def find_events(draft: Draft) -> None:
    """Add the events of the article; reads the tree, actors, times and statements, adds actors that were missing."""
    draft.events = list(Finder(draft, lexicon()).events())


class Finder:
    """The events of one article."""

    def __init__(self, draft: Draft, tables: LexiconTables):
        self.draft = draft
        self.tables = tables
        self.clauses = Clauses(tables.light)
        self.matcher = Matcher(tables, draft)
        self.modes = Modes(tables, self.matcher)
        self.around = Surroundings(tables, draft)
        self.scopes = Scopes(draft, tables, self.matcher)
        self.affairs = Affairs(draft, self.scopes)
        self.parties = Parties(draft, tables)
        self.harm = Harm(self.parties, tables)

    def events(self) -> Iterator[EventDraft]:
        for token in self.draft.doc:
            if token.is_alpha or "-" in token.text:
                event = self.event_at(token)
                if event is not None:
                    yield event

    def event_at(self, token: Token) -> EventDraft | None:
        """The event that the token is the trigger of, or None; one that the rules doubt only if there is no other."""
        doubted: EventDraft | None = None
        for kind, word in readings(token, self.tables):
            if not self.draft.coded(token) or self._is_name(token, kind):
                continue
            nominal = kind == "verb" and token.pos_ not in ("VERB", "AUX", "ADJ") and token.lower_.endswith("ing")
            frame = Frame(token, kind, self.clauses, nominal_verb=nominal)
            if (frame.nominal_verb or kind == "noun") and not self._is_event_noun(token):
                continue
            if token.relation == "amod" and not self._may_modify(token, kind, word):
                continue
            match = self.matcher.best(frame, self.tables.of(kind, word))
            if match is not None and self._tells(token, kind, match):
                event = self._event(frame, match, word)
                event.doubt = self._doubt(event, frame, word)
                self.harm.settle(event, frame, word)
                if event.doubt is None:
                    return event
                doubted = doubted or event
        return doubted if self.draft.telling is not None else None

    def _is_name(self, token: Token, kind: Kind) -> bool:
        """Part of a name of an organisation, person or place: "Special Investigation Committee"."""
        if token.ent_type_ in ("DATE", "TIME", "MONEY") and token.i in self.parties.timed:
            return True
        if token.ent_type_ not in NAMES:
            return False
        alone = token.ent_iob_ == "B" and (token.i + 1 == len(token.doc) or token.nbor().ent_iob_ != "I")
        first = token.is_sent_start and not token.text.isupper()
        return not alone or not (first or (kind == "verb" and token.pos_ == "VERB"))

    def _is_event_noun(self, noun: Token) -> bool:
        """Not a mere modifier: "riot police", "strike leader" tell of no riot and no strike."""
        return is_tried(noun) or not (noun.relation in ("compound", "amod", "flat") and noun.head.i > noun.i)

    def _may_modify(self, token: Token, kind: Kind, word: str) -> bool:
        """A participle before a noun tells of an act only where it is a hard one: "kidnapped nuns", not "alleged plans"."""
        return kind == "adjective" or any(p.type in MODIFYING for p in self.tables.of(kind, word))

    @staticmethod
    def _tells(token: Token, kind: Kind, match: Match) -> bool:
        """Whether what was matched is told: "a suspended sentence" suspends nothing."""
        modifies = token.relation == "amod" and kind == "verb" and not children(token, "obj")
        return not modifies or match.pattern.type in MODIFYING

    # ---- one event -----------------------------------------------------------------------------------

    def _event(self, frame: Frame, match: Match, word: str) -> EventDraft:
        pattern, token = match.pattern, frame.trigger
        mode, instrument = self.modes.of(frame, pattern.type, pattern.mode)
        event = EventDraft(
            trigger=self._trigger(frame, match),
            head=token.i,
            clause=clause_range(clause_head(token)),
            type=pattern.type,
            mode=mode,
            contexts=_joined(pattern.contexts, self.around.contexts(token.sent)),
            instrument=instrument,
            statement=self.draft.innermost(token.i),
            because=[f"pattern {pattern.kind}:{word}" + "".join(f" +{name}" for name in match.met)],
            found=pattern.kind,
            met=len(match.met),
        )
        self._give_parties(event, frame, pattern)
        event.score = _score(frame, match, bool(event.actors), bool(event.recipients))
        return event

    def _give_parties(self, event: EventDraft, frame: Frame, pattern: Pattern) -> None:
        actor_slots, recipient_slots = list(pattern.actor), list(pattern.recipient)
        if frame.nominal_verb:
            actor_slots = ["by", "possessive", "compound"] if "subject" in actor_slots else actor_slots
        carrier = frame.carrier
        if carrier is not None and pattern.kind == "noun":
            told = pattern.type == "ASSAULT" and carrier.verb.base in ("announce", "declare", "call")
            if pattern.type == "ASSAULT" and carrier.verb.base in ("blame", "pin") and frame.fill("on"):
                actor_slots, recipient_slots = ["on"], [s for s in recipient_slots if s != "on"]
            acts = (carrier.role in ("act", "blame") and not told) or (carrier.role == "end" and self._is_own(pattern))
            hosted = pattern.type == "CONSULT" and carrier.verb.base == "host" and frame.fill("between")
            if acts and not hosted and "subject" not in actor_slots and "subject" not in recipient_slots:
                actor_slots = ["subject", *actor_slots] if not frame.fill("by") else actor_slots
            elif carrier.role == "undergo":
                recipient_slots = ["subject", *[s for s in recipient_slots if s != "subject"]]
                actor_slots = [*[s for s in actor_slots if s != "subject"], "from", "by"]
        actors = self.parties.of(frame, actor_slots)
        shared = set(actor_slots) & set(recipient_slots)
        taken = frozenset(h.i for s in actor_slots if s not in shared for h in frame.fill(s)) if actors else frozenset()
        towards = pattern.type in TOWARDS_SOMEONE and pattern.mode != "resign"
        recipients = self.parties.of(frame, recipient_slots, taken, towards)
        if not recipients and towards:
            event.loose = True
            recipients = self._further(frame, pattern, actor_slots) or self.parties.of(frame, recipient_slots, taken)
        if not shared:
            acting = {id(p.actor) for p in actors}
            recipients = [p for p in recipients if id(p.actor) not in acting]
        if (
            shared
            and len(recipients) == 1
            and "between" not in shared
            and {id(p.actor) for p in recipients} == {id(p.actor) for p in actors}
        ):
            actors = []  # "his arrest": who suffers it, unless somebody else is named
        if pattern.kind == "noun" and not recipients:
            recipients = self._named_before(frame, pattern, actors)
        if not recipients and len(actors) > 1 and pattern.type in MUTUAL and {"with", "between"} & set(recipient_slots):
            recipients = list(actors)
        event.actors, event.recipients = actors, recipients

    def _is_own(self, pattern: Pattern) -> bool:
        """Whether who ends such an act is who did it: talks and strikes, not riots and attacks."""
        return pattern.type not in HARMFUL or pattern.mode in self.tables.light.own

    def _further(self, frame: Frame, pattern: Pattern, actor_slots: list[str]) -> list[PartyDraft]:
        own = frozenset(h.i for s in actor_slots for h in frame.fill(s))
        return self.parties.further(frame, pattern.type in FOR_A_COUNTRY, own)

    def _named_before(self, frame: Frame, pattern: Pattern, actors: list[PartyDraft]) -> list[PartyDraft]:
        """ "the embassy bombing": a building before the noun is what it is done to."""
        if not {"of", "on", "against"} & set(pattern.recipient):
            return []
        acting = {id(p.actor) for p in actors}
        heads = [h for h in frame.fill("compound") if h.base in self.parties.buildings]
        return [p for p in (self.parties.party(h, frame) for h in heads) if id(p.actor) not in acting]

    def _trigger(self, frame: Frame, match: Match) -> Range:
        """The trigger with its particle, its compound, its predicate ("shot dead") or its light verb."""
        token = frame.trigger
        start, end = token.i, token.i + 1
        for c in token.children:
            close = c.dep_ in ("compound:prt",) or (
                ("particle" in match.met or c.relation == "xcomp") and c.base in self._beside(match)
            )
            if close and c.i == end:
                end = c.i + 1
        if frame.kind == "noun":
            while start > 0 and token.doc[start - 1].dep_ == "compound" and token.doc[start - 1].head == token:
                start -= 1
            if "case" in match.met and start > 0 and token.doc[start - 1].dep_ == "case":
                start -= 1
            carrier = frame.carrier
            if carrier is not None and carrier.role == "act" and 0 < start - carrier.verb.i <= LIGHT_REACH:
                start = carrier.verb.i
        return Range(start, end)

    @staticmethod
    def _beside(match: Match) -> frozenset[str]:
        return match.pattern.need.particle | match.pattern.need.complement

    def _doubt(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        """Why the sentence does not mean the word: a shot at goal hurts nobody, a bottle in the car park may."""
        sentence = frame.trigger.sent
        neutral = event.type in HARMFUL and word in self.tables.light.neutral
        if neutral and not self._meant(event, frame, word):
            return "meant by nobody"
        if event.type == "ASSAULT" and self._own_body(event, frame):
            return "done to one's own body"
        refused = self.scopes.refuses(event, frame, word) or self.affairs.refuses(event, frame, word)
        if refused:
            return refused
        setting = self.around.setting(sentence)
        if setting is None or (setting.triggers and word not in setting.triggers) or self.scopes.proven(event, frame):
            return None
        if event.type == "ASSAULT" and event.recipients and self.around.hurt(sentence):
            if any(self.parties.is_agentive(self.draft.doc[i]) for p in event.recipients for i in range(*p.range)):
                return None
        return f"in the words of {setting.name}"

    def _own_body(self, event: EventDraft, frame: Frame) -> bool:
        """ "The skier broke her leg": what happens to one's own body is nobody's attack."""
        acting = {id(p.actor) for p in event.actors}
        hurt = [h for h in frame.fill("object") if h.base in self.parties.body]
        several = any(h.tag_ in ("NNS", "NNPS") or h.lower_ == "they" for h in frame.fill("subject"))
        for owner in (c for h in hurt for c in h.children if c.dep_ == "nmod:poss"):
            known = self.draft.actor_at(owner.i)
            if known is not None and all(self.draft.doc[m.head].pos_ == "PRON" for m in known.mentions):
                known = None  # nobody known
            if known is None and owner.pos_ == "PRON" and several == (owner.base in ("they", "their")):
                return True
            if known is not None and id(known) in acting:
                return True
        return False

    def _meant(self, event: EventDraft, frame: Frame, word: str) -> bool:
        """Whether somebody did the harm: a doer, a weapon, or a sentence that does not speak of a mishap."""
        if frame.trigger.relation == "amod":
            return False
        if event.instrument is not None:
            return True
        heads = [h for slot in ("subject", "by") for h in frame.fill(slot)] if event.actors else []
        if any(self.parties.is_agentive(h) or h.base in self.tables.light.instruments for h in heads):
            return True
        return not self.around.is_mishap(frame.trigger.sent, word)


def _joined(first: tuple[str, ...], second: list[str]) -> list[str]:
    return [*first, *(name for name in second if name not in first)]


def _score(frame: Frame, match: Match, actor: bool, recipient: bool) -> float:
    """How sure the pattern alone makes us; later rooms adjust it."""
    score = FIRST_SCORE[frame.kind] - (0.1 if frame.nominal_verb else 0.0)
    score += min(0.1, 0.04 * len(match.met)) + 0.1 * actor + 0.12 * recipient
    if frame.carrier is not None and frame.carrier.role == "act":
        score += 0.06
    if frame.trigger.relation == "amod":
        score -= 0.15
    return round(min(HIGHEST, max(LOWEST, score)), 4)
