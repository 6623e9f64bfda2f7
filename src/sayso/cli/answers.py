"""The answer to a query as CSV, JSON Lines or a table. The first two are written as the answer comes."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sayso.cli.streams import one_line

if TYPE_CHECKING:
    from sayso.ledger.asking.answers import Answer

WHOLE = 10_000
"""Columns of the widest table: one that is wider than the terminal is wrapped there, and nothing of it is left out."""


def _csv(answer: Answer) -> None:
    """Safe for spreadsheets: see `csv_table.escape`."""
    from sayso.exports.spreadsheet import escape

    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(map(escape, answer.names))
    for row in answer.rows():
        out.writerow([escape(_cell(v)) if isinstance(v, str | list) else v for v in row])


def _jsonl(answer: Answer) -> None:
    for row in answer.rows():
        held = dict(zip(answer.names, row, strict=True))
        sys.stdout.write(json.dumps(held, ensure_ascii=False, default=str) + "\n")


def _table(answer: Answer) -> None:
    """Its columns are as wide as what they hold, so that it is only shown when all of it is there."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    shown = Table(*answer.names, box=None, header_style="bold", pad_edge=False)
    for row in answer.rows():
        shown.add_row(*(Text(one_line(_cell(value))) for value in row))
    width = Console(width=WHOLE).measure(shown).maximum
    Console(width=max(Console().width, width)).print(shown)


def _cell(value: Any) -> str:
    return "" if value is None else "; ".join(map(_cell, value)) if isinstance(value, list) else str(value)


ANSWERS: dict[str, Callable[[Answer], None]] = {"csv": _csv, "jsonl": _jsonl, "table": _table}
