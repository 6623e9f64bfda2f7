"""Codings as tables."""

from __future__ import annotations

import pickle
import subprocess
import sys

import pyarrow as pa

from made import TEXT, coding
from sayso.exports.frames import SCHEMAS, frames, tables


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


def test_frames_keep_integers_and_nothing_is_lost() -> None:
    found = coding().to_frames()
    assert set(found) == set(SCHEMAS)
    assert str(found["statements"]["speaker_start"].dtype) == "Int64"
    assert found["events"]["instrument_start"].isna().all()
    assert found["events"]["type"].tolist() == ["PROTEST", "ASSAULT", "ASSAULT", "COERCE"]
    assert list(frames(coding())["events"].loc[1, "statements"]) == ["s1", "s2"]


def test_a_coding_from_another_process_shows_itself() -> None:
    """One that was pickled has its frames and its page where nothing of sayso was imported by name, let alone the exports."""
    asks = "import pickle, sys; one = pickle.load(sys.stdin.buffer); print(sorted(one.to_frames()), one._repr_html_())"
    done = subprocess.run([sys.executable, "-c", asks], input=pickle.dumps(coding()), capture_output=True, timeout=60)
    names, _, page = done.stdout.decode().partition("] ")
    assert (done.returncode, names) == (0, str(sorted(SCHEMAS))[:-1]), done.stderr.decode()
    assert page.strip() == coding()._repr_html_().strip()
