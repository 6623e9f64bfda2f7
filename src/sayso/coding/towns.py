"""Whether a name is a well-known place's, by itself and by where it stands."""

from __future__ import annotations

from sayso.coding.agents import role_of
from sayso.coding.parsed import Span, Token
from sayso.coding.tables import table
from sayso.gazetteer import countries
from sayso.gazetteer.lookup import Gazetteer

TOWN = 100_000
"""People from which a town's name alone is rather the town's than somebody's."""
OTHERWISE = 400_000
"""The same for another of its names: "Karaganda", "Bombay"."""
OFFICIAL = frozenset(("GOV", "COP", "JUD", "LEG", "MIL", "REL"))
TITLES = frozenset(
    ("Mr", "Mrs", "Ms", "Miss", "Dr", "Sir", "Lord", "Lady", "Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Saint")
)
PLACED = frozenset(("in", "near", "outside", "around", "at"))
MOVED = frozenset(("to", "from", "for", "into"))


def known_place(name: str, gazetteer: Gazetteer, least: int = TOWN) -> bool:
    """Whether it is the main name of a country, a division or a town of so many people, or another of a great one."""
    if countries.named(name):
        return True
    return any(
        (c.own and c.population >= least and c.precision != "admin2")
        or (c.precision == "settlement" and c.population >= OTHERWISE)
        for c in gazetteer.candidates(name)
    )


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
