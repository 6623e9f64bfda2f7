"""Where articles come from: a file, a folder, an address or a stream, told apart and read by the module for each."""

from __future__ import annotations

import gzip
import io
import os
import re
import sys
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, cast

from sayso.errors import InputError, TooMuchInput, UnreadableInput
from sayso.reading.articles import FIELDS, LIMIT_CHARS
from sayso.reading.encodings import SAMPLE, detect
from sayso.reading.html import read_html
from sayso.reading.rows import read_json, read_jsonl
from sayso.reading.tables import read_csv, read_parquet
from sayso.reading.text import read_text
from sayso.reading.web import fetch, is_url
from sayso.records import Article

if TYPE_CHECKING:
    import httpx

LIMIT_FILE = 512 * 1024 * 1024
"""Bytes of a file that is read whole (CSV, JSON); JSON Lines and Parquet may be of any size."""
STDIN = "<stdin>"

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


def open_articles(
    path: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    limit_chars: int = LIMIT_CHARS,
    stdin: BinaryIO | None = None,
    client: httpx.Client | None = None,
) -> Found:
    """The articles of a file, folder, address or stream ("-"), in order; what cannot be read comes as an InputError value.

    `columns` maps our fields (id, text, title, published, url, outlet, byline, language, categories) to the names
    under which rows of JSON, CSV or Parquet keep them. Texts over `limit_chars` code points are errors. `stdin` is the
    binary stream for "-", `client` the HTTP client for addresses. Nothing is raised but for a wrong `columns`
    (ValueError); blocks are not yet filled: see `segment`.
    """
    unknown = sorted(set(columns or {}) - set(FIELDS))
    if unknown:
        raise ValueError(f"no such field: {', '.join(unknown)}; there are: {', '.join(FIELDS)}")
    return _guarded(str(path), partial(_dispatch, str(path), columns, limit_chars, stdin, client))


def _dispatch(
    path: str,
    columns: Mapping[str, str] | None,
    limit_chars: int,
    stdin: BinaryIO | None,
    client: httpx.Client | None,
) -> Found:
    if path == "-":
        stream = stdin or sys.stdin.buffer
        yield from read_unknown(Input(STDIN, "stdin", lambda: _kept_open(stream), columns, limit_chars))
    elif is_url(path):
        yield from _read_url(path, columns, limit_chars, client)
    elif "://" in path:
        yield UnreadableInput(path, "only http and https addresses are read")
    elif Path(path).is_dir():
        yield from _read_folder(Path(path), path, columns, limit_chars)
    else:
        yield from _read_file(_file(Path(path), path, Path(path).name, columns, limit_chars))


def _guarded(name: str, read: Callable[[], Found]) -> Found:
    """The articles, and for whatever stops the reading one error at the end."""
    try:
        yield from read()
    except InputError as error:
        yield error
    except FileNotFoundError:
        yield UnreadableInput(name, "no such file or folder")
    except PermissionError:
        yield UnreadableInput(name, "no permission to read it")
    except (OSError, EOFError, zlib.error, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)[:150]
        yield UnreadableInput(name, f"cannot be read: {reason}")


def _file(path: Path, name: str, source: str, columns: Mapping[str, str] | None, limit_chars: int) -> Input:
    def opened() -> BinaryIO:
        if not path.is_file() and path.exists():
            raise UnreadableInput(name, "not a file")
        return cast(BinaryIO, gzip.open(path, "rb")) if path.suffix.lower() == ".gz" else path.open("rb")

    return Input(name, source, opened, columns, limit_chars, path)


def _read_folder(folder: Path, name: str, columns: Mapping[str, str] | None, limit_chars: int) -> Found:
    """Every file below the folder in the order of its path; hidden ones are passed over, unknown ones are errors."""
    paths = sorted(_files(folder), key=lambda path: path.relative_to(folder).as_posix())
    if not paths:
        yield UnreadableInput(name, "an empty folder")
    for path in paths:
        relative = path.relative_to(folder).as_posix()
        called = f"{name.rstrip('/')}/{relative}"
        if _suffix(path) in READERS:
            yield from _guarded(called, partial(_read_file, _file(path, called, relative, columns, limit_chars)))
        else:
            yield UnreadableInput(called, "skipped: not a format that is read from folders")


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = [one for one in folders if not one.startswith(".")]
        yield from (Path(root) / name for name in names if not name.startswith("."))


def _read_file(found: Input) -> Found:
    reader = READERS.get(_suffix(found.path)) if found.path else None
    yield from (reader or read_unknown)(found)


def _suffix(path: Path) -> str:
    return (Path(path.stem) if path.suffix.lower() == ".gz" else path).suffix.lower()


def _read_url(url: str, columns: Mapping[str, str] | None, limit_chars: int, client: httpx.Client | None) -> Found:
    page = fetch(url, client=client)
    found = Input(url, page.url, lambda: io.BytesIO(page.data), columns, limit_chars)
    if page.kind in ("text/html", "application/xhtml+xml"):
        yield read_html(
            page.data, name=url, source=page.url, url=page.url, declared=page.charset, limit_chars=limit_chars
        )
    elif page.kind in ("", "text/plain", "application/json", "application/x-ndjson", "application/jsonl", "text/csv"):
        yield from (_csv(found) if page.kind == "text/csv" else read_unknown(found))
    else:
        raise UnreadableInput(url, f"{page.kind} is not a format that can be read")


def read_unknown(found: Input) -> Found:
    """Articles of a stream whose format nothing tells but its beginning: JSON Lines, JSON, HTML, else plain text."""
    with found.open() as raw:
        head = raw.read(SAMPLE)
        stream = cast(BinaryIO, _Joined(head, raw))
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


class _Joined(io.RawIOBase):
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


def _kept_open(stream: BinaryIO) -> BinaryIO:
    return cast(BinaryIO, _Joined(b"", stream))
