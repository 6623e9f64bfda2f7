"""Parquet, a folder partitioned by day in Hive's manner: one row a report, with its incident's id, place and standing.

`day=2022-01-05/part-0.parquet`; incidents without a day stand under `day=__HIVE_DEFAULT_PARTITION__`, Hive's directory of the
null: pyarrow and DuckDB both read it back as null and the other days as dates, where a word such as `unknown` would turn the
whole column into text. Cells are raw: nothing is escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds

from sayso.errors import InputError
from sayso.exports.tellings import Named, Telling, denier, outlet, tellings, whose
from sayso.ledger.dossier import Dossier
from sayso.records import Incident, Party, Place

BATCH = 4096
"""Rows in memory at a time: some ten megabytes with the words of their clauses."""
DAYS = 100_000
"""Partitions that one export may have: 270 years of days. pyarrow stops at 1024 unless told otherwise."""


@cache
def schema() -> pa.Schema:
    """The columns, `day` first: it is the partition and is in no file."""
    text, texts = pa.string(), pa.list_(pa.string())
    party = pa.struct({"name": text, "country": text, "sectors": texts})
    value = pa.struct(
        {"field": text, "value": text, "low": pa.float64(), "high": pa.float64(), "by": text, "article": text}
    )
    plain_columns = (
        "incident standing because article event origin origin_kind copy_of published type mode cameo acled_event_type "
        "acled_sub_event_type realis start end place country admin1 precision source outlet title text trigger"
    )
    return pa.schema(
        {
            "day": pa.date32(),
            **dict.fromkeys(plain_columns.split(), text),
            "background": pa.bool_(),
            "score": pa.float64(),
            "geonameid": pa.int64(),
            "latitude": pa.float64(),
            "longitude": pa.float64(),
            "contexts": texts,
            "voices": texts,
            "denied_by": texts,
            "actors": pa.list_(party),
            "recipients": pa.list_(party),
            "values": pa.list_(value),
        }
    )


def rows(dossier: Dossier) -> Iterator[dict[str, Any]]:
    """One row a report.

    Raises:
        LedgerError: a report is not in the dossier.
    """
    incident = dossier.incident
    shared = {
        "day": date.fromisoformat(incident.start) if incident.start else None,
        "incident": incident.id,
        "standing": incident.standing,
        "because": incident.because,
        "start": incident.start,
        "end": incident.end,
        **_place(incident.place),
        "denied_by": list(dict.fromkeys(denier(incident, d) for d in incident.denials)),
        "values": list(_values(incident)),
    }
    for telling in tellings(dossier):
        yield {**shared, **_report(telling)}


def _place(place: Place | None) -> dict[str, Any]:
    """The incident's place: that of one report may be another."""
    fields = ("country", "admin1", "precision", "geonameid", "latitude", "longitude")
    return {"place": place.name if place else None, **{name: getattr(place, name, None) for name in fields}}


def _values(incident: Incident) -> Iterator[dict[str, Any]]:
    for field, values in incident.values.items():
        for value in values:
            by = whose(incident, value.origin, value.speaker)
            yield {"field": field, **value.model_dump(include={"value", "low", "high", "article"}), "by": by}


def _report(telling: Telling) -> dict[str, Any]:
    report, event, article = telling.report, telling.event, telling.article
    return {
        "article": report.article,
        "event": report.event,
        "origin": telling.origin.name if telling.origin else None,
        "origin_kind": telling.origin.kind if telling.origin else None,
        "copy_of": report.copy_of,
        "published": report.published,
        "type": event.type,
        "mode": event.mode,
        "cameo": event.cameo,
        "acled_event_type": event.acled.event_type if event.acled else None,
        "acled_sub_event_type": event.acled.sub_event_type if event.acled else None,
        "realis": event.realis,
        "background": event.background,
        "score": event.score,
        "contexts": list(event.contexts),
        "voices": telling.voices,
        "actors": _parties(telling, event.actors),
        "recipients": _parties(telling, event.recipients),
        "source": article.source or None,
        "outlet": outlet(article),
        "title": article.title,
        "text": event.span.of(article.text),
        "trigger": event.trigger.of(article.text),
    }


def _parties(telling: Telling, found: tuple[Party, ...]) -> list[dict[str, Any]]:
    named = []
    for party in found:
        actor = telling.view.actor(party.actor)
        words = party.span.of(telling.article.text)
        named.append(Named(actor.name, actor.country, actor.sectors) if actor else Named(words, None, ()))
    return [one._asdict() for one in named]


def write(dossiers: Iterable[Dossier], folder: Path) -> int:
    """Write the folder, which must be new or empty, and return the number of rows. The same dossiers give the same bytes.

    Dossiers in the order of their days leave one file a day; in any other order a day may have several.

    Raises:
        InputError: the folder holds something, or cannot be written.
        LedgerError: a report is not in its dossier.
    """
    try:
        if folder.exists() and any(folder.iterdir()):
            raise InputError(str(folder), "there is something in it already; an export wants a folder of its own")
        counted = _Counted(row for dossier in dossiers for row in rows(dossier))
        ds.write_dataset(
            counted.batches(),
            folder,
            schema=schema(),
            format="parquet",
            partitioning=ds.partitioning(pa.schema([schema().field("day")]), flavor="hive"),
            max_partitions=DAYS,
            preserve_order=True,  # else the order of batches, and so the bytes, would vary
        )
        folder.mkdir(exist_ok=True)  # pyarrow makes none for no rows
    except OSError as error:
        raise InputError(str(folder), f"cannot be written: {error}") from error
    return counted.rows


class _Counted:
    """Rows as record batches, counted as they pass."""

    def __init__(self, rows: Iterator[dict[str, Any]]):
        self._rows = rows
        self.rows = 0

    def batches(self) -> Iterator[pa.RecordBatch]:
        while batch := list(islice(self._rows, BATCH)):
            self.rows += len(batch)
            yield pa.RecordBatch.from_pylist(batch, schema=schema())
