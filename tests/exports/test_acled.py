"""ACLED's columns: its order, its words, and nothing that nobody said."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.dossiers import PLACE, WIRE_NEWS, all_of_them, changed, denied, disputed, nowhere
from sayso.exports.acled import COLUMNS, EXTENSIONS, category, disorder_type, fatalities, header, interaction, rows
from sayso.exports.spreadsheet import FORMULA
from sayso.exports.tellings import Named
from sayso.exports.world import table
from sayso.ledger.dossier import Dossier
from sayso.records import Acled, Span, Value

ORDER = (
    "event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 "
    "assoc_actor_2 inter2 interaction civilian_targeting iso region country admin1 admin2 admin3 location latitude longitude "
    "geo_precision source source_scale notes fatalities tags timestamp"
).split()
CATEGORIES = {
    "State forces", "Rebel group", "Political militia", "Identity militia", "Rioters", "Protesters", "Civilians",
    "External/Other forces",
}  # fmt: skip


def read(*dossiers: Dossier) -> list[dict[str, str]]:
    text = header() + "".join(line for dossier in dossiers for line in rows(dossier))
    return list(csv.DictReader(io.StringIO(text, newline="")))


def toll(low: float | None, origin: str, published: str, high: float | None = None) -> Value:
    return Value(value=str(low), low=low, high=high, article="x", span=Span(0, 1), origin=origin, published=published)


def test_the_31_columns_come_first_in_acleds_order() -> None:
    assert list(COLUMNS) == ORDER
    assert header().rstrip("\n").split(",") == [*ORDER, *EXTENSIONS]
    assert all(name.startswith("sayso_") for name in EXTENSIONS)


def test_a_riot_with_a_disputed_toll() -> None:
    (row,) = read(disputed())
    assert (row["event_id_cnty"], row["event_date"], row["year"], row["time_precision"]) == (
        "i1",
        "2022-01-05",
        "2022",
        "1",
    )
    assert (row["disorder_type"], row["event_type"]) == ("Political violence", "Riots")
    assert (row["actor1"], row["inter1"], row["actor2"], row["inter2"]) == (
        "rioters",
        "Rioters",
        "guards",
        "State forces",
    )
    assert (row["interaction"], row["civilian_targeting"]) == ("State forces-Rioters", "")
    assert (row["iso"], row["region"], row["country"]) == ("398", "Caucasus and Central Asia", "Kazakhstan")
    assert (row["location"], row["admin1"], row["geo_precision"]) == ("Almaty", "Almaty", "1")
    assert (float(row["latitude"]), float(row["longitude"])) == (PLACE.latitude, PLACE.longitude)
    assert row["source"] == "City News; Wire; Copycat Daily"
    assert row["timestamp"] == "1641513600"


def test_one_careful_toll_and_all_of_them_in_the_notes() -> None:
    (row,) = read(disputed())
    assert row["fatalities"] == "3"
    assert row["notes"].count("According to") == 2
    assert "According to A nurse: “rioters had killed 3 guards" in row["notes"]
    assert "at least 12 (the interior ministry, 2022-01-06T08:30:00+06:00); 3 (A nurse, 2022-01-07)" in row["notes"]


def test_quoted_words_are_quoted_once() -> None:
    dossier = disputed()
    coding = dossier.codings["wire-1"]
    text = WIRE_NEWS.replace("rioters", "“Locals").replace("Wednesday", "Wednesda”")
    article = coding.article.model_copy(update={"text": text})
    (row,) = read(
        dossier._replace(codings={**dossier.codings, "wire-1": coding.model_copy(update={"article": article})})
    )
    assert "According to A nurse: “Locals had killed 3 guards at the city hall on Wednesda”." in row["notes"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], 0),
        ([toll(12, "a", "2022-01-01"), toll(20, "a", "2022-01-02")], 20),
        ([toll(12, "a", "2022-01-01"), toll(20, "a", "2022-01-02"), toll(15, "b", "2022-01-01")], 15),
        ([toll(None, "a", "2022-01-01", high=40)], 0),
        ([toll(None, "a", "2022-01-01", high=40), toll(2, "b", "2022-01-01")], 2),
    ],
)
def test_fatalities_are_the_lowest_of_what_each_origin_said_last(values: list[Value], expected: int) -> None:
    """An origin's earlier figures are replaced by its later ones; an upper bound alone is no number of dead."""
    assert fatalities(values) == expected


def test_what_is_unknown_is_an_empty_cell() -> None:
    (row,) = read(nowhere())
    unknown = (
        "event_date year time_precision iso region country admin1 admin2 admin3 location latitude longitude geo_precision "
        "source_scale timestamp assoc_actor_1 inter2 interaction tags civilian_targeting"
    )
    assert {row[name] for name in unknown.split()} == {""}
    assert row["fatalities"] == "0"


def test_attribution_realis_and_standing_travel() -> None:
    first, second, third = read(*all_of_them())
    assert first["sayso_standing"] == "disputed"
    assert first["sayso_origins"] == "the interior ministry (speaker); A nurse (speaker)"
    assert (first["sayso_realis"], first["sayso_voices"]) == ("actual", "the interior ministry; A nurse")
    assert first["sayso_reports"] == "city-1/e1; wire-1/e1; copy-1/e1"
    assert (second["sayso_standing"], second["sayso_origins"]) == ("unattributed", "")
    assert (third["sayso_because"], third["sayso_denials"]) == ("denied by Rado", "army spokesman Rado")


def test_an_incident_without_a_type_of_acleds_has_no_row() -> None:
    assert read(changed(disputed(), acled=None)) == []


def test_no_cell_is_a_formula() -> None:
    """Words of documents never begin as a formula does; numbers below zero stay numbers."""
    _, hostile, south = read(*all_of_them())
    assert hostile["actor2"] == '\'=cmd("x") "quoted" next; 🔥é'
    assert (south["latitude"], south["longitude"]) == ("-33.5", "-70.5")
    assert not [
        cell for name, cell in hostile.items() if cell.startswith(FORMULA) and name not in ("latitude", "longitude")
    ]


@pytest.mark.parametrize(
    ("end", "precision"),
    [("2022-01-05", "1"), ("2022-01-11", "2"), ("2022-01-12", "3"), ("2022-12-31", "3"), (None, "")],
)
def test_time_precision_is_day_week_or_more(end: str | None, precision: str) -> None:
    assert read(changed(disputed(), end=end))[0]["time_precision"] == precision


@pytest.mark.parametrize(
    ("precision", "number"),
    [("facility", "1"), ("settlement", "1"), ("admin2", "2"), ("admin1", "3"), ("country", "3")],
)
def test_geo_precision_says_how_much_the_point_means(precision: str, number: str) -> None:
    place = PLACE.model_copy(update={"precision": precision})
    assert read(changed(disputed(), place=place))[0]["geo_precision"] == number


def test_a_place_that_is_not_located_keeps_its_name_without_a_point() -> None:
    place = PLACE.model_copy(update={"latitude": None, "longitude": None})
    (row,) = read(changed(disputed(), place=place))
    assert (row["location"], row["latitude"], row["longitude"], row["geo_precision"]) == ("Almaty", "", "", "")


@pytest.mark.parametrize(
    ("event_type", "sub_event_type", "expected"),
    [
        ("Protests", "Peaceful protest", "Demonstrations"),
        ("Protests", "Protest with intervention", "Demonstrations"),
        ("Protests", "Excessive force against protesters", "Political violence; Demonstrations"),
        ("Riots", "Violent demonstration", "Demonstrations"),
        ("Riots", "Mob violence", "Political violence"),
        ("Battles", "Armed clash", "Political violence"),
        ("Explosions/Remote violence", "Grenade", "Political violence"),
        ("Violence against civilians", "Attack", "Political violence"),
        ("Strategic developments", "Arrests", "Strategic developments"),
    ],
)
def test_disorder_type_follows_the_codebook(event_type: str, sub_event_type: str, expected: str) -> None:
    assert disorder_type(Acled(event_type=event_type, sub_event_type=sub_event_type)) == expected


@pytest.mark.parametrize(
    ("event_type", "side", "sectors", "nation", "expected"),
    [
        ("Battles", "actors", ("MIL",), "KAZ", "State forces"),
        ("Battles", "actors", ("MIL",), None, "State forces"),
        ("Battles", "actors", ("MIL",), "RUS", "External/Other forces"),
        ("Battles", "actors", ("IGO",), None, "External/Other forces"),
        ("Battles", "recipients", ("REB",), "KAZ", "Rebel group"),
        ("Battles", "actors", ("CRM",), "KAZ", "Political militia"),
        ("Battles", "actors", ("AGR",), "KAZ", "Identity militia"),
        ("Violence against civilians", "actors", ("PTY",), "KAZ", "Political militia"),
        ("Violence against civilians", "actors", ("OPP", "CVL"), "KAZ", "Rioters"),
        ("Protests", "actors", ("LAB",), "KAZ", "Protesters"),
        ("Protests", "actors", (), None, "Protesters"),
        ("Riots", "actors", ("CVL",), None, "Rioters"),
        ("Riots", "recipients", ("CVL",), None, "Civilians"),
        ("Violence against civilians", "recipients", ("GOV",), "KAZ", "Civilians"),
        ("Battles", "actors", (), "KAZ", ""),
    ],
)
def test_inter_is_read_from_sectors_and_event_type(
    event_type: str, side: str, sectors: tuple[str, ...], nation: str | None, expected: str
) -> None:
    acled = Acled(event_type=event_type, sub_event_type="")
    assert category(acled, side, Named("x", nation, sectors), "KAZ") == expected


def test_the_tables_use_acleds_categories_only() -> None:
    rules = table("acled.toml")
    assert {row["name"] for row in rules["inter"]} == set(rules["interaction"]["order"]) == CATEGORIES


@given(st.sampled_from(sorted(CATEGORIES)), st.sampled_from(sorted(CATEGORIES)))
def test_interaction_does_not_say_who_did_it(first: str, second: str) -> None:
    """Two categories make one text in either order; one alone says so; an unknown one leaves it empty."""
    assert interaction(first, second, alone=False) == interaction(second, first, alone=False)
    assert interaction(first, "", alone=True) == f"{first} only"
    assert interaction(first, "", alone=False) == ""


def test_interactions_are_spelled_as_acled_spells_them() -> None:
    assert interaction("Rebel group", "State forces", alone=False) == "State forces-Rebel group"
    assert interaction("Civilians", "External/Other forces", alone=False) == "External/Other forces-Civilians"


def test_civilian_targeting_where_civilians_are_hit() -> None:
    (strike,) = read(denied())
    assert (strike["actor1"], strike["inter2"], strike["civilian_targeting"]) == ("", "Civilians", "Civilian targeting")
    assert strike["interaction"] == "Civilians only"
    protest = changed(disputed(), acled=Acled(event_type="Protests", sub_event_type="Peaceful protest"))
    assert read(protest)[0]["civilian_targeting"] == ""


def test_demonstrations_are_tagged_with_the_size_of_the_crowd() -> None:
    protest = Acled(event_type="Protests", sub_event_type="Peaceful protest")
    assert read(changed(disputed(), acled=protest))[0]["tags"] == "crowd size=no report"
    crowd = Value(value="about 300", article="city-1", span=Span(0, 1))
    assert (
        read(changed(disputed(), acled=protest, values={"participants": (crowd,)}))[0]["tags"] == "crowd size=about 300"
    )


def test_the_id_does_not_change_when_the_country_becomes_known() -> None:
    assert read(changed(disputed(), place=None))[0]["event_id_cnty"] == read(disputed())[0]["event_id_cnty"]
