"""Countries as the exported formats call them: ACLED's names and regions, ISO numbers, FIPS 10-4 (table: world.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

import pycountry


class Country(NamedTuple):
    """`region` is ACLED's; `numeric` is ISO 3166-1 numeric, `fips` is FIPS 10-4, each None where there is none."""

    alpha3: str
    name: str
    region: str
    numeric: int | None
    fips: str | None


def table(name: str) -> dict[str, Any]:
    """A TOML table that lies beside this module."""
    return tomllib.loads((files(__package__) / name).read_text("utf-8"))


@cache
def _countries() -> dict[str, Country]:
    return {
        alpha3: Country(alpha3, row["name"], row["region"], _numeric(alpha3), row.get("fips"))
        for alpha3, row in table("world.toml").items()
    }


def _numeric(alpha3: str) -> int | None:
    found = pycountry.countries.get(alpha_3=alpha3)
    return int(found.numeric) if found else None


def country(alpha3: str | None) -> Country | None:
    """The country with this ISO 3166-1 alpha-3 code (XKX: Kosovo), or None."""
    return _countries().get(alpha3 or "")


def us_state(name: str) -> str | None:
    """The postal code of a state of the United States by its name: "Ohio" → "OH"; None for what is no state."""
    return next((code for code, known in _us_states().items() if known == name.casefold()), None)


@cache
def _us_states() -> dict[str, str]:
    return {s.code.removeprefix("US-"): s.name.casefold() for s in pycountry.subdivisions if s.country_code == "US"}
