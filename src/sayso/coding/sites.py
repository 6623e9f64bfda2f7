"""Where an event happened, read from the grammar around it.

Every mention of a place in the event's sentence is climbed from towards the event. What is passed on the way says
how good a witness it is: the event's own locative is the best, a place in which its object stands is good, a
speaker's place is none. Actors that are called by a capital's name are no sites.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from sayso.coding.agents import singular
from sayso.coding.draft import Draft, EventDraft, PlaceDraft
from sayso.coding.grammar import children, conjuncts, first_conjunct
from sayso.coding.mentions import event_nouns
from sayso.coding.parsed import Token
from sayso.coding.place_words import prepositions, root, words
from sayso.coding.ranges import Range
from sayso.coding.tables import table

PHYSICAL = frozenset(("ASSAULT", "PROTEST", "COERCE", "MOBILIZE"))
"""Types of act that are done on the ground, so that a running place is theirs too."""
VERBAL = frozenset(
    ("ACCUSE", "REQUEST", "REJECT", "THREATEN", "SUPPORT", "AGREE", "CONCEDE", "SANCTION", "CONSULT", "COOPERATE")
)
FINENESS = {"facility": 0, "settlement": 1, None: 2, "admin2": 3, "admin1": 4, "country": 5, "region": 6}
LEAST = 3.0
"""The weight under which no witness is believed."""
TOWNS = frozenset(("settlement", "facility"))
DEEPEST = 12
"""Steps of a climb."""
NOT_OF = frozenset(("for", "over", "about", "of", "despite", "because", "like", "as", "than", "including", "regarding"))
"""Prepositions that lead to what an act is about, which may have been elsewhere."""
LINKS = frozenset(
    ("nmod", "compound", "appos", "flat", "amod", "nmod:poss", "nmod:desc", "conj", "list", "dep", "parataxis")
)
CORE = frozenset(("nsubj", "obj", "iobj", "nsubj:pass", "obl:agent"))


class Mentioned(NamedTuple):
    """A mention of a place, and the token by which it hangs in the tree."""

    place: PlaceDraft
    range: Range
    root: Token


class Witness(NamedTuple):
    """A place that speaks for being the event's, how strongly, and why."""

    weight: float
    place: PlaceDraft
    at: int
    why: str


class Anchor(NamedTuple):
    """A token whose dependents say where the event was, less `cost`."""

    token: Token
    cost: float
    why: str


@cache
def sites() -> dict[str, frozenset[str]]:
    data: dict[str, Any] = table("places")["sites"]
    return {name: frozenset(entry) for name, entry in data.items()}


class Atlas:
    """The mentions of places by sentence."""

    def __init__(self, draft: Draft):
        self.draft = draft
        self.by_sentence: dict[int, list[Mentioned]] = {}
        self.heads = frozenset(e.head for e in draft.events)
        self.grounded = frozenset(e.head for e in draft.events if e.type in PHYSICAL)
        self.sentence_of: list[int] = [0] * len(draft.doc)
        self.starts: list[int] = []
        for sent in draft.doc.sents:
            self.starts.append(sent.start)
            for i in range(sent.start, sent.end):
                self.sentence_of[i] = sent.start
        for place in draft.places:
            for span in place.mentions:
                self.by_sentence.setdefault(self.sentence_of[span.start], []).append(
                    Mentioned(place, span, root(draft.doc, span))
                )
        for found in self.by_sentence.values():
            found.sort(key=lambda m: m.range)
        self.country = self._country()
        self.described = self._described()

    def _country(self) -> PlaceDraft | None:
        """The country that the article names most, where no other is named nearly as often."""
        counts = sorted(
            ((len(p.mentions), p) for p in self.draft.places if p.precision == "country"), key=lambda c: -c[0]
        )
        if not counts or (len(counts) > 1 and counts[0][0] < 1.5 * counts[1][0]):
            return None
        return counts[0][1]

    def _described(self) -> dict[tuple[str, tuple[str, ...]], PlaceDraft]:
        """Places by the description that stands beside their name: "the former capital, Alma-Ata"."""
        found: dict[tuple[str, tuple[str, ...]], PlaceDraft] = {}
        for start in sorted(self.by_sentence):
            for one in self.by_sentence[start]:
                noun = one.root.head
                if one.root.dep_ in ("appos", "flat", "nmod:desc") and noun.base in sites()["town_again"]:
                    found.setdefault(description(noun), one.place)
        return found

    def of(self, event: EventDraft) -> list[Mentioned]:
        """The mentions in the event's sentence, at most forty, the nearest."""
        found = self.by_sentence.get(self.sentence_of[event.head], [])
        return sorted(
            sorted(found, key=lambda m: (abs(m.range.start - event.head), m.range))[:40], key=lambda m: m.range
        )

    def last_before(self, index: int, *, country: bool, reach: int = 5) -> PlaceDraft | None:
        """The settlement (or country) that was named last before the token, in the sentences just before it."""
        at = bisect_left(self.starts, self.sentence_of[index])
        for start in reversed(self.starts[max(0, at - reach) : at + 1]):
            for one in reversed(self.by_sentence.get(start, [])):
                wanted = ("country",) if country else ("settlement",)
                if one.range.end <= index and one.place.precision in wanted:
                    return one.place
        return None


def description(noun: Token) -> tuple[str, tuple[str, ...]]:
    """A noun and its lower-case adjectives: what is compared when a place is described again."""
    adjectives = sorted(c.lower_ for c in noun.children if c.dep_ == "amod" and c.text.islower())
    return noun.base, tuple(adjectives)


def anchors(event: EventDraft, atlas: Atlas) -> Iterator[Anchor]:
    """The event's word, then the words that carry it: light verbs, first of a coordination, the clause above."""
    draft = atlas.draft
    head = draft.doc[event.head]
    yield Anchor(head, 0.0, "")
    for clause in children(head, "acl:relcl"):  # "riots, which broke out in X"
        if clause.base in sites()["happen"]:
            yield Anchor(clause, 0.0, "of its relative clause")
    cost, token = 0.0, head
    seen = {head.i}
    for _ in range(4):
        above = token.head
        rel = token.dep_
        nominal = token.relation in ("nsubj", "obj", "obl", "nmod", "iobj", "conj") and token.pos_ in ("NOUN", "PROPN")
        same_voice = nominal or draft.innermost(above.i) is draft.innermost(head.i)
        if above == token or above.i in seen or not same_voice:
            return
        if rel == "xcomp":
            cost += 0.5
        elif rel == "conj":
            if token.pos_ in ("VERB", "AUX") and any(c.dep_ in ("nsubj", "nsubj:pass") for c in token.children):
                cost += 3.0
            else:
                cost += 1.5
        elif token.relation == "advcl" or token.relation in ("acl",):
            cost += 3.0
        elif token.relation in ("nsubj", "obj", "obl", "nmod", "iobj") and token.pos_ in ("NOUN", "PROPN"):
            if not carries(above, atlas.grounded):
                return
            cost += 2.0
        elif token.relation == "parataxis":
            cost += 5.0
        else:
            return
        seen.add(above.i)
        yield Anchor(above, cost, "of the clause above" if cost > 2 else "")
        token = above


def carries(token: Token, grounded: frozenset[int]) -> bool:
    """A verb that says that an event came about, or is itself an act on the ground."""
    if token.pos_ not in ("VERB", "AUX"):
        return token.pos_ == "NOUN"
    if token.base in sites()["happen"]:
        return True
    return token.i in grounded


def climb(start: Token, anchor: Token) -> list[Token] | None:
    """The tokens from `start` up to just below `anchor`; None where it is not above or a clause lies between."""
    path = [start]
    while path[-1].head != anchor:
        token = path[-1]
        if token.head == token or len(path) > DEEPEST:
            return None
        rel = token.dep_
        if rel not in LINKS and token.relation not in ("nmod", "compound", "appos", "flat", "amod", "conj"):
            return None
        path.append(token.head)
    return path


def witness(one: Mentioned, anchor: Anchor, event: EventDraft, heads: frozenset[int]) -> Witness | None:
    """What the mention says for the event through this anchor. `heads`: those of all events."""
    path = climb(one.root, anchor.token) if one.root != anchor.token else None
    if path is None:
        return None
    weight, why = judge(one, path, anchor.token, event)
    if weight <= 0:
        return None
    others = [t for t in path if t.i in heads and t.i != event.head]
    if any(p in NOT_OF for t in others for p in prepositions(t)[:1]):  # "jailed for the murder of a judge in X"
        return None
    if others:  # it is another event's place first
        weight -= 3.0
    return Witness(weight - anchor.cost, one.place, one.range.start, " ".join(w for w in (why, anchor.why) if w))


def judge(one: Mentioned, path: list[Token], above: Token, event: EventDraft) -> tuple[float, str]:
    """Weight and reason for a mention that reaches the anchor by this path."""
    top = path[-1]
    rel = top.relation
    at = words().at
    if len(path) == 1 or (
        all(t.dep_ in ("appos", "flat", "conj", "nmod:desc", "compound") for t in path[:-1]) and top.ent_type_ == "LOC"
    ):
        return direct(one, top, above, event)
    inner = prepositions(path[0])
    inner_at = any(p in at for p in inner)
    ground = top.base in sites()["ground"] or top.lower_ in words().facilities
    linked = inner_at or (ground and (not inner or "of" in inner)) or _within(path)
    if rel in ("obl", "nmod", "advmod"):
        outer = prepositions(top)
        about = outer[:1] == ["over"] and not ground  # "convicted over the killing of a judge in X"
        if not about and any(p in at for p in outer):
            if linked:
                return 9.0, "in its locative"
            return (
                (5.0, "in its locative")
                if one.root.dep_ in ("compound", "nmod:poss") and (event.type in PHYSICAL or _is_site(top))
                else (0.0, "")
            )
        if inner_at and outer[:1] == ["of"] and above.pos_ == "NOUN" and event.type in PHYSICAL:
            return 7.5, "place of its object"  # "the killing of a judge in X"
        if outer and outer[0] in NOT_OF:
            return 0.0, ""
        return (5.0, "place of what it is with") if linked else (0.0, "")
    if rel in ("obj", "nsubj", "iobj") or top.dep_ in CORE:
        if not linked:
            return weak(one, top, event)
        if rel == "obj" or top.dep_ == "nsubj:pass":
            return 7.5, "place of its object"
        return 6.0, "place of its subject"
    if rel in ("conj", "appos", "compound") and linked:
        return 5.0, "beside it"
    return 0.0, ""


def _within(path: list[Token]) -> bool:
    """ "at his home in the state of X": the place lies "of" a noun of places that has a preposition of place."""
    if len(path) < 3 or "of" not in prepositions(path[0]):
        return False
    noun = path[1]
    placed = noun.base in sites()["ground"] | sites()["town_again"] | sites()["country_again"]
    return placed and any(p in words().at for p in prepositions(noun))


def _is_site(noun: Token) -> bool:
    """Whether the noun is of something that stands somewhere: "in Gulu's district court"."""
    return noun.base in sites()["bodies"] | sites()["ground"] or noun.lower_ in words().facilities


def weak(one: Mentioned, top: Token, event: EventDraft) -> tuple[float, str]:
    """A town's own police or people, who act there most often; a thing of the town that is acted on."""
    judged = event.type == "SANCTION" and top.base in ("court", "tribunal", "judge")
    if not (judged or event.type in PHYSICAL) or one.place.precision not in ("settlement", "facility", "admin2"):
        return 0.0, ""
    if one.root.dep_ not in ("compound", "nmod:poss", "amod", "nmod"):
        return 0.0, ""
    if one.root.dep_ == "nmod" and "of" not in prepositions(one.root):
        return 0.0, ""
    if top.relation == "obj" or top.dep_ == "nsubj:pass":
        return 4.0, "town of its object"
    if top.relation == "nsubj" and one.root.dep_ in ("compound", "nmod:poss") and singular(top.text) in event_nouns():
        return 6.0, "place of its subject"  # "a Kabul car bombing killed five"
    if top.base in sites()["bodies"] or top.lower_ in sites()["bodies"]:
        return 3.2, "town of its actor"
    return 0.0, ""


def direct(one: Mentioned, top: Token, above: Token, event: EventDraft) -> tuple[float, str]:
    """A place that hangs on the anchor itself."""
    rel, at = top.relation, words().at
    cases = prepositions(top)
    fine = one.place.precision not in ("country", "region")
    if rel in ("obl", "nmod", "advmod", "dep", "appos") and any(p in at for p in cases):
        if above.pos_ in ("NOUN", "PROPN") and event.type in VERBAL and "on" in cases:
            return 0.0, ""
        return 10.0, "locative"
    if rel in ("obl", "nmod"):
        if "of" in cases and above.pos_ == "NOUN" and event.type in PHYSICAL:
            return (7.0 if fine else 5.0), "what it was done to"
        if any(p in ("on", "against") for p in cases) and event.type in PHYSICAL:
            return (7.0 if fine else 4.0), "what it was done to"
        if any(p in ("to", "into", "toward", "towards") for p in cases) and _goes(event):
            return 6.0, "where it goes"
        if "from" in cases and event.type == "RETREAT":
            return 6.0, "where it leaves"
    if (rel == "obj" or top.dep_ == "nsubj:pass") and ((fine and event.type in PHYSICAL) or _goes(event)):
        return 7.0, "what it was done to"
    if above.pos_ == "NOUN" and rel in ("compound", "nmod") and not cases and fine and event.type in PHYSICAL:
        return 6.0, "named after it"
    if top.dep_ == "nmod:poss" and fine and event.type in PHYSICAL:
        return 4.0, "named after it"
    return 0.0, ""


def _goes(event: EventDraft) -> bool:
    return event.type in ("MOBILIZE", "AID") or event.mode in ("visit", "deport", "troops", "weapons")


def again(event: EventDraft, anchor: Anchor, atlas: Atlas) -> Witness | None:
    """ "in the city", "there", "throughout the country": the place that was named before."""
    if anchor.cost and event.type in VERBAL:
        return None
    for c in anchor.token.children:
        name = c.base
        at = any(p in words().at for p in prepositions(c))
        if (c.dep_ == "advmod" and name == "there") or (at and name in sites()["town_again"] and not _specific(c)):
            place = atlas.last_before(c.i, country=False)
        elif at and name in sites()["country_again"] and not _specific(c):
            place = atlas.country or atlas.last_before(c.i, country=True, reach=40)
        elif at and name in sites()["town_again"] and any(d.lower_ == "the" for d in c.children):
            place = atlas.described.get(description(c)) if description(c)[1] else None
        else:
            continue
        if place is not None:
            return Witness(8.0 - anchor.cost, place, c.i, f"“{c.text}” again")
    return None


def elsewhere(event: EventDraft, atlas: Atlas) -> bool:
    """The event's clause says where it was by words that name no place: "in a nearby village"."""
    mentions = atlas.of(event)
    for c in atlas.draft.doc[event.head].children:
        if c.relation != "obl" or not any(p in words().at for p in prepositions(c)):
            continue
        name = c.base
        if (
            name in sites()["town_again"]
            or name in sites()["country_again"]
            or name in ("there", "abroad", "elsewhere")
        ):
            inside = range(c.left_edge.i, c.right_edge.i + 1)
            if not any(m.range.start in inside for m in mentions):
                return True
    return False


def _specific(token: Token) -> bool:
    """With words that make it another one: "in a city", "in the city of X", "in other cities"."""
    if "Plur" in token.morph.get("Number", []) or any(
        c.lower_ in ("a", "an", "another", "other", "every", "each") for c in token.children
    ):
        return True
    return bool(children(token, "nmod", "appos", "acl", "compound", "amod", "flat"))


def leading(event: EventDraft, atlas: Atlas) -> Witness | None:
    """A locative at the head of the sentence, before the event: "In Almaty, …"."""
    draft = atlas.draft
    start = atlas.sentence_of[event.head]
    for one in atlas.of(event):
        if one.range.start > event.head or one.range.start - start > 8 or one.range.overlaps(event.trigger):
            continue
        if draft.innermost(one.range.start) is not draft.innermost(event.head):
            continue
        top = one.root
        if top.relation == "obl" and any(p in words().at for p in prepositions(top)) and top.i < top.head.i:
            return Witness(5.0, one.place, one.range.start, "at the head of the sentence")
    return None


def only(event: EventDraft, atlas: Atlas) -> Witness | None:
    """The one place of the sentence, with a preposition of place, said in the same voice."""
    draft = atlas.draft
    found = atlas.of(event)
    if len({id(m.place) for m in found}) != 1 or event.type not in PHYSICAL:
        return None
    for one in found:
        same_voice = draft.innermost(one.range.start) is draft.innermost(event.head)
        of_clause = one.root.relation == "obl" or one.range.start in event.clause
        if same_voice and of_clause and any(p in words().at for p in prepositions(one.root)):
            return Witness(3.5, one.place, one.range.start, "the one place of the sentence")
    return None


def find_site(event: EventDraft, atlas: Atlas) -> Witness | None:
    """The best witness in the event's own sentence, or None where none is good enough."""
    found: list[Witness] = []
    mentions = atlas.of(event)
    for anchor in anchors(event, atlas):
        if anchor.cost >= 3 and elsewhere(event, atlas):
            break
        found += [w for one in mentions if (w := witness(one, anchor, event, atlas.heads))]
        if w := again(event, anchor, atlas):
            found.append(w)
    if not found and not elsewhere(event, atlas):
        found += [w for w in (leading(event, atlas), only(event, atlas)) if w]
    found = [w for w in found if w.weight >= LEAST]
    if not found:
        return None
    best = max(w.weight for w in found)
    near = [w for w in found if w.weight >= best - 1.0]
    return min(near, key=lambda w: (FINENESS.get(w.place.precision, 2), -w.weight, abs(w.at - event.head), w.at))


def abreast(found: Witness, event: EventDraft, atlas: Atlas) -> list[PlaceDraft]:
    """The other towns of the list in which the event's own stands: "in X and Y" is an act in each."""
    if event.type not in PHYSICAL or found.place.precision not in TOWNS:
        return []
    mentions = atlas.of(event)
    listed = {t.i for one in mentions if one.range.start == found.at for t in conjuncts(first_conjunct(one.root))}
    places: dict[int, PlaceDraft] = {}
    for one in mentions:
        if one.root.i in listed and one.place is not found.place and one.place.precision in TOWNS:
            places.setdefault(id(one.place), one.place)
    return list(places.values())
