"""What is no public affair: thanks, talks and gifts among people whom nothing but their own business brings together.

PLOVER's acts of words and material are acts between those who matter in public life. In an article that hardly
names any (a film, a find, a match) such an act counts only where one of its parties does. Nor is an act what a
question supposes of "you", what people agree is so, or what has neither a doer nor anyone it is done to.
"""

from __future__ import annotations

from functools import cached_property

from sayso.coding.affair_words import words
from sayso.coding.draft import ActorDraft, Draft, EventDraft
from sayso.coding.grammar import children
from sayso.coding.moods import is_infinitive
from sayso.coding.parsed import Token
from sayso.coding.scopes import Scopes
from sayso.coding.slots import Frame
from sayso.coding.tables import table

MILD = frozenset(
    ("AGREE", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "CONSULT", "RETREAT", "REQUEST", "REJECT", "ACCUSE")
)
"""Types of words and material; force and harm are read elsewhere."""
BETWEEN = frozenset(("SUPPORT", "COOPERATE", "AID", "CONSULT", "REJECT"))
"""Of them, those that are nothing where neither side is named."""


TRADED = frozenset(("AGREE", "SUPPORT", "COOPERATE"))
"""Of them, those that are mere business between firms."""


class Affairs:
    """Which of an article's milder acts are of public concern."""

    def __init__(self, draft: Draft, scopes: Scopes):
        self.draft = draft
        self.scopes = scopes

    def refuses(self, event: EventDraft, frame: Frame, word: str) -> str | None:
        """Why the event is none, or None where it stands."""
        if event.type not in MILD:
            return None
        if event.type in BETWEEN and frame.kind == "verb" and not (event.actors or event.recipients):
            return "between nobody"
        if self._asked_of_you(event, frame):
            return "what a question supposes"
        if event.type == "AGREE" and word == "agree" and _opinion(frame.trigger):
            return "agreed that something is so"
        if event.type in ("AGREE", "REJECT") and word in words()["saying"] and self._of_a_thing(frame.trigger):
            return "said of a thing"
        if event.type == "REJECT" and word in words()["saying"] and not _foretold(frame.trigger):
            return "said of what is, not of what will not be"
        subjects = frame.fill("subject") if frame.kind == "verb" else []
        if subjects and all(self.scopes.unable(head) for head in subjects):
            return "nobody who could mean it"
        if event.type in TRADED and self._business(event):
            return "a trader's own business"
        if event.type == "ACCUSE" and not event.actors and _kind_of_people(frame.trigger):
            return "a kind of people"
        if word in words()["suspecting"] and frame.kind == "verb" and not event.recipients:
            return "suspects nobody"
        if word == "want" and _own_wish(frame.trigger):
            return "a wish of one's own"
        if word in words()["helping"] and self._helpless(event, frame):
            return "helped by a thing"
        if not self.public and not self._concerns_public(event, word):
            return "a private affair"
        return None

    @cached_property
    def public(self) -> bool:
        """Whether the article is about public life, or too short to tell."""
        length = sum(not token.is_punct and not token.is_space for token in self.draft.doc)
        named = sum(len(actor.mentions) for actor in self.draft.actors if is_public(actor))
        if length < table("affairs")["short"] or named >= table("affairs")["public_share"] * length:
            return True
        violent = [self.scopes.themes.violent(s, "") for s in self.draft.doc.sents if self.draft.coded(s.start)]
        return sum(violent) >= float(table("affairs")["violent_share"]) * len(violent)

    def _of_a_thing(self, verb: Token) -> bool:
        """ "said the new orders would not leave the mill idle": what is said is nobody's undertaking."""
        for clause in children(verb, "ccomp"):
            for subject in children(clause, "nsubj"):
                actor = self.draft.actor_at(subject.i)
                named = subject.pos_ != "NOUN" or subject.ent_type_ or (actor is not None and actor.kind != "unknown")
                if not named and subject.dep_ != "nsubj:pass":
                    return True
        return False

    @staticmethod
    def _business(event: EventDraft) -> bool:
        """Whether firms alone take part."""
        sectors = [set(p.actor.sectors) for p in (*event.actors, *event.recipients) if p.actor.kind != "state"]
        all_of_them = len(sectors) == len(event.actors) + len(event.recipients)
        return all_of_them and bool(sectors) and all(found == {"BUS"} for found in sectors)

    def _helpless(self, event: EventDraft, frame: Frame) -> bool:
        """ "lessons that help us": things help nobody on purpose."""
        subjects = frame.fill("subject")
        return bool(subjects) and all(
            head.pos_ == "NOUN"
            and not head.ent_type_
            and head.base not in self.scopes.tables.light.agents
            and all(p.actor.kind == "unknown" and not p.actor.sectors for p in event.actors)
            for head in subjects
        )

    @staticmethod
    def _concerns_public(event: EventDraft, word: str) -> bool:
        if word in words()["courts"]:
            return True
        return any(is_public(party.actor) for party in (*event.actors, *event.recipients))

    def _asked_of_you(self, event: EventDraft, frame: Frame) -> bool:
        """ "What would you do to improve relations?": whoever is asked has done nothing yet."""
        last = frame.trigger.sent[-1]
        if "?" not in (last.text, last.nbor(-1).text if last.i > 0 else ""):
            return False
        spans = [self.draft.doc.span(*party.range) for party in event.actors]
        return any(span.root.lower_ == "you" for span in spans)


def is_public(actor: ActorDraft) -> bool:
    """Whether it is a state, or somebody whose part in public life is known."""
    return bool(words()["public"] & set(actor.sectors)) or (actor.kind == "state" and actor.country is not None)


def _kind_of_people(verb: Token) -> bool:
    """ "people accused of theft": a participle that says which people are meant, nobody in particular."""
    head = verb.head
    definite = any(c.lower_ in ("the", "these", "those", "two", "three") for c in head.children)
    return (
        verb.dep_ == "acl"
        and head.lower_ in words()["anybody"]
        and not definite
        and not children(head, "nummod", "nmod")
    )


def _foretold(verb: Token) -> bool:
    """ "said he would not resign", "will never yield"."""
    return any(
        {aux.base, aux.lower_} & {"will", "would", "wo", "'ll", "’ll", "'d", "’d"}
        for clause in children(verb, "ccomp", "xcomp")
        for aux in children(clause, "aux")
    )


def _single(verb: Token) -> bool:
    """Whether one person alone is the subject, who can come to no agreement."""
    return all(c.tag_ in ("NN", "NNP") and not children(c, "conj") for c in children(verb, "nsubj"))


def _own_wish(verb: Token) -> bool:
    """ "He wants to cancel the vote": asked of nobody."""
    own = [c for c in children(verb, "xcomp") if is_infinitive(c) and not children(c, "nsubj")]
    return bool(own) and not children(verb, "obj", "iobj")


def _opinion(verb: Token) -> bool:
    """ "All agreed that free time was rare": a finite clause without a word of what is to be done; or nothing at all."""
    if not children(verb, "xcomp", "ccomp", "obl", "obj", "advcl", "nsubj:pass"):
        return _single(verb)
    if children(verb, "ccomp") and any(c.lower_ in words()["everyone"] for c in children(verb, "nsubj")):
        return True
    for clause in children(verb, "ccomp"):
        if is_infinitive(clause):
            continue
        verbs = (clause, *children(clause, "aux", "aux:pass", "cop"))
        finite = any(w.tag_ in ("VBD", "VBZ", "VBP") for w in verbs)
        if finite and not any({w.base, w.lower_} & words()["promising"] for w in verbs):
            return True
    return False
