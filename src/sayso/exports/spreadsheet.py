"""Lines of a CSV that are harmless to a spreadsheet, and the columns that its tables share.

Cells that a spreadsheet would read as a formula (beginning with = + - @, a tab or a carriage return) get a
leading apostrophe; numbers are written as numbers.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

Cell = str | int | float | None
T = TypeVar("T")

FORMULA = ("=", "+", "-", "@", "\t", "\r")
COUNTED = ("killed", "injured", "arrested", "missing", "displaced", "participants")
"""What people are counted as."""


def escape(cell: str) -> str:
    """The cell, made harmless to a spreadsheet."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def cell(value: Cell) -> str:
    """A value as its cell is written; nothing for None."""
    if value is None:
        return ""
    return escape(value) if isinstance(value, str) else str(value)


def line(cells: Iterable[str]) -> str:
    """Cells as a line, its end with it."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)  # it quotes only what its own line end holds
    return out.getvalue().removesuffix("\r\n") + "\n"


def bound(given: Sequence[float | None], side: str) -> Cell:
    """The lowest of the lows, or the highest of the highs; None where none is given, and for a high where one is open-ended."""
    known = [value for value in given if value is not None]
    if not known or (side == "high" and len(known) < len(given)):
        return None
    value = min(known) if side == "low" else max(known)
    return int(value) if value == int(value) else value


def counts(column: Callable[[str, str], T]) -> dict[str, tuple[str, T]]:
    """Two columns for each thing counted, `killed_low` and `killed_high`: what they hold, and how it is found."""
    words = {"low": "lowest", "high": "highest"}
    return {
        f"{measure}_{side}": (f"{word} number {measure}", column(measure, side))
        for measure in COUNTED
        for side, word in words.items()
    }
