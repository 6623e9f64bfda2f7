"""Formats: what one input is, told by the end of its name or by its beginning, and read by the module for it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from sayso.errors import InputError, TooMuchInput
from sayso.reading.encodings import SAMPLE, detect
from sayso.reading.html import read_html
from sayso.reading.rows import read_json, read_jsonl
from sayso.reading.tables import read_csv, read_parquet
from sayso.reading.text import read_text
from sayso.records import Article

LIMIT_FILE = 512 * 1024 * 1024
"""Bytes of a file that is read whole (CSV, JSON); JSON Lines and Parquet may be of any size."""

Found = Iterator[Article | InputError]


@dataclass(frozen=True)
class Input:
    """One thing to read. `name` is for errors, `source` for the article and its id."""

    name: str
    source: str
    open: Callable[[], BinaryIO]
    columns: Mapping[str, str] | None
    limit_chars: int
    path: Path | None = None

    def bytes(self, limit: int = LIMIT_FILE) -> bytes:
        with self.open() as stream:
            data = stream.read(limit + 1)
        if len(data) > limit:
            raise TooMuchInput(self.name, f"more than {limit:,} bytes")
        return data


def read_unknown(found: Input) -> Found:
    """Articles of a stream whose format nothing tells but its beginning: JSON Lines, JSON, HTML, else plain text."""
    with found.open() as raw:
        head = raw.read(SAMPLE)
        stream = cast(BinaryIO, Joined(head, raw))
        encoding = detect(head, name=found.name, whole=len(head) < SAMPLE)
        start = head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")
        again = Input(found.name, found.source, lambda: stream, found.columns, found.limit_chars)
        yield from _sniff(start)(again)


def _sniff(start: str) -> Callable[[Input], Found]:
    if re.match(r"<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<(?:!doctype html|html))\b", start, re.IGNORECASE):
        return _html
    if re.match(r"\[\s*\{\s*\"", start) or re.match(r"\{\s*\n", start):
        return _json
    return _jsonl if re.match(r"\{\s*\"", start) else _text


def _text(found: Input) -> Found:
    data = found.bytes(4 * found.limit_chars + 4)
    yield read_text(data, name=found.name, source=found.source, limit_chars=found.limit_chars)


def _html(found: Input) -> Found:
    yield read_html(found.bytes(), name=found.name, source=found.source, limit_chars=found.limit_chars)


def _jsonl(found: Input) -> Found:
    with found.open() as stream:
        yield from read_jsonl(
            stream, name=found.name, source=found.source, columns=found.columns, limit_chars=found.limit_chars
        )


def _json(found: Input) -> Found:
    yield from read_json(
        found.bytes(), name=found.name, source=found.source, columns=found.columns, limit_chars=found.limit_chars
    )


def _csv(found: Input, delimiter: str | None = None) -> Found:
    yield from read_csv(
        found.bytes(),
        name=found.name,
        source=found.source,
        delimiter=delimiter,
        columns=found.columns,
        limit_chars=found.limit_chars,
    )


def _parquet(found: Input) -> Found:
    if found.path is None or not found.path.is_file():
        raise FileNotFoundError(found.name)
    yield from read_parquet(
        found.path, name=found.name, source=found.source, columns=found.columns, limit_chars=found.limit_chars
    )


READERS: dict[str, Callable[[Input], Found]] = {
    ".txt": _text,
    ".text": _text,
    ".md": _text,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".json": _json,
    ".csv": _csv,
    ".tsv": partial(_csv, delimiter="\t"),
    ".parquet": _parquet,
    ".pq": _parquet,
}
"""Readers by the end of a file's name; `.gz` after it is unpacked on the way."""


class Joined(io.RawIOBase):
    """A stream of which the beginning has been read to see what it is; closing it leaves the other one open."""

    def __init__(self, head: bytes, stream: BinaryIO) -> None:
        self._head = io.BytesIO(head)
        self._stream = stream

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        first = self._head.read(size)
        if 0 <= size <= len(first):
            return first
        return first + self._stream.read(size if size < 0 else size - len(first))
