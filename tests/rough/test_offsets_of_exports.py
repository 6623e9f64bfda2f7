"""What is exported parses by other programs' parsers, and its offsets and quotations are the same words, whatever the text begins with."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from exports.dossiers import correction, disputed, nowhere
from made import TEXT, coding
from rough.moved import moved
from sayso.coding.coder import Coder
from sayso.errors import InputError
from sayso.exports import acled, csv_table, gdelt, geojson, jsonld, parquet, plover, prov, webannotation
from sayso.exports.conllu import conllu
from sayso.exports.frames import tables
from sayso.exports.page import page
from sayso.exports.table import report
from sayso.ledger.dossier import Dossier
from sayso.records import Coding, Span

MARKS = (
    "\U0001f525", "e\u0301", "\u0301", "\u202e", "\u2066", "\u200d", "\ufeff", "\u00a0", "\r\n", "\r", "\n\n", "\t", "\0", "\x1b[31m", "\u2028", "\u0085",
    '"', '""', "'", ",", ";", "<b>", "</p>", "&amp;", "]]>", "\\", "\\u0041", "=1+1", "\U000e0041", "\ufffe", "İ", "ß", "नी", "中", "ا",
)  # fmt: skip
"""What takes more than one code point, code unit or byte, or means something to a format."""
BEFORE = st.lists(
    st.sampled_from(MARKS) | st.text(st.characters(exclude_categories=["Cs"]), max_size=4), max_size=12
).map("".join)
FEW = settings(max_examples=40, deadline=None)


def spans(value: Any) -> Iterator[list[int]]:
    """Every pair of offsets in some JSON."""
    if isinstance(value, list) and len(value) == 2 and all(type(one) is int for one in value):
        yield value
    elif isinstance(value, list | dict):
        for one in value.values() if isinstance(value, dict) else value:
            yield from spans(one)


def nodes(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in some JSON."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from nodes(one)


@FEW
@given(BEFORE)
def test_json_lines_give_the_words(before: str) -> None:
    """A line of JSON, its text unchanged, and at each pair of offsets the words that stood there."""
    line = moved(coding(), before).to_json()
    found = json.loads(line)
    assert "\n" not in line
    assert found["article"]["text"] == before + TEXT
    there = [(before + TEXT)[start:end] for start, end in spans(found)]
    assert there == [TEXT[start:end] for start, end in spans(json.loads(coding().to_json()))]
    assert len(there) > 30


@FEW
@given(BEFORE)
def test_frames_give_the_words(before: str) -> None:
    """Columns of offsets are those of the text, in every table."""
    text, count = before + TEXT, 0
    for name, rows in tables([moved(coding(), before)]).items():
        for row, plain in zip(rows.to_pylist(), tables([coding()])[name].to_pylist(), strict=True):
            for column, start in row.items():
                if column.endswith("_start") and start is not None:
                    end = column.removesuffix("_start") + "_end"
                    assert text[start : row[end]] == TEXT[plain[column] : plain[end]]
                    count += 1
    assert count > 10


@FEW
@given(BEFORE)
def test_a_table_for_spreadsheets_is_read_back(before: str) -> None:
    """One row an event, as many cells as headings, the words of the text in it, though apostrophes keep formulas from being run."""
    made = moved(coding(), before)
    named = made.model_copy(update={"article": made.article.model_copy(update={"title": before, "id": f"a{before}"})})
    found = list(csv.DictReader(io.StringIO(csv_table.header() + "".join(csv_table.rows(named)), newline="")))
    assert [row["event"] for row in found] == [event.id for event in made.events]
    assert all(None not in row and None not in row.values() for row in found)
    assert all(
        row["title"].removeprefix("'") == before.removeprefix("'") and row["article"] == f"a{before}" for row in found
    )


@FEW
@given(BEFORE)
def test_a_page_shows_the_text(before: str) -> None:
    """A parser of HTML finds every word of the text, in its order, and nothing of it as markup."""
    shown = lxml_html.document_fromstring(
        page(moved(coding(), before)).encode(), parser=lxml_html.HTMLParser(encoding="utf-8")
    )
    plain = lxml_html.document_fromstring(page(coding()).encode(), parser=lxml_html.HTMLParser(encoding="utf-8"))
    assert len(shown.findall(".//mark")) == len(plain.findall(".//mark"))
    words = " ".join("".join(shown.itertext()).split())
    for sentence in ("Protesters stormed the city hall in Almaty on Wednesday", "officers had fired", "Leave a reply"):
        assert "".join(sentence.split()) in "".join(words.split())
    assert not shown.xpath("//b[not(ancestor::*[@class])]")


@FEW
@given(BEFORE)
def test_a_report_for_a_terminal_steers_none(before: str) -> None:
    """No control character of the text is shown, and every event is."""
    told = report(moved(coding(), before))
    assert all(one.isprintable() or one == "\n" for one in told)
    assert told.count("ASSAULT") == report(coding()).count("ASSAULT")


def dossiers(before: str) -> list[Dossier]:
    """Two incidents and a correction, of texts with something before them."""
    made = [moved(one, before) for one in (disputed(), nowhere())]
    return [made[0]._replace(annotations=(moved(correction(), before),)), made[1]]


@FEW
@given(BEFORE)
def test_linked_data_quotes_what_stands_at_its_positions(before: str) -> None:
    """In annotations, JSON-LD and PROV a quotation and a position beside it are the same words of the article."""
    texts = {name: one.article.text for dossier in dossiers(before) for name, one in dossier.codings.items()}
    seen = 0
    for dossier in dossiers(before):
        for made in (webannotation.web_annotations(dossier), jsonld.nodes(dossier), prov.nodes(dossier)):
            written = json.loads(json.dumps(list(made)))
            for node in nodes(written):
                selectors = node.get("selector")
                if isinstance(selectors, list):
                    quote, position = selectors
                    words = Span(position["start"], position["end"]).of(texts[node["sayso:article"]])
                    assert words == quote["exact"]
                    seen += 1
    assert seen


@FEW
@given(BEFORE)
def test_tables_of_incidents_are_read_back(before: str) -> None:
    """ACLED's and GDELT's columns, PLOVER's lines, GeoJSON and Parquet: as many cells as columns, and offsets of the text."""
    for dossier in dossiers(before):
        found = list(csv.reader(io.StringIO(acled.header() + "".join(acled.rows(dossier)), newline="")))
        assert {len(row) for row in found} == {len(found[0])}
        for lines in (list(gdelt.events(dossier)), list(gdelt.mentions(dossier))):
            assert all(line.endswith("\n") and line.count("\n") == 1 and "\r" not in line for line in lines)
            assert len({line.count("\t") for line in lines}) <= 1
        assert all(isinstance(json.loads(line), dict) for line in plover.lines(dossier))
        assert json.loads(geojson.text(dossier).strip().rstrip(","))["type"] == "Feature"
        rows = list(parquet.rows(dossier))
        for row in pa.Table.from_pylist(rows, schema=parquet.schema()).to_pylist():
            assert row["trigger"] in dossier.codings[row["article"]].article.text


@pytest.mark.parametrize(
    "before", ["", "\ufeff\U0001f525e\u0301\u202e ", "\r\n\r\n\t\u00a0\u2028", "“İ” <b>&amp;</b> \x1b[31m \0\n\n"]
)
def test_the_coder_gives_the_words_of_a_hostile_text(coder: Coder, before: str) -> None:
    """Every span of a real coding is in bounds, with words in it; names and texts of fields are those words."""
    text = f"{before}Police arrested nine people in Almaty on Wednesday, the ministry said.\r\n\r\n“No one fired,” a \U0001f525 officer said."
    made = coder(text)
    assert isinstance(made, Coding)
    assert made.article.text == text
    assert made.events
    pairs = list(spans(json.loads(made.to_json())))
    assert all(0 <= start < end <= len(text) and text[start:end].strip() for start, end in pairs)
    assert all(one.span.of(text) == one.text for one in (*made.times, *made.figures))
    assert all(place.name in {span.of(text) for span in place.mentions} for place in made.places)
    assert {event.trigger.of(text) for event in made.events} >= {"arrested"}
    for row in conllu(coder.parse(text, made.article.blocks), "a").splitlines():
        if row and not row.startswith("#"):
            cells = row.split("\t")
            assert len(cells) == 10
            misc = dict(one.partition("=")[::2] for one in cells[9].split("|"))
            assert text[int(misc["start_char"]) : int(misc["end_char"])].strip()


def test_an_error_is_no_coding(coder: Coder) -> None:
    """What holds no words at all is refused, though it is not empty."""
    with pytest.raises(InputError):
        coder("\u00a0\r\n\u2028")
