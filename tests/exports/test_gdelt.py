"""GDELT 2.0: 61 and 16 columns, codes as strings, and no column more."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.dossiers import HOSTILE, PLACE, all_of_them, changed, denied, disputed, nowhere
from sayso.exports.gdelt import event_id, events, goldstein, leads, mentions, quad_class, stamp
from sayso.exports.tellings import tellings
from sayso.exports.world import table
from sayso.ledger.dossier import Dossier
from sayso.records import Block

ACTOR = (
    "Code Name CountryCode KnownGroupCode EthnicCode Religion1Code Religion2Code Type1Code Type2Code Type3Code".split()
)
GEO = "Type FullName CountryCode ADM1Code ADM2Code Lat Long FeatureID".split()
EVENTS = [
    *"GLOBALEVENTID SQLDATE MonthYear Year FractionDate".split(),
    *(f"Actor{n}{name}" for n in (1, 2) for name in ACTOR),
    *"IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles".split(),
    "AvgTone",
    *(f"{whose}Geo_{name}" for whose in ("Actor1", "Actor2", "Action") for name in GEO),
    *"DATEADDED SOURCEURL".split(),
]
MENTIONS = (
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName MentionIdentifier SentenceID Actor1CharOffset "
    "Actor2CharOffset ActionCharOffset InRawText Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras"
).split()


def read(dossier: Dossier) -> list[dict[str, str]]:
    return [dict(zip(EVENTS, line.rstrip("\n").split("\t"), strict=True)) for line in events(dossier)]


def read_mentions(dossier: Dossier) -> list[dict[str, str]]:
    return [dict(zip(MENTIONS, line.rstrip("\n").split("\t"), strict=True)) for line in mentions(dossier)]


def test_every_line_has_61_or_16_columns() -> None:
    """Tabs and line ends in titles, names and addresses make no column and no row."""
    assert (len(EVENTS), len(MENTIONS)) == (61, 16)
    for dossier in all_of_them():
        assert "".join(events(dossier)).count("\n") == 1
        assert [line.count("\t") for line in events(dossier)] == [60]
        assert [line.count("\t") for line in mentions(dossier)] == [15] * len(dossier.incident.reports)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_no_words_of_a_document_break_a_line(words: str) -> None:
    dossier = disputed()
    coding = dossier.codings["city-1"]
    article = coding.article.model_copy(update={"outlet": words, "source": words})
    made = changed(dossier, because=words)._replace(
        codings={**dossier.codings, "city-1": coding.model_copy(update={"article": article})}
    )
    assert [len(line.splitlines()) for line in events(made)] == [1]
    assert [line.count("\t") for line in mentions(made)] == [15] * 3
    assert [len(line.splitlines()) for line in mentions(made)] == [1] * 3


def test_an_event_with_its_dates_codes_and_actors() -> None:
    (row,) = read(disputed())
    dates = [row[name] for name in ("SQLDATE", "MonthYear", "Year", "FractionDate")]
    assert dates == ["20220105", "202201", "2022", "2022.0137"]
    assert (row["Actor1Code"], row["Actor1Name"], row["Actor1CountryCode"]) == ("KAZOPPCVL", "rioters", "KAZ")
    assert [row[f"Actor1Type{n}Code"] for n in (1, 2, 3)] == ["OPP", "CVL", ""]
    assert (row["Actor2Code"], row["Actor2Type1Code"]) == ("KAZCOP", "COP")
    assert [row[name] for name in ("EventCode", "EventBaseCode", "EventRootCode")] == ["180", "180", "18"]
    assert (row["QuadClass"], row["GoldsteinScale"]) == ("4", "-9.0")
    assert (row["DATEADDED"], row["SOURCEURL"]) == ("20220106023000", "https://www.city.example/news?id=1")


def test_copies_are_articles_but_no_sources() -> None:
    (row,) = read(disputed())
    assert [row[name] for name in ("NumMentions", "NumSources", "NumArticles")] == ["3", "2", "3"]


def test_a_copy_of_what_is_not_here_counts_as_its_source() -> None:
    """Two copies of one absent article are one source."""
    dossier = disputed()
    reports = [r.model_copy(update={"copy_of": "absent"}) for r in dossier.incident.reports]
    assert read(changed(dossier, reports=tuple(reports)))[0]["NumSources"] == "1"


def test_codes_keep_their_zeros() -> None:
    (row,) = read(changed(disputed(), cameo="0871"))
    assert [row[name] for name in ("EventCode", "EventBaseCode", "EventRootCode")] == ["0871", "087", "08"]
    assert (row["QuadClass"], row["GoldsteinScale"]) == ("2", "9.0")


@pytest.mark.parametrize(
    ("code", "value", "quad"),
    [
        ("010", 0.0, 1), ("0256", -0.3, 1), ("057", 8.0, 1), ("0334", 6.0, 1), ("0331", 5.2, 1), ("060", 6.0, 2),
        ("0874", 10.0, 2), ("0873", 9.0, 2), ("090", -2.0, 3), ("1246", -4.0, 3), ("130", -4.4, 3), ("1384", -7.0, 3),
        ("145", -7.5, 4), ("1712", -9.2, 4), ("182", -9.5, 4), ("1821", -9.0, 4), ("1823", -10.0, 4), ("195", -10.0, 4),
        ("2042", -10.0, 4),
    ],
)  # fmt: skip
def test_goldstein_and_quad_class_of_cameo_codes(code: str, value: float, quad: int) -> None:
    assert goldstein(code) == value
    assert quad_class(code) == quad


def test_every_root_has_a_value_and_a_class() -> None:
    for root in (f"{n:02}" for n in range(1, 21)):
        assert goldstein(root) is not None
        assert quad_class(root) in (1, 2, 3, 4)
    assert goldstein("99") is quad_class("99") is None
    assert all(-10 <= value <= 10 for value in table("gdelt.toml")["goldstein"].values())


@pytest.mark.parametrize(
    ("changes", "kind", "fips", "adm1"),
    [
        ({}, "4", "KZ", ""),
        ({"precision": "admin1"}, "5", "KZ", ""),
        ({"precision": "country", "name": "Kazakhstan", "admin1": None}, "1", "KZ", "KZ"),
        ({"country": "USA", "admin1": "Ohio", "name": "Dayton"}, "3", "US", "USOH"),
        ({"country": "USA", "admin1": None, "name": "Ohio", "precision": "admin1"}, "2", "US", "USOH"),
        ({"country": None, "precision": "region"}, "", "", ""),
    ],
)
def test_geo_types_and_fips_codes(changes: dict[str, str | None], kind: str, fips: str, adm1: str) -> None:
    (row,) = read(changed(disputed(), place=PLACE.model_copy(update=changes)))
    found = [row[f"ActionGeo_{name}"] for name in ("Type", "CountryCode", "ADM1Code")]
    assert found == [kind, fips, adm1]


def test_what_is_not_located_has_geo_type_0_and_nothing_else() -> None:
    (row,) = read(nowhere())
    for whose in ("Actor1", "Actor2", "Action"):
        assert [row[f"{whose}Geo_{name}"] for name in GEO] == ["0", *[""] * 7]
    assert [row[name] for name in ("SQLDATE", "MonthYear", "Year", "FractionDate", "DATEADDED")] == [""] * 5


def test_cameos_own_names_of_countries() -> None:
    dossier = disputed()
    coding = dossier.codings["city-1"]
    actors = tuple(a.model_copy(update={"country": "ROU"}) for a in coding.actors)
    made = dossier._replace(codings={**dossier.codings, "city-1": coding.model_copy(update={"actors": actors})})
    assert read(made)[0]["Actor1Code"] == "ROMOPPCVL"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_event_ids_are_stable_and_of_63_bits(identifier: str) -> None:
    assert event_id(identifier) == event_id(identifier)
    assert 0 <= event_id(identifier) < 2**63


def test_event_ids_are_those_of_earlier_exports() -> None:
    assert event_id("i1") == 2768829435300798324


def test_mentions_join_their_event_and_say_where_the_words_are() -> None:
    rows = read_mentions(disputed())
    assert {row["GLOBALEVENTID"] for row in rows} == {read(disputed())[0]["GLOBALEVENTID"]}
    web, text, _ = rows
    assert (web["MentionType"], web["MentionSourceName"]) == ("1", "city.example")
    assert web["MentionIdentifier"] == "https://www.city.example/news?id=1"
    assert (text["MentionType"], text["MentionSourceName"], text["MentionIdentifier"]) == ("2", "Wire", "wire-1.txt")
    assert (web["EventTimeDate"], text["MentionTimeDate"]) == ("20220106023000", "20220107000000")
    assert (web["Confidence"], web["InRawText"]) == ("84", "1")
    words = disputed().codings["city-1"].article.text
    offsets = [int(web[name]) for name in ("Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset")]
    assert [words[at:].split()[0] for at in offsets] == ["Rioters", "guards", "killed"]
    assert int(web["MentionDocLen"]) == len(words)


def test_an_actor_that_is_not_named_has_no_offset() -> None:
    assert read_mentions(denied())[0]["Actor1CharOffset"] == "-1"


def test_extras_carry_what_gdelt_has_no_column_for() -> None:
    said = [json.loads(row["Extras"]) for row in read_mentions(disputed())]
    assert [one["origin"] for one in said] == ["the interior ministry", "A nurse", None]
    assert said[0]["channels"] == ["Radio North"]
    assert (said[2]["copy_of"], said[2]["voices"]) == ("wire-1", ["A nurse"])
    assert {(one["standing"], one["realis"]) for one in said} == {("disputed", "actual")}
    assert json.loads(read_mentions(denied())[0]["Extras"])["denied_by"] == ["army spokesman Rado"]
    assert " ".join(HOSTILE.split()) in json.loads(read_mentions(nowhere())[0]["Extras"])["words"]


def test_an_incident_without_a_cameo_code_is_in_neither_table() -> None:
    made = changed(disputed(), cameo=None)
    assert list(events(made)) == list(mentions(made)) == []


def test_a_root_event_stands_in_the_headline_or_the_first_paragraph() -> None:
    dossier = disputed()
    city = tellings(dossier)[0]
    assert leads(city)
    coding = dossier.codings["city-1"]
    start = city.event.span.start
    blocks = (Block(kind="title", start=0, end=5), Block(kind="body", start=6, end=start))
    article = coding.article.model_copy(update={"blocks": blocks})
    later = dossier._replace(codings={**dossier.codings, "city-1": coding.model_copy(update={"article": article})})
    assert not leads(tellings(later)[0])


@pytest.mark.parametrize(
    ("published", "expected"),
    [("2022-01-06T00:30:00+06:00", "20220105183000"), ("2022-01-06", "20220106000000"), (None, ""), ("soon", "")],
)
def test_times_are_utc_without_marks(published: str | None, expected: str) -> None:
    assert stamp(published) == expected
