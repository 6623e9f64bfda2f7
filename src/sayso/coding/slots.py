"""What stands in the slots of an event's trigger: `subject`, `object`, `against`, `possessive`, …

A frame is a trigger in its sentence. For a verb the slots are its arguments; for a noun they are its own
dependents and, where a light verb carries it ("launched an attack on"), that verb's. `fill` gives the heads of the
noun phrases in a slot, coordinated ones included; `parties` turns them into actors of the draft.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from sayso.coding import grammar
from sayso.coding.clause import DEEPEST, Clauses, agents, is_passive, oblique, resolved
from sayso.coding.grammar import children
from sayso.coding.lexicon import LightWords
from sayso.coding.lexicon.entries import Kind, Words
from sayso.coding.parsed import Token

NOUNS = ("NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ", "X", "SYM")
TRIES = frozenset(("attempt", "bid", "plot"))
"""Nouns whose compound is an act that was tried."""
TOLLS = frozenset(("death", "killing", "injury", "wounding"))
"""What harm "results in"; whose they are stands behind "of"."""
BEFALL = frozenset(("occur", "happen", "take", "break", "break out", "erupt", "flare", "ensue"))
MOST_COORDINATED = 60
"""Coordinated phrases read from one slot: a list longer than this is no list of parties."""


Role = Literal["act", "end", "undergo", "blame", "other"]


class Carrier(NamedTuple):
    """The verb that carries an event noun, and whether its subject does or suffers the event, or its object did it."""

    verb: Token
    role: Role


def verb_name(verb: Token) -> str:
    """The verb's lemma with its particle or bare object: "carry out", "take part"."""
    for c in verb.children:
        if c.dep_ == "compound:prt" or (c.dep_ == "obj" and c.i == verb.i + 1 and c.base == "part"):
            return f"{verb.base} {c.base}"
    return verb.base


def spread(head: Token) -> list[Token]:
    """The phrase and those coordinated with it, and what it is said to include."""
    found = [head]
    for one in found:
        if len(found) >= MOST_COORDINATED:
            break
        found += [c for c in one.children if c.dep_ == "conj" and c.pos_ in NOUNS]
        found += [
            c for c in one.children
            if c.relation in ("nmod", "obl", "appos") and any(g.base in ("including", "include") for g in c.children)
        ]  # fmt: skip
        found += [c for c in children(one, "appos", "list") if _is_next_count(one, c)]
    return sorted(found, key=lambda t: t.i)


def _is_next_count(one: Token, other: Token) -> bool:
    """Whether what was read as an apposition is the next of a list: "120 shops, 80 cafes"."""
    return other.i > one.i and all(children(t, "nummod") and t.pos_ == "NOUN" for t in (one, other))


@dataclass
class Frame:
    """A trigger and its slots."""

    trigger: Token
    kind: Kind
    clauses: Clauses
    nominal_verb: bool = False
    """A verb's pattern met by its gerund used as a noun: "the storming of the palace"."""
    carrier: Carrier | None = None

    @property
    def light(self) -> LightWords:
        return self.clauses.light

    def __post_init__(self) -> None:
        self._containers: list[Token] = []
        if self.kind == "noun" or self.nominal_verb:
            self.carrier = self._carrier()
        self._filled: dict[str, list[Token]] = {}

    def fill(self, slot: str) -> list[Token]:
        """Heads of the phrases in the slot, in the order of the text."""
        if slot not in self._filled:
            heads = self._verbal(slot) if self.kind == "verb" and not self.nominal_verb else self._nominal(slot)
            found: dict[int, Token] = {}
            for head in heads:
                for one in spread(head):
                    found.setdefault(one.i, one)
            self._filled[slot] = [found[i] for i in sorted(found) if i != self.trigger.i]
        return self._filled[slot]

    def give(self, slot: str, heads: list[Token]) -> None:
        """Fill a slot with what its name alone does not find."""
        if heads:
            self._filled[slot] = [one for head in heads for one in spread(head)]

    def through(self, head: Token) -> Token:
        """What a portion is a portion of: "dozens of protesters" → protesters."""
        for _ in range(4):
            if not (head.base in self.light.partitives or head.pos_ == "NUM" or head.tag_ in ("DT", "PDT", "JJS")):
                break
            inner = next((c for c in children(head, "nmod") if _has_case(c, "of")), None)
            if inner is None or inner.pos_ not in NOUNS:
                break
            head = inner
        return head

    def after_particle(self, words: Words) -> list[Token]:
        """The object of a particle verb whose particle was read as a preposition: "called in the army"."""
        verb = self.trigger
        for c in children(verb, "obl"):
            case = children(c, "case")
            if len(case) == 1 and case[0].i == verb.i + 1 and case[0].lower_ in words:
                return [c]
        return []

    def complements(self) -> list[Token]:
        """The predicates of the trigger's complement clauses, and event nouns that light verbs carry there."""
        found = []
        for c in self.trigger.children:
            marked = c.dep_ in ("advcl", "acl") and any(
                g.base in ("to", "of", "for", "from", "with", "into") for g in c.children if g.dep_ in ("mark", "case")
            )
            if c.relation in ("xcomp", "ccomp") or marked:
                found += [c, *children(c, "obj")] if verb_name(c) in self.light.act_object else [c]
            elif (
                c.relation == "obj"
            ):  # "held the mayor responsible", where the parser may hang the adjective on the mayor
                found += [g for g in children(c, "amod", "acl", "advmod") if g.i > c.i and g.pos_ in ("ADJ", "ADV", "VERB")
                          and (g.relation == "amod" or not any(True for _ in children(g, "mark", "obj")))]  # fmt: skip
                found += [g for g in children(c, "acl") if any(m.lower_ == "to" for m in children(g, "mark"))]
        return found

    # ---- verbs ---------------------------------------------------------------------------------------

    def _verbal(self, slot: str) -> list[Token]:
        verb = self.trigger
        if self.kind == "adjective":
            return []
        if slot == "subject":
            return self.clauses.subject(verb)
        if slot == "object":
            return self.clauses.objects(verb)
        if slot == "iobject":
            given = [t for t in (resolved(c) for c in children(verb, "iobj")) if t is not None]
            if not given and self.clauses.passive(verb) and children(verb, "obj"):
                subject = self.clauses.surface(verb)  # "before she was granted asylum"
                given = [subject] if subject is not None else []
            return given
        if slot == "complement":
            return self._complement_subjects()
        if slot == "doer":
            return self._complement_doers()
        if slot == "by":
            return agents(verb)
        if slot in ("possessive", "compound"):
            return []
        return self._behind(verb, slot)

    def _behind(self, verb: Token, preposition: str) -> list[Token]:
        found = oblique(verb, preposition)
        if found:
            return found
        for noun in children(verb, "obj", "obl"):
            if preposition == "of" and noun.relation != "obj" and noun.base not in TOLLS:
                continue
            found += oblique(noun, preposition) or [
                t for inner in children(noun, "nmod") for t in oblique(inner, preposition)
            ]
        if not found and preposition in ("at", "to", "towards", "toward"):
            found = [
                inner
                for one in children(verb, "obl")
                if one.base in self.light.directions
                for inner in oblique(one, "of")
            ]
        if not found and verb.dep_ == "conj" and verb.head.pos_ == "VERB":
            found = [t for t in oblique(verb.head, preposition) if t.i > verb.i]
        return found

    def _complement_subjects(self) -> list[Token]:
        found = []
        for c in self.trigger.children:
            if c.relation in ("xcomp", "ccomp", "advcl") and c.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
                subject = self.clauses.surface(c)
                if subject is not None:
                    found.append(subject)
        return found[:1]

    def _complement_doers(self) -> list[Token]:
        """Who did what the complement clause tells: its subject, of a passive the by-phrase."""
        found: list[Token] = []
        for c in self.trigger.children:
            if c.relation in ("xcomp", "ccomp", "advcl") and c.pos_ in ("VERB", "AUX", "ADJ", "NOUN"):
                subject = None if self.clauses.passive(c) else self.clauses.surface(c)
                found += agents(c) if self.clauses.passive(c) else [subject] if subject is not None else []
        return found[:1]

    # ---- nouns and adjectives ------------------------------------------------------------------------

    def _nominal(self, slot: str) -> list[Token]:
        noun = self.trigger
        if slot == "subject":
            return self._nominal_subject()
        if slot == "object":
            return oblique(noun, "of") if self.nominal_verb else self._modified()
        if slot == "possessive":
            return [t for t in (resolved(c) for c in children(noun, "nmod") if c.dep_ == "nmod:poss") if t is not None]
        if slot == "compound":
            return [c for c in noun.children if c.relation in ("compound", "amod", "nmod") and c.i < noun.i
                    and c.dep_ != "nmod:poss" and not _is_case_marked(c)]  # fmt: skip
        if slot == "by":
            return self._by()
        return self._around(slot)

    def _nominal_subject(self) -> list[Token]:
        """The subject of the copula, of the light verb, or of the verb that the noun hangs on as an oblique."""
        noun = self.trigger
        own = grammar.child(noun, "nsubj")
        if own is not None and (grammar.child(noun, "cop") is not None or self.kind == "adjective"):
            found = resolved(own)
            return [found] if found is not None else []
        if self.kind == "adjective":
            return self._modified()
        if self.carrier is not None:
            verb = self.carrier.verb
            surface = self.clauses.surface(verb)
            if self.carrier.role == "blame":
                return self.clauses.objects(verb)
            if noun.relation == "obl" or self.carrier.role == "undergo":
                return [surface] if surface is not None and surface != noun else []
            return [t for t in self.clauses.subject(verb) if t != noun]
        if noun.relation == "nmod" and noun.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return [noun.head]
        return []

    def _modified(self) -> list[Token]:
        """What an adjective is said of."""
        word = self.trigger
        if self.kind != "adjective":
            return []
        if word.relation in ("amod", "acl"):
            return [word.head]
        found = self.clauses.surface(word)
        return [found] if found is not None else []

    def _by(self) -> list[Token]:
        found = [t for t in oblique(self.trigger, "by") if t.base not in self.light.times]
        if not found:  # "the killing of a miner by guards", where the parser may hang the guards on the miner
            found = [t for inner in children(self.trigger, "nmod") for t in oblique(inner, "by")]
        if not found:  # "a wave of raids by bandits", "the coup attempt by officers"
            found = [t for one in self._containers for t in oblique(one, "by") if t.base not in self.light.times]
        for c in self._carrying_clauses():
            found += agents(c) if is_passive(c) else [t for t in self.clauses.subject(c) if t != self.trigger]
        found = found or self._master()
        if found or self.carrier is None or self.carrier.role in ("undergo", "blame"):
            return found
        if self.carrier.role == "other" and self.trigger.relation == "obl":
            return found  # "questioned by police during the killings"
        return agents(self.carrier.verb) if is_passive(self.carrier.verb) else []

    def _carrying_clauses(self) -> list[Token]:
        """Light verbs in clauses on the noun: "an attack launched by …", "the talks that they held"."""
        return [
            c
            for c in children(self.trigger, "acl")
            if verb_name(c) in self.light.act_object and (c.dep_ == "acl:relcl" or is_passive(c))
        ]

    def _around(self, preposition: str) -> list[Token]:
        """Behind a preposition that hangs on the noun, on its container, or on its light verb."""
        found = oblique(self.trigger, preposition)
        for container in self._containers if not found else []:  # "a series of attacks on churches"
            found = [t for t in oblique(container, preposition) if not _above(t, self.trigger)]
        if not found and preposition not in ("of", "by"):  # "the appeal to the alliance for help"
            found = [t for inner in children(self.trigger, "nmod") for t in oblique(inner, preposition)]
        if not found and preposition != "of":
            found = [t for c in self._carrying_clauses() for t in oblique(c, preposition)]
        if not found and self.carrier is not None and self.carrier.role != "other" and preposition != "of":
            found = [t for t in oblique(self.carrier.verb, preposition) if t != self.trigger]
        if (
            not found
            and preposition == "from"
            and self.carrier is not None
            and self.carrier.role in ("other", "undergo")
        ):
            found = [t for t in oblique(self.carrier.verb, "from") if t.i > self.trigger.i]
        if not found and preposition in ("at", "outside", "inside", "against", "between") and self._takes_place():
            found = [t for t in oblique(self.carrier.verb, preposition) if t.i > self.trigger.i] if self.carrier else []
        if not found and preposition == "between" and self.trigger.dep_ == "conj":
            found = oblique(self.trigger.head, preposition)
        return found

    def _takes_place(self) -> bool:
        """ "The explosion occurred at the bank": where it happened stands with the verb."""
        carrier = self.carrier
        if carrier is None or self.trigger.relation != "nsubj" or carrier.verb.base not in BEFALL:
            return False
        return carrier.verb.base != "take" or any(c.base == "place" for c in carrier.verb.children)

    def _carrier(self) -> Carrier | None:
        """The verb that the noun, or the series, wave or day of it, is an argument of."""
        noun = self.trigger
        for _ in range(DEEPEST):
            head = noun.head
            if head == noun:
                return None
            contained = noun.relation == "nmod" and _has_case(noun, "of") and head.base in self.light.containers
            contained = contained or is_tried(noun)
            if noun.relation in ("nmod", "acl") and _has_case(noun, "for") and self._answers(head):
                return Carrier(head.head, "act")
            if noun.relation == "nmod" and _has_case(noun, "with") and self._connects(head):
                return Carrier(head.head, "blame")
            if contained or (noun.dep_ == "conj" and head.pos_ in NOUNS) or noun.relation == "compound":
                self._containers += [head] if contained else []
                noun = head
                continue
            break
        verb, kind = noun.head, noun.relation
        if verb.pos_ not in ("VERB", "AUX", "ADJ") or kind not in ("obj", "obl", "nsubj", "xcomp"):
            return None
        return Carrier(verb, self._role(noun, verb, kind))

    def _answers(self, noun: Token) -> bool:
        """ "claimed responsibility for the attack": who answers for an act did it."""
        verb, light = noun.head, self.light
        claimed = noun.relation == "obj" or noun.dep_ == "nsubj:pass"
        return noun.base in light.answers and claimed and verb.base in light.answering

    def _connects(self, noun: Token) -> bool:
        """ "arrested in connection with the attack"."""
        return noun.base == "connection" and _has_case(noun, "in") and noun.head.base in self.light.seized

    def _master(self) -> list[Token]:
        """ "He was the mastermind of the murder": who is said to stand behind the act."""
        noun, head = self.trigger, self.trigger.head
        of = noun.relation == "nmod" and (_has_case(noun, "of") or _has_case(noun, "behind"))
        if not of or head.base not in self.light.masters or not children(head, "cop"):
            return []
        return [t for t in (resolved(c) for c in children(head, "nsubj")) if t is not None]

    def _role(self, noun: Token, verb: Token, kind: str) -> Role:
        name, light = verb_name(verb), self.light
        if kind in ("obj", "xcomp") or noun.dep_ == "nsubj:pass":
            if name == "call" and kind == "obj" and children(verb, "xcomp"):
                return "other"  # "called the inquiry a sham"
            if name in light.act_object or verb.base in light.act_object:
                return "act"
            if name in light.end_object:
                return "end"
            return "undergo" if name in light.undergo_object else "other"
        if kind == "obl":
            if _has_case(noun, "for") and any(self._answers(c) for c in children(verb, "obj", "nsubj")):
                return "act"
            cases = [c.base for c in noun.children if c.dep_ == "case"]
            if any(name in light.act_oblique.get(c, ()) for c in cases):
                return "act"
            if any(name in light.undergo_oblique.get(c, ()) for c in cases):
                return "undergo"
            if any(name in light.blame_oblique.get(c, ()) for c in cases):
                return "blame"
        return "other"


def is_tried(noun: Token) -> bool:
    """ "assassination attempt", "coup plot": the noun before says what was tried."""
    return noun.relation == "compound" and noun.head.i > noun.i and noun.head.base in TRIES


def _above(one: Token, token: Token) -> bool:
    """Whether `one` is the token or governs it, within a few steps."""
    for _ in range(DEEPEST):
        if one == token:
            return True
        token = token.head
    return False


def _is_case_marked(token: Token) -> bool:
    """Whether a preposition stands before the phrase that is none of a headline's clause: "as rebels, army clash"."""
    return any(c.dep_ == "case" and c.lower_ not in ("as", "after", "while") for c in token.children)


def _has_case(token: Token, preposition: str | None) -> bool:
    """Whether a preposition (this one, or any) stands before the noun phrase."""
    return any(c.dep_ == "case" and (preposition is None or c.base == preposition) for c in token.children)
