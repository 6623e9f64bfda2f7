"""Makes the gazetteer: one SQLite file from open tables of the world's settlements."""

from __future__ import annotations

import gc
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

import pycountry
from rapidfuzz import fuzz, process

from sayso.gazetteer import countries, sources
from sayso.gazetteer.normal import normal
from sayso.gazetteer.sources import Settlement
from sayso.gazetteer.writing import Progress, Row, write

SHORTEST_ALIAS = 4
"""Other names shorter than this are airport codes and abbreviations more often than names."""
CASELESS = 0x530
"""Code point from which scripts have no capitals, but for a few."""
TALL = 8.0
"""Degrees of latitude from which an area is tall."""
SAME_DIVISION = 78.0
"""Likeness (rapidfuzz ratio) from which an ISO 3166-2 name is taken for a spelling of GeoNames' division."""

FEATURES = {
    "regions": ("RGN", 50_000_000, "region"),
    "parts": ("RGN", 2_000_000, "admin1"),
    "seas": ("SEA", 5_000_000, "region"),
    "rivers": ("STM", 500_000, "region"),
    "lakes": ("LK", 300_000, "region"),
    "islands": ("ISL", 300_000, "admin2"),
    "mountains": ("MTS", 300_000, "region"),
    "deserts": ("RGNL", 300_000, "region"),
    "peninsulas": ("PEN", 500_000, "region"),
}
"""By the table of `features.toml`: GeoNames' feature code, the people of a town that would be as well known, and how
precise a point is where the feature lies in one country."""

BESIDE = 0.3
"""Degrees between two places of one name within which they are one."""

_GENERIC = re.compile(
    r"\b(?:oblast|oblysy|oblys|qalasy|krai|kray|province|provincia|region|regiao|state|district|county|governorate|department"
    r"|departement|departamento|prefecture|voivodeship|wojewodztwo|republic|respublika|republika|avtonomnyy|okrug|territory|viloyati"
    r"|velayat|wilayat|muhafazat|estado|distrito|federal|capital|city|misto|borough|provincia|comarca|rayon|il|ili)\b|\b(?:of|de|del|"
    r"di|du|des|la|le|les|al|el|and)\b"
)
_ADJECTIVE = re.compile(r"(?:skiy|skij|skyi|sky|skaya|skaja|skoye|ska|ivska|oyi)$")


def middle(points: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """A point in the middle of an area, from its settlements.

    The mean of the half-degree cells that have one; for a tall area, whose settlements keep to one end of it, the
    middle between its edges.
    """
    cells = {(math.floor(lat * 2), math.floor(lon * 2)) for lat, lon in points}
    lats, lons = [c[0] / 2 + 0.25 for c in cells], [c[1] / 2 + 0.25 for c in cells]
    if max(lons) - min(lons) > 180:  # across the antimeridian
        lons = [lon + 360 if lon < 0 else lon for lon in lons]
    lon, lat = math.fsum(lons) / len(lons), math.fsum(lats) / len(lats)
    if max(lats) - min(lats) > TALL:
        lon, lat = (max(lons) + min(lons)) / 2, (max(lats) + min(lats)) / 2
    return round(lat, 4), round(lon - 360 if lon > 180 else lon, 4)


def usable(alias: str) -> bool:
    """Whether another name is one that texts have: Latin, Cyrillic and Greek names begin as names do, other scripts' as they like.

    Transliterations word by word ("a la mu tu") and codes are left out.
    """
    if not alias or alias.isascii():
        return len(alias) >= SHORTEST_ALIAS and alias[0].isupper() and not alias.isupper()
    if ord(alias[0]) < CASELESS:
        return len(alias) >= SHORTEST_ALIAS and alias[0].isupper() and not alias.isupper()
    return len(alias) > 1


def divided(settlements: list[Settlement]) -> list[tuple[str, str]]:
    """Names of each settlement's first and second order division, "" where unknown.

    The first is what most settlements with its code have; the second is known for the settlements that both
    tables have.
    """
    table = sources.divisions()
    found = [table.get((s.alpha2, round(s.latitude, 2), round(s.longitude, 2)), ("", "")) for s in settlements]
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for s, names in zip(settlements, found, strict=True):
        if names[0]:
            votes[s.alpha2, s.code][names[0]] += 1
    first = {code: min(count.items(), key=lambda kv: (-kv[1], kv[0]))[0] for code, count in votes.items()}
    first |= {("US", code): state["name"] for code, state in sources.us_state_table().items()}
    return [(first.get((s.alpha2, s.code), ""), names[1]) for s, names in zip(settlements, found, strict=True)]


def _most_populous(settlements: list[Settlement], keys: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """geonameid of the most populous settlement of each (alpha-3, normalised own name)."""
    best: dict[tuple[str, str], tuple[int, int]] = {}
    names = {name for _, name in keys}
    for s in settlements:
        name = normal(s.name)
        if name in names and (key := (countries.alpha3(s.alpha2) or "", name)) in keys:
            best[key] = max(best.get(key, (-1, 0)), (s.population, -s.geonameid))
    return {key: -negative for key, (_, negative) in best.items()}


def settlement_rows(settlements: list[Settlement], where: list[tuple[str, str]]) -> Iterator[Row]:
    renamed = sources.lexicon("known_places")["settlements"]
    capitals = {
        (code, normal(name))
        for code in sorted({countries.alpha3(s.alpha2) or "" for s in settlements})
        if (one := countries.country(code))
        for name in one.capitals[:1]
    }
    wanted = {(country, normal(name)) for name, country in renamed.values()}
    ids = _most_populous(settlements, capitals | wanted)
    seats = {ids[key] for key in capitals if key in ids}
    more: dict[int, list[str]] = defaultdict(list)
    for alias, (name, country) in renamed.items():
        if (place := ids.get((country, normal(name)))) is not None:
            more[place].append(alias)
    for s, (admin1, admin2) in zip(settlements, where, strict=True):
        own = [s.name]
        if "(" in s.name:
            own.append(s.name.partition("(")[0].strip())
        yield Row(
            s.geonameid, s.name, s.latitude, s.longitude, countries.alpha3(s.alpha2), admin1 or None, admin2 or None,
            s.population, "PPLC" if s.geonameid in seats else "PPL", "settlement", (*own, *more[s.geonameid]),
            tuple(filter(usable, s.aliases)),
        )  # fmt: skip


def country_rows() -> Iterator[Row]:
    table = sources.country_table()
    for alpha2 in sorted(table):
        entry = table[alpha2]
        one = countries.country(entry["iso3"]) or countries.country("XKX" if alpha2 == "XK" else "")
        if one is None or math.isnan(one.latitude):
            continue
        names = tuple(n for n in one.names if not n.isupper() or len(n) < SHORTEST_ALIAS)
        yield Row(
            int(entry["geonameid"]), one.name, one.latitude, one.longitude, one.alpha3, None, None,
            int(entry["population"]), "PCLI", "country", (one.name, *names, entry["name"]),
        )  # fmt: skip


def _spellings(alpha2: str) -> list[str]:
    found = pycountry.subdivisions.get(country_code=alpha2)  # type: ignore[no-untyped-call]
    return sorted({s.name for s in found or []})


def bare(name: str) -> str:
    """A division's name without the words for its kind: "Mangystau oblysy" → "mangystau"."""
    return " ".join(_GENERIC.sub(" ", normal(name)).split())


def division_names(name: str, spellings: Iterable[str]) -> tuple[str, ...]:
    """The names by which a first-order division is found."""
    key = bare(name)
    found = [name, key, _ADJECTIVE.sub("", key)]
    found += [s for s in spellings if s] + [bare(s) for s in spellings]
    return tuple(dict.fromkeys([name, *(n for n in found if len(n) >= SHORTEST_ALIAS)]))


def division_rows(settlements: list[Settlement], where: list[tuple[str, str]]) -> Iterator[Row]:
    """First and second order divisions, each at a point in the middle of its settlements."""
    first: dict[tuple[str, str], list[Settlement]] = defaultdict(list)
    second: dict[tuple[str, str, str], list[Settlement]] = defaultdict(list)
    for s, (admin1, admin2) in zip(settlements, where, strict=True):
        if admin1:
            first[s.alpha2, admin1].append(s)
            if admin2:
                second[s.alpha2, admin1, admin2].append(s)
    ids = sources.division_ids()
    states = {state["name"]: state for state in sources.us_state_table().values()}
    lexicon = sources.lexicon("places")
    spellings = spelled(first)
    for (alpha2, name), inside in sorted(first.items()):
        state = states.get(name) if alpha2 == "US" else None
        at = lexicon["us_states"][state["code"]] if state else middle((s.latitude, s.longitude) for s in inside)
        own = division_names(name, spellings[alpha2, name])
        if state:
            own = (name, state["code"], *lexicon["us_abbreviations"].get(state["code"], []))
        votes = Counter(ids[alpha2, s.code] for s in inside if (alpha2, s.code) in ids)
        yield Row(
            min(votes, key=lambda i: (-votes[i], i), default=None), name, at[0], at[1], countries.alpha3(alpha2), name, None,
            sum(s.population for s in inside), "ADM1", "admin1", own,
        )  # fmt: skip
    for (alpha2, admin1, name), inside in sorted(second.items()):
        at = middle((s.latitude, s.longitude) for s in inside)
        yield Row(
            None, name, at[0], at[1], countries.alpha3(alpha2), admin1, name, sum(s.population for s in inside),
            "ADM2", "admin2", (name,), tuple(n for n in (bare(name),) if len(n) >= SHORTEST_ALIAS),
        )  # fmt: skip


def spelled(first: Iterable[tuple[str, str]]) -> dict[tuple[str, str], list[str]]:
    """Spellings of ISO 3166-2 by (alpha-2, GeoNames' name): those that are most like it and like enough."""
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_country: dict[str, list[str]] = defaultdict(list)
    for alpha2, name in sorted(first):
        by_country[alpha2].append(name)
    for alpha2, names in sorted(by_country.items()):
        keys = {i: bare(n) for i, n in enumerate(names)}
        for spelling in _spellings(alpha2):
            best = process.extractOne(bare(spelling), keys, scorer=fuzz.ratio, score_cutoff=SAME_DIVISION)
            if best:
                found[alpha2, names[best[2]]].append(spelling)
    return found


def region_rows(settlements: Iterable[Settlement] = ()) -> Iterator[Row]:
    """Continents, natural features, parts of countries, and facilities that news name without their town."""
    named: dict[tuple[str, str], list[Settlement]] = defaultdict(list)
    for s in settlements:
        named[countries.alpha3(s.alpha2) or "", normal(s.name)].append(s)
    for entry in sources.continent_table().values():
        yield Row(
            int(entry["geonameId"]), entry["name"], float(entry["lat"]), float(entry["lng"]), None, None, None,
            int(entry["population"]), "CONT", "region", (entry["name"],),
        )  # fmt: skip
    numbers = sources.lexicon("features")["geonames"]
    for kind, (feature, weight, precision) in FEATURES.items():
        for name, (lat, lon, country) in sources.lexicon("features")[kind].items():
            one = precision if country else "region"
            inside = name if one == "admin1" else None
            yield Row(numbers.get(name), name, lat, lon, country or None, inside, None, weight, feature, one, (name,))
    for name, (town, country, lat, lon) in sources.lexicon("known_places")["known"].items():
        if any(abs(lat - s.latitude) + abs(lon - s.longitude) < BESIDE for s in named.get((country, normal(name)), ())):
            continue  # Brooklyn is in the table of settlements
        yield Row(None, name, lat, lon, country, None, town, 500_000, "BLDG", "facility", (name,))


def build(path: Path, progress: Progress | None = None) -> Path:
    """Make the gazetteer at `path`, whole or not at all: two processes that make it at once do no harm.

    Raises GazetteerError where the sources are missing or the folder cannot be written.
    """
    if progress:
        progress("reading", 0.0)
    collecting = gc.isenabled()
    gc.disable()  # half a million small lists live through all of it
    try:
        settlements = sources.settlements()
        where = divided(settlements)
        rows = [*country_rows(), *region_rows(settlements), *division_rows(settlements, where)]
        everything = chain(rows, settlement_rows(settlements, where))
        return write(path, everything, len(rows) + len(settlements), sources.source_version(), progress)
    finally:
        if collecting:
            gc.enable()
