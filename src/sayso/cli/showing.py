"""What a ledger holds, for people and programs: incidents, search, queries, exports."""

from __future__ import annotations

import csv
import json
import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import typer

from sayso.cli.running import WIDEST, read_date
from sayso.cli.streams import one_line, opened, progress, set_up_logging, steps
from sayso.errors import LedgerError, UnreadableInput
from sayso.ledger import Ledger, Selection

WHOLE = 10_000
"""Columns of the widest table: one that is wider than the terminal is wrapped there, and nothing of it is left out."""
HIGHLIGHT = "\x1b[1m", "\x1b[0m"


def selection(
    type: str | None,
    place: str | None,
    since: str | None,
    until: str | None,
    standing: str | None,
    actor: str | None,
    least: int = 1,
) -> Selection:
    """The filters of a command."""
    return Selection(
        type=type,
        place=place,
        since=_day(since, "--since"),
        until=_day(until, "--until"),
        standing=standing,
        actor=actor,
        least_reports=least,
    )


def _day(given: str | None, option: str) -> str | None:
    try:
        return (read_date(given) or "")[:10] or None
    except typer.BadParameter as error:
        raise typer.BadParameter(error.message, param_hint=option) from error


def incidents(
    url: str | None, format: str | None, filters: Selection, output: Path | None, *, unmasked: bool, debug: bool
) -> int:
    """Write the incidents that are asked for."""
    terminal = output is None and sys.stdout.isatty()
    return _write(
        url, format or ("table" if terminal else "jsonl"), filters, output, terminal, unmasked=unmasked, debug=debug
    )


def export(
    url: str | None,
    format: str,
    filters: Selection,
    output: Path | None,
    *,
    corrected: bool,
    unmasked: bool,
    debug: bool,
) -> int:
    """Write incidents and their reports in a format of the field."""
    if format != "parquet":
        return _write(url, format, filters, output, False, corrected=corrected, unmasked=unmasked, debug=debug)
    from sayso.exports import parquet

    if output is None:
        raise typer.BadParameter("parquet is a folder: name it", param_hint="--output")
    set_up_logging(debug)
    with Ledger.open(url, create=False) as ledger:
        _refresh(ledger)
        parquet.write(ledger.dossiers(filters, with_corrections=corrected, unmasked=unmasked), output)
    return 0


def _write(
    url: str | None,
    format: str,
    filters: Selection,
    output: Path | None,
    terminal: bool,
    *,
    unmasked: bool,
    debug: bool,
    corrected: bool = False,
) -> int:
    from sayso.exports.incident_writers import INCIDENT_WRITERS
    from sayso.exports.writers import Style

    set_up_logging(debug)
    writer = INCIDENT_WRITERS[format]()
    style = Style(min(WIDEST, shutil.get_terminal_size().columns) if terminal else 100, color=terminal)
    with Ledger.open(url, create=False) as ledger:
        _refresh(ledger)
        found = ledger.dossiers(filters, with_corrections=corrected, unmasked=unmasked)
        parts = _chain(writer.before(), (writer.each(one, style) for one in found), writer.after())
        _out(parts, output)
    return 0


def _chain(before: str, each: Iterable[str], after: str) -> Iterator[str]:
    yield before
    yield from each
    yield after


def _out(parts: Iterable[str], output: Path | None) -> None:
    try:
        with opened(output) as out, progress("incidents", show=output is not None or not sys.stdout.isatty()) as done:
            for part in parts:
                out.write(part.encode("utf-8", "replace"))
                done()
    except OSError as error:
        if output is None or error.filename != str(output):
            raise
        raise UnreadableInput(str(output), f"cannot be written: {error.strerror}") from error


def _refresh(ledger: Ledger) -> None:
    with steps("incidents") as told:
        ledger.refresh(told)


def search(url: str | None, words: str, filters: Selection, limit: int, *, debug: bool) -> int:
    """Write the articles that are found, the best first: on a terminal with their words, else as JSON Lines."""
    set_up_logging(debug)
    if not words.strip() and filters == Selection():
        raise LedgerError("search: give words, or --type, --place, --since, --until, --standing or --actor")
    with Ledger.open(url, create=False) as ledger:
        _refresh(ledger)
        found = ledger.search(words, filters, limit=limit)
    for one in found:
        if sys.stdout.isatty():
            sys.stdout.write(_shown(one) + "\n")
        else:
            plain = one._replace(snippet=_marked(one.snippet, ("", "")))
            sys.stdout.write(json.dumps(plain._asdict(), ensure_ascii=False) + "\n")
    return 0


def _shown(one: Any) -> str:
    head = " · ".join(one_line(part) for part in (one.published and one.published[:10], one.outlet, one.title) if part)
    return f"{one_line(one.article)}  {head}\n    {_marked(one.snippet, HIGHLIGHT)}\n"


def _marked(snippet: str, marks: tuple[str, str]) -> str:
    from sayso.ledger.asking.fulltext import OFF, ON

    parts = "".join(c if c in (ON, OFF) else one_line(c) or " " for c in snippet)
    return parts.replace(ON, marks[0]).replace(OFF, marks[1])


def query(url: str | None, sql: str, format: str | None, *, debug: bool) -> int:
    """Write the answer to a query."""
    set_up_logging(debug)
    format = format or ("table" if sys.stdout.isatty() else "csv")
    with Ledger.open(url, create=False) as ledger:
        _refresh(ledger)
        answer = ledger.query(sql)
    if format == "csv":
        _write_csv(answer)
    elif format == "jsonl":
        for row in answer.to_pylist():
            sys.stdout.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    else:
        _print_table(answer)
    return 0


def _write_csv(answer: Any) -> None:
    """Safe for spreadsheets: see `csv_table.escape`."""
    from sayso.exports.csv_table import escape

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(map(escape, answer.column_names))
    for row in answer.to_pylist():
        out.writerow([escape(_cell(v)) if isinstance(v, str | list) else v for v in row.values()])


def _print_table(answer: Any) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(*answer.column_names, box=None, header_style="bold", pad_edge=False)
    for row in answer.to_pylist():
        shown.add_row(*(Text(one_line(_cell(value))) for value in row.values()))
    width = Console(width=WHOLE).measure(shown).maximum
    Console(width=max(Console().width, width)).print(shown)


def _cell(value: Any) -> str:
    return "" if value is None else "; ".join(map(_cell, value)) if isinstance(value, list) else str(value)
