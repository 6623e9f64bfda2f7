"""What may be wrong with a ledger, and is looked for."""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from hashlib import sha256

from sqlalchemy import Connection, Engine, func, select

from sayso.ledger import fulltext
from sayso.ledger.database import reading
from sayso.ledger.incidents.decisions import read_mark
from sayso.ledger.keeping import hash_of, unpacked
from sayso.ledger.schema import annotation, article, coding, decision, event, incident, raw, setting, uncoded
from sayso.ledger.uncoded import read_uncoded
from sayso.records import Coding, Incident

Progress = Callable[[str, float], None]
PAGE = 500
"""Rows read at once."""


def check(engine: Engine, progress: Progress | None = None) -> Iterator[str]:
    """What is wrong with a ledger, a line each; nothing where all is well."""
    with reading(engine) as connection:
        yield from faults(connection, progress)


def faults(connection: Connection, progress: Progress | None = None) -> Iterator[str]:
    """What is wrong with the state of a ledger that a connection sees."""
    for look in (_database, _raws, _revisions, _uncoded, _articles, _words, _incidents, _annotations, _decisions):
        yield from look(connection)
    yield from _codings(connection, progress)


def _database(connection: Connection) -> Iterator[str]:
    if connection.dialect.name != "sqlite":
        return  # PostgreSQL checks its keys as it writes
    for row in connection.exec_driver_sql("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield f"the file: {row[0]}"
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield f"{row[0]}: row {row[1]} names a row of {row[2]} that is not there"


def _raws(connection: Connection) -> Iterator[str]:
    for row in connection.execution_options(yield_per=PAGE).execute(select(raw)):
        try:
            data = zlib.decompress(row.data)
        except zlib.error:
            yield f"raw {row.hash}: cannot be unpacked"
            continue
        if sha256(data).hexdigest() != row.hash or len(data) != row.size:
            yield f"raw {row.hash}: holds other bytes than it was made of"


def _codings(connection: Connection, progress: Progress | None) -> Iterator[str]:
    total = connection.execute(select(func.count()).select_from(article)).scalar_one()
    rows = connection.execution_options(yield_per=PAGE).execute(
        select(article.c.key, article.c.text_hash, article.c.id, coding.c.data)
        .outerjoin(coding, (coding.c.article == article.c.id) & (coding.c.revision == article.c.revision))
        .where(article.c.forgotten.is_(None), article.c.id.not_in(select(uncoded.c.article))).order_by(article.c.id)
    )  # fmt: skip
    for done, row in enumerate(rows):
        if progress:
            progress("codings", done / max(total, 1))
        if row.data is None:
            yield f"{row.key}: its current coding is missing"
            continue
        try:
            made = Coding.model_validate_json(unpacked(row.data))
        except (zlib.error, ValueError):
            yield f"{row.key}: its coding cannot be read"
            continue
        if hash_of(made.article.text) != row.text_hash:
            yield f"{row.key}: its text is not that of which the hash was kept"
        named = connection.execute(select(event.c.name).where(event.c.article == row.id)).scalars().all()
        if sorted(named) != sorted(one.id for one in made.events):
            yield f"{row.key}: its events are not those of its coding"


def _uncoded(connection: Connection) -> Iterator[str]:
    """Articles without a coding; `_codings` looks at the others."""
    rows = connection.execution_options(yield_per=PAGE).execute(
        select(article.c.key, article.c.text_hash, article.c.revision, article.c.forgotten, uncoded.c.data)
        .join(article, article.c.id == uncoded.c.article).order_by(article.c.id)
    )  # fmt: skip
    for row in rows:
        try:
            one = read_uncoded(row.data)
        except (zlib.error, ValueError):
            yield f"{row.key}: it is not coded, and cannot be read"
            continue
        if hash_of(one.text) != row.text_hash:
            yield f"{row.key}: its text is not that of which the hash was kept"
        if row.revision or row.forgotten is not None:
            yield f"{row.key}: kept without a coding, though it is coded or forgotten"


def _revisions(connection: Connection) -> Iterator[str]:
    """Former codings; `_codings` looks at the current ones."""
    rows = connection.execution_options(yield_per=PAGE).execute(
        select(article.c.key, coding.c.revision, coding.c.data)
        .join(article, article.c.id == coding.c.article)
        .where(coding.c.revision != article.c.revision).order_by(coding.c.id)
    )  # fmt: skip
    for row in rows:
        try:
            unpacked(row.data)
        except (zlib.error, UnicodeDecodeError):
            yield f"{row.key}: its coding of revision {row.revision} cannot be read"


def _articles(connection: Connection) -> Iterator[str]:
    first = article.alias("first")
    chained = select(article.c.key).join(first, first.c.id == article.c.copy_of)
    for key in connection.execute(
        chained.where(first.c.copy_of.is_not(None) | first.c.forgotten.is_not(None))
    ).scalars():
        yield f"{key}: a copy of what is itself a copy, or forgotten"
    settings = set(connection.execute(select(setting.c.name)).scalars())
    for name in sorted({"clock", "identity"} - settings):
        yield f"setting {name}: missing"


def _words(connection: Connection) -> Iterator[str]:
    indexed = fulltext.indexed(connection)
    rows = connection.execute(select(article.c.id, article.c.key, article.c.forgotten).order_by(article.c.id))
    for row in rows:
        if row.forgotten is None and row.id not in indexed:
            yield f"{row.key}: not in the index of words"
        elif row.forgotten is not None and row.id in indexed:
            yield f"{row.key}: forgotten, and still in the index of words"


def _annotations(connection: Connection) -> Iterator[str]:
    rows = connection.execute(
        select(annotation.c.id, annotation.c.exact, annotation.c.start, annotation.c.end, annotation.c.value)
        .add_columns(coding.c.data, annotation.c.field)
        .join(article, article.c.id == annotation.c.article)
        .join(coding, (coding.c.article == article.c.id) & (coding.c.revision == article.c.revision))
        .where(annotation.c.orphan.is_(False)).order_by(annotation.c.created)
    )  # fmt: skip
    for row in rows:
        try:
            text_ = Coding.model_validate_json(unpacked(row.data)).article.text
        except (zlib.error, ValueError):
            continue  # `_codings` says so
        if text_[row.start : row.end] != row.exact:
            yield f"annotation {row.id}: its words do not stand where it says, and it is no orphan"
        if row.field is not None and not _is_json(row.value):
            yield f"annotation {row.id}: its value cannot be read"


def _is_json(value: str | None) -> bool:
    try:
        json.loads(value or "")
    except ValueError:
        return False
    return True


def _decisions(connection: Connection) -> Iterator[str]:
    for row in connection.execute(select(decision).order_by(decision.c.id)):
        try:
            read_mark(row.one), read_mark(row.other)
        except (ValueError, TypeError):
            yield f"decision {row.id}: what it is of cannot be read"


def _incidents(connection: Connection) -> Iterator[str]:
    for number in connection.execute(select(event.c.id, event.c.facts)):
        if not _is_json(number.facts):
            yield f"event {number.id}: its facts cannot be read"
    yield from _records(connection)
    lost = select(event.c.id).where(event.c.role == "report", event.c.incident.is_(None))
    for number in connection.execute(lost).scalars():
        yield f"event {number}: a report without an incident"
    gone = (
        select(incident.c.key)
        .join(event, event.c.incident == incident.c.id)
        .where(incident.c.became.is_not(None))
        .distinct()
    )
    for key in connection.execute(gone).scalars():
        yield f"{key}: merged into another incident, and still has events"
    rows = connection.execute(select(incident.c.id, incident.c.became).where(incident.c.became.is_not(None)))
    to = {row.id: row.became for row in rows}
    for number in to:
        if _is_circle(to, number):
            yield f"incident {number}: merged into itself in the end"


def _is_circle(to: Mapping[int, int | None], number: int) -> bool:
    seen: set[int] = set()
    at: int | None = number
    while at is not None and at not in seen:
        seen.add(at)
        at = to.get(at)
    return at is not None


def _records(connection: Connection) -> Iterator[str]:
    """Records that are said to be up to date: whether they can be read, and hold the reports that are there."""
    rows = connection.execution_options(yield_per=PAGE).execute(
        select(incident.c.key, incident.c.record, func.count(event.c.id).label("reports"))
        .outerjoin(event, (event.c.incident == incident.c.id) & (event.c.role == "report"))
        .where(incident.c.stale.is_(False), incident.c.became.is_(None)).group_by(incident.c.id).order_by(incident.c.id)
    )  # fmt: skip
    for row in rows:
        try:
            told = len(Incident.model_validate_json(unpacked(row.record)).reports) if row.record is not None else 0
        except (zlib.error, ValueError):
            yield f"{row.key}: its record cannot be read"
            continue
        if told != row.reports:
            yield f"{row.key}: its record has {told} reports, and {row.reports} are there"
