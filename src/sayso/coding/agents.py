"""Roles and bodies: which sector a noun phrase or a name belongs to, and whether it is a person, a body or a thing.

The words are those of `lexicon/agents.toml`; codes are PLOVER's agent codes with the further ones of NGEC.
Words are compared in lower case and in the singular, the longest phrase first.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal, NamedTuple

from sayso.coding.tables import table
from sayso.errors import LexiconError

Nature = Literal["person", "body", "generic", "generic body"]
LONGEST_PHRASE = 4
"""Words in the longest phrase that is looked up."""
HELD = ("ex", "co", "vice", "deputy", "former", "sub", "arch", "would", "then", "now", "non")
TO_BE = ("elect", "designate", "general")
IRREGULAR = {
    "men": "man", "women": "woman", "people": "people", "children": "child", "wives": "wife", "thieves": "thief", "police": "police",
    "forces": "forces", "troops": "troops", "authorities": "authorities", "news": "news", "media": "media", "families": "family",
    "headquarters": "headquarters", "lives": "life", "wolves": "wolf", "clergy": "clergy", "mujahideen": "mujahideen", "press": "press",
}  # fmt: skip


class Role(NamedTuple):
    """What the lexicon says of a phrase: its codes, whether it names persons or a body, and how many words say so."""

    sectors: tuple[str, ...]
    nature: Nature
    phrase: str


@dataclass(frozen=True)
class Agents:
    """The lexicon, indexed."""

    phrases: dict[str, Role]
    names: dict[str, tuple[str, ...]]
    within: dict[str, tuple[str, ...]]
    former: frozenset[str]
    former_code: str
    former_sectors: frozenset[str]
    armed: frozenset[str]
    armed_nouns: frozenset[str]
    armed_code: str
    modifiers: dict[str, str]
    faiths: dict[str, str]
    private: frozenset[str]
    common_names: frozenset[str]
    homes: dict[str, str]
    of_states: dict[str, str]
    ranks: frozenset[str]


@lru_cache(maxsize=65_536)
def singular(word: str) -> str:
    """The singular of an English noun in lower case, near enough to look it up: "gunmen" → "gunman"."""
    if len(word) > 3 and word[0] == word[1] and word[:2].isupper() and word[2:].islower():
        word = word[1:]  # a capital typed twice
    word = word.lower()
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith(("men", "women")) and len(word) > 4:
        return word[:-2] + "an"
    if word.endswith("children"):
        return word[:-3]
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def _key(phrase: str) -> str:
    """How a phrase is filed: lower case, each word in the singular."""
    return " ".join(singular(word) for word in phrase.split())


def _merged(old: tuple[str, ...], code: str) -> tuple[str, ...]:
    return old if code in old else (*old, code)


@cache
def agents() -> Agents:
    """The lexicon of agents. Raises LexiconError where an entry lacks its code."""
    data = table("agents")
    phrases: dict[str, Role] = {}
    names: dict[str, tuple[str, ...]] = {}
    within: dict[str, tuple[str, ...]] = {}
    generic: tuple[tuple[str, Nature], ...] = (("generic", "generic"), ("generic_bodies", "generic body"))
    for field, nature in generic:
        for word, default in data[field].items():
            phrases[_key(word)] = Role((default,) if default else (), nature, word)
    for number, entry in enumerate(data["sector"], 1):
        code = entry.get("code")
        if not code or not entry.get("about") or not entry.get("examples"):
            raise LexiconError(f"agents.toml, sector {number}: code, about and examples are wanted")
        natures: tuple[tuple[str, Nature], ...] = (("people", "person"), ("bodies", "body"))
        for field, nature in natures:
            for word in entry.get(field, []):
                old = phrases.get(_key(word))
                if old is None or old.nature.startswith("generic"):
                    phrases[_key(word)] = Role((code,), nature, word)
                elif code not in old.sectors and old.nature == nature:
                    phrases[_key(word)] = Role(_merged(old.sectors, code), nature, word)
        for word in entry.get("names", []):
            names[word] = _merged(names.get(word, ()), code)
        for word in entry.get("within", []):
            within[_key(word)] = _merged(within.get(_key(word), ()), code)
    return Agents(
        phrases=phrases,
        names=names,
        within=within,
        former=frozenset(data["former"]["words"]),
        former_code=data["former"]["code"],
        former_sectors=frozenset(data["former"]["sectors"]),
        armed=frozenset(data["armed"]["words"]),
        armed_nouns=frozenset(data["armed"]["nouns"]),
        armed_code=data["armed"]["code"],
        modifiers={word: code for word, code in data["modifiers"].items() if isinstance(code, str)},
        faiths={word: code for word, code in data["faiths"].items() if isinstance(code, str)},
        private=frozenset(data["private"]["codes"]),
        homes=dict(data["homes"]),
        common_names=frozenset(data["common_names"]["words"]),
        of_states={word: code for word, code in data["of_states"].items() if isinstance(code, str)},
        ranks=frozenset(data["ranks"]["words"]),
    )


def is_role(first: str, last: str) -> bool:
    """Whether two words together name a role, which the last alone need not: "attorney general"."""
    return f"{singular(first)} {singular(last)}" in agents().phrases


def role_of(words: list[str]) -> Role | None:
    """The role that the last words of a phrase name, the longest known first; None for none.

    >>> role_of(["riot", "police"]).sectors
    ('COP',)
    """
    known = agents().phrases
    keys = [singular(w) for w in words[-LONGEST_PHRASE:]]
    for start in range(len(keys)):
        found = known.get(" ".join(keys[start:]))
        if found is not None:
            return found
    if keys and "-" in keys[-1]:
        first, _, last = keys[-1].partition("-")
        return known.get(last) if first in HELD else known.get(first) if last in TO_BE else None
    return None
