"""The words for institutions of states, their officials, and voices of nobody: `institutions.toml`, read once."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from sayso.coding.agents import singular
from sayso.errors import LexiconError

FILE = Path(__file__).parent / "institutions.toml"


class Branch(NamedTuple):
    """One institution of a state. `local`: every town and region has its own; `loose`: it is no one body."""

    key: str
    label: str
    sectors: tuple[str, ...]
    local: bool = False
    loose: bool = False


@dataclass(frozen=True)
class Words:
    """`institutions.toml`, indexed: words are in the singular and in lower case."""

    branches: dict[str, Branch]
    by_key: dict[str, Branch]
    portfolios: dict[str, str]
    ministries: frozenset[str]
    narrow: dict[str, frozenset[str]]
    ministry_sectors: tuple[str, ...]
    houses: dict[str, tuple[str, str]]
    speakers: frozenset[str]
    behind: frozenset[str]
    unofficial: frozenset[str]
    nobody: frozenset[str]
    abstract: frozenset[str]
    modifiers: frozenset[str]
    first_person: frozenset[str]
    by_sector: dict[str, str]
    owners: frozenset[str]
    own_forces: frozenset[str]


@cache
def words() -> Words:
    """The file. Raises LexiconError where it breaks its rules."""
    try:
        data = tomllib.loads(FILE.read_text(encoding="utf-8"))
        return _read(data)
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise LexiconError(f"{FILE.name}: {error}") from error


def _read(data: dict[str, Any]) -> Words:
    branches: dict[str, Branch] = {}
    by_key: dict[str, Branch] = {}
    for row in data["branch"]:
        branch = Branch(
            row["key"], row["label"], tuple(row["sectors"]), row.get("local", False), row.get("loose", False)
        )
        by_key[branch.key] = branch
        for word in row["words"]:
            if branches.setdefault(key_of(word), branch) is not branch:
                raise LexiconError(f"{FILE.name}: {word!r} is of two branches")
    return Words(
        branches=branches,
        by_key=by_key,
        portfolios={one: name for name, others in data["portfolios"].items() for one in others},
        ministries=frozenset(data["ministries"]["nouns"]),
        narrow={noun: frozenset(kept) for noun, kept in data["ministries"]["narrow"].items()},
        ministry_sectors=tuple(data["ministries"]["sectors"]),
        houses={house: (state, key) for house, (state, key) in data["houses"].items()},
        speakers=frozenset(data["speakers"]["nouns"].split()),
        behind=frozenset(data["speakers"]["behind"]),
        unofficial=frozenset(data["speakers"]["unofficial"]),
        nobody=frozenset(data["nobody"]["words"].split()),
        abstract=frozenset(data["nobody"]["abstract"].split()),
        modifiers=frozenset(data["nobody"]["modifiers"].split()),
        first_person=frozenset(data["nobody"]["first_person"].split()),
        by_sector=dict(data["sectors"]),
        owners=frozenset(data["own"]["owners"].split()),
        own_forces=frozenset(singular(word) for word in data["own"]["forces"].split()),
    )


def key_of(phrase: str) -> str:
    """How a phrase is filed: each word in the singular, in lower case."""
    return " ".join(singular(word) for word in phrase.split())


def branch(key: str) -> Branch:
    """The branch of this key; of ministries the keys are "interior ministry" and so on."""
    known = words().by_key.get(key)
    return known or Branch(key, key.title(), words().ministry_sectors)


def branch_of_sectors(sectors: tuple[str, ...]) -> Branch | None:
    """The institution of an official of whom only the sector is known."""
    return next((branch(words().by_sector[s]) for s in sectors if s in words().by_sector), None)
