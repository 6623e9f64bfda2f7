"""Parquet by day, as pyarrow and DuckDB read it back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pytest

from exports.dossiers import HOSTILE, all_of_them, changed, disputed, nowhere
from sayso.errors import InputError
from sayso.exports import parquet
from sayso.exports.parquet import schema, write


def test_a_folder_a_day_and_hives_null_for_no_day(tmp_path: Path) -> None:
    assert write(all_of_them(), tmp_path / "out") == 5
    assert sorted(p.parent.name for p in (tmp_path / "out").rglob("*.parquet")) == [
        "day=2022-01-05",
        "day=2023-03-01",
        "day=__HIVE_DEFAULT_PARTITION__",
    ]


def test_pyarrow_reads_it_back(tmp_path: Path) -> None:
    """Days are dates, the unknown day is null, lists are lists, and words are raw."""
    write(all_of_them(), tmp_path)
    days = ds.partitioning(pa.schema([schema().field("day")]), flavor="hive")
    rows = ds.dataset(tmp_path, partitioning=days).to_table().sort_by([("incident", "ascending")]).to_pylist()
    assert [row["day"] for row in rows] == [date(2022, 1, 5)] * 3 + [None, date(2023, 3, 1)]
    first, hostile = rows[0], rows[3]
    assert first["voices"] == ["the interior ministry"]
    assert first["actors"] == [{"name": "rioters", "country": "KAZ", "sectors": ["OPP", "CVL"]}]
    assert [(v["field"], v["by"], v["low"]) for v in first["values"][:2]] == [
        ("killed", "the interior ministry", 12),
        ("killed", "A nurse", 3),
    ]
    assert hostile["article"] == hostile["title"] == hostile["recipients"][0]["name"] == HOSTILE


def test_duckdb_reads_it_back(tmp_path: Path) -> None:
    """Days come back as dates without being told, nested lists can be taken apart, and coordinates are numbers."""
    write(all_of_them(), tmp_path)
    with duckdb.connect() as connection:
        source = f"read_parquet('{tmp_path}/**/*.parquet', hive_partitioning = true)"
        by_day = connection.execute(
            f"SELECT day, count(*), any_value(standing) FROM {source} GROUP BY day ORDER BY day NULLS LAST"
        ).fetchall()
        denied = connection.execute(f"SELECT incident FROM {source} WHERE len(denied_by) > 0").fetchall()
        tolls = connection.execute(
            f"SELECT DISTINCT v.by, v.low FROM (SELECT unnest(\"values\") v FROM {source}) WHERE v.field = 'killed' ORDER BY 2"
        ).fetchall()
        point = connection.execute(f"SELECT longitude, latitude FROM {source} WHERE incident = 'i3'").fetchone()
    assert by_day == [(date(2022, 1, 5), 3, "disputed"), (date(2023, 3, 1), 1, "disputed"), (None, 1, "unattributed")]
    assert denied == [("i3",)]
    assert tolls == [("A nurse", 3.0), ("the interior ministry", 12.0)]
    assert point == (-70.5, -33.5)


def test_the_same_dossiers_are_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one", "two"):
        write(all_of_them(), tmp_path / name)
    one, two = (
        {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*.parquet")}
        for name in ("one", "two")
    )
    assert one == two


def test_more_rows_than_fit_in_a_batch_keep_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "BATCH", 2)
    made = [changed(disputed(), id=f"i{n:03}") for n in range(20)]
    assert write(made, tmp_path) == 60
    found = ds.dataset(tmp_path).to_table()["incident"].to_pylist()
    assert found == sorted(found)
    assert len(found) == 60


def test_no_dossiers_are_an_empty_folder(tmp_path: Path) -> None:
    assert write([], tmp_path / "out") == 0
    assert list((tmp_path / "out").iterdir()) == []


def test_what_is_there_is_not_mixed_with_what_is_written(tmp_path: Path) -> None:
    """A second export into one folder would leave days of the first behind."""
    write([nowhere()], tmp_path)
    with pytest.raises(InputError, match="something in it already"):
        write([nowhere()], tmp_path)


def test_a_folder_that_cannot_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="file"):
        write([nowhere()], tmp_path / "file")
