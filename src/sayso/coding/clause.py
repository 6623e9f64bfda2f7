"""Who is the subject and what the object of a verb, said or understood.

Reads a Universal Dependencies tree and answers with tokens that head noun phrases: relative pronouns give their
antecedent, participles and infinitives the subject of the verb that controls them, coordinated verbs share, and a
passive's subject is its object.
"""

from __future__ import annotations

from sayso.coding import grammar
from sayso.coding.grammar import children
from sayso.coding.lexicon import LightWords
from sayso.coding.parsed import Token

DEEPEST = 12
"""Steps up the tree after which an understood subject is given up: hostile nesting costs no more."""
RELATIVE = frozenset(("who", "whom", "which", "that", "whose", "whoever"))
PARTICLES = frozenset(("over", "up", "off", "down", "out", "away", "back"))
BOUNDS = frozenset(("at", "up", "to", "over", "about", "around", "under", "between", "near"))
BURNING = frozenset(("ablaze", "alight", "afire", "aflame"))
PREDICATES = ("VERB", "AUX", "ADJ", "NOUN", "PROPN")


def is_passive(verb: Token) -> bool:
    """A passive, also where the auxiliary is left out or stands with the first of several coordinated verbs."""
    if grammar.is_passive(verb):
        return not (_has_relative_object(verb) or _has_own_object(verb))
    gerund = verb.lower_.endswith("ing")
    if gerund or verb.tag_ not in ("VBN", "VBD", "JJ", "VB"):
        return False
    if any(c.base == "be" and c.i < verb.i for c in children(verb, "aux", "cop")) and verb.tag_ != "VB":
        return True
    if children(verb, "obj", "ccomp", "iobj"):
        return False
    if any(c.base == "dead" for c in children(verb, "xcomp", "advmod", "advcl")) and verb.dep_ != "acl:relcl":
        return verb.dep_ != "conj" and _bare_object(verb) == []
    if verb.tag_ != "VBN" or children(verb, "aux"):
        return verb.tag_ == "VBD" and verb.dep_ == "acl" and not children(verb, "nsubj")
    if verb.dep_ == "conj":
        return not children(verb, "nsubj") and verb.head.pos_ in ("VERB", "AUX") and is_passive(verb.head)
    if verb.relation in ("root", "parataxis"):
        return any(c.dep_ == "obl:agent" for c in verb.children)
    return verb.relation in ("xcomp", "ccomp")


def _has_relative_object(verb: Token) -> bool:
    """ "the warehouse that the rioters looted": its object stands before it, whatever the subject is taken for."""
    return not children(verb, "aux", "aux:pass") and any(is_relative(c) for c in children(verb, "obj"))


def _has_own_object(verb: Token) -> bool:
    """ "The gunmen kidnapped today two men": a past form without an auxiliary that has its object is no passive."""
    if verb.tag_ != "VBD" and not (verb.tag_ == "VBN" and children(verb, "nsubj:pass")):
        return False
    behind = any(c.i > verb.i for c in children(verb, "obj"))
    return behind and not children(verb, "aux", "cop") and verb.dep_ not in ("acl", "acl:relcl", "conj")


def antecedent(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for; None where there is none."""
    at = pronoun
    for _ in range(DEEPEST):
        if at.dep_ in ("acl:relcl", "advcl:relcl"):
            return at.head if at.head.pos_ not in ("VERB", "AUX") else None
        if at.head == at:
            return None
        at = at.head
    return None


def is_relative(token: Token) -> bool:
    """A relative pronoun (not an asking one or a demonstrative)."""
    if token.base not in RELATIVE:
        return False
    return token.tag_ in ("WP", "WDT", "WP$") or token.morph.get("PronType", []) == ["Rel"]


def resolved(token: Token | None) -> Token | None:
    """The token, or what a relative pronoun stands for."""
    if token is not None and is_relative(token):
        return antecedent(token)
    return token


def oblique(verb: Token, preposition: str) -> list[Token]:
    """What stands behind a preposition that hangs on the verb or noun."""
    found = []
    for one in children(verb, "obl", "nmod", "advcl", "acl"):
        if any(c.base == preposition or c.lower_ == preposition for c in one.children if c.dep_ in ("case", "mark")):
            if one.dep_ in ("advcl", "acl") and one.pos_ in ("VERB", "AUX"):
                continue
            target = resolved(one)
            if target is not None:
                found.append(target)
    return found


def agents(verb: Token) -> list[Token]:
    """The by-phrase of a passive."""
    named = [t for t in (resolved(c) for c in children(verb, "obl:agent") if c.dep_ == "obl:agent") if t is not None]
    named = named or [t for t in oblique(verb, "by") if t.ent_type_ not in ("DATE", "TIME")]
    return named or [t for one in children(verb, "obl") for t in oblique(one, "by")]


def _is_set_on_fire(verb: Token) -> bool:
    """ "The mill set on fire", "set ablaze": what has no object here is what burned."""
    if verb.base != "set":
        return False
    return any(c.lower_ in BURNING or (c.lower_ == "fire" and c.relation == "obl") for c in verb.children)


def _bare_object(verb: Token) -> list[Token]:
    """An object that the parser took for something else: a lone indirect object, a subject behind the verb, an adjunct
    that has no preposition but a particle ("ran over him") or a bound ("killed at least six").
    """
    lone = grammar.child(verb, "iobj")
    if lone is not None:
        return [t for t in (resolved(lone),) if t is not None]
    behind = [c for c in children(verb, "nsubj") if c.i > verb.i]
    if behind and any(c.i < verb.i for c in children(verb, "nsubj")):
        return behind[:1]
    for c in children(verb, "obl"):
        case = [g for g in c.children if g.dep_ == "case"]
        close = len(case) == 1 and case[0].i == verb.i + 1
        particle = close and case[0].base in PARTICLES
        bound = close and case[0].base in BOUNDS and bool(children(c, "nummod"))
        if c.i > verb.i and c.ent_type_ not in ("DATE", "TIME") and (particle or bound or not case):
            return [c]
    return []


def _listed(first: Token, other: Token) -> bool:
    """Whether the phrases are parts of one list: both counted, with a comma between."""
    counted = all(children(t, "nummod") for t in (first, other))
    return counted and any(t.text == "," for t in first.doc[first.i + 1 : other.i])


class Clauses:
    """Subjects and objects, with the control verbs of the lexicon."""

    def __init__(self, light: LightWords):
        self.light = light

    def surface(self, verb: Token, depth: int = 0) -> Token | None:
        """The grammatical subject, said or understood; the thing affected where the verb is passive."""
        own = grammar.child(verb, "nsubj")
        if own is not None:
            return resolved(own)
        if (
            verb.pos_ in ("NOUN", "PROPN") and grammar.child(verb, "obj") is not None
        ):  # a headline's verb read as a noun
            before = [c for c in children(verb, "compound") if c.i < verb.i]
            return before[-1] if before else None
        if depth > DEEPEST or grammar.child(verb, "expl", "csubj") is not None:
            return None
        return self._understood(verb, depth + 1)

    def passive(self, verb: Token) -> bool:
        """A passive, and the past form of a verb that always has an object where there is none ("14 arrested")."""
        if is_passive(verb):
            return True
        past = verb.tag_ in ("VBD", "VBN") or verb.lower_.endswith("ed")
        whole = verb.base in self.light.transitive or _is_set_on_fire(verb)
        if not past or not whole or children(verb, "obj", "ccomp", "aux", "advcl:relcl"):
            return False
        return not (self._gap(verb) or self._shared_object(verb) or _bare_object(verb)) and (
            verb.dep_ != "conj" or bool(children(verb, "nsubj"))
        )

    def subject(self, verb: Token) -> list[Token]:
        """Who does it: the subject of an active verb, the by-phrase of a passive one."""
        if self.passive(verb):
            return agents(verb) or self._shared_agent(verb)
        return self._surfaces(verb)

    def _surfaces(self, verb: Token) -> list[Token]:
        """The grammatical subject, and those that stand beside it without "and": "ten shops, about a hundred offices"."""
        own = [c for c in children(verb, "nsubj") if c.dep_ != "nsubj:outer"]
        found = self.surface(verb)
        if len(own) > 1 and found == own[0] and all(c.i < verb.i and not is_relative(c) for c in own):
            return [found, *(c for c in own[1:] if _listed(own[0], c))]
        return [found] if found is not None else []

    def objects(self, verb: Token) -> list[Token]:
        """Whom it is done to: the object of an active verb, the subject of a passive one."""
        own = [t for t in (resolved(c) for c in children(verb, "obj")) if t is not None]
        if self.passive(verb):
            return [*self._surfaces(verb), *own]
        return own or self._gap(verb) or self._shared_object(verb) or _bare_object(verb)

    def _shared_agent(self, verb: Token) -> list[Token]:
        """ "was beaten and robbed by men": the by-phrase stands with a verb coordinated with this one."""
        family = grammar.first_conjunct(verb) if verb.dep_ == "conj" else verb
        for other in [family, *children(family, "conj")]:
            if other != verb and other.pos_ == "VERB" and abs(other.i - verb.i) <= 4 and is_passive(other):
                found = agents(other)
                if found and found[0].i > verb.i:
                    return found
        return []

    def _gap(self, verb: Token) -> list[Token]:
        """The object that a relative clause leaves out: "the town they shelled", "the town that they shelled"."""
        if verb.dep_ != "acl:relcl" or grammar.child(verb, "ccomp", "xcomp") is not None:
            return []
        subject = grammar.child(verb, "nsubj")
        if subject is None or is_relative(subject) or any(is_relative(c) for c in subject.children):
            return []
        adverbial = any(c.tag_ in ("WRB", "WP$", "WDT", "WP") for c in verb.subtree if c.i < subject.i)
        return [] if adverbial else [verb.head]

    def _shared_object(self, verb: Token) -> list[Token]:
        """ "attacked and burned the village": one object for verbs that stand side by side."""
        other: Token | None = verb.head if verb.dep_ == "conj" else grammar.child(verb, "conj")
        if other is None or other.pos_ != "VERB" or is_passive(other) or abs(other.i - verb.i) > 3:
            return []
        last = max(other.i, verb.i)
        return [t for t in (resolved(c) for c in children(other, "obj") if c.i > last) if t is not None]

    def _understood(self, verb: Token, depth: int) -> Token | None:
        head, kind = verb.head, verb.relation
        if head == verb:
            return None
        if verb.dep_ == "acl:relcl":
            return head
        if kind == "conj":
            return self.surface(head, depth) if head.pos_ in PREDICATES and self._predicate(head) else None
        if kind == "acl":
            return self._of_noun(verb, head, depth)
        if kind in ("xcomp", "advcl", "ccomp", "parataxis", "dep") or verb.dep_ == "advcl:relcl":
            return self._controlled(verb, head, depth)
        if kind == "amod":
            return head
        if kind in ("obl", "nmod", "obj") and verb.tag_ == "VBG":
            return self.surface(head, depth) if head.pos_ == "VERB" else None
        return None

    @staticmethod
    def _predicate(token: Token) -> bool:
        return token.pos_ in ("VERB", "AUX") or bool(children(token, "cop", "nsubj"))

    def _of_noun(self, verb: Token, noun: Token, depth: int) -> Token | None:
        """ "men carrying rifles" → men; "the rebels' attempt to seize …" → the rebels."""
        if any(c.dep_ == "mark" for c in verb.children):
            owner = grammar.child(noun, "nmod:poss")
            if owner is not None:
                return resolved(owner)
            doers = oblique(noun, "by")
            if doers:
                return doers[0]
            if noun.base in self.light.answers and noun.relation == "obj":
                return self.surface(noun.head, depth)
            if noun.base in self.light.agents or noun.ent_type_ in ("PER", "ORG", "LOC", "GPE", "PERSON"):
                return noun
            if noun.head.pos_ == "VERB" and noun.relation in ("obj", "obl", "nsubj"):
                found = self.surface(noun.head, depth)
                return found if found != noun else None
            return None
        return noun

    def _controlled(self, verb: Token, head: Token, depth: int) -> Token | None:
        kind = verb.relation
        marks = {c.base for c in verb.children if c.dep_ in ("mark", "case")}
        passive_head = head.pos_ == "VERB" and self.passive(head)
        word = head.base
        for preposition in sorted(self.light.oblique_control.get(word, ())):
            behind = oblique(head, preposition)
            if behind:
                return behind[0]
        target = grammar.child(head, "iobj") or grammar.child(head, "obj")
        gerund = verb.tag_ == "VBG" or verb.lower_.endswith("ing")
        if kind in ("advcl", "ccomp") and marks & self.light.object_marks and gerund and target is not None:
            return resolved(target) if not passive_head else self.surface(head, depth)
        if kind in ("xcomp", "ccomp") and target is not None and not passive_head:
            if word in self.light.subject_control and kind == "xcomp":
                return self.surface(head, depth)
            return resolved(target) if kind == "xcomp" else None
        if kind == "ccomp" and (not (gerund or verb.tag_ in ("VB", "VBN")) or grammar.child(verb, "aux") is not None):
            return None
        if kind == "parataxis" and verb.tag_ not in ("VBG", "VBN"):
            return None
        if kind == "advcl" and passive_head and not marks and gerund:
            return next(iter(agents(head)), None)
        if kind == "advcl" and "to" not in marks and not gerund and verb.tag_ != "VBN":
            return None
        return self.surface(head, depth)
