"""Web archives: WARC as crawlers write it (Common Crawl's CC-NEWS too), and WACZ, which is WARC files in a zip.

Each page that a server gave with status 200 is an article; its address is the source. When it was crawled is not when
it was published, but nothing was published later: a page that claims so has a clock or a form that is wrong.
"""

from __future__ import annotations

import io
import logging
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import BinaryIO, cast

from fastwarc.stream_io import BrotliReader, ChunkedReader, GzipReader, WarcReader, ZstdReader
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from sayso.errors import InputError, TooMuchInput, UnreadableInput
from sayso.reading.articles import LIMIT_CHARS
from sayso.reading.html import LIMIT_BYTES, read_html
from sayso.reading.packing import BROKEN
from sayso.records import Article

LOG = logging.getLogger(__name__)

PAGES = ("text/html", "application/xhtml+xml")
LONGEST_RECORD = 64 * 1024**3
"""Bytes that a record may say that it has; films are long, but not so long."""
CODINGS: dict[str, Callable[[BinaryIO], WarcReader]] = {
    "gzip": GzipReader,
    "x-gzip": GzipReader,
    "deflate": partial(GzipReader, zlib=True),
    "br": BrotliReader,
    "zstd": ZstdReader,
    "chunked": ChunkedReader,
}
"""How servers pack what they send (RFC 9110, section 8.4.1, and RFC 9112, section 7.1)."""
LATEST = timedelta(days=2)
"""A page may be published so much later than it was crawled: days begin at different times, and clocks go wrong."""


def read_warc(stream: BinaryIO, *, name: str, limit_chars: int = LIMIT_CHARS) -> Iterator[Article | InputError]:
    """One article or error a page, in order; `stream` is unpacked already.

    Requests, revisits, other media and answers other than 200 are passed over, and how many is logged. What is broken or
    cut off ends the reading with an error that names the record; pages before it are kept.
    """
    passed: Counter[str] = Counter()
    number = 0
    try:
        for record in ArchiveIterator(cast(BinaryIO, _Reader(stream)), parse_http=False):
            number += 1
            found = _read(record, f"{name}:{number}", limit_chars)
            if isinstance(found, str):
                passed[found] += 1
            else:
                yield found
    except InputError as error:
        yield error
    except BROKEN as error:
        yield UnreadableInput(f"{name}:{number + 1}", f"broken or cut off: {str(error)[:120]}")
    else:
        if not number:
            yield UnreadableInput(name, "no records in it")
    if passed:
        LOG.info("%s: passed over %s", name, ", ".join(f"{count:,} {why}" for why, count in sorted(passed.items())))


class _Reader:
    """A stream that can be read and nothing else: FastWARC breaks down where it may ask for more and gets an error."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def close(self) -> None:
        """Who opened the stream closes it."""


def _read(record: WarcRecord, name: str, limit_chars: int) -> Article | InputError | str:
    """A page's article, or why there is none; of what is no page, what it is. Raises InputError where nothing can be read after it."""
    if record.content_length > LONGEST_RECORD:
        raise TooMuchInput(name, f"a record that says it has {record.content_length:,} bytes")
    if record.record_type != WarcRecordType.response:
        return str(record.record_type)
    try:
        record.parse_http()
    except OSError as error:
        return UnreadableInput(name, f"broken HTTP headers: {str(error)[:120]}")
    headers = record.http_headers
    if not record.is_http or headers is None or headers.status_code != 200:
        return "answers other than 200"
    if record.http_content_type not in PAGES:
        return "other media"
    return _page(record, f"{name} ({url})" if (url := _address(record)) else name, url, limit_chars)


def _page(record: WarcRecord, name: str, url: str | None, limit_chars: int) -> Article | InputError:
    length = record.content_length
    if length > LIMIT_BYTES:
        return TooMuchInput(name, f"a page of {length:,} bytes, more than {LIMIT_BYTES:,}")
    try:
        data = _all(record.reader, length)
    except BROKEN as error:
        raise UnreadableInput(name, f"broken or cut off: {str(error)[:120]}") from None
    if len(data) < length:
        raise UnreadableInput(name, f"cut off after {len(data):,} of {length:,} bytes")
    try:
        article = read_html(
            _unpacked(record, data),
            name=name,
            source=url or name,
            url=url,
            declared=record.http_charset,
            limit_chars=limit_chars,
        )
    except InputError as error:
        return error
    return _not_later(article, record.record_date)


def _address(record: WarcRecord) -> str | None:
    """Some crawlers have put the address between angle brackets, as an early draft of the format had it."""
    return (record.headers.get("WARC-Target-URI") or "").strip().removeprefix("<").removesuffix(">") or None


def _unpacked(record: WarcRecord, data: bytes) -> bytes:
    """The page without the packing of its way. Some crawlers unpack it and keep the headers: then it is as it is."""
    headers = record.http_headers
    content = [one.strip().lower() for one in (headers.get("Content-Encoding") or "").split(",")]
    transfer = [one.strip().lower() for one in (headers.get("Transfer-Encoding") or "").split(",")]
    for coding in (*reversed(transfer), *reversed(content)):
        if coding in CODINGS:
            try:
                data = _all(CODINGS[coding](io.BytesIO(data)), LIMIT_BYTES + 1) or data
            except OSError:
                LOG.debug("%s: said to be %s, and is not", record.record_id, coding)
    return data


def _all(reader: WarcReader, most: int) -> bytes:
    """Up to so many bytes of the reader."""
    parts: list[bytes] = []
    while most > 0 and (part := reader.read(most)):
        parts.append(part)
        most -= len(part)
    return b"".join(parts)


def _not_later(article: Article, crawled: datetime | None) -> Article:
    """The article without its day of publication where that is after the crawl."""
    if article.published is None or crawled is None:
        return article
    if date.fromisoformat(article.published[:10]) - crawled.date() <= LATEST:
        return article
    raw = article.raw
    article = article.model_copy(update={"published": None})
    return article if raw is None else article.made_of(raw)
