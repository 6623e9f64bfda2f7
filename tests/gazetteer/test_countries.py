"""Countries are found by what newspapers call them."""

from __future__ import annotations

import math

import pycountry
import pytest

from sayso.gazetteer import countries
from sayso.gazetteer.countries import country, country_of, is_demonym, senses


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("Turkish", "TUR"), ("Turks", "TUR"), ("the Netherlands", "NLD"), ("Ivory Coast", "CIV"), ("Burma", "MMR"),
        ("UK", "GBR"), ("U.S.", "USA"), ("Kyiv", "UKR"), ("Moscow", "RUS"), ("the Kremlin", "RUS"), ("White House", "USA"),
        ("Kazakhstanis", "KAZ"), ("Russia's", "RUS"), ("southern Yemen", "YEM"), ("North Korea", "PRK"), ("Congo", "COD"),
        ("Niger", "NER"), ("Nigeriens", "NER"), ("Nigerians", "NGA"), ("Frenchmen", "FRA"), ("Republic of Moldova", "MDA"),
    ],
)  # fmt: skip
def test_words_for_a_country(words: str, code: str) -> None:
    """Names, demonyms, capitals and seats of government give the country's alpha-3 code."""
    assert country_of(words) == code


@pytest.mark.parametrize("words", ["us", "Us", "turkey", "polish", "", "  ", "Atlantis", "Western", "’s"])
def test_words_for_no_country(words: str) -> None:
    """Lower-case words of the language and unknown names are no country."""
    assert country_of(words) is None


def test_the_sense_is_told() -> None:
    """A demonym is told from a name: only the name is a place."""
    assert senses("Kuwaiti") == {"demonym": "KWT"}
    assert "name" in senses("Kuwait")
    assert is_demonym("Afghans")
    assert not is_demonym("Afghanistan")


def test_every_member_state_has_a_point_and_a_people() -> None:
    """Each country of the lexicon lies on the globe; all but a handful of ISO's small territories are in it."""
    found = [country(c.alpha_3) for c in pycountry.countries]
    located = [c for c in found if c and not math.isnan(c.latitude)]
    assert len(located) > 220
    assert all(-90 <= c.latitude <= 90 and -180 <= c.longitude <= 180 for c in located)


def test_alpha2_and_alpha3_agree() -> None:
    assert countries.alpha3("KZ") == "KAZ"
    assert countries.alpha3("XK") == "XKX"
    assert countries.alpha3("??") is None
