"""RSS and Atom, in all their versions, by feedparser, in bounded time."""

from __future__ import annotations

import logging
import re
from calendar import timegm
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from html import escape
from html.entities import html5
from io import BytesIO
from typing import Any

from sayso.errors import TooMuchInput, UnreadableInput
from sayso.reading.dates import published
from sayso.reading.encodings import decode
from sayso.reading.fragments import plain
from sayso.reading.items import Item, Listing
from sayso.reading.web import Fetched, is_url, joined

LOG = logging.getLogger(__name__)

LIMIT_BYTES = 5_000_000
"""Of a feed: the largest hold some hundred full articles, and each byte costs time."""
SMALL = 100_000
"""Bytes of broken XML that are read by feedparser's own parser for it: a second at worst."""
MOST_ITEMS = 5_000
MOST_CATEGORIES = 20
_DECLARED = re.compile(rb"^.{0,4}<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})", re.DOTALL)
_PROLOG = re.compile(r"^\s*<\?xml[^>]*\?>")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NAMED = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))


def read_feed(page: Fetched, *, name: str) -> Listing:
    """The items of an RSS or Atom feed. Raises UnreadableInput where there are none because it is broken, TooMuchInput."""
    if len(page.data) > LIMIT_BYTES:
        raise TooMuchInput(name, f"a feed of {len(page.data):,} bytes, more than {LIMIT_BYTES:,}")
    text = _text(page, name)
    mended, broken = _mended(text)
    given = text.encode("utf-8", "replace")
    tries = [mended] if broken and len(given) > SMALL else [given, mended] if broken else [given]
    for data in tries:
        items = _parsed(data, page.url)
        if items or (items is not None and not broken):
            return Listing("feed", items)
    raise UnreadableInput(name, f"a broken feed: {broken or 'its parser fails'}")


def _parsed(data: bytes, url: str) -> tuple[Item, ...] | None:
    """The items that feedparser finds; None where it fails."""
    import feedparser

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    try:
        # bytes would be taken for the name of a file
        found = feedparser.parse(BytesIO(data), response_headers=headers, sanitize_html=False)
    except Exception:  # it stumbles over references to no character, over odd dates, and who knows what
        LOG.debug("%s", url, exc_info=True)
        return None
    return tuple(_items(found, url))


def _text(page: Fetched, name: str) -> str:
    """Without the XML declaration, whose encoding holds no longer; HTML's names of characters, which XML lacks, spelled out."""
    told = _DECLARED.match(page.data[:200])
    declared = page.charset or (told[1].decode("ascii") if told else None)
    text = _PROLOG.sub(
        "", _CONTROLS.sub("", decode(page.data, name=name, declared=declared).text).lstrip("\ufeff \t\r\n")
    )
    return _NAMED.sub(lambda one: one[0] if one[1] in _OF_XML else html5.get(f"{one[1]};", one[0]), text)


def _mended(text: str) -> tuple[bytes, str | None]:
    """Well-formed XML of what may be none, and what is wrong with it.

    feedparser's own parser for broken XML understands more of it, but takes minutes of what is long and broken on purpose.
    """
    from lxml import etree  # type: ignore[import-untyped]

    data = text.encode("utf-8", "replace")
    parser = etree.XMLParser(encoding="utf-8", recover=True, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        tree = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        return b"", _line(error)
    errors = [one.message for one in parser.error_log if one.level_name != "WARNING"]
    mended = b"" if tree is None else etree.tostring(tree, encoding="utf-8", xml_declaration=False)
    return mended, _line(errors[0]) if errors else None


def _line(reason: object) -> str:
    return " ".join(str(reason).split())[:120]


def _items(found: Any, base: str) -> Iterator[Item]:
    feed = dict(found.feed)
    language = _string(feed, "language") or None
    outlet = plain(_string(feed, "title")) or None
    for entry in map(dict, found.entries[:MOST_ITEMS]):  # plain: feedparser's own would give one date for another
        named, link = _string(entry, "id"), _string(entry, "link")
        url = joined(base, link) or (joined(base, named) if is_url(named) else None)
        title, content = plain(_string(entry, "title")), _content(entry)
        name = named or url or title or sha256((content or "").encode("utf-8", "replace")).hexdigest()
        if url or title or content:
            yield Item(
                name, url, title or None, _day(entry, "published", "created", "updated"), _day(entry, "updated"),
                _names(entry), _tags(entry), language, outlet, content,
            )  # fmt: skip


def _string(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key)
    return value.strip() if isinstance(value, str) else ""


def _day(entry: Mapping[str, Any], *keys: str) -> str | None:
    """The first of these dates, as its words have it or, where those are odd, as feedparser understands them (in UTC)."""
    for key in keys:
        if day := published(_string(entry, key)):
            return day
        moment = entry.get(f"{key}_parsed")
        if moment:
            try:
                return datetime.fromtimestamp(timegm(moment), UTC).isoformat()
            except (ValueError, OverflowError, OSError):
                continue
    return None


def _names(entry: Mapping[str, Any]) -> str | None:
    authors = entry.get("authors") or []
    names = [plain(_string(one, "name")) for one in authors if isinstance(one, dict)]
    return ", ".join(dict.fromkeys(name for name in names if name)) or plain(_string(entry, "author")) or None


def _tags(entry: Mapping[str, Any]) -> tuple[str, ...]:
    tags = entry.get("tags") or []
    names = (plain(_string(one, "label") or _string(one, "term")) for one in tags if isinstance(one, dict))
    return tuple(dict.fromkeys(name for name in names if name))[:MOST_CATEGORIES]


def _content(entry: Mapping[str, Any]) -> str | None:
    """The longest text that it gives of the report, as HTML."""
    parts = [*(entry.get("content") or []), entry.get("summary_detail")]
    texts = [_html(one) for one in parts if isinstance(one, dict) and _string(one, "value")]
    return max(texts, key=len, default=None)


def _html(part: Mapping[str, Any]) -> str:
    value = _string(part, "value")
    if part.get("type") != "text/plain":
        return value
    return "".join(f"<p>{escape(one)}</p>" for one in re.split(r"\n\s*\n", value))
