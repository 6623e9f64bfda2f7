"""Personal data of private people, and texts, codings and incidents without it."""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import made
from ledger.conftest import MakeLedger
from ledger.stories import PROTEST, article
from sayso.coding.coder import Coder
from sayso.errors import LedgerError, LexiconError
from sayso.exports.incident_writers import INCIDENT_WRITERS
from sayso.exports.writers import Style
from sayso.ledger import Ledger
from sayso.ledger.dossier import Annotation, Dossier, Verdict
from sayso.ledger.personal import (
    MASK,
    Found,
    addresses,
    masked,
    masked_coding,
    masked_dossier,
    masked_incident,
    masked_source,
    personal_spans,
    telephones,
)
from sayso.ledger.personal.inputs import has_personal
from sayso.ledger.personal.masker import masker_of
from sayso.ledger.personal.words import words
from sayso.ledger.schema import metadata
from sayso.reading.rows import from_row
from sayso.records import (
    Actor,
    Article,
    Channel,
    Coding,
    Denial,
    Figure,
    Incident,
    Label,
    Origin,
    Place,
    Span,
    Statement,
    Time,
    Value,
)

HERE = ("KAZ", "UKR", "FRA", "DEU")

TELEPHONES = (
    ("Ring +7 (727) 250-14-09 or 8 777 214 45 07.", ["+7 (727) 250-14-09", "8 777 214 45 07"]),
    ("The post gave two phones: 380441234567, 0671234567", ["380441234567", "0671234567"]),
    ("Tel: 26-43-18", ["26-43-18"]),
    ("Call Ms Roe at 953-4410 or at 953-4411, ext. 20.", ["953-4410", "953-4411, ext. 20"]),
    ("Write to desk@example.org or ring 677-4142 or 677-4143.", ["677-4142", "677-4143"]),
    ("Reach them on 01.42.68.53.07 in Paris", ["01.42.68.53.07"]),
    ("Listed: 202-456-7041, with no word of what it is.", ["202-456-7041"]),
    ("The desk's telephone (202-456-7041)", ["(202-456-7041"]),
    ("WhatsApp 7772144507", ["7772144507"]),
    ("Ring the desk on 202-456-NEWS or the office at 955-1814.", ["202-456-NEWS", "955-1814"]),
)

NO_TELEPHONES = (
    "Call 112, 911 or the children's line on 116 111.",
    "Between 1,500-2,000 people came in 2019-2022, 16-49 years old.",
    "They call on 3500-4000 people; the hotline is open 0900-1700, or 900-1700.",
    "On 2022-01-05, on 05.01.2022 at 12:30, and in 2019/2020/2021.",
    "The map has 43.2567, 76.9286 and 43.25671 76.92861.",
    "ISBN 978-3-16-148410-0 and 9783161484100",
    "She won 6-4 6-3 7-6, and the house voted 220-210.",
    "It cost 10 000 000 tenge, $1 234 567 890 or USD 202 456 7041.",
    "Between 1 500-2 000 and 612 345 678 voters",
    "Resolution No. 202-456-7041, account 202-456-7041",
    "See https://example.org/posts/2024567041 and host 194.226.127.18.",
    "It made 2024567041% of nothing and 555 123,000 more.",
    "The mobile 100 units of 2 brigades",
)

HOMES = (
    ("She lives at 14 Abay Street, flat 7, in Almaty.", ["14 Abay Street, flat 7"]),
    ("They burned his home at 221 Oak Avenue.", ["221 Oak Avenue"]),
    ("Home address: 14 Abay Street, Almaty", ["14 Abay Street"]),
    ("He resides with his wife in Almaty at ulitsa Abaya 14, kv. 7.", ["ulitsa Abaya 14, kv. 7"]),
    ("Her apartment on Goethestraße 12 was searched.", ["Goethestraße 12"]),
    ("He lived at 5 rue de Rivoli, she at work", ["5 rue de Rivoli"]),
    ("They live at Calle Mayor 5 in town", ["Calle Mayor 5"]),
    ("His parents' house in Ankara, Atatürk Caddesi No: 5, daire 3.", ["Atatürk Caddesi No: 5, daire 3"]),
    ("Police raided Flat 7, 14 Oak Street.", ["Flat 7, 14 Oak Street"]),
    (
        "A man was found in the 8th microdistrict, house 12, apartment 40.",
        ["8th microdistrict, house 12, apartment 40"],
    ),
    ("Ann Roe, 45, of 3 Heron Road, Leeds, was fined.", ["3 Heron Road"]),
    (
        "Home addresses:\nSerik Omar – 14 Abay Street\nDana Kim – mikrorayon Samal-2, house 33, apt. 5\nA. Roe, 12 Elm Road",
        ["14 Abay Street", "mikrorayon Samal-2, house 33, apt. 5", "12 Elm Road"],
    ),
    ("He lives at 14 Elm Road. A crowd came to 14 Elm Road on Monday.", ["14 Elm Road", "14 Elm Road"]),
)

NO_HOMES = (
    "The prime minister spoke at 10 Downing Street. He lives at 10 Downing Street.",
    "The hotel at 14 Abay Street burned.",
    "He lived on Oak Street 14 years.",
    "He lives in Almaty and the hotel at 14 Abay Street was set on fire.",
    "The nursing home at 14 Oak Street and the president's official residence at 15 Oak Street",
    "The clinic at 14 Abay Street, apartment 2, was raided.",
    "His home was burned. Protesters gathered at 14 Abay Street.",
    "Two people died at 14 Abay Street on 6 January.",
    "Her home is on Abay Street.",
)


def _found(text: str) -> list[str]:
    return [one.span.of(text) for one in personal_spans(text, countries=HERE)]


@pytest.mark.parametrize(("text", "wanted"), TELEPHONES)
def test_telephone_numbers_are_found(text: str, wanted: list[str]) -> None:
    """International numbers, those of the article's countries, and those that a word before them tells."""
    found = [one.span.of(text) for one in personal_spans(text, countries=HERE) if one.kind == "telephone"]
    assert found == wanted


@pytest.mark.parametrize("text", NO_TELEPHONES)
def test_other_numbers_are_no_telephone_numbers(text: str) -> None:
    """Emergency numbers, dates, ranges, counts, money, scores, books, coordinates and ids stay, whatever the country."""
    assert personal_spans(text, countries=(*HERE, "NOR", "DNK", "ESP", "RUS", "CHN")) == []


def test_the_country_tells_how_a_number_is_written() -> None:
    """A national number with nothing before it is one only in a country that writes numbers so; unknown codes do no harm."""
    text = "Dana, (044) 279-14-07, wrote it."
    assert personal_spans(text) == []
    assert [f.span.of(text) for f in personal_spans(text, countries=["UKR", "???"])] == ["(044) 279-14-07"]


def test_email_addresses_are_found() -> None:
    """Addresses with a domain; handles and prices are none, and a full stop after an address is not part of it."""
    text = "Write to a.serik+news@mail.example.kz. Follow @serik, buy 5 @ 3.50 or жанна@пример.рф now. See /?m=roe%40example.kz"
    assert _found(text) == ["a.serik+news@mail.example.kz", "жанна@пример.рф", "roe%40example.kz"]


@pytest.mark.parametrize(("text", "wanted"), HOMES)
def test_homes_are_found(text: str, wanted: list[str]) -> None:
    """A number and a street where somebody is said to live, without the town; so with flats, and on in a list."""
    assert [one.span.of(text) for one in personal_spans(text, countries=HERE) if one.kind == "address"] == wanted


@pytest.mark.parametrize("text", NO_HOMES)
def test_addresses_of_institutions_and_events_stay(text: str) -> None:
    """Nobody is said to live there, or it is a seat of state, or it is no number of a house."""
    assert _found(text) == []


PIECES = st.sampled_from(
    [
        *(text for text, _ in (*TELEPHONES, *HOMES)),
        *NO_TELEPHONES,
        *NO_HOMES,
        "a@b.kz",
        "1",
        "+7",
        " ",
        "\n",
        ", ",
        "é",
        "👩‍🚒",
        "█",
    ]
)
TEXTS = st.lists(
    st.one_of(PIECES, st.text(max_size=12), st.from_regex(r"[+(]?[0-9 ().-]{4,16}", fullmatch=True)), max_size=5
)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_masking_keeps_offsets_and_is_done_at_once(pieces: list[str]) -> None:
    """Length and everything outside what was found stay, nothing is left to mask, and spans do not overlap."""
    text = "".join(pieces)
    found = personal_spans(text, countries=HERE)
    clean = masked(text, found)
    assert len(clean) == len(text)
    assert personal_spans(clean, countries=HERE) == []
    inside = {at for one in found for at in range(*one.span)}
    assert sum(one.span.end - one.span.start for one in found) == len(inside)
    assert all(
        b == (MASK if at in inside and a.isalnum() else a) for at, (a, b) in enumerate(zip(text, clean, strict=True))
    )


@settings(deadline=None)
@given(
    st.lists(st.one_of(st.text(), st.sampled_from(["his home at Oak Street, flat B ", "call ", "tel. "])), max_size=6)
)
def test_nothing_is_found_without_digits_or_at_signs(pieces: list[str]) -> None:
    """Words alone are never personal data here."""
    text = "".join(c for c in "".join(pieces) if not c.isdecimal() and c != "@")
    assert personal_spans(text, countries=HERE) == []


@pytest.mark.parametrize("span", [Span(0, 0), Span(3, 2), Span(-1, 2), Span(2, 9)])
def test_spans_outside_the_text_are_refused(span: Span) -> None:
    """A span that is empty or not of this text is an error that names it."""
    with pytest.raises(LedgerError, match=f"{span.start}–{span.end}"):
        masked("seven 7", [Found(span, "telephone")])


def test_missing_words_are_an_error() -> None:
    """A list that the file does not have is named."""
    with pytest.raises(LexiconError, match="nowhere"):
        words("address", "nowhere")


TEXT = (
    "Channel Seven-24 printed 14 Elm Road. Dana Kim, +7 701 214 45 07, lives at 14 Elm Road, flat 7. "
    "Call Ms Roe on 953-4410. In Almaty 12 guards died. Almaty mourns."
)
SECRETS = ("14 Elm Road", "Elm Road", "214", "953-4410", "flat 7")


def _at(words_: str, which: int = 0) -> Span:
    start = -1
    for _ in range(which + 1):
        start = TEXT.index(words_, start + 1)
    return Span(start, start + len(words_))


def _coding(**changes: Any) -> Coding:
    home, count = _at("14 Elm Road", 1), _at("12 guards")
    given_: dict[str, Any] = {
        "coder": made.INFO,
        "article": Article(
            id="a-953-4410", text=TEXT, title="She lives at 14 Elm Road", byline="A. Roe, roe@example.kz", source="s"
        ),
        "actors": (
            Actor(
                id="a1",
                name="Dana Kim, +7 701 214 45 07",
                country="KAZ",
                mentions=(_at("Dana Kim, +7 701 214 45 07"), _at("Dana Kim")),
                labels=(Label(text="Ms Roe on 953-4410", span=_at("Ms Roe on 953-4410")),),
            ),
        ),
        "places": (
            Place(
                id="p1",
                name="Elm Road",
                latitude=1.0,
                longitude=2.0,
                geonameid=9,
                precision="facility",
                mentions=(_at("Elm Road", 1),),
            ),
            Place(id="p2", name="Almaty", latitude=43.0, longitude=77.0, mentions=(_at("Almaty"), _at("Almaty", 1))),
            Place(id="p3", name="Elm Rd", latitude=1.0, longitude=2.0, mentions=(_at("Elm Road", 1),)),
        ),
        "times": (Time(id="t1", text="07", span=_at("07"), start="2007-01-01", end="2007-12-31", granularity="year"),),
        "figures": (
            Figure(id="f1", span=home, text="14 Elm Road", low=14, high=14, unit="Elm Road"),
            Figure(id="f2", span=count, text="12 guards", low=12, high=12, unit="guards"),
        ),
        "statements": (
            Statement(
                id="s1", kind="direct", act="say", channel=Channel(name="953-4410", kind="radio", span=_at("953-4410"))
            ),
        ),
    }
    return Coding(**given_ | changes)


def test_a_masked_coding_holds_no_personal_data() -> None:
    """No copied string has it, numbers read from it are null, and what is not personal stays."""
    clean = masked_coding(_coding())
    said = clean.model_copy(update={"article": clean.article.model_copy(update={"id": ""})}).to_json()
    assert not [secret for secret in (*SECRETS, "roe@") if secret in said]
    home, count = clean.figures
    assert (home.low, home.high) == (None, None)
    assert (count.text, count.low) == ("12 guards", 12)
    assert clean.places[0].name == "███ ████"
    assert (clean.places[0].latitude, clean.places[0].geonameid, clean.places[0].precision) == (None, None, None)
    assert clean.places[1] == _coding().places[1]
    assert clean.places[2].name == "███ ██"
    assert clean.times[0].start is None
    assert clean.actors[0].name == "Dana Kim, +█ ███ ███ ██ ██"
    assert clean.article.id == "a-953-4410"


def test_a_masked_coding_still_quotes_its_text() -> None:
    """Spans are unchanged, and the text at them is what the records say."""
    before, clean = _coding(), masked_coding(_coding())
    text = clean.article.text
    assert len(text) == len(TEXT)
    assert [f.span for f in clean.figures] == [f.span for f in before.figures]
    assert all(one.span.of(text) == one.text for one in (*clean.figures, *clean.times, *clean.actors[0].labels))
    assert clean.statements[0].channel
    assert clean.statements[0].channel.span.of(text) == clean.statements[0].channel.name
    assert masked_coding(clean) == clean


def test_a_coding_without_personal_data_is_left_alone() -> None:
    """Nothing changes in a coding with events, voices and figures and no personal data."""
    assert masked_coding(made.coding()) == made.coding()


def test_a_coded_article_is_masked_throughout(coder: Coder) -> None:
    """What the coder itself copies from an article comes out masked, and its spans still quote the text."""
    text = (
        "Police in Almaty arrested Dana Kim on Wednesday. She lives at 14 Elm Road, flat 7. "
        "Her lawyer, Serik Omar, said on 5 January that officers beat 12 people and gave his number, +7 701 214 45 07."
    )
    coding = coder.code(Article(id="made", text=text))
    clean = masked_coding(coding)
    assert not [secret for secret in ("Elm", "214", "flat 7") if secret in clean.to_json()]
    assert [e.type for e in clean.events] == [e.type for e in coding.events]
    assert all(one.span.of(clean.article.text) == one.text for one in (*clean.figures, *clean.times))
    assert masked_coding(clean) == clean


def _incident(**changes: Any) -> Incident:
    def value(words_: str, span: Span, **more: Any) -> Value:
        return Value(value=words_, article="a-953-4410", span=span, **more)

    given_: dict[str, Any] = {
        "id": "i1",
        "type": "ASSAULT",
        "standing": "single origin",
        "because": "only Ms Roe (953-4410) says so",
        "place": Place(id="p1", name="Elm Road", latitude=1.0, longitude=2.0, country="KAZ"),
        "origins": (Origin(id="o1", name="Dana Kim, +7 701 214 45 07", kind="speaker"),),
        "values": {
            "place": (value("Elm Road", _at("Elm Road", 1)),),
            "property": (value("14 Elm Road", _at("14 Elm Road", 1), low=14, high=14),),
            "killed": (value("12 guards", _at("12 guards"), low=12, high=12, speaker="Ms Roe, 953-4410"),),
        },
        "denials": (Denial(article="a-953-4410", span=_at("Ms Roe"), speaker="Ms Roe on 953-4410"),),
    }
    return Incident(**given_ | changes)


def test_a_masked_incident_holds_no_personal_data() -> None:
    """Values are masked as their article is, whether its coding was masked before or not; a home is taken off the map."""
    clean = masked_incident(_incident(), {"a-953-4410": masker_of(_coding())})
    said = clean.to_json().replace("a-953-4410", "")
    assert not [secret for secret in SECRETS if secret in said]
    assert clean.place is not None
    assert (clean.place.name, clean.place.latitude) == ("███ ████", None)
    assert clean.values["property"][0].low is None
    assert (clean.values["killed"][0].value, clean.values["killed"][0].high) == ("12 guards", 12)
    assert masked_incident(clean, {"a-953-4410": masker_of(masked_coding(_coding()))}) == clean


def test_an_incident_without_codings_is_searched_by_itself() -> None:
    """Telephone numbers are found in the words alone; a place that is no home stays on the map."""
    clean = masked_incident(_incident(values={}))
    assert "214" not in clean.origins[0].name
    assert clean.place == _incident().place
    assert masked_incident(_incident(place=None)).place is None


def test_a_masked_dossier_holds_no_personal_data() -> None:
    """Annotations quote the masked text; what people wrote is searched too."""
    span = _at("Dana Kim")
    note = Annotation(
        "n1",
        "a-953-4410",
        "commenting",
        "ann",
        "2022-01-06",
        span,
        "Dana Kim",
        TEXT[span.start - 32 : span.start],
        TEXT[span.end : span.end + 32],
        "0",
        body="Ask her on +7 701 214 45 07",
        value="Dana",
    )
    verdict = Verdict("ann", "2022-01-06", "false", "She lives at 14 Elm Road")
    clean = masked_dossier(Dossier(_incident(), {"a-953-4410": _coding()}, (note,), (verdict,)))
    (kept,) = clean.annotations
    text = clean.codings["a-953-4410"].article.text
    assert (kept.exact, kept.value) == ("Dana Kim", "Dana")
    assert kept.prefix + kept.exact + kept.suffix == text[span.start - 32 : span.end + 32]
    assert kept.body == "Ask her on +█ ███ ███ ██ ██"
    assert clean.verdicts[0].claim == "She lives at ██ ███ ████"
    assert clean.incident == masked_incident(_incident(), {"a-953-4410": masker_of(_coding())})


def test_what_people_wrote_is_masked_with_the_article_it_is_of() -> None:
    """A verdict on words that only the article tells to be a home; names of people; what is corrected stays JSON."""
    home, part = _at("14 Elm Road", 1), _at("214")
    verdicts = (
        Verdict("roe@example.kz", "2022-01-06", "No, 14 Elm Road", "14 Elm Road", article="a-953-4410", span=home),
        Verdict("ann", "2022-01-06", "false", "214", article="a-953-4410", span=part),
        Verdict("ann", "2022-01-06", "false", "14 Elm Road", article="elsewhere", span=Span(0, 11)),
    )
    value = json.dumps({"name": "14 Elm Road", "geonameid": 2024567041, "other": ["Ms Roe, 953-4410", None]})
    note = Annotation(
        "n1", "a-953-4410", "editing", "roe@example.kz", "2022-01-06", _at("12 guards"), "12 guards", "", "", "0", value=value
    )  # fmt: skip
    clean = masked_dossier(Dossier(_incident(), {"a-953-4410": _coding()}, (note,), verdicts))
    assert [(one.author, one.rating, one.claim) for one in clean.verdicts] == [
        ("███@███████.██", "No, ██ ███ ████", "██ ███ ████"),
        ("ann", "false", "███"),
        ("ann", "false", "██ ███ ████"),
    ]
    (kept,) = clean.annotations
    assert kept.creator == "███@███████.██"
    assert json.loads(kept.value or "") == {
        "name": "██ ███ ████",
        "geonameid": 2024567041,
        "other": ["Ms Roe, ███-████", None],
    }


def test_words_of_a_former_text_are_masked_by_themselves() -> None:
    """What stands around an orphan's words may be cut out of personal data: no digit of it and nothing with an "@" stays."""
    note = Annotation(
        "n1", "a-953-4410", "commenting", "ann", "2022-01-06", Span(7, 17), "Ring Ms Poe", " 701 234 56 78, said. ", " or poe@exam", "0",
        orphan=True,
    )  # fmt: skip
    (kept,) = masked_dossier(Dossier(_incident(), {"a-953-4410": _coding()}, (note,))).annotations
    assert (kept.exact, kept.prefix, kept.suffix) == ("Ring Ms Poe", " ███ ███ ██ ██, said. ", " or ███@████")


SOURCES = (
    ("https://ex.org/2?mail=jane@example.com&page=2", "https://ex.org/2?mail=████@███████.███&page=2"),
    ("https://ex.org/2?mail=jane%40example.com", "https://ex.org/2?mail=████@███████.███"),
    ("https://ex.org/2?jane@example.com#to=roe@example.kz", "https://ex.org/2?████@███████.███#to=███@███████.██"),
    ("https://ex.org/2?phoneNumber=77012345678", "https://ex.org/2?phoneNumber=███████████"),
    ("https://ex.org/2?call=%2B7+701+234+56+78&a=b", "https://ex.org/2?call=+█%20███%20███%20██%20██&a=b"),
    ("https://ex.org/2?tel_1=+77012345678", "https://ex.org/2?tel_1=+███████████"),
    ("https://ex.org/to/jane@example.com/2", "https://ex.org/to/████@███████.███/2"),
)

PLAIN_SOURCES = (
    "https://ex.org/2024567041/a?id=2024567041&post=7012144507&when=2022-01-05",
    "https://ex.org/a%20b/?q=caf%C3%A9+bar&x=&&y",
    "https://ex.org/@jane/status/1526384000123",
    "to jane@example.com.txt",
    "news.jsonl",
    "https://[broken?mail=jane@example.com",
    "",
)


@pytest.mark.parametrize(("source", "wanted"), SOURCES)
def test_addresses_of_the_web_name_nobody(source: str, wanted: str) -> None:
    """What a query hands over is masked where it is an e-mail address, or called a telephone number; done once, it is done."""
    assert masked_source(source) == wanted
    assert masked_source(wanted) == wanted


@pytest.mark.parametrize("source", PLAIN_SOURCES)
def test_addresses_that_name_nobody_stay(source: str) -> None:
    """Numbers of pages and names of files, to the letter."""
    assert masked_source(source) == source


INPUTS = (
    b"<p>Story.</p><footer>Desk: <a href='mailto:desk%40example.org'>write</a></footer>",
    b"<p>Story.</p><a href='tel:953-4410'>ring</a>",
    b'<p>Story.</p><script>{"telephone": "\\u002B7 701 234 56 78"}</script>',
    b"<p>Story.</p><p>Ann Roe, 202-<b>456</b>-7041</p>",
    b"<p>Story.</p><p>She lives at 14&nbsp;Elm <i>Road</i></p>",
    "Story. Пишите: roe@example.kz".encode("cp1251"),
    "<p>Story.</p> roe@example.kz".encode("utf-16"),
    b'{"text": "Story.", "desk": {"phones": [77012345678]}}',
    b'{"text": "Story.", "note": "Ask\\n8 777 214 45 07"}',
    b'{"text": "Story.", "roe@example.kz": 1}',
)

PLAIN_INPUTS = (
    b"<p>Story.</p><script>x={id:2024567041,at:\"1641427200\",y:0.7012144507}</script><a href='/p/2024567041?x=7012144507'>2022-01-05</a>",
    b'{"text": "Story.", "id_str": "2024567041", "at": 1641427200, "tags": ["a", null], "ok": true}',
    b"\xff\xfe\x00",
    b"{",
    b"Story.",
    b"",
)


@pytest.mark.parametrize("raw", INPUTS)
def test_inputs_with_personal_data_are_told(raw: bytes) -> None:
    """Wherever in the input, and however it is written there."""
    assert has_personal(raw, Article(id="a", text="Story."), HERE)


@pytest.mark.parametrize("raw", PLAIN_INPUTS)
def test_other_inputs_are_let_pass(raw: bytes) -> None:
    """Numbers of a program, keys of rows, and what cannot be read."""
    assert not has_personal(raw, Article(id="a", text="Story."), HERE)


def _held(ledger: Ledger) -> str:
    """Everything that a ledger holds, readable."""
    with ledger.engine.connect() as connection:
        rows = (
            row for table in metadata.tables for row in connection.exec_driver_sql(f"SELECT * FROM {table}")
        )  # our names
        return "\n".join(_readable(value) for row in rows for value in row)


def _readable(value: object) -> str:
    data = bytes(value) if isinstance(value, (bytes, memoryview)) else None
    if data is None:
        return str(value)
    try:
        return zlib.decompress(data).decode()
    except zlib.error:
        return ""


ROW = {
    "id": "t1",
    "title": "Call Askar on +7 701 234 56 78",
    "byline": "Jane, jane@example.com",
    "url": "https://ex.org/2?mail=jane@example.com",
    "text": PROTEST,
}


def test_nothing_of_what_was_read_keeps_what_is_masked(ledger: Ledger, coder: Coder) -> None:
    """Title and byline may be all that is personal, or what is in no article; the article is known again."""
    read = from_row(ROW, name="t", source="t.jsonl")
    other = from_row({"id": "t2", "text": PROTEST, "desk": "desk@example.org"}, name="t", source="t.jsonl")
    plain = from_row({"id": "t3", "text": PROTEST, "desk": 5}, name="t", source="t.jsonl")
    for one in (read, other, plain):
        assert isinstance(one, Article)
        ledger.add(coder.code(one))
    said = _held(ledger)
    assert not [secret for secret in ("701 234", "jane@", "desk@") if secret in said]
    assert (ledger.raw("t1"), ledger.raw("t2"), ledger.raw("t3")) == (None, None, plain.raw)  # type: ignore[union-attr]
    assert isinstance(read, Article)
    assert ledger.holds(read, coder.info)
    assert ledger.add(coder.code(read)).status == "same"
    changed = from_row({**ROW, "text": f"Updated. {PROTEST}"}, name="t", source="t.jsonl")
    assert isinstance(changed, Article)
    kept = ledger.add(coder.code(changed))
    assert (kept.key, kept.status) == ("t1", "changed")
    ledger.forget("t1", who="me")
    assert ledger.add(coder.code(read)).status == "forgotten"
    assert list(ledger.check()) == []


HOME = (
    "Police arrested nine protesters in Almaty on Wednesday, the interior ministry said. Dana Kim lives at 14 Elm Road. "
    "Her number is +7 701 234 56 78. Officers searched 14 Elm Road."
)
PRIVATE = ("Elm Road", "701 234", "234 56", "jane@")


def _of_home(words_: str, which: int = 0) -> Span:
    start = -1
    for _ in range(which + 1):
        start = HOME.index(words_, start + 1)
    return Span(start, start + len(words_))


def _exports(ledger: Ledger) -> Iterator[str]:
    for name in ("jsonld", "annotations", "jsonl", "prov"):
        writer = INCIDENT_WRITERS[name]()
        yield writer.before() + "".join(writer.each(one, Style()) for one in ledger.dossiers()) + writer.after()


def _keeping(ledger: Ledger, coder: Coder) -> list[str]:
    """A ledger that was told to keep all of it: an article, annotations with a reply, a verdict, a decision."""
    ledger.add(coder.code(article(HOME, outlet="Herald")), personal=True)
    ledger.add(coder.code(article(PROTEST, outlet="Echo")))
    number = next(one.id for one in ledger.incidents() if one.type == "COERCE")
    by: dict[str, Any] = {"creator": "jane@example.com", "personal": True}
    asked = ledger.annotate("herald", _of_home("+7 701 234 56 78"), kind="questioning", body="14 Elm Road?", **by)
    reply = ledger.annotate("herald", _of_home("234"), kind="replying", body="+7 701 234 56 78", reply_to=asked, **by)
    verdict = ledger.annotate(
        "herald", _of_home("14 Elm Road", 1), kind="assessing", body="14 Elm Road", incident=number, **by
    )
    ledger.review(verdict, "accepted", who="jane@example.com", why="14 Elm Road", personal=True)
    whole = ledger.incident(number)
    assert whole is not None
    leaving = [(one.article, one.event) for one in whole.reports if one.article == "echo"]
    ledger.part(number, leaving, who="jane@example.com", why="14 Elm Road", personal=True)
    return [asked, reply, verdict]


def test_exports_of_a_ledger_that_keeps_personal_data_have_none(ledger: Ledger, coder: Coder) -> None:
    """Nor do verdicts anchored at them; what is kept is kept."""
    _keeping(ledger, coder)
    kept = _held(ledger)
    assert not [secret for secret in PRIVATE if secret not in kept]
    for written in _exports(ledger):
        assert not [secret for secret in PRIVATE if secret in written]
    assert [one.verdicts[0].claim for one in ledger.dossiers(unmasked=True) if one.verdicts] == ["14 Elm Road"]
    ledger.add(coder.code(article(PROTEST, outlet="Herald")), personal=True)
    assert [one.orphan for one in ledger.annotations("herald")] == [True] * 3
    quoted = {one.exact for found in ledger.dossiers() for one in found.annotations}
    assert quoted == {"+█ ███ ███ ██ ██", "███", "██ Elm Road"}
    assert [one.verdicts[0].claim for one in ledger.dossiers() if one.verdicts] == ["██ Elm Road"]


def test_a_merge_masks_what_people_wrote(new_ledger: MakeLedger, coder: Coder) -> None:
    """The quotes are those of the masked text, where they stand; doing it twice changes nothing."""
    keeping, into = new_ledger(), new_ledger()
    made_ = _keeping(keeping, coder)
    list(into.merge(keeping, who="jane@example.com"))
    assert not [secret for secret in PRIVATE if secret in _held(into)]
    found = {one.id: one for one in into.annotations("herald")}
    assert [found[one].orphan for one in made_] == [False] * 3
    assert [found[one].exact for one in made_] == ["+█ ███ ███ ██ ██", "███", "██ ███ ████"]
    assert [one.verdicts[0].claim for one in into.dossiers() if one.verdicts] == ["██ ███ ████"]
    assert list(into.check()) == []
    before = into.annotations(), into.stats() | {"audited": 0}
    assert {one.status for one in into.merge(keeping, who="me")} == {"same"}
    assert (into.annotations(), into.stats() | {"audited": 0}) == before


def test_a_merge_masks_words_of_former_texts(new_ledger: MakeLedger, coder: Coder) -> None:
    """An orphan quotes a text that the article has no more: it is masked as that one is."""
    keeping, into = new_ledger(), new_ledger()
    keeping.add(coder.code(article(HOME, outlet="Herald")), personal=True)
    keeping.annotate("herald", _of_home(" is +7 701"), kind="commenting", creator="me", body="?")
    keeping.annotate("herald", _of_home("Officers searched"), kind="commenting", creator="me", body="?")
    keeping.add(coder.code(article(PROTEST, outlet="Herald")), personal=True)
    list(into.merge(keeping, who="me"))
    assert [(one.orphan, one.exact) for one in into.annotations()] == [
        (True, " is +█ ███"),
        (True, "Officers searched"),
    ]
    assert not [secret for secret in PRIVATE if secret in _held(into)]


def test_what_people_write_is_masked_unless_they_want_it_kept(ledger: Ledger, coder: Coder) -> None:
    """Bodies, replies, values, verdicts and reasons, who says them, and the log of it; though the article itself is kept whole."""
    ledger.add(coder.code(article(HOME, outlet="Herald")), personal=True)
    ledger.add(coder.code(article(PROTEST, outlet="Echo")))
    number = next(one.id for one in ledger.incidents() if one.type == "COERCE")
    by: dict[str, Any] = {"creator": "jane@example.com"}
    at = _of_home("nine")
    asked = ledger.annotate("herald", at, kind="questioning", body="Ask +7 705 999 88 77", **by)
    ledger.annotate("herald", at, kind="replying", body="At 14 Elm Road", reply_to=asked, **by)
    ledger.annotate("herald", at, kind="editing", field="figures/unit", value="roe@example.kz", **by)
    ledger.annotate("herald", at, kind="assessing", body="roe@example.kz", incident=number, **by)
    ledger.review(asked, "declined", who="jane@example.com", why="She is at 14 Elm Road")
    whole = ledger.incident(number)
    assert whole is not None
    leaving = [(one.article, one.event) for one in whole.reports if one.article == "echo"]
    other = ledger.part(number, leaving, who="jane@example.com", why="Not 14 Elm Road")
    ledger.join(number, other, who="jane@example.com", why="14 Elm Road, says roe@example.kz")
    written = json.dumps([ledger.annotations(), ledger.audit_log()], ensure_ascii=False)
    assert not [secret for secret in ("999 88", "14 Elm", "jane@", "roe@") if secret in written]
    assert [one.value for one in ledger.annotations() if one.value] == ['"███@███████.██"']
    ledger.forget("herald", who="jane@example.com", why="Asked for by those of 14 Elm Road")
    assert not [secret for secret in ("Elm Road", "999 88", "jane@", "roe@") if secret in _held(ledger)]


RUNS = st.lists(
    st.one_of(
        st.sampled_from([" ext. ", ";ext=", " int ", "x", "#", "доб ", " anexo ", "+7", "(0)", "-", ".", "/", " ", "a", "Ext", "．", "～"]),
        st.from_regex(r"\d{1,6}", fullmatch=True),
        PIECES,
    ),
    max_size=9,
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(RUNS)
def test_a_text_that_is_let_go_quickly_has_nothing_in_it(pieces: list[str]) -> None:
    """Telephone numbers with their extensions, and homes, are found as if every text were searched."""
    text = "".join(pieces)
    quick = telephones.telephones(text, ("KZ", "GB")), addresses.home_addresses(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(telephones, "_may_be_known", lambda text: True)
        everything = addresses._patterns()._replace(clue=re.compile(""))
        patch.setattr(addresses, "_patterns", lambda: everything)
        slow = telephones.telephones(text, ("KZ", "GB")), addresses.home_addresses(text)
    assert quick == slow
