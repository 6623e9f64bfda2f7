"""Places are found, told apart, and given to the events that happened there."""

from __future__ import annotations

import pytest

from sayso.coding.coder import Coder
from sayso.coding.place_words import Toponym
from sayso.coding.ranges import Range
from sayso.coding.resolution import Resolver
from sayso.gazetteer.lookup import Candidate, gazetteer
from sayso.records import Coding, Place


def place_at(coding: Coding, words: str) -> Place | None:
    """The place with a mention that overlaps these words."""
    start = coding.article.text.index(words)
    end = start + len(words)
    return next((p for p in coding.places if any(m.start < end and start < m.end for m in p.mentions)), None)


def resolve(
    *names: str, containers: dict[str, str] | None = None, hints: dict[str, float] | None = None
) -> dict[str, Candidate | None]:
    toponyms = {name: Toponym(Range(2 * i, 2 * i + 1), name, "LOC") for i, name in enumerate(names)}
    for inner, outer in (containers or {}).items():
        toponyms[inner].container = toponyms[outer]
    groups = Resolver(gazetteer(), hints or {}).resolve(list(toponyms.values()))
    return {t.name: g.choice for g in groups for t in g.toponyms}


@pytest.mark.parametrize(
    ("inner", "outer", "country"),
    [
        ("Paris", "Texas", "USA"), ("Birmingham", "Alabama", "USA"), ("London", "Ontario", "CAN"), ("Tripoli", "Lebanon", "LBN"),
        ("Cordoba", "Argentina", "ARG"), ("Cambridge", "Mass.", "USA"), ("San Jose", "Costa Rica", "CRI"), ("Rome", "Georgia", "USA"),
    ],
)  # fmt: skip
def test_a_container_decides(inner: str, outer: str, country: str) -> None:
    """The place that is written behind a name says which one is meant, and the name says which container."""
    found = resolve(inner, outer, containers={inner: outer})
    assert [c.country for c in found.values() if c] == [country, country]


def test_alone_the_great_city_is_meant() -> None:
    """Without other evidence a name means its best-known place."""
    found = resolve("Paris", "Tripoli", "Santiago", "Hyderabad")
    assert [c.country for c in found.values() if c] == ["FRA", "LBY", "CHL", "IND"]


def test_the_article_s_country_decides() -> None:
    """Other words of the article lead to the smaller namesake."""
    found = resolve("Cordoba", "Rosario", "Mendoza", hints={"ARG": 4.0})
    assert {c.country for c in found.values() if c} == {"ARG"}


def test_a_country_goes_before_its_namesake_state() -> None:
    found = resolve("Georgia", "Tbilisi", "Armenia")
    assert found["Georgia"] is not None
    assert found["Georgia"].precision == "country"


def test_old_and_new_names_are_one_place(coder: Coder) -> None:
    """A renamed city is one place with both of its names as mentions."""
    coding = coder("The governor flew to Alma-Ata on Monday. In Almaty, shops were closed. Almaty is in Kazakhstan.")
    place = place_at(coding, "Alma-Ata")
    assert place is not None
    assert place.geonameid == 1526384
    assert place is place_at(coding, "Almaty, shops")


def test_demonyms_and_persons_are_no_places(coder: Coder) -> None:
    coding = coder("Turkish soldiers met Paris Hilton and two Germans in Nairobi on Friday.")
    assert place_at(coding, "Turkish") is None
    assert place_at(coding, "Germans") is None
    nairobi = place_at(coding, "Nairobi")
    assert nairobi is not None
    assert nairobi.country == "KEN"


def test_the_agency_of_a_dateline_and_a_titled_person_are_no_places(coder: Coder) -> None:
    text = "KANO, March 3 (Highland Wire) - Police shot two men in Kano on Sunday, said President Yusuf Marwa.\n"
    coding = coder(text, published="2019-03-03")
    assert place_at(coding, "Highland Wire") is None
    assert place_at(coding, "Yusuf Marwa") is None
    assert place_at(coding, "Kano on Sunday") is not None


def test_common_words_before_a_name_are_left_out(coder: Coder) -> None:
    coding = coder(
        "Rebels killed six farmers in northern Kenya on Friday, police said in Nairobi.", published="2019-03-03"
    )
    place = place_at(coding, "Kenya")
    assert place is not None
    assert place.country == "KEN"


def test_an_airport_is_a_facility_in_its_city(coder: Coder) -> None:
    coding = coder("Gunmen attacked the Karachi airport on Sunday, police in Pakistan said.")
    place = place_at(coding, "Karachi")
    assert place is not None
    assert (place.precision, place.country) == ("facility", "PAK")


def test_an_unknown_place_stays_without_coordinates(coder: Coder) -> None:
    coding = coder("Two farmers were killed in Qwerbalikhet on Monday, officials in Kenya said.")
    place = place_at(coding, "Qwerbalikhet")
    assert place is None or (place.latitude is None and place.score == 0)


@pytest.mark.parametrize(
    ("text", "trigger", "place"),
    [
        ("Police in Lyon said a bomb exploded in Marseille on Sunday.", "exploded", "Marseille"),
        ("Rebels stormed a prison in Goma on Tuesday.", "stormed", "Goma"),
        ("Hundreds of nurses protested in Warsaw on Monday.", "protested", "Warsaw"),
        ("In Karachi, gunmen killed two lawyers.", "killed", "Karachi"),
        ("Two men from Cardiff were arrested in Naples on Friday.", "arrested", "Naples"),
    ],
)
def test_events_happen_at_their_own_locative(coder: Coder, text: str, trigger: str, place: str) -> None:
    """The place of an event is where grammar says that it happened, not the nearest name."""
    coding = coder(text)
    at = text.index(trigger)
    event = next(e for e in coding.events if e.trigger.start <= at < e.trigger.end)
    found = coding.find(event.place)
    assert found is not None
    assert found.name == place
    assert "place:" in event.because


def test_speakers_and_origins_are_no_sites(coder: Coder) -> None:
    """A capital that speaks, or a place that somebody comes from, is not where it happened."""
    text = "Moscow said saboteurs from Riga had attacked a pipeline."
    coding = coder(text)
    assert all(coding.find(e.place) is None for e in coding.events)


def test_codings_are_the_same_every_time(coder: Coder) -> None:
    text = "Clashes broke out in Springfield, Illinois, and Portland, Oregon. Police in Portland arrested nine people."
    assert coder(text).to_json() == coder(text).to_json()


def test_an_act_is_where_its_relative_clause_says_it_began(coder: Coder) -> None:
    coding = coder(
        "Riots in Kenya, which broke out in the town of Kisumu, spread to other cities.", published="2018-02-03"
    )
    place = coding.find(next(e for e in coding.events if e.type == "PROTEST").place)
    assert place.name == "Kisumu"


@pytest.mark.parametrize(
    ("text", "words", "country"),
    [
        ("Prosecutors questioned the treasurer of Iquitos.", "Iquitos", "PER"),
        ("The police of Jalal-Abad freed nine men.", "Jalal-Abad", "KGZ"),
        ("Two pilots were held under guard in Malé.", "Malé", "MDV"),
        ("Six held in Limoges over theft of a painting", "Limoges", "FRA"),
        ("A singer was detained in Одеса on Monday.", "Одеса", "UKR"),
        ("Two men were arrested in Tripoli, northern Lebanon.", "Tripoli", "LBN"),
        ("Swaziland freed two singers.", "Swaziland", "SWZ"),
        ("Raiders burned a lorry at Lokwamosing in Kenya.", "Lokwamosing", "KEN"),
    ],
)
def test_places_are_found_where_the_entities_are_silent(coder: Coder, text: str, words: str, country: str) -> None:
    """Behind "in", "of" an office, with an old name, another script, or a container: the country at least is known."""
    place = place_at(coder(text), words)
    assert place is not None
    assert place.country == country


def test_a_dateline_is_read_and_serves_the_story(coder: Coder) -> None:
    """The town of an inline dateline is a place, as written, and that of what follows without one."""
    coding = coder("BISHKEK, March 4 (Newswire) — Drivers blocked the ring road on Friday.")
    place = place_at(coding, "BISHKEK")
    assert place is not None
    assert (place.name, place.country) == ("BISHKEK", "KGZ")
    assert {e.place for e in coding.events if e.type == "PROTEST"} == {place.id}


def test_a_town_in_capitals_at_the_head_of_a_line_is_a_place(coder: Coder) -> None:
    coding = coder("TASHKENT. Two men were shot on Friday.")
    place = place_at(coding, "TASHKENT")
    assert place is not None
    assert place.country == "UZB"
    assert not [a for a in coding.actors if a.name == "TASHKENT"]


def test_a_former_name_in_brackets_is_the_same_place(coder: Coder) -> None:
    coding = coder("Dockers went on strike in Aktau (Shevchenko) and in Mumbai (Bombay).")
    assert place_at(coding, "Shevchenko") == place_at(coding, "Aktau")
    assert place_at(coding, "Bombay") == place_at(coding, "Mumbai")


def test_the_killing_is_where_it_was_done_and_the_verdict_where_the_court_sits(coder: Coder) -> None:
    coding = coder("A Zagreb court convicted two men over the killing of a singer in Osijek.")
    names = {p.id: p.name for p in coding.places}
    placed = {e.type: names.get(e.place or "") for e in coding.events}
    assert placed["ASSAULT"] == "Osijek"
    assert placed["SANCTION"] == "Zagreb"


def test_an_act_in_two_towns_is_an_event_in_each(coder: Coder) -> None:
    coding = coder("Gunmen attacked police stations in Kisumu and Mombasa on Friday.", published="2018-02-03")
    assert {coding.find(e.place).name for e in coding.events if e.type == "ASSAULT"} == {"Kisumu", "Mombasa"}
