"""Tables of press databases are read without telling what their columns are called."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reading.archives import SENTENCE, articles, errors, written
from sayso.reading.dates import published
from sayso.reading.dayorder import as_ordered, day_first
from sayso.reading.tables import guess_columns, names


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("AN,HD,PD,SN,LP,TD,BY,LA", "X1,Two dead,5 January 2022,The Wire,Lead.,Body.,Jane Roe,English"),
        ("Accession Number,Headline,Publication Date,Publication Name,Lead Paragraph,Full Text,Author,Language", "X1,Two dead,2022-01-05,The Wire,Lead.,Body.,Jane Roe,English"),
        ("StoreId,Title,pubdate,pubtitle,fullText,Authors", 'X1,Two dead,"Jan 5, 2022",The Wire,"Lead.\n\nBody.",Jane Roe'),
        ("Document ID;Head-line;Load Date;Publication;Full-Text;Byline", 'X1;Two dead;"January 5, 2022 Wednesday 10:30 AM GMT";The Wire;"Lead.\n\nBody.";Jane Roe'),
        ("id\ttitle\tdate\tsource\tbody\tauthor", 'X1\tTwo dead\t05-Jan-2022\tThe Wire\t"Lead.\n\nBody."\tJane Roe'),
    ],
)  # fmt: skip
def test_usual_headings_are_known(tmp_path: Path, head: str, row: str) -> None:
    (found,) = articles(written(tmp_path, "export.csv", f"{head}\n{row}\n"))
    assert (found.title, found.outlet, found.byline) == ("Two dead", "The Wire", "Jane Roe")
    assert found.text == "Lead.\n\nBody."
    assert (found.published or "")[:10] == "2022-01-05"
    assert found.id == "X1"


def test_a_first_paragraph_that_the_text_has_too_stands_once(tmp_path: Path) -> None:
    assert articles(written(tmp_path, "a.csv", "LP,TD\nLead.,Lead. Body.\nLead.,\n"))[0].text == "Lead. Body."
    (found,) = articles(written(tmp_path, "b.csv", "LP,TD\nLead.,\n"))
    assert found.text == "Lead."
    assert found.raw == b'{"LP": "Lead.", "TD": null}'


def test_what_is_told_goes_before_what_is_known() -> None:
    assert guess_columns(["body", "text", "hd"], {"text": "body"}) == {"text": "body", "title": "hd"}


def test_no_heading_stands_for_two_fields() -> None:
    found = [heading for given in names().values() for heading in given]
    assert len(found) == len(set(found))


@pytest.mark.parametrize(
    ("dates", "read"),
    [
        (["3/4/2021", "25/4/2021"], ["2021-04-03", "2021-04-25"]),
        (["3/4/2021", "4/25/21"], ["2021-03-04", "2021-04-25"]),
        (["3/4/2021", "4/4/2021"], [None, "2021-04-04"]),
        (["13/4/2021", "4/13/2021", "3/4/2021"], ["2021-04-13", "2021-04-13", None]),
    ],
)
def test_the_column_tells_whether_days_stand_before_months(
    tmp_path: Path, dates: list[str], read: list[str | None]
) -> None:
    path = written(tmp_path, "a.csv", "date,text\n" + "".join(f"{date},{SENTENCE}\n" for date in dates))
    assert [one.published for one in articles(path)] == read
    assert errors(path) == []


@given(st.dates().filter(lambda day: day.year >= 1970), st.booleans(), st.sampled_from("/.-"))
def test_a_date_in_a_known_order_is_that_day(day: object, order: bool, sign: str) -> None:
    form = f"%d{sign}%m{sign}%Y" if order else f"%m{sign}%d{sign}%Y"
    written_so = day.strftime(form)  # type: ignore[attr-defined]
    assert published(as_ordered(written_so, order)) == day.isoformat()  # type: ignore[attr-defined]


@given(st.lists(st.text(max_size=12)))
def test_any_column_has_an_order_or_none(values: list[str]) -> None:
    assert day_first(values) in (True, False, None)
