"""Names that the language model takes for a person's or a body's and that are a place's, and demonyms that it cuts in two.

"Almaty was calm", "the treasurer of Cusco": a town's name without a title, a first name or a word of saying beside
it is the town. Who and where ask this alike, so that a town is never a "he" in one room and a place in the other.
"""

from __future__ import annotations

from sayso.coding.agents import role_of
from sayso.coding.bodies import body
from sayso.coding.draft import Draft
from sayso.coding.mentions import words_of
from sayso.coding.names import gender
from sayso.coding.parsed import Doc, Span
from sayso.coding.rooms import room
from sayso.coding.towns import TITLES, is_where, known_place
from sayso.gazetteer import countries
from sayso.gazetteer.lookup import Gazetteer

PEOPLE = ("PER", "PERSON")


def bearers(doc: Doc) -> frozenset[str]:
    """The words of all the persons' names of an article that have more than one, in lower case."""
    return frozenset(t.lower_ for e in doc.ents if e.label_ in PEOPLE and e.end - e.start > 1 for t in e)


def is_namesake(entity: Span, gazetteer: Gazetteer, borne: frozenset[str]) -> bool:
    """Whether a person's name is a place's. `borne`: the words of the article's persons' names (`bearers`)."""
    text = entity.text
    if not text[:1].isupper() or gender([text]) is not None or countries.is_demonym(text):
        return False
    if entity.end - entity.start == 1 and entity[0].lower_ in borne:
        return False
    if not known_place(text, gazetteer):
        return False
    before = entity.doc[entity.start - 1] if entity.start else None
    if before is not None and (before.text in TITLES or role_of([before.text]) is not None):
        return False
    top = entity.root
    if top.relation in ("flat", "vocative") or (top.relation == "appos" and role_of([top.head.text]) is not None):
        return False
    speaks = top.dep_ == "nsubj" and top.head.base in words_of("speech")
    return bool(countries.named(text)) or not speaks


@room(needs=["doc"], gives=["doc.towns"])
def settle_namesakes(draft: Draft) -> None:
    """Reads the names; makes persons' that are a place's a place's, and one of a demonym's parts, for all the rooms that follow."""
    doc, table_ = draft.doc, draft.gazetteer
    doc.ents = joined_demonyms(doc)
    borne = bearers(doc)
    doc.ents = tuple(
        Span(doc, e.start, e.end, label="LOC")
        if e.label_ in PEOPLE and body(e.text) is None and (is_namesake(e, table_, borne) or is_where(e, table_))
        else e
        for e in doc.ents
    )


def joined_demonyms(doc: Doc) -> tuple[Span, ...]:
    """The entities, a demonym that was cut in two put together: "Papua New Guinean" is of neither Papua nor Guinea."""
    found: list[Span] = []
    for entity in doc.ents:
        whole = (
            Span(doc, found[-1].start, entity.end, label="NORP") if found and found[-1].end == entity.start else None
        )
        if whole is not None and countries.is_demonym(whole.text):
            found[-1] = whole
        else:
            found.append(entity)
    return tuple(found)


def is_where(name: Span, gazetteer: Gazetteer) -> bool:
    """Whether a name stands where a place does, and is a well-known one's: "in Phnom Penh", "flew to Arad"."""
    before = name.doc[name.start - 1] if name.start else None
    if before is None or before.text in TITLES:
        return False
    moved = before.lower_ in MOVED and name.root.head.base in table("places")["locative"]["motion_verbs"]
    if before.lower_ not in PLACED and not moved:
        return False
    return any(
        c.precision == "country" or (c.own and c.population >= TOWN // 2) for c in gazetteer.candidates(name.text)
    )


def is_seat(name: str, top: Token, gazetteer: Gazetteer, least: int = TOWN // 2) -> bool:
    """Whether the words stand behind "of" with an office, a public body or a part of a town: "the treasurer of Cusco"."""
    if top.relation != "nmod" or not any(c.dep_ == "case" and c.lower_ == "of" for c in top.children):
        return False
    return is_of_towns(top.head) and known_place(name, gazetteer, least)


def is_of_towns(noun: Token) -> bool:
    """Whether the noun is of something that towns and provinces have."""
    word = noun.base
    places = table("places")
    if not noun.text[:1].islower() and noun.ent_type_:
        return False
    if word in places["offices"]["words"] or word in places["sites"]["ground"] or word in places["sites"]["bodies"]:
        return True
    role = role_of([noun.text])
    return role is not None and bool(OFFICIAL & set(role.sectors))
