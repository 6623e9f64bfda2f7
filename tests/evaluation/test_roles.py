"""Roles: who did violence, who suffered it, what was hit, against lists of entities."""

from __future__ import annotations

from functools import partial

import pytest

import made
from made import INFO
from sayso.evaluation.roles import RoleEntity, RoleKeys, compare, cores, matches, merged, roles_of, score_roles
from sayso.records import Acled, Actor, Article, Coding, Event, Party, Span

TEXT = "Gunmen of the Dawn Front shot the mayor and burned two buses; the army denied it."
at = partial(made.at, text=TEXT)

ACTORS = (
    Actor(id="a1", name="Gunmen of the Dawn Front", kind="group", sectors=("UAF",), mentions=(at("Gunmen"),)),
    Actor(id="a2", name="the Dawn Front", kind="organization", mentions=(at("the Dawn Front"),)),
    Actor(id="a3", name="the mayor", kind="person", sectors=("GOV",), mentions=(at("the mayor"),)),
    Actor(id="a4", name="two buses", mentions=(at("two buses"),)),
    Actor(id="a5", name="the army", kind="organization", sectors=("MIL",), mentions=(at("the army"),)),
)
WHERE = {
    "a1": "Gunmen of the Dawn Front",
    "a2": "the Dawn Front",
    "a3": "the mayor",
    "a4": "two buses",
    "a5": "the army",
}


def event(actors: str, recipients: str, trigger: str = "shot", **fields: object) -> Event:
    def parties(ids: str) -> tuple[Party, ...]:
        return tuple(Party(actor=one, span=at(WHERE[one])) for one in ids.split())

    given = {"type": "ASSAULT", **fields}
    return Event(
        id=f"{trigger}{actors}", trigger=at(trigger), span=Span(0, 60), actors=parties(actors),
        recipients=parties(recipients), **given,
    )  # fmt: skip


def coding(*events: Event) -> Coding:
    return Coding(coder=INFO, article=Article(id="x", text=TEXT), actors=ACTORS, events=events)


def names(entities: tuple[RoleEntity, ...]) -> list[str]:
    return [entity.phrases[0] for entity in entities]


def entities(*phrases: str, optional: bool = False) -> list[RoleEntity]:
    return [RoleEntity((phrase,), optional) for phrase in phrases]


@pytest.mark.parametrize(
    ("phrase", "found"),
    [
        ("The two armed men who fled", [("two", "armed", "men")]),
        ("a GROUP of armed men", [("group",), ("armed", "men")]),
        ("the embassy of Peru", [("embassy",)]),
        ("Luis Mora, a judge", [("luis", "mora")]),
        ("the mayor's car", [("mayor", "car")]),
        ("", []),
        ("--", []),
    ],
)
def test_the_core_is_what_a_phrase_is_compared_by(phrase: str, found: list[tuple[str, ...]]) -> None:
    assert cores(phrase) == found


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("six soldiers", "SOLDIERS", True),
        ("Mora Diaz", "Luis Mora Diaz Rey", True),
        ("a group of armed men", "armed men", True),
        ("Peru", "the embassy of Peru", False),
        ("the embassy", "the embassy guard", False),
    ],
)
def test_phrases_match_by_head_or_by_part(one: str, other: str, same: bool) -> None:
    assert matches(RoleEntity((one,)), RoleEntity((other,))) is same


def test_equal_cores_are_asked_for_when_strict() -> None:
    assert not matches(RoleEntity(("six soldiers",)), RoleEntity(("soldiers",)), strict=True)


def test_one_entity_is_found_once() -> None:
    counts = compare(entities("six soldiers"), entities("soldiers", "young soldiers"))
    assert (counts.right, counts.found, counts.gold) == (1, 1, 1)


def test_what_matches_nothing_is_false() -> None:
    counts = compare(entities("a nun"), entities("a nun", "a bridge"))
    assert (counts.right, counts.found, counts.gold) == (1, 2, 1)


def test_optional_entities_may_be_found_or_not() -> None:
    gold = [*entities("a nun"), *entities("a bridge", optional=True)]
    for found in (entities("a nun"), entities("a nun", "a bridge")):
        counts = compare(gold, found)
        assert (counts.right, counts.found, counts.gold) == (1, 1, 1)


def test_alternatives_of_one_entity_are_merged() -> None:
    found = merged([RoleEntity(("the Dawn Front", "DF")), RoleEntity(("DF",), optional=True), RoleEntity(("a nun",))])
    assert [one.phrases for one in found] == [("the Dawn Front", "DF"), ("a nun",)]
    assert not found[0].optional


def test_an_article_without_gold_counts_for_precision() -> None:
    scored = score_roles([(RoleKeys(), coding(event("a1", "a3")))])
    assert {f.name: f.n for f in scored.figures}["micro_p"] == 3


def test_actors_recipients_and_things_fill_their_roles() -> None:
    found = roles_of(coding(event("a1", "a3"), event("a1", "a4", "burned")))
    assert names(found.perpetrator) == ["Gunmen of the Dawn Front", "the Dawn Front"]
    assert names(found.victim) == ["the mayor"]
    assert names(found.target) == ["two buses"]


def test_whoever_is_accused_of_violence_is_a_perpetrator() -> None:
    accused = event("", "a5", "denied", type="ACCUSE", mode="allege")
    assert names(roles_of(coding(event("", "a3"), accused)).perpetrator) == ["the army"]
    assert roles_of(coding(accused)) == RoleKeys()


@pytest.mark.parametrize(
    "fields",
    [
        {"realis": "negated"},
        {"type": "CONSULT"},
        {"mode": "aerial"},
        {"cameo": "190"},
        {"acled": Acled(event_type="Battles", sub_event_type="Armed clash")},
    ],
)
def test_what_did_not_happen_and_warfare_fill_no_role(fields: dict[str, object]) -> None:
    assert roles_of(coding(event("a1", "a3", **fields))) == RoleKeys()


def test_fighters_are_no_victims_in_general() -> None:
    assert roles_of(coding(event("a1", "a5"))) == RoleKeys()


@pytest.mark.parametrize(
    ("name", "victims"), [("the people", 0), ("two villagers", 1), ("70,000 villagers", 0), ("12 villagers", 1)]
)
def test_people_in_general_and_tolls_are_no_victims(name: str, victims: int) -> None:
    villagers = ACTORS[2].model_copy(update={"name": name, "kind": "group", "sectors": ("CVL",)})
    told = coding(event("", "a3")).model_copy(update={"actors": (villagers,)})
    assert len(roles_of(told).victim) == victims


def test_a_perfect_coding_scores_100() -> None:
    gold = roles_of(coding(event("a1", "a3"), event("a1", "a4", "burned")))
    assert score_roles([(gold, coding(event("a1", "a3"), event("a1", "a4", "burned")))]).headline == 100
    assert score_roles([(gold, None)]).headline == 0
