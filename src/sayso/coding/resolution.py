"""Which place a toponym means: all the toponyms of an article are decided together.

A candidate's score is a weighted sum of a few observations: how many people live there, whether the name is its
main one, whether the article speaks of its country, whether the place written beside it holds it, how near the
article's other places are. One name has one sense in an article, save where a container says otherwise.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from sayso.coding.place_words import Toponym, words
from sayso.coding.tables import table
from sayso.gazetteer import countries
from sayso.gazetteer.distance import kilometres
from sayso.gazetteer.lookup import Candidate, Gazetteer
from sayso.gazetteer.normal import normal

MANY = 60
"""Candidates of one name that are weighed: the most populous."""
ROUNDS = 3
"""How often all names are decided anew by what the others were taken for, at most."""
TOWN_OF_THAT_NAME, WELL_KNOWN = 10_000, 200_000
"""People from which "Long Beach" is a town, and from which "Union Square" would be."""
SEAT_SHARE = 0.1
"""Share of a division's people from which its namesake town is what the bare name means."""
NAMESAKE_TOWN, SHORTEST_TOWN = 100_000, 4
"""People and letters from which a town's name at the head of a longer name is the town's."""


class Weights(NamedTuple):
    """What each observation counts."""

    population: float
    """For each power of ten of people."""
    alias: float
    """The name is another spelling, not the main one."""
    country: float
    """It is a country."""
    settlement: float
    admin2: float
    capital: float
    evidence: float
    """All other evidence of the article is for its country (else its share)."""
    state: float
    """The same for its first-order division."""
    inside: float
    """It lies in the place written beside it."""
    near: float
    """Another place of the article is close by."""
    same: float
    """The name in brackets beside it means the same place: "Atyrau (Guryev)"."""
    namesake: float
    """It is a division, no noun says so, and a large town of it bears the same name."""
    division: float
    """It is a division, and a noun says so."""
    enough: float
    """The score under which no candidate is taken."""


@cache
def weights() -> Weights:
    """Those of the lexicon."""
    return Weights(**table("places")["ranking"])


def away(a: Candidate, b: Candidate) -> float:
    """Kilometres between two places."""
    return kilometres((a.latitude, a.longitude), (b.latitude, b.longitude))


def holds(outer: Candidate, inner: Candidate) -> bool:
    """Whether one place lies in the other."""
    if outer.id == inner.id or inner.precision in ("country", "region") or outer.precision == "facility":
        return False
    if outer.precision == "region":
        return False
    if outer.country != inner.country:
        return False
    if outer.precision == "country":
        return True
    if outer.precision == "admin1":
        if inner.precision == "admin1":
            return False
        same = normal(outer.admin1 or "") == normal(inner.admin1 or "")
        return same or (outer.feature == "RGN" and away(outer, inner) < 300)
    if outer.precision == "admin2":
        if inner.precision != "settlement" or normal(outer.admin1 or "") != normal(inner.admin1 or ""):
            return False
        return normal(outer.name) == normal(inner.admin2 or "") or (not inner.admin2 and away(outer, inner) < 60)
    return inner.precision == "settlement" and outer.population > inner.population and away(outer, inner) < 40


def has_namesake(division: Candidate, candidates: Sequence[Candidate]) -> bool:
    """Whether a town of the division, and a large part of it, has its name: Kherson in Kherson."""
    return any(
        c.precision == "settlement"
        and c.own
        and c.country == division.country
        and c.population >= SEAT_SHARE * division.population
        and (normal(c.admin1 or "") == normal(division.admin1 or "") or away(c, division) < 300)
        for c in candidates
    )


@dataclass(eq=False)
class Group:
    """The toponyms of one name that share one sense."""

    key: str
    toponyms: list[Toponym]
    candidates: Sequence[Candidate]
    container: Group | None = None
    choice: Candidate | None = None
    score: float = 0.0
    """Confidence in the choice, 0 to 1."""
    contained: list[Group] = field(default_factory=list)


class Resolver:
    """Decides for all toponyms of one article. `hints`: countries that other words speak for, with weights.

    `ranking`: other weights than the lexicon's.
    """

    def __init__(self, gazetteer: Gazetteer, hints: dict[str, float], ranking: Weights | None = None):
        self.gazetteer = gazetteer
        self.hints = hints
        self.weights = ranking or weights()
        self.groups: list[Group] = []
        self.same: dict[str, set[int]] = defaultdict(set)
        """By name: places that a name written beside it in brackets means too."""

    def resolve(self, toponyms: Sequence[Toponym]) -> list[Group]:
        self.groups = self.grouped(toponyms)
        for turn in range(ROUNDS):
            evidence = self.evidence(first=turn == 0)
            changed = False
            for group in self.groups:
                before = group.choice
                self.choose(group, evidence)
                changed |= before is not group.choice
            if not changed:
                break
        return self.groups

    def grouped(self, toponyms: Sequence[Toponym]) -> list[Group]:
        """One group for each name, and one more for each container that it is written with."""
        by_key: dict[tuple[str, str], Group] = {}
        found: list[Group] = []
        contained: dict[str, list[Group]] = defaultdict(list)
        for one in toponyms:
            key, outer = normal(one.name), normal(one.container.name) if one.container else ""
            if not outer or self.means_the_same(one):
                one.container = None
                continue
            group = by_key.get((key, outer))
            if group is None:
                candidates = self.candidates(one)
                outers = self.candidates(one.container) if one.container else ()
                if not any(holds(o, c) for o in outers for c in candidates):
                    one.container = None
                    continue
                group = by_key[key, outer] = Group(key, [], candidates)
                found.append(group)
                contained[key].append(group)
            group.toponyms.append(one)
        holding = {id(t.container) for t in toponyms if t.container}
        for one in toponyms:
            if one.container:
                continue
            key = normal(one.name)
            if id(one) in holding:
                # "New York" behind "Albany," and "New York" alone need not be the same.
                group = by_key.get((key, "holds"))
                if group is None:
                    group = by_key[key, "holds"] = Group(key, [], self.candidates(one))
                    found.append(group)
                group.toponyms.append(one)
                continue
            if contained[key]:
                before = [g for g in contained[key] if g.toponyms[0].range <= one.range]
                (before or contained[key])[-1 if before else 0].toponyms.append(one)
                continue
            group = by_key.get((key, ""))
            if group is None:
                group = by_key[key, ""] = Group(key, [], self.candidates(one))
                found.append(group)
            group.toponyms.append(one)
        owner = {id(t): g for g in found for t in g.toponyms}
        for group in found:
            for one in group.toponyms:
                if one.container and (outer_group := owner.get(id(one.container))):
                    group.container = outer_group
                    outer_group.contained.append(group)
        return found

    def means_the_same(self, one: Toponym) -> bool:
        """Whether the name written beside it is another name of the same place."""
        other = one.container
        if other is None or normal(one.name) == normal(other.name):
            return other is not None
        ids = {c.id for c in self.candidates(one) if c.precision == "settlement"}
        shared = {c.id for c in self.candidates(other) if c.id in ids and (c.own or c.population > 20_000)}
        if not shared or not one.bracketed:
            return False
        self.same[normal(one.name)] |= shared
        self.same[normal(other.name)] |= shared
        return True

    def candidates(self, one: Toponym) -> tuple[Candidate, ...]:
        """The places that the name may mean; without its side or noun of division where the whole is unknown."""
        lexicon = words()
        name = one.name
        key = normal(name)
        found = self.gazetteer.candidates(name)
        last = name.rsplit(" ", 1)[-1]
        if one.physical:
            whole = self.gazetteer.candidates(f"{name} {one.physical}") or self.gazetteer.candidates(
                f"{one.physical} {name}"
            )
            return tuple(c for c in (*found, *whole) if c.feature in NATURAL)
        if key in lexicon.vague or (last in lexicon.physical and not any(c.population > 20_000 for c in found)):
            return ()
        if one.facility and last.lower() in lexicon.facilities:
            least = TOWN_OF_THAT_NAME if last.lower() in lexicon.in_names else WELL_KNOWN
            if any(c.own and c.population >= least for c in found) and last[0].isupper():
                return found[:MANY]
            known = tuple(c for c in found if c.precision == "facility")
            return known or self.town_before(name)
        if not found and one.division:
            bare = " ".join(w for w in name.split(" ") if w not in lexicon.after and w not in ("of", "the"))
            found = tuple(c for c in self.gazetteer.candidates(bare) if c.precision.startswith("admin"))
            found = found or self.gazetteer.division_like(bare) or self.gazetteer.candidates(bare)
        if not found and (country := countries.named(name)):
            found = self.gazetteer.candidates(country.name)
        if not found:
            first, _, rest = name.partition(" ")
            if rest and first.lower() in SIDES:
                found = self.gazetteer.candidates(rest)
        if not found and " " in name:
            found = self.gazetteer.candidates(without_kind(name)) or (self.town_before(name) if one.facility else ())
        return found[:MANY]

    def town_before(self, name: str) -> tuple[Candidate, ...]:
        """The towns whose name begins the name of something in them: Karachi for "Karachi Press Club"."""
        words_ = name.split(" ")
        for size in range(len(words_) - 1, 0, -1):
            first = " ".join(words_[:size])
            towns = tuple(
                c for c in self.gazetteer.candidates(first)
                if c.own and c.precision == "settlement" and c.population >= NAMESAKE_TOWN
            )  # fmt: skip
            if towns and len(first) >= SHORTEST_TOWN:
                return towns
        return ()

    def evidence(self, first: bool) -> Evidence:
        total: dict[str, float] = defaultdict(float)
        states: dict[tuple[str, str], float] = defaultdict(float)
        places: list[tuple[Group, Candidate]] = []
        for country, weight in self.hints.items():
            total[country] += weight
        for group in self.groups:
            choice = group.choice
            if choice is None and first and group.candidates and group.candidates[0].precision == "country":
                choice = group.candidates[0]
            if choice is None or choice.country is None:
                continue
            weight = min(3, len(group.toponyms)) * (0.5 + group.score / 2)
            total[choice.country] += weight
            if choice.admin1 and choice.precision != "country":
                states[choice.country, normal(choice.admin1)] += weight
            if choice.precision in ("settlement", "admin2", "facility"):
                places.append((group, choice))
        return Evidence(total, states, places)

    def choose(self, group: Group, evidence: Evidence) -> None:
        if not group.candidates:
            return
        scored = [(self.weigh(c, group, evidence), -c.population, c.id, c) for c in group.candidates]
        scored.sort(key=lambda s: (-s[0], s[1], s[2]))
        best, choice = scored[0][0], scored[0][3]
        rival = next((s[0] for s in scored[1:] if away(choice, s[3]) > 50), best - 3)
        sure = 1 / (1 + math.exp(-(best - self.weights.enough)))
        clear = 1 / (1 + math.exp(-2 * (best - rival)))
        group.choice = choice if best >= self.weights.enough else None
        group.score = round(sure * clear, 3) if group.choice else 0.0

    def weigh(self, c: Candidate, group: Group, evidence: Evidence) -> float:
        w = self.weights
        score = w.population * math.log10(max(c.population, 10))
        if not c.own:
            score += w.alias
        if c.precision == "country":
            score += w.country
        elif c.precision == "settlement":
            score += w.settlement
        elif c.precision == "admin2":
            score += w.admin2
        if c.feature == "PPLC":
            score += w.capital
        if any(t.division for t in group.toponyms):
            score += w.division if c.precision.startswith("admin") else 0.0
        elif c.precision in ("admin1", "admin2") and not group.contained and has_namesake(c, group.candidates):
            score += w.namesake
        if c.id in self.same.get(group.key, ()):
            score += w.same
        country, state, near = evidence.of(c, group)
        score += w.evidence * country + w.state * state + w.near * near
        return score + w.inside * self.agreement(c, group)

    def agreement(self, c: Candidate, group: Group) -> float:
        """Whether it lies in its container, or holds what is written before it."""
        if group.container is not None:
            outer = group.container.candidates
            if group.container.choice is not None:
                chosen = group.container.choice
                if holds(chosen, c):
                    return 1.0
            return 0.9 if any(holds(o, c) for o in outer[:12]) else 0.0
        for inner in group.contained:
            if inner.choice is not None and holds(c, inner.choice):
                return 1.0
            if inner.choice is None and any(holds(c, i) for i in inner.candidates):
                return 0.9
        return 0.0


@dataclass
class Evidence:
    """What the article's places and other words say for countries and divisions."""

    countries: dict[str, float]
    states: dict[tuple[str, str], float]
    places: list[tuple[Group, Candidate]]

    def of(self, c: Candidate, group: Group) -> tuple[float, float, float]:
        """Shares (0 to 1) of the evidence for its country and division, and how near the nearest place is."""
        own = group.choice
        weight = min(3, len(group.toponyms)) * (0.5 + group.score / 2)
        total = sum(self.countries.values())
        mine = self.countries.get(c.country or "", 0.0)
        state = self.states.get((c.country or "", normal(c.admin1 or "")), 0.0) if c.precision != "country" else 0.0
        all_states = sum(self.states.values())
        if own is not None and own.country is not None:
            total -= weight
            all_states -= weight if own.admin1 and own.precision != "country" else 0
            if own.country == c.country:
                mine -= weight
                if own.admin1 == c.admin1 and own.precision != "country":
                    state -= weight
        country_share = max(0.0, mine) / (total + 0.5) if total > 0 else 0.0
        state_share = max(0.0, state) / (all_states + 0.5) if all_states > 0 else 0.0
        return country_share, state_share, self.nearness(c, group)

    def nearness(self, c: Candidate, group: Group) -> float:
        if c.precision not in ("settlement", "admin2", "facility"):
            return 0.0
        best = 0.0
        for other, place in self.places[:40]:
            if other is group or place.id == c.id or abs(place.latitude - c.latitude) > 2:
                continue
            distance = away(c, place)
            if distance < 150:
                best = max(best, 1 - distance / 150)
        return best


SIDES = frozenset(
    ("north", "south", "east", "west", "northern", "southern", "eastern", "western", "central", "northeast", "northwest", "southeast",
     "southwest", "northeastern", "northwestern", "southeastern", "southwestern", "upper", "lower", "downtown", "greater", "inner", "old",
     "mainland", "rural", "metropolitan", "suburban", "north-east", "north-west", "south-east", "south-west")
)  # fmt: skip
NATURAL = frozenset(("SEA", "STM", "LK", "ISL", "MTS", "RGNL", "PEN"))
"""Feature codes of waters, heights and islands."""
KINDS = frozenset(
    ("city", "town", "village", "area", "region", "metropolitan", "metro", "municipality", "suburb", "suburbs", "neighborhood",
     "neighbourhood", "borough", "township", "commune", "governorate", "capital", "territory", "port", "island", "islands", "of", "the")
)  # fmt: skip


def without_kind(name: str) -> str:
    """A name without the words for its kind at its ends: "the City of Derry", "Valletta Metropolitan Area"."""
    words_ = name.split(" ")
    while len(words_) > 1 and words_[0].lower() in KINDS:
        words_ = words_[1:]
    while len(words_) > 1 and words_[-1].lower() in KINDS:
        words_ = words_[:-1]
    return " ".join(words_)
