"""One row an event, harmless to a spreadsheet."""

from __future__ import annotations

import csv
import io

from hypothesis import given, settings
from hypothesis import strategies as st

from made import coding, renamed
from sayso.exports.csv_table import COLUMNS, header, rows
from sayso.exports.spreadsheet import FORMULA, escape


def read(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_one_row_an_event_under_one_header() -> None:
    found = read(header() + "".join(rows(coding())) + "".join(rows(coding())))
    assert [row["event"] for row in found] == ["e1", "e2", "e3", "e4"] * 2
    assert set(found[0]) == set(COLUMNS)


def test_fields_are_where_they_belong() -> None:
    first, second, _, last = read(header() + "".join(rows(coding())))
    assert (first["type"], first["mode"], first["cameo"], first["start"]) == ("PROTEST", "riot", "145", "2022-01-05")
    assert (first["place"], first["latitude"], first["voices"]) == ("Almaty", "43.25", "")
    assert (second["killed_low"], second["killed_high"]) == ("12", "")
    assert (second["voices"], second["channels"]) == ("The ministry > a nurse", "Radio North")
    assert last["background"] == "true"


def test_negative_coordinates_stay_numbers() -> None:
    assert read(header() + "".join(rows(renamed("x"))))[0]["latitude"] == "-33.9"


@settings(deadline=None)
@given(st.sampled_from(FORMULA), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_no_words_of_a_document_become_a_formula(first: str, rest: str) -> None:
    """Cells of text never begin as a formula does, and nothing of an id is lost but the apostrophe before it."""
    for row in read(header() + "".join(rows(renamed(first + rest)))):
        words = [row[name] for name in ("article", "source", "outlet", "title", "actors", "place", "trigger", "clause")]
        assert not any(cell.startswith(FORMULA) for cell in words)


@given(st.text())
def test_escaping_only_adds(cell: str) -> None:
    assert escape(cell).removeprefix("'" if cell.startswith(FORMULA) else "") == cell
