"""Roles and bodies: the lexicon of agents says what a noun phrase or a name is."""

from __future__ import annotations

import pytest

from sayso.coding.agents import agents, role_of, singular
from sayso.coding.bodies import sectors_of_name
from sayso.coding.tables import table

ENTRIES = table("agents")["sector"]
CASES = [(entry["code"], case["text"], case["actor"]) for entry in ENTRIES for case in entry["examples"]]
FURTHER = [
    (case["sector"], case["text"], case["actor"])
    for name in ("former", "armed", "modifiers", "of_states")
    for case in table("agents")[name].get("examples", [])
]


def test_the_lexicon_knows_at_least_five_hundred_roles() -> None:
    assert len(agents().phrases) >= 500


def test_every_code_is_documented_and_has_an_example() -> None:
    for entry in ENTRIES:
        assert entry["about"], entry["code"]
        assert entry["examples"], entry["code"]
    codes = [entry["code"] for entry in ENTRIES]
    assert len(codes) == len(set(codes))
    wanted = "GOV MIL COP JUD LEG OPP REB PTY CVL MED NGO IGO BUS EDU REL LAB CRM SPY UAF REF IMM SET HLH AGR".split()
    assert set(wanted) <= set(codes)


@pytest.mark.parametrize(("code", "text", "word"), CASES + FURTHER)
def test_each_example_sentence_gives_its_code(actors_of, code: str, text: str, word: str) -> None:
    found = [a for a in actors_of(text) if any(word in text[s:e] for s, e in a.spans)]
    assert any(code in a.sectors for a in found), [(a.name, a.sectors) for a in actors_of(text)]


@pytest.mark.parametrize(
    ("word", "one"),
    [("gunmen", "gunman"), ("policewomen", "policewoman"), ("families", "family"), ("coaches", "coach"), ("police", "police"),
     ("Rebels", "rebel"), ("RRebels", "rebel"), ("press", "press"), ("schoolchildren", "schoolchild")],
)  # fmt: skip
def test_nouns_are_looked_up_in_the_singular(word: str, one: str) -> None:
    assert singular(word) == one


def test_the_longest_phrase_decides() -> None:
    assert role_of(["union", "leader"]).sectors == ("LAB",)
    assert role_of(["riot", "police"]).sectors == ("COP",)
    assert role_of(["leader"]).nature == "generic"
    assert role_of(["paper", "clip"]) is None


def test_a_prefix_of_office_is_looked_through() -> None:
    assert role_of(["ex-minister"]).sectors == ("GOV",)
    assert role_of(["pro-government"]) is None


@pytest.mark.parametrize(
    ("name", "code"),
    [("Ministry of Roads", "GOV"), ("Supreme Court", "JUD"), ("University of Lagos", "EDU"), ("African Union", "IGO"),
     ("Front for the Liberation of Aro", "REB"), ("Evening Herald", "MED"), ("Boko Haram", "REB"), ("Farmers' Party", "PTY")],
)  # fmt: skip
def test_names_show_their_sector(name: str, code: str) -> None:
    assert code in sectors_of_name(name)


def test_a_name_without_a_known_word_shows_none() -> None:
    assert sectors_of_name("Zorvan Qell") == ()
