"""Places in an input where reading can begin again, found without reading what lies before them where the format allows it.

Files that hold one article each, and the lines of JSON Lines, are found without being read; of everything else the
articles are read to know where they are.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

from sayso.errors import InputError
from sayso.reading.articles import LIMIT_CHARS
from sayso.reading.encodings import SAMPLE
from sayso.reading.formats import Found, Input
from sayso.reading.packing import BROKEN, inner_suffix
from sayso.reading.rows import PLAIN, ROW_FACTOR, Passed, read_jsonl, row_encoding
from sayso.reading.sources import guarded, local_inputs, open_articles, read_file
from sayso.reading.telegram_html import is_telegram_page
from sayso.records import Article

PAGES = (".html", ".htm", ".xhtml")
SINGLE = (".txt", ".text", ".md", ".eml", ".pdf", *PAGES)
"""Ends of files that hold one article each; only Telegram's pages hold many."""
LINES = (".jsonl", ".ndjson")
PIECE = 1 << 20
"""Bytes of a line in memory at once."""


class Place(NamedTuple):
    """Where a record begins: in which file of a folder ("" of a file that was named itself), behind how many records of it.

    In JSON Lines blank lines count as records; `byte` is where the line begins, 0 where that is not known.
    """

    file: str = ""
    record: int = 0
    byte: int = 0


class Mark(NamedTuple):
    """One record of an input: what was read of it, None where it was only found; its place, and the place after it.

    `read`: bytes of the input up to there, compressed where they are.
    """

    found: Article | InputError | None
    place: Place
    after: Place
    read: int


START = Place()


def marks(
    path: str,
    *,
    start: Place = START,
    columns: Mapping[str, str] | None = None,
    limit_chars: int = LIMIT_CHARS,
    stdin: BinaryIO | None = None,
) -> Iterator[Mark]:
    """A mark for every record that `open_articles` gives of the same path, from `start` on."""
    inputs = local_inputs(path, columns=columns, limit_chars=limit_chars)
    if inputs is None:
        read = open_articles(path, columns=columns, limit_chars=limit_chars, stdin=stdin)
        for number, found in enumerate(islice(read, start.record, None), start.record):
            yield Mark(found, Place("", number), Place("", number + 1), 0)
        return
    folder, passed = Path(path).is_dir(), 0
    for one in inputs:
        file = _relative(path, one.name) if folder else ""
        size = _size(one)
        if file >= start.file:
            begin = start if file == start.file else Place(file)
            for mark in _marks(one, begin):
                yield mark._replace(read=passed + min(mark.read, size))
        passed += size


def records(
    path: str,
    place: Place,
    count: int,
    *,
    columns: Mapping[str, str] | None = None,
    limit_chars: int = LIMIT_CHARS,
) -> Found:
    """So many records of one file from a place on that `marks` has found."""
    name = f"{path.rstrip('/')}/{place.file}" if place.file else path
    one = next(local_inputs(name, columns=columns, limit_chars=limit_chars) or iter(()))
    if isinstance(one, Input):
        yield from islice(_from(replace(one, source=place.file or one.source), place), count)
    else:
        yield one


def is_whole(path: str, place: Place) -> bool:
    """Whether the record at this place is a file of its own."""
    return inner_suffix(Path(place.file or path)) in SINGLE


def _marks(one: Input | InputError, begin: Place) -> Iterator[Mark]:
    """The marks of one file."""
    if isinstance(one, InputError):
        if not begin.record:
            yield Mark(one, begin, begin._replace(record=1), 0)
        return
    kind = inner_suffix(one.path) if one.path else ""
    if kind in SINGLE and not (kind in PAGES and _is_telegram(one)):
        if not begin.record:
            yield Mark(None, begin, begin._replace(record=1), _size(one))
    elif kind in LINES and _can_be_cut(one):
        yield from _marks_of_lines(one, begin)
    else:
        told = _Told(one)
        for number, found in enumerate(_from(told.input, begin), begin.record):
            yield Mark(found, Place(begin.file, number), Place(begin.file, number + 1), told.position())


def _from(one: Input, place: Place) -> Found:
    """The records of one file from a place on."""
    if place.byte:
        return guarded(one.name, partial(_lines_from, one, Passed(place.record, place.byte)))
    return islice(guarded(one.name, partial(read_file, one)), place.record, None)


def _lines_from(one: Input, passed: Passed) -> Found:
    with one.open() as stream:
        yield from read_jsonl(
            stream, name=one.name, source=one.source, columns=one.columns, limit_chars=one.limit_chars, passed=passed
        )


def _is_telegram(page: Input) -> bool:
    with suppress(InputError, *BROKEN), page.open() as stream:
        return is_telegram_page(stream.read(SAMPLE))
    return False


def _can_be_cut(one: Input) -> bool:
    """Whether its lines can be found in its bytes: it is not compressed, and a line's end is one byte."""
    if one.path is None or one.path.suffix.lower() not in LINES:
        return False
    with suppress(InputError, OSError), one.open() as stream:
        return not row_encoding(stream.read(SAMPLE), one.name).startswith(("utf-16", "utf-32"))
    return False


def _marks_of_lines(one: Input, begin: Place) -> Iterator[Mark]:
    longest = ROW_FACTOR * one.limit_chars
    with one.open() as stream:
        encoding = row_encoding(stream.read(SAMPLE), one.name)
        stream.seek(begin.byte)
        place = begin
        while first := stream.readline(PIECE):
            length, blank = len(first), _is_blank(first, encoding)
            line = first
            while not line.endswith(b"\n") and (line := stream.readline(PIECE)):
                length, blank = length + len(line), blank and _is_blank(line, encoding)
            after = Place(begin.file, place.record + 1, place.byte + length)
            if not blank or length > longest:
                yield Mark(None, place, after, after.byte)
            place, encoding = after, PLAIN.get(encoding, encoding)


def _is_blank(line: bytes, encoding: str) -> bool:
    """As `str.strip` would have it: there is more white space than ASCII's."""
    return not line.startswith(b"{") and not line.decode(encoding, "surrogateescape").strip()


def _relative(path: str, name: str) -> str:
    return name.removeprefix(path.rstrip("/") + "/") if name != path else ""


def _size(one: Input | InputError) -> int:
    with suppress(OSError):
        return one.path.stat().st_size if isinstance(one, Input) and one.path else 0
    return 0


class _Told:
    """An input that tells how far its file has been read, as far as its reader reads what the input opens."""

    def __init__(self, one: Input) -> None:
        self._one, self._stream = one, cast(BinaryIO, io.BytesIO())
        self.input = replace(one, open=self._open)

    def _open(self) -> BinaryIO:
        self._stream = self._one.open()
        return self._stream

    def position(self) -> int:
        """Bytes of the file, compressed where it is. A stream that was closed has been read through."""
        file = getattr(self._stream, "packed", self._stream)
        with suppress(OSError, ValueError):
            return int(file.tell())
        return _size(self._one)
