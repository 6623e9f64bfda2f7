"""Where actors are at home whose words name no country."""

from __future__ import annotations

import pytest

from sayso.coding.bodies import body_of_name, is_of_the_world
from sayso.coding.coder import Coder
from sayso.coding.notables import notable, sector_then
from sayso.records import Actor


def actor(coder: Coder, text: str, words: str, published: str | None = None) -> Actor:
    """The actor that these words name."""
    coding = coder(text, published=published)
    return next(a for a in coding.actors if any(m.of(text) == words for m in a.mentions))


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("The police of Gulu arrested a clerk.", "The police of Gulu", "UGA"),
        ("Clashes went on in Oruro and La Paz. Police fired at the miners.", "Police", "BOL"),
        ("Peru recalled its envoy. His wife stayed in Lima.", "His wife", "PER"),
        ("The United Nations met in Geneva. A UN official spoke.", "The United Nations", None),
        ("Boko Haram burned a village in Niger.", "Boko Haram", "NGA"),
        ("The FBI questioned a man in Lagos.", "The FBI", "USA"),
        ("Officials in Chad, Peru, Laos and Fiji met. The minister spoke.", "The minister", None),
    ],
)
def test_the_country_is_that_of_its_words_or_of_what_the_article_speaks_of(
    coder: Coder, text: str, words: str, country: str | None
) -> None:
    """The actor's own words first; where the article speaks of many countries, none."""
    assert actor(coder, text, words).country == country


@pytest.mark.parametrize(
    ("name", "sectors", "country"),
    [
        ("Boko Haram", ("REB",), "NGA"),
        ("the Boko Haram", ("REB",), "NGA"),
        ("Kenya Boko Haram Commission", ("REB",), "NGA"),
        ("Senate Electoral Tribunal", ("JUD",), None),
        ("African Union", ("IGO",), ""),
    ],
)
def test_a_known_body_gives_its_sector_and_home(name: str, sectors: tuple[str, ...], country: str | None) -> None:
    """The longest known name; but the noun at the end of a name tells more than a name inside it."""
    assert body_of_name(name)[:2] == (sectors, country)
    assert is_of_the_world(name) == (country == "")


def test_office_holders_are_known_by_name_and_year() -> None:
    """A surname alone is enough where all who may be meant are of one state."""
    thatcher = notable(["Margaret Thatcher"], 1985)
    assert thatcher is not None
    assert (thatcher.country, sector_then(thatcher, 1985)) == ("GBR", "GOV")
    assert sector_then(thatcher, 2005) == "ELI"
    assert notable(["Merkel"], 2015) == notable(["Angela Merkel"], 2015)
    assert notable(["Hanna Merkel"], 2015) is None
    assert notable(["Zorvan Qell"], 2015) is None


def test_several_states_before_a_noun_are_several_actors(coder: Coder) -> None:
    """Each does what the phrase does."""
    text = "Hungarian and Romanian officials met in Arad."
    coding = coder(text)
    parties = [coding.find(p.actor) for e in coding.events for p in e.actors]
    assert [(a.name, a.country) for a in parties] == [("Hungarian officials", "HUN"), ("Romanian officials", "ROU")]
    assert [p.span.of(text) for e in coding.events for p in e.actors] == ["Hungarian", "Romanian officials"]
