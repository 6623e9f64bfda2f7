"""What exporters share: reports with their voices, moments, parties, origins, countries and names."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.dossiers import HOSTILE, all_of_them, changed, denied, disputed, nowhere
from sayso.errors import LedgerError
from sayso.exports.iris import identifier, iri, url
from sayso.exports.tellings import (
    UNNAMED,
    denying_words,
    host,
    latest,
    moment,
    outlet,
    parties,
    seconds,
    tellings,
    whose,
)
from sayso.exports.world import country, table, us_state
from sayso.records import Article, Denial, Span, Value


def test_each_report_is_told_by_its_innermost_voice() -> None:
    told = tellings(disputed())
    assert [t.teller for t in told] == ["the interior ministry", "A nurse", "A nurse"]
    assert [t.origin.name if t.origin else None for t in told] == ["the interior ministry", "A nurse", None]
    assert told[0].clause == "Rioters killed at least 12 guards in Almaty on Wednesday"


def test_an_article_that_speaks_for_itself_is_named_by_its_outlet() -> None:
    dossier = disputed()
    coding = dossier.codings["city-1"]
    own = coding.model_copy(update={"events": (coding.events[0].model_copy(update={"statements": ()}),)})
    assert tellings(dossier._replace(codings={**dossier.codings, "city-1": own}))[0].teller == "City News"


@pytest.mark.parametrize("missing", ["city-1", "copy-1"])
def test_a_report_that_is_not_at_hand_is_named(missing: str) -> None:
    dossier = disputed()
    without = {name: coding for name, coding in dossier.codings.items() if name != missing}
    with pytest.raises(LedgerError, match=f"incident i1.*{missing}"):
        tellings(dossier._replace(codings=without))


def test_a_report_of_an_event_that_was_not_coded_is_named() -> None:
    dossier = disputed()
    empty = dossier.codings["wire-1"].model_copy(update={"events": ()})
    with pytest.raises(LedgerError, match="event e1 of article wire-1"):
        tellings(dossier._replace(codings={**dossier.codings, "wire-1": empty}))


def test_days_and_zones_are_put_in_one_order() -> None:
    """A day is its first second in UTC; a time with a zone is turned; what is no date is not known."""
    assert seconds("2022-01-07") == 1641513600
    assert seconds("2022-01-07T06:00:00+06:00") == seconds("2022-01-07T00:00:00Z") == 1641513600
    assert moment("yesterday") is moment(None) is None


def test_the_latest_values_are_those_of_each_origin() -> None:
    def value(low: int, origin: str, published: str | None) -> Value:
        return Value(value=str(low), low=low, origin=origin, article="x", span=Span(0, 1), published=published)

    kept = latest(
        [value(9, "a", None), value(5, "a", "2022-01-02"), value(7, "a", "2022-01-01T23:00:00Z"), value(1, "b", None)]
    )
    assert [v.low for v in kept] == [5, 1]


def test_parties_are_named_once_with_what_is_known_of_them() -> None:
    """The words of two articles for one party are one party, with its country and codes."""
    (rioters,) = parties(disputed(), "actors")
    assert (rioters.name, rioters.country, rioters.sectors) == ("rioters", "KAZ", ("OPP", "CVL"))
    assert parties(disputed(), "nothing") == []


def test_a_party_that_most_origins_name_comes_first() -> None:
    dossier = disputed()
    known = dossier.incident.values["actors"]
    lone = Value(value="strangers", article="elsewhere", span=Span(0, 9), origin="o1")
    named = parties(changed(dossier, values={"actors": (lone, *known)}), "actors")
    assert [p.name for p in named] == ["rioters", "strangers"]
    assert named[1].sectors == ()


def test_whose_word_it_is_falls_back_from_speaker_to_origin_to_nobody() -> None:
    incident = disputed().incident
    assert whose(incident, "o1", "Ms. X") == "Ms. X"
    assert whose(incident, "o1") == "the interior ministry"
    assert whose(incident, None) == UNNAMED


def test_a_denial_has_the_words_of_its_statement() -> None:
    dossier = denied()
    (denial,) = dossier.incident.denials
    assert denying_words(dossier, denial) == "“Nothing of the kind happened,”"
    assert denying_words(dossier, denial.model_copy(update={"statement": None})) == "happened"
    assert denying_words(dossier, Denial(article="elsewhere", span=Span(0, 1))) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("https://www.city.example/a", "city.example"),
        ("http://[broken", ""),
        ("a/b.txt", ""),
        ("", ""),
    ],
)
def test_the_host_of_what_is_no_url_is_empty(source: str, expected: str) -> None:
    assert host(source) == expected


def test_an_outlet_is_never_nameless() -> None:
    assert outlet(Article(id="x", text="", source="https://www.a.example/1")) == "a.example"
    assert outlet(Article(id="x", text="", source="a.txt")) == "a.txt"
    assert outlet(Article(id="x", text="")) == "x"


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_names_carry_ids_whole(name: str) -> None:
    """An IRI is ASCII without spaces, and gives its id back, and no other kind's."""
    made = iri("annotation", name)
    assert made.isascii()
    assert not set(made) & set(' "<>\\^`{|}\n\t')
    assert identifier(made, "annotation") == name
    assert identifier(made, "article") is None


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_a_url_becomes_a_uri(path: str) -> None:
    made = url(Article(id="x", text="", source=f"https://a.example/{path}"))
    assert made is not None
    assert made.isascii()
    assert not set(made) & set(' "<>\\^`{|}\n\t')
    assert urlsplit(made).hostname == "a.example"


def test_only_what_was_read_on_the_web_has_a_url() -> None:
    assert url(Article(id="x", text="", source=HOSTILE)) is None
    assert url(Article(id="x", text="", source="file:///etc/passwd")) is None


def test_every_country_has_a_region_of_acled_and_its_own_codes() -> None:
    """Seventeen regions; no FIPS code and no name stands for two countries."""
    rows = table("world.toml")
    known = [country(alpha3) for alpha3 in rows]
    assert len({c.region for c in known if c}) == 17
    assert [c.alpha3 for c in known if c and c.numeric is None] == ["XKX"]
    for field in ("fips", "name", "numeric"):
        given_ = [getattr(c, field) for c in known if getattr(c, field) is not None]
        assert len(given_) == len(set(given_))


@pytest.mark.parametrize(
    ("alpha3", "name", "region", "numeric", "fips"),
    [
        ("KAZ", "Kazakhstan", "Caucasus and Central Asia", 398, "KZ"),
        ("AFG", "Afghanistan", "Caucasus and Central Asia", 4, "AF"),
        ("DEU", "Germany", "Europe", 276, "GM"),
        ("SSD", "South Sudan", "Eastern Africa", 728, "OD"),
        ("XKX", "Kosovo", "Europe", None, "KV"),
    ],
)
def test_countries_are_called_as_the_formats_call_them(
    alpha3: str, name: str, region: str, numeric: int | None, fips: str
) -> None:
    assert country(alpha3) == (alpha3, name, region, numeric, fips)


def test_what_is_no_country_is_none() -> None:
    assert country(None) is country("QQQ") is None
    assert (us_state("Ohio"), us_state("District of Columbia"), us_state("Almaty")) == ("OH", "DC", None)


def test_the_dossiers_are_true_to_their_texts() -> None:
    """Every value and annotation of the hand-made dossiers stands where it says."""
    for dossier in all_of_them():
        texts = {name: coding.article.text for name, coding in dossier.codings.items()}
        for values in dossier.incident.values.values():
            for value in values:
                assert value.span.of(texts[value.article]) == value.value
        for note in dossier.annotations:
            assert note.span.of(texts[note.article]) == note.exact
    assert nowhere().incident.place is None
