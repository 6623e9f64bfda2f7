"""GeoJSON by the rules of RFC 7946."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exports.dossiers import PLACE, all_of_them, changed, denied, disputed
from sayso.exports.geojson import FOOT, HEAD, feature, text
from sayso.exports.incident_writers import INCIDENT_WRITERS
from sayso.exports.writers import Style


def collection() -> Any:
    writer = INCIDENT_WRITERS["geojson"]()
    return json.loads(
        writer.before() + "".join(writer.each(dossier, Style()) for dossier in all_of_them()) + writer.after()
    )


def test_it_is_one_feature_collection_without_a_crs() -> None:
    found = collection()
    assert set(found) == {"type", "features"}
    assert found["type"] == "FeatureCollection"
    for one in found["features"]:
        assert set(one) == {"type", "id", "geometry", "properties"}
        assert one["type"] == "Feature"
        assert isinstance(one["properties"], dict)


def test_no_incident_is_an_empty_collection() -> None:
    assert json.loads(HEAD + FOOT) == {"type": "FeatureCollection", "features": []}


def test_longitude_comes_first_and_what_is_nowhere_has_no_geometry() -> None:
    almaty, nowhere, ardel = collection()["features"]
    assert almaty["geometry"] == {"type": "Point", "coordinates": [76.9166667, 43.25]}
    assert nowhere["geometry"] is None
    assert ardel["geometry"]["coordinates"] == [-70.5, -33.5]


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_points_have_at_most_seven_decimals_and_are_not_moved(latitude: float, longitude: float) -> None:
    place = PLACE.model_copy(update={"latitude": latitude, "longitude": longitude})
    lon, lat = feature(changed(disputed(), place=place))["geometry"]["coordinates"]
    assert (round(lon, 7), round(lat, 7)) == (lon, lat)
    assert abs(lon - longitude) <= 0.5e-7
    assert abs(lat - latitude) <= 0.5e-7


def test_the_same_incident_is_the_same_bytes() -> None:
    assert text(disputed()) == text(disputed())


def test_properties_say_on_whose_word_it_rests() -> None:
    found = feature(disputed())["properties"]
    assert (found["standing"], found["realis"], found["precision"]) == ("disputed", "actual", "settlement")
    assert [origin["name"] for origin in found["origins"]] == ["the interior ministry", "A nurse"]
    assert [(v["by"], v["value"]) for v in found["values"]["killed"]] == [
        ("the interior ministry", "at least 12"),
        ("A nurse", "3"),
    ]
    denials = feature(denied())["properties"]
    assert (denials["denials"], denials["denied_by"]) == (1, ["army spokesman Rado"])


@pytest.mark.parametrize("missing", ["latitude", "longitude"])
def test_half_a_point_is_none(missing: str) -> None:
    assert feature(changed(disputed(), place=PLACE.model_copy(update={missing: None})))["geometry"] is None
