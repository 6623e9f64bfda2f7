"""Formats: what one input is, told by the end of its name or by its beginning, and read by the module for it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import BinaryIO, cast

from sayso.errors import InputError, TooMuchInput
from sayso.reading.encodings import SAMPLE, detect
from sayso.reading.html import LIMIT_BYTES as LIMIT_PAGE
from sayso.reading.html import read_html
from sayso.reading.mail import LIMIT_MESSAGE, is_mbox, read_mbox, read_message
from sayso.reading.mediawiki import read_mediawiki
from sayso.reading.pdf import LIMIT_BYTES as LIMIT_PDF
from sayso.reading.pdf import read_pdf
from sayso.reading.rows import read_json, read_jsonl
from sayso.reading.streams import Joined
from sayso.reading.tables import read_csv, read_parquet
from sayso.reading.telegram import read_telegram
from sayso.reading.telegram_html import is_telegram_page, read_telegram_page
from sayso.reading.telegram_json import is_telegram
from sayso.reading.text import read_text
from sayso.reading.wacz import read_wacz
from sayso.reading.warc import read_warc
from sayso.records import Article

LIMIT_FILE = 512 * 1024 * 1024
"""Bytes of a table (CSV, TSV); JSON Lines and Parquet may be of any size."""
LIMIT_JSON = 128 * 1024 * 1024
"""Bytes of a JSON file, which is in memory three times as it is read."""
PIECE = 1 << 20

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
        """All of it, of which there is one copy in memory at any time. Raises TooMuchInput for more than `limit`."""
        data = io.BytesIO()
        with self.open() as stream:
            while piece := stream.read(min(PIECE, limit + 1 - data.tell())):
                data.write(piece)
        if data.tell() > limit:
            raise TooMuchInput(self.name, f"more than {limit:,} bytes")
        return data.getvalue()


def read_unknown(found: Input) -> Found:
    """Articles of a stream whose format nothing tells but its beginning; what looks like nothing else is plain text."""
    with _peeked(found) as (head, again):
        by_magic = next((reader for magic, reader in MAGIC if head.startswith(magic)), None)
        yield from (by_magic or _sniff(_start(head, found.name)))(again)


@contextmanager
def _peeked(found: Input) -> Iterator[tuple[bytes, Input]]:
    """The beginning of an input, and the input, to be read once from there on."""
    with found.open() as raw:
        head = raw.read(SAMPLE)
        stream = cast(BinaryIO, Joined(head, raw))
        yield head, Input(found.name, found.source, lambda: stream, found.columns, found.limit_chars)


def _start(head: bytes, name: str) -> str:
    encoding = detect(head, name=name, whole=len(head) < SAMPLE)
    return head.decode(encoding, "replace").lstrip("\ufeff \t\r\n")


def _sniff(start: str) -> Callable[[Input], Found]:
    if re.match(r"<(?:!doctype\s+html|html|head|body|\?xml[^>]*>\s*<(?:!doctype html|html))\b", start, re.IGNORECASE):
        return _html
    if re.match(r"(?:<\?xml[^>]*>\s*)?<mediawiki\b", start):
        return _mediawiki
    if is_telegram(start):
        return _telegram
    if is_mbox(start):
        return _mbox
    if re.match(r"\[\s*\{\s*\"", start) or re.match(r"\{\s*\n", start):
        return _json
    return _jsonl if re.match(r"\{\s*\"", start) else _text


def _text(found: Input) -> Found:
    data = found.bytes(4 * found.limit_chars + 4)
    yield read_text(data, name=found.name, source=found.source, limit_chars=found.limit_chars)


def _html(found: Input) -> Found:
    data = found.bytes(LIMIT_PAGE)
    if is_telegram_page(data):
        yield from read_telegram_page(data, name=found.name, source=found.source, limit_chars=found.limit_chars)
    else:
        yield read_html(data, name=found.name, source=found.source, limit_chars=found.limit_chars)


def _jsonl(found: Input) -> Found:
    with found.open() as stream:
        yield from read_jsonl(
            stream, name=found.name, source=found.source, columns=found.columns, limit_chars=found.limit_chars
        )


def _json(found: Input) -> Found:
    yield from read_json(
        found.bytes(LIMIT_JSON),
        name=found.name,
        source=found.source,
        columns=found.columns,
        limit_chars=found.limit_chars,
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


def _json_or_telegram(found: Input) -> Found:
    """Telegram calls its exports `result.json`; what they are is told by their beginning."""
    with _peeked(found) as (head, again):
        start = head.decode("utf-8", "replace").lstrip("\ufeff \t\r\n")
        yield from (_telegram if is_telegram(start) else _json)(again)


def _streamed(read: Callable[..., Found], found: Input) -> Found:
    with found.open() as stream:
        yield from read(stream, name=found.name, source=found.source, limit_chars=found.limit_chars)


_telegram = partial(_streamed, read_telegram)
_mediawiki = partial(_streamed, read_mediawiki)
_mbox = partial(_streamed, read_mbox)


def _warc(found: Input) -> Found:
    with found.open() as stream:
        yield from read_warc(stream, name=found.name, limit_chars=found.limit_chars)


def _wacz(found: Input) -> Found:
    with found.open() as stream:
        yield from read_wacz(stream, name=found.name, limit_chars=found.limit_chars)


def _eml(found: Input) -> Found:
    data = found.bytes(LIMIT_MESSAGE)
    yield read_message(data, name=found.name, source=found.source, limit_chars=found.limit_chars)


def _pdf(found: Input) -> Found:
    yield read_pdf(found.bytes(LIMIT_PDF), name=found.name, source=found.source, limit_chars=found.limit_chars)


MAGIC: tuple[tuple[bytes, Callable[[Input], Found]], ...] = ((b"WARC/", _warc), (b"%PDF-", _pdf))
"""Beginnings of what is not text."""

READERS: dict[str, Callable[[Input], Found]] = {
    ".txt": _text,
    ".text": _text,
    ".md": _text,
    ".html": _html,
    ".htm": _html,
    ".xhtml": _html,
    ".jsonl": _jsonl,
    ".ndjson": _jsonl,
    ".json": _json_or_telegram,
    ".csv": _csv,
    ".tsv": partial(_csv, delimiter="\t"),
    ".parquet": _parquet,
    ".pq": _parquet,
    ".xml": read_unknown,
    ".warc": _warc,
    ".wacz": _wacz,
    ".mbox": _mbox,
    ".eml": _eml,
    ".pdf": _pdf,
}
"""Readers by the end of a file's name; what is packed (`packing.PACKED`) is unpacked on the way."""
