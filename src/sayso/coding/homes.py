"""At home: the country of actors whose own words name none.

In this order: a place in the actor's own phrase ("the mayor of Fort Lee"), the country of whom it belongs to ("his family",
"lawyers of the banker"), then that of which the words around it speak, where they speak clearly of one. Bodies of the world have no
country, and what the article leaves open stays open.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from sayso.coding.agents import agents, singular
from sayso.coding.bodies import body_of_name, is_of_the_world
from sayso.coding.draft import ActorDraft, Draft
from sayso.coding.grammar import children
from sayso.coding.mentions import words_of
from sayso.coding.parsed import Token
from sayso.coding.resolution import SIDES
from sayso.coding.rooms import room
from sayso.coding.running import dateline_place
from sayso.gazetteer import countries
from sayso.gazetteer.lookup import Gazetteer

OWN = frozenset(("of", "in", "from", "at", "near", "outside", "across"))
"""Prepositions by which a place says where its noun is at home."""
MOVED = frozenset(("REF", "IMM"))
"""People whose country is the one they left."""
WORLDLY = frozenset(("IGO", "NGO", "MED", "BUS"))
"""Sectors whose bodies are not of the country that a story is about merely because they stand in it."""
BELONGING = frozenset(("of", "for", "at", "with", "from"))
"""Prepositions before whom a person belongs to: "researchers at the institute"."""
STEPS = 3
"""Belongings one behind the other that are followed: "the lawyer of the minister's wife"."""
MENTIONS = 4
"""Mentions of an actor whose surroundings are looked at."""
NEAR = (1.0, 0.5, 0.25)
"""What evidence counts for in the same sentence, in the next to it, and in the one behind that."""
WHOLE = 1.5
"""What all the evidence of the article counts for together."""
DATELINE = 3.0
"""What a dateline counts for beside one mention of a place."""
WELL_KNOWN = 400_000
"""People from which a town in a body's name is the one of that name."""
CLEAR = 0.6
"""Share of the evidence that one country must have. Set on `dev` of benchmarks/marks/actors.jsonl."""
ENOUGH = 1.0
"""Evidence that must be there at all."""


@room(needs=["actors", "places"], gives=["actors.country"])
def find_homes(draft: Draft) -> None:
    """Reads actors and places; adds to actors without a country the one that the article gives them."""
    setting, places = Setting(draft), draft.gazetteer
    waiting = [actor for actor in draft.actors if actor.country is None and may_have_one(actor, draft)]
    for actor in waiting:
        actor.country = setting.of_phrase(actor) or of_name(actor, places)
    follow(draft, waiting)
    for actor in waiting:
        if actor.country is None and is_local(actor):
            actor.country = setting.around(actor)
    follow(draft, waiting)
    for actor in waiting:
        if actor.country is None and actor.kind == "organization":
            actor.country = body_of_name(actor.name).presumed


def may_have_one(actor: ActorDraft, draft: Draft) -> bool:
    """Whether it may be of one state: no body of the world, and not "ministers of eleven states"."""
    if "IGO" in actor.sectors or is_of_the_world(actor.name):
        return False
    below = (c for m in actor.mentions[:MENTIONS] for c in children(draft.doc[m.head], "nmod", "compound"))
    return not any(singular(c.text) in words_of("countries") and c.tag_ == "NNS" for c in below)


def of_name(actor: ActorDraft, places: Gazetteer) -> str | None:
    """The country of the well-known town or division in a body's name: "Imperial College London"."""
    if actor.kind not in ("organization", "media"):
        return None
    words = [w for w in actor.name.split() if w[:1].isupper() and w.lower() not in agents().common_names | SIDES]
    for size in (2, 1):
        for start in range(len(words) - size, -1, -1):
            for one in places.candidates(" ".join(words[start : start + size])):
                if one.own and one.precision in ("admin1", "settlement") and one.population >= WELL_KNOWN:
                    return one.country
    return None


def is_local(actor: ActorDraft) -> bool:
    """Whether it is of the country in which it stands unless the article says otherwise."""
    if MOVED & set(actor.sectors):
        return False
    if actor.kind in ("person", "group"):
        return True
    return actor.kind == "organization" and bool(actor.sectors) and not WORLDLY & set(actor.sectors)


def follow(draft: Draft, waiting: list[ActorDraft]) -> None:
    """Give actors the country of those they belong to."""
    for _ in range(STEPS):
        changed = False
        for actor in waiting:
            if actor.country is None and is_local(actor):
                actor.country = next((o.country for o in owners(draft, actor) if o.country), None)
                changed |= actor.country is not None
        if not changed:
            return


def owners(draft: Draft, actor: ActorDraft) -> Iterator[ActorDraft]:
    """Whose the actor is: "his family", "the party's leader", "lawyers of the banker"."""
    for mention in actor.mentions[:MENTIONS]:
        for child in draft.doc[mention.head].children:
            behind = child.relation == "nmod" and any(c.lower_ in BELONGING for c in child.children)
            if child.dep_ == "nmod:poss" or behind:
                owner = draft.actor_at(child.i)
                if owner is not None and owner is not actor:
                    yield owner


class Sign(NamedTuple):
    """A word that speaks for a country."""

    at: int
    country: str
    weight: float


class Setting:
    """Which countries one article speaks of, and where."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.doc = draft.doc
        self.place_at = {i: p.country for p in draft.places if p.country for m in p.mentions for i in range(*m)}
        self.body_at = {e.root.i: body_of_name(e.text).country for e in draft.doc.ents if e.label_ == "ORG"}
        self.sentence = draft.doc.sentence_numbers
        self.signs = sorted(self._signs())
        self.starts = [sign.at for sign in self.signs]
        self.whole: dict[str, float] = defaultdict(float)
        for sign in self.signs:
            self.whole[sign.country] += sign.weight

    def _signs(self) -> Iterator[Sign]:
        line = dateline_place(self.draft)
        taken: set[int] = set()
        for place in self.draft.places:
            if place.country is None:
                continue
            for number, mention in enumerate(place.mentions):
                weight = DATELINE if place is line and number == 0 else 1.0
                taken.update(range(*mention))
                yield Sign(mention.start, place.country, weight)
        for actor in self.draft.actors:
            heads = [m.head for m in actor.mentions] if actor.country is not None else []
            for head in heads:
                if self.doc[head].pos_ != "PRON" and head not in taken:
                    taken.add(head)
                    yield Sign(head, actor.country or "", 0.7)
        for token in self.doc:
            if token.text[:1].isupper() and token.i not in taken and self.draft.coded(token):
                code = countries.senses(token.text).get("demonym")
                if code is not None:
                    yield Sign(token.i, code, 0.5)

    def of_phrase(self, actor: ActorDraft) -> str | None:
        """The country of a place, or of a known body, in the actor's own phrase."""
        for mention in actor.mentions[:MENTIONS]:
            head = self.doc[mention.head]
            if actor.kind in ("state", "unknown") and (country := self.place_at.get(head.i)) is not None:
                return country
            for token in self._modifiers(head):
                if country := self.place_at.get(token.i) or self.body_at.get(token.i):
                    return country
        return None

    @staticmethod
    def _modifiers(head: Token) -> Iterator[Token]:
        """Words before the noun, and a noun behind a preposition by which it is at home."""
        for child in head.children:
            if child.relation in ("compound", "amod", "flat") or child.dep_ == "nmod:poss":
                yield child
                yield from (c for c in child.children if c.relation in ("compound", "flat", "appos"))
            elif child.relation in ("nmod", "obl") and any(c.lower_ in OWN for c in child.children):
                yield child
                yield from (c for c in child.children if c.relation in ("compound", "flat", "appos", "nmod"))

    def around(self, actor: ActorDraft) -> str | None:
        """The country of which the words around the actor's mentions, and the article, clearly speak."""
        total = sum(self.whole.values())
        if not total:
            return None
        score = {country: WHOLE * weight / total for country, weight in self.whole.items()}
        for mention in actor.mentions[:MENTIONS]:
            here = self.sentence[mention.head]
            for sign in self._near(mention.head):
                away = abs(self.sentence[sign.at] - here)
                if away < len(NEAR):
                    score[sign.country] += sign.weight * NEAR[away]
        best, weight = min(score.items(), key=lambda one: (-one[1], one[0]))
        return best if weight >= CLEAR * sum(score.values()) and total >= ENOUGH else None

    def _near(self, at: int) -> Iterator[Sign]:
        """The signs of the sentences around a word."""
        here = self.sentence[at]
        middle = bisect_left(self.starts, at)
        for sign in self.signs[middle:]:
            if self.sentence[sign.at] - here >= len(NEAR):
                break
            yield sign
        for sign in reversed(self.signs[:middle]):
            if here - self.sentence[sign.at] >= len(NEAR):
                break
            yield sign
