"""Places: mentions, what they resolve to, and both at once."""

from __future__ import annotations

from typing import Any

import pytest

from made import INFO
from sayso.evaluation import Evaluation, evaluate
from sayso.records import Article, Coding, Place, Span

TEXT = "From Lomé to Accra, and on to Kumasi."
LOME, ACCRA, KUMASI = Span(5, 9), Span(13, 18), Span(30, 36)


def toponym(span: Span, geonameid: int | str | None = None, at: tuple[float, float] | None = None) -> dict[str, Any]:
    latitude, longitude = at or (None, None)
    return {"span": span, "geonameid": geonameid, "latitude": latitude, "longitude": longitude}


def place(*mentions: Span, geonameid: int | None = None, at: tuple[float, float] | None = None) -> Place:
    latitude, longitude = at or (None, None)
    name = f"p{mentions[0].start}"
    return Place(id=name, name=name, geonameid=geonameid, latitude=latitude, longitude=longitude, mentions=mentions)


def scored(gold: list[dict[str, Any]], *places: Place) -> Evaluation:
    coding = Coding(coder=INFO, article=Article(id="x", text=TEXT), places=places)
    return evaluate("places", [{"id": "x", "text": TEXT, "toponyms": gold}], [coding])


def test_each_mention_of_a_place_is_an_item() -> None:
    result = scored([toponym(LOME), toponym(ACCRA), toponym(KUMASI)], place(LOME, ACCRA), place(KUMASI))
    assert result.value("mention_strict_f1") == 100


def test_overlap_is_enough_but_not_for_the_strict_figure() -> None:
    result = scored([toponym(LOME)], place(Span(0, 9)))
    assert (result.value("mention_strict_f1"), result.value("mention_overlap_f1")) == (0, 100)


def test_within_161_km_is_there() -> None:
    """A degree of latitude is 111.2 km."""
    gold = [toponym(LOME, 1, (6.0, 1.0))]
    near, far = scored(gold, place(LOME, at=(7.4, 1.0))), scored(gold, place(LOME, at=(7.5, 1.0)))
    assert (near.value("accuracy_161km"), far.value("accuracy_161km")) == (100, 0)
    assert (near.headline, far.headline) == (100, 0)
    assert near.value("median_error_km") == pytest.approx(1.4 * 111.195, abs=0.01)


def test_the_shortest_way_may_cross_the_date_line() -> None:
    assert scored([toponym(LOME, 1, (0, 179.9))], place(LOME, at=(0, -179.9))).value("accuracy_161km") == 100


def test_a_place_without_coordinates_is_wrong_where_the_gold_has_them() -> None:
    result = scored([toponym(LOME, 1, (6, 1))], place(LOME))
    assert (result.value("accuracy_161km"), result.value("end_to_end_r"), result.value("median_error_km")) == (0, 0, 0)


def test_a_mention_on_a_toponym_without_coordinates_is_not_counted_end_to_end() -> None:
    gold = [toponym(LOME, 1, (6, 1)), toponym(ACCRA)]
    found = (place(LOME, at=(6, 1)), place(ACCRA, at=(5.5, 0)))
    assert scored(gold, *found).value("end_to_end_p") == 100
    assert scored(gold, *found, place(KUMASI, at=(6.7, -1.6))).value("end_to_end_p") == 50


def test_ids_are_compared_as_written_or_counted() -> None:
    result = scored([toponym(LOME, "1"), toponym(ACCRA, 2), toponym(KUMASI)], place(LOME, geonameid=1), place(ACCRA))
    assert (result.value("exact_id"), [f.n for f in result.figures if f.name == "exact_id"]) == (50, [2])


def test_the_id_is_asked_of_what_was_found() -> None:
    assert scored([toponym(LOME, 1), toponym(ACCRA, 2)], place(LOME, geonameid=1)).value("exact_id") == 100
