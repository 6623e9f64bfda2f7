"""Countries by name, demonym, capital and seat of government.

Everything here is plain dictionaries made from ISO 3166 (pycountry) and `lexicon/countries.toml`; no gazetteer
file is opened.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Literal, NamedTuple

import pycountry

from sayso.errors import LexiconError
from sayso.gazetteer.normal import normal

Sense = Literal["name", "demonym", "capital", "seat"]

_ARTICLE = re.compile(r"^(?:the|el|la) ")
_POSSESSIVE = re.compile(r"(?:['’]s|['’])$")
_SIDE = re.compile(
    r"^(?:(?:north|south|east|west|northeast|northwest|southeast|southwest)(?:ern)?|central|rural|mainland|northerly|southerly"
    r"|present day|modern day|modern|neighbou?ring|post soviet|war torn|pre war) "
)
_PLURAL_ALIKE = ("ese", "ish", "ch", "ss", "s")


class Country(NamedTuple):
    """A country: ISO codes, a point in its middle in degrees, and its words."""

    alpha3: str
    alpha2: str
    name: str
    latitude: float
    longitude: float
    names: tuple[str, ...]
    demonyms: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True)
class _Index:
    countries: dict[str, Country]
    senses: dict[str, dict[Sense, str]]
    """By normalised words: the senses, and the alpha-3 code in each."""


def _iso() -> dict[str, tuple[str, str, list[str]]]:
    """alpha-2, common name and all names of ISO 3166 by alpha-3."""
    found: dict[str, tuple[str, str, list[str]]] = {"XKX": ("XK", "Kosovo", ["Kosovo"])}
    for one in pycountry.countries:
        names = [getattr(one, key) for key in ("common_name", "name", "official_name") if getattr(one, key, None)]
        names += [n.partition(",")[0] for n in names if n.count(",") == 1 and not n.startswith(("Korea", "Congo"))]
        found[one.alpha_3] = (one.alpha_2, names[0].partition(",")[0], names)
    return found


@cache
def _lexicon() -> dict[str, dict[str, Any]]:
    path = files("sayso.coding") / "lexicon" / "countries.toml"
    with path.open("rb") as stream:
        return tomllib.load(stream)


def _plurals(demonym: str) -> list[str]:
    return [demonym] if demonym.lower().endswith(_PLURAL_ALIKE) else [demonym, demonym + "s"]


@cache
def _index() -> _Index:
    countries: dict[str, Country] = {}
    senses: dict[str, dict[Sense, str]] = {}
    iso, lexicon = _iso(), _lexicon()
    for code in sorted(set(lexicon) - set(iso)):
        raise LexiconError(f"countries.toml: {code} is no ISO 3166-1 alpha-3 code")
    for code in sorted(iso):
        alpha2, name, names = iso[code]
        row = lexicon.get(code, {})
        latitude, longitude = row.get("at", (float("nan"), float("nan")))
        country = Country(
            code,
            alpha2,
            name,
            float(latitude),
            float(longitude),
            tuple(dict.fromkeys([*names, *row.get("names", [])])),
            tuple(row.get("demonyms", [])),
            tuple(row.get("capital", [])),
            tuple(row.get("seats", [])),
        )
        countries[code] = country
        # A name that the lexicon gives ("Congo", "Macedonia") is this country's, whatever ISO says.
        own = {normal(n) for n in row.get("names", [])}
        for words in country.names:
            key = _ARTICLE.sub("", normal(words))
            if normal(words) in own:
                senses.setdefault(key, {})["name"] = code
            else:
                senses.setdefault(key, {}).setdefault("name", code)
        for words in country.demonyms:
            for form in _plurals(words):
                senses.setdefault(normal(form), {}).setdefault("demonym", code)
        for words in country.capitals:
            senses.setdefault(_ARTICLE.sub("", normal(words)), {}).setdefault("capital", code)
        for words in country.seats:
            senses.setdefault(normal(words), {}).setdefault("seat", code)
    return _Index(countries, senses)


@lru_cache(maxsize=16384)
def senses(name: str) -> dict[Sense, str]:
    """The senses in which the words stand for a country, each with its alpha-3 code; empty for none.

    "Kuwaiti" → {"demonym": "KWT"}; "Moscow" → {"capital": "RUS"}. Case matters only where a word of the
    language is meant otherwise: "us", "turkey" and "polish" are no countries.
    """
    words = _POSSESSIVE.sub("", name.strip())
    if not words or not any(c.isupper() for c in words):
        return {}
    if words == "Us":
        return {}
    index = _index().senses
    key = _ARTICLE.sub("", normal(words))
    return index.get(key) or index.get(_SIDE.sub("", key)) or {}


def country_of(name: str) -> str | None:
    """The alpha-3 code of the country that a name, demonym, capital or seat of government stands for, or None.

    >>> country_of("Turkish"), country_of("the Netherlands"), country_of("Kyiv"), country_of("the Kremlin")
    ('TUR', 'NLD', 'UKR', 'RUS')
    """
    found = senses(name)
    return found.get("name") or found.get("demonym") or found.get("capital") or found.get("seat")


def is_demonym(name: str) -> bool:
    """Whether the words are a demonym and no country's name: "Turkish", "Afghans"."""
    found = senses(name)
    return "demonym" in found and "name" not in found


def country(alpha3: str) -> Country | None:
    """The country with this alpha-3 code."""
    return _index().countries.get(alpha3)


def named(name: str) -> Country | None:
    """The country that has this name (no demonyms, capitals or seats)."""
    code = senses(name).get("name")
    return _index().countries[code] if code else None


def alpha3(alpha2: str) -> str | None:
    """alpha-3 from alpha-2."""
    return _by_alpha2().get(alpha2)


@cache
def _by_alpha2() -> dict[str, str]:
    return {c.alpha2: c.alpha3 for c in _index().countries.values()}
