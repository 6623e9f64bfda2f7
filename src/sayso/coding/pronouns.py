"""What "he", "she", "they" and "it" stand for: the likeliest of the actors just before, or nobody.

Candidates are ranked by how far back their sentence is, whether they were its subject, and whether they are
named; who is of the wrong number, gender or kind, or stands in the same clause as the object's subject, is out.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, NamedTuple

from sayso.coding.draft import Draft
from sayso.coding.grammar import clause_head
from sayso.coding.mentions import Phrase, words_of
from sayso.coding.parsed import Token

if TYPE_CHECKING:
    from sayso.coding.known import Known

REACH = 3
"""Sentences back that a pronoun reaches; "it" reaches one."""
KEPT = 40
"""The last mentions among which a pronoun finds its actor."""
SUBJECTS = ("nsubj", "nsubj:pass", "csubj")
PEOPLE = ("person", "group")
BODIES = ("organization", "state", "media")


class Sighting(NamedTuple):
    known: Known
    phrase: Phrase
    sentence: int


class Recent:
    """Sightings of actors, in order; `replay` walks through them again for the pronouns."""

    def __init__(self, draft: Draft):
        self.sentence = draft.doc.sentence_numbers
        self.all: list[Sighting] = []
        self.renamed: dict[int, Known] = {}

    def saw(self, known: Known, phrase: Phrase) -> None:
        self.all.append(Sighting(known, phrase, self.sentence[phrase.head.i]))

    def rename(self, old: Known, new: Known) -> None:
        """What was seen of one actor was another."""
        self.renamed[id(old)] = new

    def replay(self) -> Replay:
        return Replay(self)


class Replay:
    """The sightings before a place in the text."""

    def __init__(self, recent: Recent):
        self.sentence = recent.sentence
        self.renamed = recent.renamed
        self.waiting = deque(sorted(recent.all, key=lambda s: s.phrase.head.i))
        self.window: deque[Sighting] = deque(maxlen=KEPT)

    def upto(self, index: int) -> None:
        while self.waiting and self.waiting[0].phrase.head.i < index:
            known, phrase, sentence = self.waiting.popleft()
            self.window.append(Sighting(self.renamed.get(id(known), known), phrase, sentence))

    def add(self, known: Known, phrase: Phrase) -> None:
        self.window.append(Sighting(known, phrase, self.sentence[phrase.head.i]))


def antecedent(pronoun: Phrase, before: Replay) -> Known | None:
    """The actor that the pronoun stands for, or None."""
    head = pronoun.head
    if pronoun.noun == "it" and head.dep_ not in SUBJECTS and head.head.base in words_of("speech"):
        return None
    here = before.sentence[pronoun.head.i]
    reach = 1 if pronoun.noun in ("it", "its") else REACH
    excluded = _co_arguments(pronoun.head)
    best: tuple[float, int] | None = None
    found: Known | None = None
    for sighting in reversed(before.window):
        distance = here - sighting.sentence
        if distance > reach:
            break
        if sighting.phrase.head.i in excluded or not _agrees(pronoun, sighting):
            continue
        rank = (_salience(sighting, distance, pronoun), sighting.phrase.head.i)
        if best is None or rank > best:
            best, found = rank, sighting.known
    if found is not None and pronoun.gender is not None and found.gender is None:
        found.gender = pronoun.gender
    return found


def _agrees(pronoun: Phrase, sighting: Sighting) -> bool:
    known, phrase = sighting.known, sighting.phrase
    kind = known.kind
    if pronoun.gender is not None:
        return kind == "person" and not known.plural and known.gender in (None, pronoun.gender)
    if pronoun.plural:
        if kind in PEOPLE:
            return known.plural or phrase.plural or (kind == "group")
        return kind in ("organization", "media") or (kind == "unknown" and phrase.plural and pronoun.noun == "their")
    if kind in BODIES:
        return True
    return kind == "unknown" and not known.plural and phrase.form != "pronoun" and pronoun.noun == "its"


def _salience(sighting: Sighting, distance: int, pronoun: Phrase) -> float:
    head = sighting.phrase.head
    rank = -1.5 * distance
    first = _top(head)
    if first.dep_ in SUBJECTS:
        rank += 2.0 if clause_head(first).relation == "root" else 1.2
    elif first.relation in ("obj", "iobj") or first.dep_ == "obl:agent":
        rank += 0.6
    elif first.relation in ("compound", "amod"):
        rank -= 1.0
    if pronoun.gender is not None and sighting.known.gender == pronoun.gender:
        rank += 1.0
    if sighting.phrase.form == "name" and pronoun.gender is not None:
        rank += 0.7
    if sighting.phrase.form == "pronoun" and sighting.phrase.noun in (pronoun.noun, *_ALIKE.get(pronoun.noun, ())):
        rank += 0.8
    if pronoun.plural:
        rank += 0.8 if sighting.known.kind == "group" else -1.0 if sighting.known.kind in ("unknown", "media") else 0.0
    return rank


_ALIKE = {
    "he": ("his", "him"), "him": ("he", "his"), "his": ("he", "him"), "she": ("her",), "her": ("she", "her"),
    "they": ("their", "them"), "them": ("they", "their"), "their": ("they", "them"), "it": ("its",), "its": ("it",),
}  # fmt: skip


def _top(token: Token) -> Token:
    """The phrase that an apposed or coordinated one stands in."""
    for _ in range(5):
        if token.relation not in ("appos", "flat", "conj") and token.dep_ != "nmod:desc":
            break
        token = token.head
    return token


def _co_arguments(pronoun: Token) -> set[int]:
    """Heads that the pronoun cannot stand for: fellow arguments of its verb, and what it possesses."""
    if pronoun.dep_ == "nmod:poss":
        at, found = pronoun, set()
        for _ in range(3):
            at = at.head
            found.add(at.i)
            if at.relation in SUBJECTS:
                break
        return found
    verb = pronoun.head
    if pronoun.dep_ in SUBJECTS:
        return {c.i for c in verb.children if c.relation in ("obj", "iobj", "obl")} | {verb.i}
    return {c.i for c in verb.children if c.relation in ("nsubj", "obj", "iobj")}
