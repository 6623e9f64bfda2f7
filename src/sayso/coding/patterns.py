"""Which pattern of the lexicon a trigger meets.

Conditions compare the heads of the phrases in a slot with lemmas, two-word names and the reserved classes of
entity types. Of the patterns that hold, the one with the most conditions wins, then the first in the lexicon.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sayso.coding.clause import is_passive
from sayso.coding.draft import Draft
from sayso.coding.lexicon import LexiconTables, Pattern
from sayso.coding.lexicon.entries import Words
from sayso.coding.parsed import Token
from sayso.coding.slots import Frame
from sayso.coding.triggers import hyphened, singulars

ENTITY_CLASSES = {
    "PER": "@person", "PERSON": "@person", "ORG": "@organization", "LOC": "@place", "GPE": "@place", "FAC": "@place",
    "NORP": "@nationality",
}  # fmt: skip
ACTOR_CLASSES = {
    "person": "@person",
    "group": "@person",
    "organization": "@organization",
    "media": "@organization",
    "state": "@place",
}
PERSONAL = frozenset(("he", "she", "they", "we", "i", "you", "who", "him", "her", "them", "us", "me", "whom"))


@dataclass(frozen=True)
class Match:
    """A pattern that holds, and the conditions that were met."""

    pattern: Pattern
    met: tuple[str, ...]


class Matcher:
    """The lexicon's patterns, put to the frames of one article."""

    def __init__(self, tables: LexiconTables, draft: Draft):
        self.tables = tables
        self.draft = draft
        self._names: dict[int, set[str]] = {}
        self._compounds: dict[int, set[str]] = {}

    def best(self, frame: Frame, patterns: Iterable[Pattern]) -> Match | None:
        """The most specific pattern that holds, or None."""
        best: Match | None = None
        for pattern in patterns:
            met = self.met(frame, pattern)
            if met is not None and (best is None or len(met) + pattern.weight > len(best.met) + best.pattern.weight):
                best = Match(pattern, tuple(met))
        return best

    def met(self, frame: Frame, pattern: Pattern) -> list[str] | None:
        """Names of the conditions that hold; None where one fails or an exclusion holds."""
        met: list[str] = []
        for name, words in pattern.need.asked:
            held = self.holds(frame, name, words)
            if held:
                met.append(name)
            elif held is False or pattern.strict:
                return None
        if any(self.holds(frame, name, words) for name, words in pattern.without.asked):
            return None
        return met

    def holds(self, frame: Frame, name: str, words: Words) -> bool | None:
        """Whether the slot has such a word; None where the grammar leaves the slot out, which says nothing."""
        trigger = frame.trigger
        if name == "particle":
            if frame.kind == "verb" and not frame.fill("object"):
                frame.give("object", frame.after_particle(words))
            return _has_particle(trigger, words)
        if name == "case":
            return any(c.base in words or c.lower_ in words for c in trigger.children if c.dep_ == "case")
        if name == "complement":
            return any(c.base in words or "*" in words for c in frame.complements())
        if name == "complement_aux":
            return any(_has_auxiliary(c, words) for c in frame.complements())
        if name == "compound":
            return not words.isdisjoint(self._around(trigger)) or any(
                self.is_one(c, words, frame) for c in frame.fill(name)
            )
        heads = frame.fill(name)
        if not heads and name == "subject" and frame.kind == "verb":
            return None if _may_lack_subject(frame) else False
        return any(self.is_one(head, words, frame) for head in heads)

    def _around(self, trigger: Token) -> set[str]:
        if trigger.i not in self._compounds:
            self._compounds[trigger.i] = _before(trigger)
        return self._compounds[trigger.i]

    def is_one(self, head: Token, words: Words, frame: Frame) -> bool:
        """Whether the phrase of this head is one of the words."""
        if "*" in words:
            return True
        inner = frame.through(head)
        return bool(words & self.names(head)) or (inner != head and bool(words & self.names(inner)))

    def names(self, head: Token) -> set[str]:
        """What a noun phrase may be called: its lemma, its two-word names, its classes. Do not change it."""
        known = self._names.get(head.i)
        if known is None:
            known = self._names[head.i] = self._name(head)
        return known

    def _name(self, head: Token) -> set[str]:
        word = head.base
        found = {word, head.lower_, *singulars(head.lower_), *(before + word for before in hyphened(head))}
        for c in head.children:
            if c.i < head.i and c.relation in ("compound", "amod", "nmod", "flat"):
                found.add(f"{c.base} {word}")
                found.add(f"{c.lower_} {word}")
        kind = ENTITY_CLASSES.get(head.ent_type_)
        if kind:
            found.add(kind)
        if head.pos_ == "NUM" and head.ent_type_ not in ("DATE", "TIME", "MONEY"):
            found.add("@number")
        actor = self.draft.actor_at(head.i)
        if actor is not None and actor.kind in ACTOR_CLASSES and head.pos_ in ("PRON", "NOUN", "PROPN"):
            kin = actor.kind == "organization" and bool(found & self.tables.classes.get("family", frozenset()))
            found.add("@person" if kin else ACTOR_CLASSES[actor.kind])
        if head.pos_ == "NOUN" and head.lower_.endswith(("men", "women")):
            found.add("@person")
        if head.pos_ == "PRON" and (word in PERSONAL or head.lower_ in PERSONAL):
            found.add("@person")
        return found


def _has_particle(trigger: Token, words: Words) -> bool:
    behind = trigger.i + 1
    if (
        behind < len(trigger.doc)
        and trigger.doc[behind].lower_ in words
        and trigger.doc[behind].dep_ in ("case", "advmod")
    ):
        return True
    return any(
        (c.base in words or c.lower_ in words) and c.relation in ("compound", "advmod", "case", "obl", "xcomp", "mark")
        for c in trigger.children
    )


def _has_auxiliary(verb: Token, words: Words) -> bool:
    """Whether one of its auxiliaries, or its negation, is one of the words."""
    return any(c.relation in ("aux", "cop", "advmod") and (c.base in words or c.lower_ in words) for c in verb.children)


def _before(trigger: Token) -> set[str]:
    """Compounds and adjectives before the noun, also through another: "indefinite hunger strike"; "*" where there is any."""
    found: set[str] = set()
    for c in trigger.children:
        kind = c.relation
        if c.i < trigger.i and kind in ("compound", "amod", "nmod", "nummod", "advmod"):
            word = c.base
            found |= {word, c.lower_}
            found |= {name for g in c.children for name in (f"{g.base} {word}", f"{g.lower_}-{word}")}
            if kind in ("compound", "amod"):
                found.add("*")
    return found


def _may_lack_subject(frame: Frame) -> bool:
    """Passives and non-finite verbs leave their doer out, and say nothing about him by it."""
    verb = frame.trigger
    return frame.nominal_verb or is_passive(verb) or verb.tag_ in ("VB", "VBG", "VBN") or verb.dep_ in ("amod", "acl")
