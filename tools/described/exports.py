"""What sayso writes: every format, and its columns."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from described.markdown import code, page, sentence, table, words
from sayso.cli.commands import Format, ParseFormat
from sayso.cli.ledger_commands import AnswerFormat, ExportFormat, IncidentFormat
from sayso.exports import acled, csv_table, incident_table
from sayso.exports.frames import SCHEMAS
from sayso.exports.parquet import schema

COMMANDS = {"code": Format, "parse": ParseFormat, "incidents": IncidentFormat, "query": AnswerFormat}
"""What each command writes, but `sayso export`, whose formats have sections of their own."""

ABOUT = """In each format, whose word it is, realis and standing travel with the event, in columns or terms of sayso's own where the format has none.
A file that `incidents` or `export` writes with `-o` is there when all of it is written; until then, or if that fails, it is what it was before. Cells of CSV
that a spreadsheet would read as a formula (beginning with `=`, `+`, `-`, `@`, a tab or a carriage return) have an apostrophe before them; several values in
one cell have “; ” between them."""

FRAMES = """`coding.to_frames()` gives one pandas frame for each list, `sayso.exports.frames.tables(codings)` the same over many codings as Arrow tables. Each has
the article's id in its first column, `article`; offsets are `…_start` and `…_end`, code points, end-exclusive. The other columns are the fields of the
[records](records.md). The parts of the page (`blocks`) are in none."""


def columns(name: str) -> dict[str, str]:
    """The columns, fields or properties of a format, with what they hold, in order; empty for one that has none of its own."""
    if name == "csv":
        return {column: about for column, (about, _) in incident_table.COLUMNS.items()}
    known: dict[str, str] = words()["columns"].get(name, {})
    order: Iterable[str] = known
    if name == "acled":
        order = [*acled.COLUMNS, *acled.EXTENSIONS]
    elif name == "parquet":
        order = schema().names
    return {column: known[column] for column in order}


def _columns(held: Mapping[str, str], head: str = "column") -> str:
    return table([head, "what"], ((code(column), sentence(about)) for column, about in held.items()))


def _export(name: str) -> list[str]:
    heads = {"geojson": "property", "plover": "field"}
    held = columns(name)
    return [
        f"### {name}",
        words()["formats"]["export"][name],
        _columns(held, heads.get(name, "column")) if held else "",
    ]


def _formats(command: str, formats: Any) -> str:
    about = words()["formats"][command]
    rows = ((code(f"sayso {command} --format {one.value}"), sentence(about[one.value])) for one in formats)
    return table(["format", "what"], rows)


def page_text() -> str:
    codings = {column: about for column, (about, _) in csv_table.COLUMNS.items()}
    frames = (
        (code(name), sentence(words()["columns"]["frames"][name]), ", ".join(SCHEMAS[name].names)) for name in SCHEMAS
    )
    return page(
        "Exports",
        ABOUT,
        "## Of articles",
        _formats("code", Format),
        "### Columns of the events' CSV",
        _columns(codings),
        _formats("parse", ParseFormat),
        "### Frames",
        FRAMES,
        table(["frame", "what", "columns"], frames),
        "## Of a ledger",
        _formats("incidents", IncidentFormat),
        _formats("query", AnswerFormat),
        "## sayso export",
        *(part for one in ExportFormat for part in _export(one.value)),
    )
