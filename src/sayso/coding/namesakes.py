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
