"""Codings as tables: one pyarrow table or pandas frame for each list, with link tables for what is nested.

Every table has `article` as its first column; offsets are `*_start` and `*_end`, code points, end-exclusive.
`mentions`, `labels`, `contents` and `parties` hold the spans of actors and places, the nouns of actors, the
content of statements and the parties of events, one row each; `voice_shares`, `distances` and `headline_support` are
the coding's own lists.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from sayso.records import Coding, Span

if TYPE_CHECKING:
    import pandas as pd

_STRINGS = pa.list_(pa.string())


def _spans(*names: str) -> list[tuple[str, Any]]:
    return [(f"{name}_{side}", pa.int64()) for name in names for side in ("start", "end")]


def _texts(*names: str) -> list[tuple[str, Any]]:
    return [(name, pa.string()) for name in names]


SCHEMAS: dict[str, Any] = {
    name: pa.schema([("article", pa.string()), *columns])
    for name, columns in {
        "articles": [
            *_texts("source", "outlet", "title", "byline", "published", "language", "text"),
            ("categories", _STRINGS),
            *_texts("version", "model", "lexicon", "gazetteer"),
        ],
        "actors": [*_texts("id", "name", "kind", "country"), ("sectors", _STRINGS)],
        "places": [
            *_texts("id", "name", "country", "admin1", "feature", "precision"),
            ("geonameid", pa.int64()),
            ("latitude", pa.float64()),
            ("longitude", pa.float64()),
            ("score", pa.float64()),
        ],
        "times": [
            *_texts("id", "text", "start", "end", "granularity", "edtf"),
            *_spans("span"),
            *_texts("type", "duration", "part_of"),
        ],
        "figures": [
            *_texts("id", "text", "unit", "measure", "event", "statement"),
            ("low", pa.float64()),
            ("high", pa.float64()),
            ("approximate", pa.bool_()),
            *_spans("span"),
            *_texts("part_of"),
        ],
        "statements": [
            *_texts("id", "kind", "act", "speaker", "within", "channel", "channel_kind"),
            *_spans("speaker", "cue", "channel"),
        ],
        "events": [
            *_texts("id", "type", "mode", "cameo", "acled_event_type", "acled_sub_event_type", "place", "time"),
            *_texts("realis", "because"),
            ("background", pa.bool_()),
            ("score", pa.float64()),
            ("contexts", _STRINGS),
            ("figures", _STRINGS),
            ("statements", _STRINGS),
            *_spans("trigger", "span", "instrument"),
        ],
        "mentions": [*_texts("of", "text"), *_spans("span")],
        "labels": [*_texts("actor", "text", "statement"), ("distanced", pa.bool_()), *_spans("span")],
        "contents": [*_texts("statement", "text"), *_spans("span")],
        "parties": [*_texts("event", "role", "actor", "text"), *_spans("span")],
        "voice_shares": [
            *_texts("speaker"),
            ("statements", _STRINGS),
            ("words", pa.int64()),
            ("share", pa.float64()),
        ],
        "distances": [*_texts("kind", "actor", "text"), *_spans("span", "cue")],
        "headline_support": [
            *_texts("support", "because", "text"),
            ("statements", _STRINGS),
            ("events", _STRINGS),
            *_spans("span", "evidence"),
        ],
    }.items()
}

Row = tuple[str, dict[str, Any]]


def _at(name: str, span: Span | None) -> dict[str, int | None]:
    return {f"{name}_start": span.start if span else None, f"{name}_end": span.end if span else None}


def _rows(coding: Coding) -> Iterator[Row]:
    text = coding.article.text
    yield (
        "articles",
        coding.article.model_dump(exclude={"id", "blocks"}) | coding.coder.model_dump(),
    )
    yield from _actors(coding, text)
    for time in coding.times:
        yield "times", time.model_dump(exclude={"span"}) | _at("span", time.span)
    for figure in coding.figures:
        yield "figures", figure.model_dump(exclude={"span"}) | _at("span", figure.span)
    yield from _statements(coding, text)
    yield from _events(coding, text)
    yield from _standing(coding, text)


def _standing(coding: Coding, text: str) -> Iterator[Row]:
    for share in coding.voice_shares:
        yield "voice_shares", share.model_dump()
    for distance in coding.distances:
        row = {"kind": distance.kind, "actor": distance.actor, "text": distance.span.of(text)}
        yield "distances", row | _at("span", distance.span) | _at("cue", distance.cue_span)
    for claim in coding.headline_support:
        row = claim.model_dump(exclude={"span", "evidence"}) | {"text": claim.span.of(text)}
        yield "headline_support", row | _at("span", claim.span) | _at("evidence", claim.evidence)


def _actors(coding: Coding, text: str) -> Iterator[Row]:
    for actor in coding.actors:
        yield "actors", actor.model_dump(exclude={"mentions", "labels"})
        for label in actor.labels:
            yield (
                "labels",
                {"actor": actor.id} | label.model_dump(exclude={"span"}) | _at("span", label.span),
            )
    for place in coding.places:
        yield "places", place.model_dump(exclude={"mentions"})
    named = [*((a.id, a.mentions) for a in coding.actors), *((p.id, p.mentions) for p in coding.places)]
    for identifier, mentions in named:
        for span in mentions:
            yield "mentions", {"of": identifier, "text": span.of(text)} | _at("span", span)


def _statements(coding: Coding, text: str) -> Iterator[Row]:
    for said in coding.statements:
        channel = said.channel
        named = {"channel": channel.name if channel else None, "channel_kind": channel.kind if channel else None}
        yield (
            "statements",
            {name: getattr(said, name) for name in ("id", "kind", "act", "speaker", "within")}
            | named
            | _at("speaker", said.speaker_span)
            | _at("cue", said.cue_span)
            | _at("channel", channel.span if channel else None),
        )
        for span in said.content_spans:
            yield "contents", {"statement": said.id, "text": span.of(text)} | _at("span", span)


def _events(coding: Coding, text: str) -> Iterator[Row]:
    nested = {"trigger", "span", "actors", "recipients", "instrument", "acled"}
    for event in coding.events:
        acled = {f"acled_{k}": v for k, v in (event.acled.model_dump() if event.acled else {}).items()}
        spans = _at("trigger", event.trigger) | _at("span", event.span) | _at("instrument", event.instrument)
        yield "events", event.model_dump(exclude=nested) | acled | spans
        for role, parties in (("actor", event.actors), ("recipient", event.recipients)):
            for party in parties:
                row = {"event": event.id, "role": role, "actor": party.actor, "text": party.span.of(text)}
                yield "parties", row | _at("span", party.span)


def tables(codings: Iterable[Coding]) -> dict[str, Any]:
    """A `pyarrow.Table` for each name in SCHEMAS, over all the codings; empty lists give empty tables."""
    rows: dict[str, list[dict[str, Any]]] = {name: [] for name in SCHEMAS}
    for coding in codings:
        for name, row in _rows(coding):
            rows[name].append({"article": coding.article.id} | row)
    return {name: pa.Table.from_pylist(rows[name], schema=schema) for name, schema in SCHEMAS.items()}


def frames(coding: Coding) -> dict[str, pd.DataFrame]:
    """The same as pandas frames, with nullable dtypes so that offsets stay integers. Needs pandas."""
    import pandas as pd

    dtypes = {
        pa.int64(): pd.Int64Dtype(),
        pa.float64(): pd.Float64Dtype(),
        pa.bool_(): pd.BooleanDtype(),
        pa.string(): pd.StringDtype(),
    }
    return {name: table.to_pandas(types_mapper=dtypes.get) for name, table in tables([coding]).items()}
