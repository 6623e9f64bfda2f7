"""Tables: CSV, TSV and Parquet, their columns found by name or by a mapping."""

from __future__ import annotations

import csv
import io
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from sayso.errors import InputError, InvalidArticle, TooMuchInput, UnreadableInput
from sayso.reading.articles import FIELDS, LIMIT_CHARS
from sayso.reading.dayorder import as_ordered, day_first
from sayso.reading.encodings import SAMPLE, detect
from sayso.reading.rows import ROW_FACTOR, from_row
from sayso.records import Article

BATCH = 256
"""Rows of Parquet in memory at once."""
HEAD = 1 << 20
"""Bytes of a table among which its header ends."""


@cache
def names() -> dict[str, tuple[str, ...]]:
    """The headings under which tables keep our fields, in plain form, the likeliest first (`headings.toml`)."""
    source = files("sayso.reading").joinpath("headings.toml")
    return {field: tuple(given.split()) for field, given in tomllib.loads(source.read_text(encoding="utf-8")).items()}


def _heading(column: str) -> str:
    """A heading in plain form: letters of any case, blanks, dashes and other signs do not matter."""
    return "_".join(re.findall(r"[^\W_]+", column.lower()))


def guess_columns(header: Sequence[str], columns: Mapping[str, str] | None = None) -> dict[str, str]:
    """Which column holds which field: as `columns` says, else by name. Each column is used once."""
    found = dict(columns or {})
    plain: dict[str, str] = {}
    for column in header:
        plain.setdefault(_heading(column), column)
    taken = set(found.values())
    for field in (*FIELDS, "lead"):
        if field in found:
            continue
        named = next((plain[name] for name in names()[field] if name in plain and plain[name] not in taken), None)
        if named is not None:
            found[field] = named
            taken.add(named)
    return found


def read_csv(
    data: bytes,
    *,
    name: str,
    source: str,
    delimiter: str | None = None,
    columns: Mapping[str, str] | None = None,
    limit_chars: int = LIMIT_CHARS,
) -> Iterator[Article | InputError]:
    """One article or error a row. `delimiter` is found in the header where it is not given. Names are "file:line"."""
    table = _Text(data, name, ROW_FACTOR * limit_chars)
    csv.field_size_limit(max(csv.field_size_limit(), 2 * limit_chars))
    mark = delimiter or _delimiter(table.header())
    reader = csv.reader(table.lines(), delimiter=mark)
    header = next(_records(reader, name), [])
    if isinstance(header, InputError):
        yield header
        return
    try:
        mapping = _mapping(header, columns, name)
    except InputError as error:
        yield error
        return
    order = _order(table, mark, header, mapping)
    for record in _records(reader, name):
        called = f"{name}:{reader.line_num}"
        if isinstance(record, InputError):
            yield record
        elif record:
            row = {key: value or None for key, value in zip(header, record, strict=False)}
            right = _with_lead(_dated(row, mapping.get("published"), order), mapping)
            yield from_row(right, name=called, source=source, columns=mapping, limit_chars=limit_chars, read=row)


def read_parquet(
    path: Path, *, name: str, source: str, columns: Mapping[str, str] | None = None, limit_chars: int = LIMIT_CHARS
) -> Iterator[Article | InputError]:
    """One article or error a row; only the columns that are needed are read. Names are "file:row", from 1."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    number = 0
    try:
        with pq.ParquetFile(path) as table:
            mapping = _mapping(table.schema_arrow.names, columns, name)
            for batch in table.iter_batches(batch_size=BATCH, columns=sorted(set(mapping.values()))):
                for row in _rows(batch):
                    number += 1
                    yield from_row(
                        row, name=f"{name}:{number}", source=source, columns=mapping, limit_chars=limit_chars
                    )
    except InputError as error:
        yield error
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        yield UnreadableInput(name, f"broken Parquet after row {number}: {_first_line(error)}")


def _rows(batch: Any) -> Iterable[dict[str, Any]]:
    rows: list[dict[str, Any]] = batch.to_pylist()
    return rows


class _Text:
    """The text of a table, line by line: as one string it would take up to sixteen times as much memory as its bytes."""

    def __init__(self, data: bytes, name: str, longest: int) -> None:
        self._data, self._name, self._longest = data, name, longest
        self._encoding = detect(data[:SAMPLE], name=name, whole=len(data) <= SAMPLE)

    def header(self) -> str:
        """Its first line with words, or so much of it as tells the marks between the columns."""
        start = io.TextIOWrapper(io.BytesIO(self._data[:HEAD]), self._encoding, "replace", newline="").read()
        return start.lstrip("\n").split("\n", 1)[0]

    def lines(self) -> Iterator[str]:
        """The lines with their ends. Raises TooMuchInput for one that is longer than any row."""
        lines = io.TextIOWrapper(io.BytesIO(self._data), self._encoding, "replace", newline="")
        number = 0
        while line := lines.readline(self._longest + 1):
            number += 1
            if len(line) > self._longest:
                raise TooMuchInput(f"{self._name}:{number}", f"a line of more than {self._longest:,} characters")
            yield line


def _records(reader: Any, name: str) -> Iterator[list[str] | InputError]:
    """The table's records. A record that the CSV module refuses is an error, and reading goes on after it."""
    while True:
        try:
            yield next(reader)
        except StopIteration:
            return
        except InputError as error:  # a line without end
            yield error
            return
        except csv.Error as error:
            yield InvalidArticle(f"{name}:{reader.line_num}", f"broken CSV: {error}")


def _mapping(header: Sequence[str], columns: Mapping[str, str] | None, name: str) -> dict[str, str]:
    missing = sorted(set((columns or {}).values()) - set(header))
    there = ", ".join(header[:20]) or "none"
    if missing:
        raise UnreadableInput(name, f"no column {', '.join(missing)}; there are: {there}")
    mapping = guess_columns(header, columns)
    if "text" not in mapping:
        raise UnreadableInput(name, f"no column looks like the text; name it in a mapping. There are: {there}")
    return mapping


def _order(table: _Text, mark: str, header: Sequence[str], mapping: Mapping[str, str]) -> bool | None:
    """Whether days stand before months in the table's dates (see `dayorder`)."""
    column = mapping.get("published")
    if column is None:
        return None
    at = header.index(column)
    records = _records(csv.reader(table.lines(), delimiter=mark), "")
    return day_first(one[at] for one in records if isinstance(one, list) and len(one) > at)


def _dated(row: dict[str, str | None], column: str | None, order: bool | None) -> dict[str, str | None]:
    value = row.get(column) if column else None
    return row if column is None or value is None else {**row, column: as_ordered(value, order)}


def _with_lead(row: dict[str, str | None], mapping: Mapping[str, str]) -> dict[str, str | None]:
    """The row with its first paragraph before its text, where it has that in a column of its own and the text does not begin so."""
    lead, text = row.get(mapping.get("lead", "")), row.get(mapping["text"])
    if not lead or (text or "").startswith(lead):
        return row
    return {**row, mapping["text"]: f"{lead}\n\n{text}" if text else lead}


def _delimiter(header: str) -> str:
    return max(",\t;|", key=lambda mark: (header.count(mark), -",\t;|".index(mark)))


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:200]
