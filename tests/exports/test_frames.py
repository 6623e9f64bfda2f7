"""Codings as tables."""

from __future__ import annotations

import pyarrow as pa

from made import TEXT, coding
from sayso.exports.frames import SCHEMAS, frames, tables
from sayso.records import (
    Actor,
    Article,
    Distance,
    Event,
    Figure,
    HeadlineSupport,
    Label,
    Place,
    Statement,
    Time,
    VoiceShare,
)


def test_every_list_is_a_table_with_a_fixed_schema() -> None:
    """An empty list gives an empty table of the same columns, so that shards fit together."""
    bare = coding(actors=(), places=(), times=(), figures=(), statements=(), events=())
    for name, table in tables([bare]).items():
        assert table.schema == SCHEMAS[name]
    full = tables([coding(), bare])
    assert full["events"].num_rows == 4
    assert full["articles"].num_rows == 2
    assert pa.concat_tables([full["events"], tables([bare])["events"]]).num_rows == 4


def test_offsets_hold_the_words() -> None:
    for name, words in (("mentions", "text"), ("labels", "text"), ("contents", "text"), ("parties", "text")):
        for row in tables([coding()])[name].to_pylist():
            assert TEXT[row["span_start"] : row["span_end"]] == row[words]


def test_every_field_of_a_record_has_its_columns() -> None:
    """Under its own name, as `*_start` and `*_end`, or, of what is nested, in a table of its own; only blocks have none."""
    records = {
        "articles": Article, "actors": Actor, "places": Place, "times": Time, "figures": Figure, "statements": Statement,
        "events": Event, "labels": Label, "voice_shares": VoiceShare, "distances": Distance, "headline_support": HeadlineSupport,
    }  # fmt: skip
    elsewhere = {
        "id": "article",
        "content_spans": "contents",
        "acled": "acled_event_type",
        "actors": "parties",
        "recipients": "parties",
    }
    lost = []
    for name, record in records.items():
        columns = {*SCHEMAS[name].names, *SCHEMAS} - ({"actors"} if name == "events" else set())
        for field in record.model_fields:
            names = (field, f"{field}_start", f"{field.removesuffix('_span')}_start", elsewhere.get(field))
            if not columns & set(names):
                lost.append(f"{name}.{field}")
    assert lost == ["articles.blocks"]


def test_frames_keep_integers_and_nothing_is_lost() -> None:
    found = coding().to_frames()
    assert set(found) == set(SCHEMAS)
    assert str(found["statements"]["speaker_start"].dtype) == "Int64"
    assert found["events"]["instrument_start"].isna().all()
    assert found["events"]["type"].tolist() == ["PROTEST", "ASSAULT", "ASSAULT", "COERCE"]
    assert list(frames(coding())["events"].loc[1, "statements"]) == ["s1", "s2"]
