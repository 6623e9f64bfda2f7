"""SQL over a ledger: DuckDB, over tables made of the ledger when a query names them. `TABLES` says what they are."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import Connection, Engine, select

from sayso.errors import LedgerError
from sayso.ledger.asking.answers import ROWS, Answer, memory, refusals, renamed
from sayso.ledger.database import reading
from sayso.ledger.facts import ordinal
from sayso.ledger.keeping import unpacked
from sayso.ledger.origins import Named
from sayso.ledger.schema import annotation, article, coding, event, incident, origin
from sayso.records import Coding, Incident

if TYPE_CHECKING:
    import pyarrow as pa
    from duckdb import DuckDBPyConnection

Rows = Iterator[tuple[Any, ...]]
PAGE = 2_000
"""Rows read, and made into a part of a table, at once."""

_NAME = re.compile(r"\w+")


class View(NamedTuple):
    """A table that a query can name: its columns with their types (DuckDB's names), and what its rows are made of."""

    about: str
    columns: dict[str, str]
    rows: Callable[[Connection], Rows]


def query(engine: Engine, sql: str) -> pa.Table:
    """The answer to one SELECT, whole. Raises LedgerError: see `answered`."""
    import pyarrow as pa

    with answered(engine, sql) as (schema, batches):
        return pa.Table.from_batches(batches, schema=schema)


@contextmanager
def answered(engine: Engine, sql: str) -> Iterator[Answer]:
    """The answer to one SELECT as it comes. Nothing can be written, and no file of this machine can be read.

    Raises LedgerError for what DuckDB refuses, in its words; for what takes too much memory, too.
    """
    import duckdb

    if not sql.isascii() and sql.encode("utf-8", "replace").decode() != sql:
        raise LedgerError("query: it holds half a surrogate pair")
    settings: dict[str, Any] = {
        "enable_external_access": "false",
        "memory_limit": memory(),
        "autoinstall_known_extensions": "false",
        "python_enable_replacements": "false",
        "temp_directory": "",
    }
    with duckdb.connect(config=settings) as duck:
        with refusals():
            reader = _reader(duck, engine, sql)
            schema = renamed(reader.schema)
        yield Answer(schema, _batches(reader, schema))


def _reader(duck: DuckDBPyConnection, engine: Engine, sql: str) -> pa.RecordBatchReader:
    import duckdb

    if [one.type for one in duck.extract_statements(sql)] != [duckdb.StatementType.SELECT]:
        raise LedgerError("a query is one SELECT")
    for name in _named(duck, sql):
        duck.register(name, table(engine, name))
    duck.execute("SET lock_configuration = true")
    return duck.sql(sql).to_arrow_reader(ROWS)


def _batches(reader: pa.RecordBatchReader, schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    while True:
        with refusals():
            batch = next(reader, None)
        if batch is None:
            return
        yield pa.RecordBatch.from_arrays(batch.columns, schema=schema)


def _named(duck: DuckDBPyConnection, sql: str) -> list[str]:
    """The tables that a query names; where DuckDB cannot say (a join by columns of what it does not know), all that it may."""
    import duckdb

    try:
        names = duck.get_table_names(sql)
    except duckdb.BinderException:
        names = set(_NAME.findall(sql))
    return sorted({one.lower() for one in names} & TABLES.keys())


def table(engine: Engine, name: str) -> pa.Table:
    """One of `TABLES`, whole."""
    import pyarrow as pa

    view = TABLES[name]
    schema = pa.schema([(column, _ARROW[kind]()) for column, kind in view.columns.items()])
    with reading(engine) as connection:
        rows, parts = view.rows(connection), []
        while page := list(islice(rows, PAGE)):
            columns = zip(zip(*page, strict=True), schema, strict=True)
            parts.append(pa.RecordBatch.from_arrays([pa.array(v, type=f.type) for v, f in columns], schema=schema))
    return pa.Table.from_batches(parts, schema=schema)


def _arrow(name: str, *given: Callable[[], Any]) -> Callable[[], Any]:
    def made() -> Any:
        import pyarrow as pa

        return getattr(pa, name)(*(one() for one in given))

    return made


_ARROW = {
    "VARCHAR": _arrow("string"),
    "BIGINT": _arrow("int64"),
    "DOUBLE": _arrow("float64"),
    "BOOLEAN": _arrow("bool_"),
    "DATE": _arrow("date32"),
    "VARCHAR[]": _arrow("list_", _arrow("string")),
}


def _day(number: int | None) -> date | None:
    return None if number is None else date.fromordinal(number)


def _iso(day: str | None) -> date | None:
    return _day(ordinal(day))


def _articles(connection: Connection) -> Rows:
    first = article.alias("first")
    rows = connection.execution_options(yield_per=PAGE).execute(
        select(article, first.c.key.label("original")).outerjoin(first, first.c.id == article.c.copy_of)
        .where(article.c.forgotten.is_(None)).order_by(article.c.id)
    )  # fmt: skip
    for r in rows:
        yield r.key, r.source, r.outlet, r.title, r.published, _day(r.day), r.language, r.original, r.added


def _events(connection: Connection) -> Rows:
    rows = connection.execution_options(yield_per=PAGE).execute(
        select(event, article.c.key, article.c.published, incident.c.key.label("of"), origin.c.key.label("whose"), origin.c.name.label("whose_name"),
            origin.c.kind.label("whose_kind"))
        .join(article, article.c.id == event.c.article)
        .outerjoin(incident, incident.c.id == event.c.incident).outerjoin(origin, origin.c.id == event.c.origin)
        .order_by(event.c.id)
    )  # fmt: skip
    for r in rows:
        notes = json.loads(r.facts)
        kind, _, sub = (r.acled or "").partition(" / ")
        yield (
            r.key, r.name, r.role, r.of, r.type, r.mode, r.cameo, kind or None, sub or None, r.realis, r.background, r.score, r.trigger,
            r.trigger_start, r.trigger_end, _day(r.first_day), _day(r.last_day), r.place, r.country, r.latitude, r.longitude,
            r.precision, Named(r.whose, r.whose_name, r.whose_kind).id if r.whose else None, r.whose_name, notes["speaker"],
            [side[0] for side in notes["who"]], [side[0] for side in notes["whom"]], notes["statements"],
        )  # fmt: skip


def _incidents(connection: Connection) -> Rows:
    for key, one in _records(connection):
        place = one.place
        yield (
            key, one.type, one.mode, one.cameo, one.acled.event_type if one.acled else None,
            one.acled.sub_event_type if one.acled else None, place.name if place else None, place.country if place else None,
            place.admin1 if place else None, place.latitude if place else None, place.longitude if place else None,
            _iso(one.start), _iso(one.end), one.standing, one.because, len(one.origins), len({r.article for r in one.reports}),
            len(one.denials), _iso(one.first_published), _iso(one.last_published),
        )  # fmt: skip


def _values(connection: Connection) -> Rows:
    for key, one in _records(connection):
        names = {o.id: o.name for o in one.origins}
        for field, values in one.values.items():
            for v in values:
                yield (
                    key,
                    field,
                    v.value,
                    v.low,
                    v.high,
                    v.approximate,
                    v.origin,
                    names.get(v.origin or ""),
                    v.speaker,
                    v.article,
                    _iso(v.published),
                )


def _denials(connection: Connection) -> Rows:
    for key, one in _records(connection):
        for d in one.denials:
            yield key, d.article, d.speaker, d.origin, d.statement


def _records(connection: Connection) -> Iterator[tuple[str, Incident]]:
    rows = select(incident.c.key, incident.c.record).where(incident.c.record.is_not(None)).order_by(incident.c.id)
    for row in connection.execution_options(yield_per=PAGE).execute(rows):
        yield row.key, Incident.model_validate_json(unpacked(row.record))


def _codings(connection: Connection) -> Iterator[Coding]:
    rows = (
        select(coding.c.data)
        .join(article, (article.c.id == coding.c.article) & (article.c.revision == coding.c.revision))
        .where(article.c.forgotten.is_(None)).order_by(article.c.id)
    )  # fmt: skip
    for data in connection.execution_options(yield_per=PAGE).execute(rows).scalars():
        yield Coding.model_validate_json(unpacked(data))


def _statements(connection: Connection) -> Rows:
    for made in _codings(connection):
        text = made.article.text
        for s in made.statements:
            speaker = s.speaker_span.of(text) if s.speaker_span else None
            content = " … ".join(span.of(text) for span in s.content_spans)
            yield (
                made.article.id,
                s.id,
                s.kind,
                s.act,
                s.speaker,
                speaker,
                s.channel.name if s.channel else None,
                s.within,
                content,
            )


def _actors(connection: Connection) -> Rows:
    for made in _codings(connection):
        for a in made.actors:
            yield made.article.id, a.id, a.name, a.kind, a.country, list(a.sectors), len(a.mentions)


def _figures(connection: Connection) -> Rows:
    for made in _codings(connection):
        for f in made.figures:
            yield (
                made.article.id,
                f.id,
                f.text,
                f.low,
                f.high,
                f.approximate,
                f.unit,
                f.measure,
                f.part_of,
                f.event,
                f.statement,
            )


def _annotations(connection: Connection) -> Rows:
    rows = connection.execution_options(yield_per=PAGE).execute(
        select(annotation, article.c.key)
        .join(article, article.c.id == annotation.c.article)
        .order_by(annotation.c.created)
    )
    for r in rows:
        yield (
            r.key,
            r.id,
            r.kind,
            r.creator,
            r.created,
            r.exact,
            r.field,
            r.value,
            r.body,
            r.reply_to,
            r.state,
            r.orphan,
        )


def _of(names: str, kind: str = "VARCHAR") -> dict[str, str]:
    return dict.fromkeys(names.split(), kind)


TABLES: dict[str, View] = {
    "articles": View(
        "One row an article that is not forgotten.",
        {**_of("article source outlet title published"), "day": "DATE", **_of("language copy_of added")},
        _articles,
    ),
    "events": View(
        "One row an event of a current coding. `role`: report, denial, or other (plans, history, what nobody tells as fact).",
        {
            **_of("article event role incident type mode cameo acled_type acled_sub_type realis"),
            "background": "BOOLEAN",
            "score": "DOUBLE",
            "trigger": "VARCHAR",
            **_of("trigger_start trigger_end", "BIGINT"),
            **_of("first_day last_day", "DATE"),
            **_of("place country"),
            **_of("latitude longitude", "DOUBLE"),
            **_of("precision origin origin_name speaker"),
            **_of("actors recipients statements", "VARCHAR[]"),
        },
        _events,
    ),
    "incidents": View(
        "One row an incident that has reports.",
        {
            **_of("incident type mode cameo acled_type acled_sub_type place country admin1"),
            **_of("latitude longitude", "DOUBLE"),
            **_of("start_day end_day", "DATE"),
            **_of("standing because"),
            **_of("origins articles denials", "BIGINT"),
            **_of("first_published last_published", "DATE"),
        },
        _incidents,
    ),
    "incident_values": View(
        "One row a value that an origin gives for a field of an incident: tolls, place, day, parties.",
        {
            **_of("incident field value"),
            **_of("low high", "DOUBLE"),
            "approximate": "BOOLEAN",
            **_of("origin origin_name speaker article"),
            "published": "DATE",
        },
        _values,
    ),
    "denials": View("One row a denial of an incident.", _of("incident article speaker origin statement"), _denials),
    "statements": View(
        "One row a statement of a current coding.",
        _of("article statement kind act speaker speaker_words channel within content"),
        _statements,
    ),
    "actors": View(
        "One row an actor of a current coding.",
        {**_of("article actor name kind country"), "sectors": "VARCHAR[]", "mentions": "BIGINT"},
        _actors,
    ),
    "figures": View(
        "One row a figure of a current coding.",
        {
            **_of("article figure text"),
            **_of("low high", "DOUBLE"),
            "approximate": "BOOLEAN",
            **_of("unit measure part_of event statement"),
        },
        _figures,
    ),
    "annotations": View(
        "One row a thing that somebody said of an article's words.",
        {**_of("article annotation kind creator created exact field value body reply_to state"), "orphan": "BOOLEAN"},
        _annotations,
    ),
}
"""What a query can name; days are DATE, `incident`, `article` and `event` are the ids of the records."""
