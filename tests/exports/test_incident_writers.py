"""Every format of incidents, written as a stream."""

from __future__ import annotations

import json
from collections.abc import Iterable

import pytest

from exports.dossiers import all_of_them, disputed
from sayso.exports.incident_writers import INCIDENT_WRITERS
from sayso.exports.writers import Style
from sayso.ledger.dossier import Dossier
from sayso.records import Incident

ARRAYS = ("geojson", "jsonld", "prov", "annotations")
ATTRIBUTED = [name for name in INCIDENT_WRITERS if name not in ("gdelt-events", "annotations")]
"""Formats that have room for whose word it is: GDELT's events have none, and annotations are what people said."""


def whole(name: str, dossiers: Iterable[Dossier]) -> str:
    writer = INCIDENT_WRITERS[name]()
    return writer.before() + "".join(writer.each(dossier, Style()) for dossier in dossiers) + writer.after()


def test_the_formats_by_their_names() -> None:
    assert set(INCIDENT_WRITERS) == set(
        "jsonl table csv geojson acled gdelt-events gdelt-mentions plover jsonld annotations prov".split()
    )


@pytest.mark.parametrize("name", INCIDENT_WRITERS)
def test_the_same_dossiers_are_the_same_bytes(name: str) -> None:
    assert whole(name, all_of_them()) == whole(name, all_of_them())
    whole(name, all_of_them()).encode()


@pytest.mark.parametrize("name", INCIDENT_WRITERS)
def test_no_dossier_is_a_complete_file_too(name: str) -> None:
    empty = whole(name, [])
    if name in ARRAYS:
        (items,) = [value for value in json.loads(empty).values() if isinstance(value, list) and not value]
        assert items == []
    else:
        assert empty.count("\n") == (1 if name in ("csv", "acled") else 0)


@pytest.mark.parametrize("name", ARRAYS)
def test_arrays_are_json_wherever_the_empty_ones_are(name: str) -> None:
    """A dossier that has nothing for the format leaves no comma behind, first, last or between."""
    full, empty = disputed(), all_of_them()[1]
    for order in ([full], [empty, full], [full, empty], [empty, full, empty, full], [empty]):
        json.loads(whole(name, order))


@pytest.mark.parametrize("name", ATTRIBUTED)
def test_origin_and_standing_travel_in_every_format_with_room_for_them(name: str) -> None:
    text = whole(name, [disputed()])
    assert "the interior ministry" in text
    assert "disputed" in text or name == "prov"
    assert "actual" in text or name in ("table", "jsonl")


def test_json_lines_are_the_record_itself() -> None:
    incidents = [Incident.model_validate_json(line) for line in whole("jsonl", all_of_them()).splitlines()]
    assert incidents == [dossier.incident for dossier in all_of_them()]
