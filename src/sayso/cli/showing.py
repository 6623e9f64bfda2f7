"""What a ledger holds, for people and programs: incidents, search, queries, exports."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from sayso.cli.running import WIDEST, read_date
from sayso.cli.stopping import interrupted_at_once
from sayso.cli.streams import one_line, progress, report_note, set_up_logging, steps
from sayso.cli.writing import opened, refuse_own
from sayso.errors import LedgerError
from sayso.ledger import Ledger, Selection

if TYPE_CHECKING:
    from sayso.cli.exported import OfExport
    from sayso.ledger.dossier import Dossier

NOTHING = "nothing in the ledger is as asked"
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
    manifest: Path | None = None,
) -> int:
    """Write incidents and their reports in a format of the field. `manifest`: where to write of which state of the ledger they are."""
    if format != "parquet":
        return _write(
            url, format, filters, output, False, corrected=corrected, unmasked=unmasked, debug=debug, manifest=manifest
        )
    from sayso.exports import parquet

    if output is None:
        raise typer.BadParameter("parquet is a folder: name it", param_hint="--output")
    set_up_logging(debug)
    with Ledger.open(url, create=False) as ledger:
        refuse_own(ledger, output)
        _refresh(ledger)
        noted = _noted(ledger, output, manifest)
        found = ledger.dossiers(filters, with_corrections=corrected, unmasked=unmasked, whole=False)
        parquet.write(found, output)
        if noted:
            noted.finish(format, filters, corrected=corrected, unmasked=unmasked)
    return 0


def _noted(ledger: Ledger, output: Path | None, manifest: Path | None) -> OfExport | None:
    """What writes the manifest, where one is asked for."""
    if manifest is None:
        return None
    from sayso.cli.exported import OfExport

    return OfExport(ledger, output, manifest)


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
    manifest: Path | None = None,
) -> int:
    from sayso.exports.incident_writers import INCIDENT_WRITERS
    from sayso.exports.writers import Style

    set_up_logging(debug)
    writer = INCIDENT_WRITERS[format]()
    style = Style(min(WIDEST, shutil.get_terminal_size().columns) if terminal else 100, color=terminal)
    with Ledger.open(url, create=False) as ledger:
        refuse_own(ledger, output)
        _refresh(ledger)
        noted = _noted(ledger, output, manifest)
        found = _found(ledger, format, filters, corrected=corrected, unmasked=unmasked)
        each = (writer.each(one, style) for one in _any(found))
        parts = chain([writer.before()], each, [writer.after()])
        _out(parts, output, noted.heard if noted else len)
        if noted:
            noted.finish(format, filters, corrected=corrected, unmasked=unmasked)
    return 0


def _found(ledger: Ledger, format: str, filters: Selection, *, corrected: bool, unmasked: bool) -> Iterator[Dossier]:
    """The incidents that are asked for; of annotations all, where none are asked for."""
    if format == "annotations" and filters == Selection():
        from sayso.ledger.asking.annotated import annotated

        return annotated(ledger.engine, unmasked=unmasked)
    return ledger.dossiers(filters, with_corrections=corrected, unmasked=unmasked, whole=False)


def _any(found: Iterable[Dossier]) -> Iterator[Dossier]:
    """What is found; where it is nothing, that is said."""
    none = True
    for one in found:
        none = False
        yield one
    if none:
        report_note(NOTHING)


def _out(parts: Iterable[str], output: Path | None, heard: Callable[[bytes], object]) -> None:
    shown = output is not None or not sys.stdout.isatty()
    with opened(output, whole=True) as out, progress("incidents", show=shown) as done:
        for part in parts:
            data = part.encode("utf-8", "replace")
            out.write(data)
            heard(data)
            done()


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
    if not found:
        report_note(NOTHING)
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
    from sayso.ledger.fulltext import OFF, ON

    parts = "".join(c if c in (ON, OFF) else one_line(c) or " " for c in snippet)
    return parts.replace(ON, marks[0]).replace(OFF, marks[1])


def query(url: str | None, sql: str, format: str | None, *, debug: bool) -> int:
    """Write the answer to a query."""
    from sayso.cli.answers import ANSWERS
    from sayso.ledger.asking.querying import answered

    set_up_logging(debug)
    format = format or ("table" if sys.stdout.isatty() else "csv")
    with Ledger.open(url, create=False) as ledger:
        _refresh(ledger)
        with interrupted_at_once(), answered(ledger.engine, sql) as answer:
            ANSWERS[format](answer)
    return 0
