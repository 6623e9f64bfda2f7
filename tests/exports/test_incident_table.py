"""Incidents as rows of a spreadsheet and as a report for a terminal."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exports.dossiers import HOSTILE, all_of_them, changed, denied, disputed, nowhere
from sayso.exports.incident_table import COLUMNS, header, incident_report, row
from sayso.exports.spreadsheet import FORMULA
from sayso.ledger.dossier import Dossier
from sayso.records import Span, Value

NUMBERS = ("latitude", "longitude")


def read(*dossiers: Dossier) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(header() + "".join(map(row, dossiers)), newline="")))


def test_one_row_an_incident() -> None:
    found = read(*all_of_them())
    assert [one["id"] for one in found] == ["i1", "i2", "i3"]
    assert set(found[0]) == set(COLUMNS)


def test_tolls_are_given_whole_and_as_bounds() -> None:
    one = read(disputed())[0]
    assert one["killed_told"] == "at least 12 (the interior ministry); 3 (A nurse)"
    assert (one["killed_low"], one["killed_high"]) == ("3", "")
    assert (one["injured_told"], one["injured_low"], one["injured_high"]) == ("", "", "")


def test_bounds_that_all_give_are_numbers() -> None:
    values = tuple(
        Value(value=f"{low}", low=low, high=high, article="city-1", span=Span(0, 1)) for low, high in ((2, 4), (2.5, 9))
    )
    one = read(changed(disputed(), values={"injured": values}))[0]
    assert (one["injured_low"], one["injured_high"]) == ("2", "9")


def test_attribution_realis_and_standing_travel() -> None:
    one, _, struck = read(*all_of_them())
    assert (one["standing"], one["realis"], one["voices"]) == ("disputed", "actual", "the interior ministry; A nurse")
    assert (one["origins"], one["reports"], one["copies"]) == (
        "the interior ministry (speaker); A nurse (speaker)",
        "3",
        "1",
    )
    assert (struck["denied_by"], struck["outlets"]) == ("army spokesman Rado", "The Strike")


def test_negative_coordinates_stay_numbers() -> None:
    assert (read(denied())[0]["latitude"], read(denied())[0]["longitude"]) == ("-33.5", "-70.5")


@settings(deadline=None)
@given(st.sampled_from(FORMULA), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_no_words_of_a_document_become_a_formula(first: str, rest: str) -> None:
    dossier = disputed()
    place = dossier.incident.place
    made = changed(
        dossier,
        id=first + rest,
        because=first + rest,
        place=place.model_copy(update={"name": first + rest}) if place else None,
        origins=tuple(o.model_copy(update={"name": first + rest}) for o in dossier.incident.origins),
    )
    (found,) = read(made)
    assert not [name for name, cell in found.items() if cell.startswith(FORMULA) and name not in NUMBERS]


def test_a_report_says_what_where_when_and_how_it_stands() -> None:
    text = incident_report(disputed().incident)
    assert "ASSAULT, primitive · Almaty (KAZ) · 2022-01-05" in text
    assert "i1" in text.splitlines()[1]
    assert "disputed" in text
    assert "tolls do not overlap" in text


def test_each_origin_has_a_line_with_its_values_and_where_they_stand() -> None:
    lines = incident_report(disputed().incident, width=120).splitlines()
    (ministry,) = [line for line in lines if "at least 12" in line and "ministry" in line]
    assert ministry.split()[:4] == ["killed", "the", "interior", "ministry:"]
    assert "[city-1 43–54, 2022-01-06]" in ministry
    assert any("A nurse: 3 [wire-1" in line for line in lines)


def test_a_value_that_an_origin_gives_twice_is_shown_once() -> None:
    twice = [Value(value="7", low=7, article="x", span=span, speaker="a nurse") for span in (Span(0, 1), Span(5, 6))]
    elsewhere = Value(value="7", low=7, article="y", span=Span(2, 3), speaker="a nurse")
    made = changed(disputed(), values={"killed": (*twice, elsewhere)}).incident
    assert "a nurse: 7 [x 0–1, 5–6; y 2–3]" in incident_report(made)


def test_a_value_of_no_origin_is_its_speakers() -> None:
    value = Value(value="7", low=7, article="x", span=Span(0, 1), speaker="a passer-by")
    assert "a passer-by: 7 [x 0–1]" in incident_report(changed(disputed(), values={"killed": (value,)}).incident)


def test_denials_and_first_and_latest_report_are_said() -> None:
    assert "by army spokesman Rado [strike-1" in incident_report(denied().incident)
    text = " ".join(incident_report(disputed().incident).split())
    assert "3 reports, 1 of them copied; first 2022-01-06, latest 2022-01-07" in text
    assert "1 report; 2023-03-04" in incident_report(denied().incident)


def test_what_is_unknown_is_said() -> None:
    text = incident_report(nowhere().incident)
    assert "place unknown · day unknown" in text
    assert "unattributed" in text


@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_asked(width: int) -> None:
    for dossier in (disputed(), denied()):
        assert max(map(len, incident_report(dossier.incident, width=width).splitlines())) <= width


def test_colour_only_where_asked() -> None:
    assert "\x1b[" not in incident_report(disputed().incident)
    assert "\x1b[" in incident_report(disputed().incident, color=True)


def test_a_document_cannot_steer_the_terminal() -> None:
    """Escape sequences, carriage returns and changes of direction in an incident do not reach the terminal."""
    bad = "\x1b[31mred\r\u202eback\x9b" + HOSTILE
    dossier = disputed()
    value = Value(value=bad, article=bad, span=Span(0, 1), speaker=bad, published=bad)
    denial = denied().incident.denials[0].model_copy(update={"speaker": bad, "article": bad})
    place = dossier.incident.place
    made = changed(
        dossier,
        id=bad,
        because=bad,
        values={"killed": (value,)},
        denials=(denial,),
        place=place.model_copy(update={"name": bad}) if place else None,
        first_published=bad,
    )
    assert not set(incident_report(made.incident)) & set("\x1b\r\u202e\x9b\t")
