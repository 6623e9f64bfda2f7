"""Persons known by their office: whose president Macron is, though the article does not say.

The names are those of `lexicon/leaders.toml`, each with the state, the sector and the years of office. A surname alone is enough
where all who bear it and held office in the years before the article are of one state.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from sayso.coding.agents import agents
from sayso.coding.names import plain, surname
from sayso.coding.tables import table
from sayso.errors import LexiconError

MEMORY = 12
"""Years after an office in which a surname alone still calls its holder to mind."""
SHORTEST = 4
"""Letters of a surname that is enough by itself."""
WORLD = "WORLD"
TITLES = frozenset(
    "mr mrs ms miss dr sir lord lady dame gen general col colonel president king queen sheikh prof hon".split()
)
LATE = 1
"""Years after the lexicon's last in which somebody may have come or gone."""


class Notable(NamedTuple):
    """A holder of an office: alpha-3 of the state ("" for none), agent code, first and last year (0: still)."""

    name: str
    country: str
    sector: str
    first: int
    last: int

    def holds(self, year: int) -> bool:
        return self.first <= year + LATE and (not self.last or year <= self.last + LATE)

    def is_remembered(self, year: int) -> bool:
        return self.first <= year + LATE and (not self.last or year <= self.last + MEMORY)


@cache
def _notables() -> tuple[dict[str, list[Notable]], dict[str, list[Notable]]]:
    """By the whole name, and by the surname."""
    whole: dict[str, list[Notable]] = {}
    last: dict[str, list[Notable]] = {}
    for one in _entries():
        whole.setdefault(plain(one.name), []).append(one)
        if len(surname(one.name)) >= SHORTEST:
            last.setdefault(surname(one.name), []).append(one)
    return whole, last


def _entries() -> Iterator[Notable]:
    for sector, states in table("leaders").items():
        for state, lines in states.items():
            for line in lines.strip().split("\n"):
                name, _, years = line.rpartition(" ")
                first, dash, last = years.partition("-")
                if not (name and dash and first.isdecimal() and (last.isdecimal() or not last)):
                    raise LexiconError(
                        f"leaders.toml, {sector}, {state}: a name and two years are wanted, not {line!r}"
                    )
                yield Notable(name, "" if state == WORLD else state, sector, int(first), int(last or 0))


def notable(names: Iterable[str], year: int | None) -> Notable | None:
    """The office holder who bears one of the names of an actor. `year`: that of the article, None where it is not known.

    Whole names are looked for first; a surname counts only where the actor has no other name.
    """
    whole, by_surname = _notables()
    known = [bare for name in names if (bare := _untitled(name))]
    for name in known:
        if found := whole.get(plain(name)):
            return _best(found, year)
    if not known or any(" " in plain(name) for name in known):
        return None
    found = [one for name in known for one in by_surname.get(plain(name), ())]
    if year is not None:
        found = [one for one in found if one.is_remembered(year)]
    return _best(found, year) if found and len({one.country for one in found}) == 1 else None


def year_of(published: str | None) -> int | None:
    """The year of an ISO date, None where there is none."""
    return int(published[:4]) if published and published[:4].isdecimal() else None


def sector_then(one: Notable, year: int | None) -> str:
    """The sector of the person in that year: a former holder of an office is of the elites; "" before the office."""
    if year is not None and one.first > year + LATE:
        return ""
    if year is None or one.holds(year) or one.sector not in agents().former_sectors:
        return one.sector
    return agents().former_code


def _untitled(name: str) -> str:
    """The name without "Mr" and the like in front."""
    words = name.split()
    while len(words) > 1 and words[0].rstrip(".").lower() in TITLES:
        words = words[1:]
    return " ".join(words)


def _best(found: list[Notable], year: int | None) -> Notable:
    """Who held office in that year, else the last who did."""
    return max(found, key=lambda one: (year is not None and one.holds(year), one.last or 9999, one.first, one.name))
