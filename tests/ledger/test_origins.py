"""Whose word a report rests on, who denies it, and whether a side of it says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from made import INFO
from sayso.coding.coder import Coder
from sayso.ledger.origins import (
    Named,
    claims_responsibility,
    denials,
    institutions,
    is_party,
    is_report,
    is_same,
    origin_of,
    origin_of_article,
)
from sayso.reading import make_article, segment
from sayso.records import Article, Block, Coding, Event

DEED = "soldiers had beaten two prisoners in Osh"
OSH_POLICE = "institution/KGZ/police/osh"
ARTICLE = "outlet/article/x"


def coded(coder: Coder, text: str, **fields: str) -> Coding:
    made = make_article({"id": "x", "text": text, "published": "2022-01-06", **fields}, name="x", source="x.txt")
    return coder(segment(made))


def event(coding: Coding, type: str = "ASSAULT") -> Event:
    return next(e for e in coding.events if e.type == type)


def origin(coder: Coder, text: str, **fields: str) -> Named | None:
    coding = coded(coder, text, **fields)
    return origin_of(coding, event(coding))


def key(coder: Coder, text: str, **fields: str) -> str | None:
    found = origin(coder, text, **fields)
    return found.key if found else None


SPEAKERS = {
    f"Police spokesman John Smith said that {DEED}.": OSH_POLICE,
    f"John Smith, a spokesman for the Osh police, said that {DEED}.": OSH_POLICE,
    f"Police in Osh said that {DEED}.": OSH_POLICE,
    f"A police report says that {DEED}.": OSH_POLICE,
    f"A spokesman for the Kazakh Interior Ministry said that {DEED}.": "institution/KAZ/interior ministry/",
    f"The Kazakh minister of internal affairs, Adil Omarov, said that {DEED}.": "institution/KAZ/interior ministry/",
    f"Unnamed officials of the health ministry said that {DEED}.": "institution/KGZ/health ministry/",
    f"According to a statement released by the court, {DEED}.": "institution/KGZ/court/osh",
    f"The mayor of Osh, Anvar Saliev, told the Harbour Gazette that {DEED}.": "institution/KGZ/authorities/osh",
    f"Human Rights Watch researcher Jane Roe said that {DEED}.": "body/human rights watch",
    f"Taliban spokesman Abdul Karim said that {DEED}.": "body/taliban",
    f"An Interpol spokesperson said that {DEED}.": "body/interpol",
    f"A UN report said that {DEED}.": "body/united nations",
    f"Jane Roe, a baker, said that {DEED}.": "person/jane roe",
    f"Opposition leader Jane Roe said that {DEED}.": "person/jane roe",
    f"The Harbour Club president, Anna Brod, said that {DEED}.": "person/anna brod",
    f"Colonel Ivan Petrov of Kyrgyzstan said that {DEED}.": "institution/KGZ/armed forces/",
    f"A fire officer said that {DEED}.": "institution/KGZ/emergency services/osh",
    f"The University of Osh said that {DEED}.": "body/university of osh",
    f"The health ministry's website said that {DEED}.": "institution/KGZ/health ministry/",
    f"Some of the protesters said that {DEED}.": f"unnamed/protester/{ARTICLE}",
    f"Russia said that {DEED}.": "institution/RUS/government/",
    f"Reuters reported that {DEED}.": "medium/reuters",
    "Soldiers have beaten two prisoners in Osh, TASS reports.": "medium/tass",
    f"Reuters reported that {DEED}, citing Interfax.": "medium/interfax",
    f"Sputnik reported that {DEED}, citing the Interior Ministry of Kazakhstan.": "institution/KAZ/interior ministry/",
    f"The Interior Ministry was quoted by Sputnik as saying that {DEED}.": "institution/KGZ/interior ministry/",
    f"Sources told Reuters that {DEED}.": "medium/reuters",
    f"According to the Telegram channel “Grey Heron”, {DEED}.": "medium/grey heron",
    f"A nurse told AFP that {DEED}.": "unnamed/nurse/medium/agence france presse",
    f"Residents of Osh said that {DEED}.": f"unnamed/resident/{ARTICLE}",
    f"In a post on Facebook, a nurse said that {DEED}.": f"unnamed/nurse/{ARTICLE}",
    f"Rights groups said that {DEED}.": f"unnamed/right group/{ARTICLE}",
    f"Estimates by organisers suggest that {DEED}.": f"unnamed/organiser/{ARTICLE}",
    f"Leaked government documents show that {DEED}.": f"unnamed/document/{ARTICLE}",
    f"It is rumoured that {DEED}.": None,
    f"Sources said that {DEED}.": None,
    f"Local media reported that {DEED}.": None,
    "Soldiers beat two prisoners in Osh.": ARTICLE,
}


@pytest.mark.parametrize("text", SPEAKERS)
def test_the_innermost_named_voice_is_the_origin(coder: Coder, text: str) -> None:
    """An institution whichever of its officials speaks, a person for himself, who is cited before who cites, else nobody."""
    assert key(coder, text) == SPEAKERS[text]


def test_kinds_of_origins(coder: Coder) -> None:
    """Speakers, documents, agencies, channels and outlets."""
    kinds = {
        f"Jane Roe, a baker, said that {DEED}.": "speaker",
        f"Leaked documents show that {DEED}.": "document",
        f"Reuters reported that {DEED}.": "agency",
        f"According to the Telegram channel “Grey Heron”, {DEED}.": "channel",
        "Soldiers beat two prisoners in Osh.": "outlet",
    }
    found = {text: origin(coder, text) for text in kinds}
    assert {text: one.kind for text, one in found.items() if one} == kinds


def test_a_witness_whom_the_police_quote_is_the_witness(coder: Coder) -> None:
    """The police only heard him: two witnesses of theirs are one origin, whoever prints it."""
    found = key(coder, f"A neighbour told the police that {DEED}, the police said.")
    assert found == f"unnamed/neighbour/{OSH_POLICE}"


def test_the_ministry_is_the_one_named_before(coder: Coder) -> None:
    """ "The ministry" alone would be any of the government."""
    text = (
        "The Interior Ministry of Kazakhstan closed the road. Gunmen killed four people in Almaty, the ministry said."
    )
    assert key(coder, text) == "institution/KAZ/interior ministry/"


def test_the_president_of_a_club_stays_himself(coder: Coder) -> None:
    """Though he is "the president" further on."""
    text = "The president of the Harbour Club, Anna Brod, shook her head. “Soldiers beat two prisoners in Osh,” the president said."
    assert key(coder, text) == "person/anna brod"


def test_names_are_written_for_people(coder: Coder) -> None:
    """With the town or the state of an institution, and the outlet beside a voice without a name."""
    police = origin(coder, f"Police in Osh said that {DEED}.")
    resident = origin(coder, f"A resident said that {DEED}.", outlet="The Harbour Gazette")
    assert police is not None
    assert police.name == "Police of Osh"
    assert resident is not None
    assert resident.name == "A resident (The Harbour Gazette)"


OWN = {
    ("", "The Harbour Gazette", None): ("medium/harbour gazette", "outlet"),
    ("", "Reuters", None): ("medium/reuters", "agency"),
    ("", None, "Jane Roe, Reuters"): ("medium/reuters", "agency"),
    ("", "The Harbour Gazette", "AFP"): ("medium/agence france presse", "agency"),
    ("OSH, Jan 6 (Reuters) - ", "The Harbour Gazette", None): ("medium/reuters", "agency"),
    ("OSH, Jan 6 (Steppe Wire) - ", None, None): ("medium/steppe wire", "agency"),
    ("OSH, January 6. /TASS/. ", None, None): ("medium/tass", "agency"),
    ("OSH (Kyrgyzstan), Jan 6 - ", "The Harbour Gazette", None): ("medium/harbour gazette", "outlet"),
    ("Forwarded from Grey Heron\n\n", "Telegram archive", None): ("medium/grey heron", "channel"),
}


@pytest.mark.parametrize("given", OWN)
def test_the_articles_own_voice_is_its_agencys_else_its_outlets(
    coder: Coder, given: tuple[str, str | None, str | None]
) -> None:
    """The agency in the dateline or the byline, the channel that is passed on, else the outlet."""
    head, outlet, byline = given
    fields = {name: value for name, value in (("outlet", outlet), ("byline", byline)) if value}
    found = origin_of_article(coded(coder, head + "Soldiers beat two prisoners in the town on Monday.", **fields))
    assert (found.key, found.kind) == OWN[given]


def test_an_institutions_own_pages_are_its_word(coder: Coder) -> None:
    """A ministry that publishes itself and a ministry that is quoted are one origin."""
    text = f"The Foreign Ministry of Kazakhstan said that {DEED}. Soldiers shot two men in Almaty."
    coding = coded(coder, text, outlet="Ministry of Foreign Affairs")
    assert {origin_of(coding, e) for e in coding.events} == {origin_of_article(coding)}
    assert origin_of_article(coding).key == "institution/KAZ/foreign ministry/"


def test_a_paper_that_the_lexicon_knows_as_a_body_is_a_medium(coder: Coder) -> None:
    """What it prints is its outlet's word; where another cites it, it is the same origin."""
    own = origin_of_article(coded(coder, "Soldiers beat two prisoners in the town on Monday.", outlet="Rappler"))
    assert (own.key, own.kind) == ("medium/rappler", "outlet")
    assert origin(coder, f"Rappler reported that {DEED}.", outlet="The Harbour Gazette").key == "medium/rappler"


def test_the_host_is_the_outlet_of_an_address() -> None:
    """Where the page does not name one."""
    article = Article(id="x", text="Soldiers beat two men.", source="https://www.harbour.example/news/1")
    assert origin_of_article(Coding(coder=INFO, article=article)).key == "medium/harbourexample"


def test_a_forwarded_message_is_known_by_its_byline() -> None:
    """The name of the channel, as the line above the message has it."""
    text = "Forwarded from Grey Heron\n\nThey are shooting."
    article = Article(id="x", text=text, blocks=(Block(kind="byline", start=0, end=25),))
    assert origin_of_article(Coding(coder=INFO, article=article)) == Named("medium/grey heron", "Grey Heron", "channel")


SAME = [
    ("institution/KAZ/police/", "institution/KAZ/police/osh", True),
    ("institution/?/police/", "institution/KAZ/police/osh", True),
    ("institution/KGZ/police/", "institution/KAZ/police/", False),
    ("institution/KAZ/police/osh", "institution/KAZ/police/almaty", False),
    ("institution/KAZ/police/", "institution/KAZ/court/", False),
    ("person/jane roe", "person/roe", True),
    ("person/jane roe", "person/john roe", False),
    ("person/roe", "body/roe", False),
    ("body/taliban", "body/taliban", True),
    ("unnamed/witness/medium/reuters", "unnamed/witness/medium/tass", False),
]


@pytest.mark.parametrize(("one", "other", "same"), SAME)
def test_origins_are_one_where_one_article_tells_less(one: str, other: str, same: bool) -> None:
    """No country, no town, or only the surname."""
    assert is_same(Named(one, "", "speaker"), Named(other, "", "speaker")) is same
    assert is_same(Named(other, "", "speaker"), Named(one, "", "speaker")) is same


PHRASES = {
    "the Kremlin": ("presidency", "RUS"),
    "US Secretary of State Adam Roe": ("foreign ministry", "USA"),
    "Kazakhstan's interior ministry": ("interior ministry", "KAZ"),
    "South Korea's National Police Agency": ("police", "KOR"),
    "Thames Valley Police": ("police", None),
    "the Prosecutor General's Office of Kazakhstan": ("prosecution", "KAZ"),
    "a senior army officer": ("armed forces", None),
    "sources in the army": ("armed forces", None),
    "president of Chile Ana Brod": ("presidency", "CHL"),
}
NONE = [
    "the president of the club",
    "the former head of the National Security Committee",
    "the police union",
    "the police officer's wife",
    "a critic of Hamas",
    "his lawyer",
    "leaked police documents",
]


@pytest.mark.parametrize("phrase", PHRASES)
def test_the_institution_for_which_somebody_speaks(phrase: str) -> None:
    """And its state, where the words tell it."""
    found = institutions.institution(phrase)
    assert found is not None
    assert found.branch is not None
    assert (found.branch.key, found.country) == PHRASES[phrase]


@pytest.mark.parametrize("phrase", NONE)
def test_who_speaks_for_no_institution(phrase: str) -> None:
    """Those who left it, belong to somebody in it, or are against it."""
    assert institutions.institution(phrase) is None


DENIED = {
    "The police denied that officers had fired on the crowd in Osh.": OSH_POLICE,
    "The army said that no soldier had fired on the crowd in Osh.": "institution/KGZ/armed forces/",
    f"The mayor of Osh rejected accusations that {DEED}.": "institution/KGZ/authorities/osh",
    f"The defence ministry called the reports that {DEED} a lie.": "institution/KGZ/defence ministry/",
}


@pytest.mark.parametrize("text", DENIED)
def test_a_denial_names_who_denies_and_is_no_report(coder: Coder, text: str) -> None:
    """By the act, by what is told as not having been, or by what a view is called; the span holds the event."""
    coding = coded(coder, text)
    told = event(coding)
    denied = next(d for d in denials(coding) if d.event == told.id)
    assert denied.origin is not None
    assert denied.origin.key == DENIED[text]
    assert denied.span.covers(told.trigger)
    assert denied.statement in told.statements
    assert denied.speaker is not None
    assert denied.speaker in text
    assert not is_report(coding, told)


def test_who_rejects_a_demand_does_not_deny_that_it_was_made(coder: Coder) -> None:
    """The calls for talks were made."""
    coding = coded(coder, "The president rejected calls from other countries for talks.")
    assert any(e.type == "REQUEST" for e in coding.events)
    assert denials(coding) == []


UNTOLD = [
    "The mayor promised that police would arrest the looters in Osh.",
    "The bishop demanded the release of twelve men arrested on Friday in Osh.",
    "The rebels threatened to attack the barracks in Osh.",
    "The UN warned that rebels would attack Osh.",
    "Relatives fear that soldiers have killed the two prisoners in Osh.",
    "No one has claimed responsibility for the attack on the barracks in Osh.",
]


@pytest.mark.parametrize("text", UNTOLD)
def test_what_is_promised_demanded_or_feared_is_no_report(coder: Coder, text: str) -> None:
    """Nor what nobody is said to have said."""
    coding = coded(coder, text)
    inside = [e for e in coding.events if e.statements]
    assert inside
    assert not any(is_report(coding, e) for e in inside)


@pytest.mark.parametrize(
    "text", [f"Police in Osh {verb} that {DEED}." for verb in ("said", "admitted", "claimed", "confirmed", "found")]
)
def test_what_is_told_is_a_report(coder: Coder, text: str) -> None:
    """On whatever word."""
    coding = coded(coder, text)
    assert is_report(coding, event(coding))


PARTIES = {
    "The rebels said they had shot down a helicopter near Osh.": (True, True),
    "The Red Dawn Brigade claimed responsibility for the attack on the barracks in Osh.": (True, True),
    "The army said its soldiers had killed 12 gunmen in Osh.": (True, True),
    "The defence ministry said its forces had killed 12 gunmen near Osh.": (True, True),
    "“Our fighters destroyed two tanks in Osh,” said Taliban spokesman Abdul Karim.": (True, True),
    f"The defence ministry said that {DEED}.": (True, False),
    "Police said gunmen had killed two officers in Osh.": (True, False),
    "Police said a bomb had killed four civilians in Osh.": (False, False),
    "The health ministry said gunmen had killed four civilians in Osh.": (False, False),
    f"A witness said that {DEED}.": (False, False),
    f"Human Rights Watch said that {DEED}.": (False, False),
    f"The prosecutor general of Kyrgyzstan said that {DEED}.": (False, False),
    f"The Kazakh defence ministry said that {DEED}.": (False, False),
}


@pytest.mark.parametrize("text", PARTIES)
def test_who_is_a_side_of_it_and_who_says_it_of_himself(coder: Coder, text: str) -> None:
    """Actors, recipients and the government and forces of their state are sides; who reports what others did is none."""
    coding = coded(coder, text)
    told = event(coding)
    whose = origin_of(coding, told)
    assert whose is not None
    assert (is_party(coding, told, whose), claims_responsibility(coding, told)) == PARTIES[text]


def test_the_word_lists_are_found_beside_the_modules() -> None:
    """So that they go into the wheel."""
    folder = Path(institutions.__file__).parent
    assert {"institutions.toml", "media.toml", "denials.toml"} <= {path.name for path in folder.iterdir()}
