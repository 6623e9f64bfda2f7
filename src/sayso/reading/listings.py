"""Whether what stands at an address is a feed or a sitemap, by how it begins: what servers call them is often wrong."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator

from sayso.errors import InputError, TooMuchInput, UnreadableInput
from sayso.reading.feeds import read_feed
from sayso.reading.items import Item, Listing, read_item, sound
from sayso.reading.jsonfeed import read_json_feed
from sayso.reading.sitemaps import read_sitemap
from sayso.reading.web import Fetched
from sayso.records import Article

LIMIT_UNPACKED = 52_428_800
"""Bytes of a sitemap (sitemaps.org: 50 MB before it is packed)."""
BEGINNING = 4096
_ROOT = re.compile(r"<(?:[\w.-]+:)?([A-Za-z]+)(?=[\s>/])")
READERS: dict[str, Callable[..., Listing]] = {
    "rss": read_feed,
    "feed": read_feed,
    "rdf": read_feed,
    "urlset": read_sitemap,
    "sitemapindex": read_sitemap,
    "json": read_json_feed,
}


def read_listing(page: Fetched, *, name: str) -> Listing | None:
    """What a feed or sitemap lists; None where the page is neither. Raises InputError where it is one and broken."""
    page = unpacked(page, name=name)
    reader = READERS.get(_root(page))
    if reader is None:
        return None
    found = reader(page, name=name)
    return found._replace(items=tuple(map(sound, found.items)))


def unpacked(page: Fetched, *, name: str) -> Fetched:
    """What a file of gzip holds; anything else as it is."""
    if not page.data.startswith(b"\x1f\x8b"):
        return page
    unpacker = zlib.decompressobj(wbits=31)
    try:
        data = unpacker.decompress(page.data, LIMIT_UNPACKED + 1)
    except zlib.error as error:
        raise UnreadableInput(name, f"broken gzip data: {error}") from error
    if len(data) > LIMIT_UNPACKED:
        raise TooMuchInput(name, f"more than {LIMIT_UNPACKED:,} bytes once unpacked")
    return page._replace(data=data)


def read_listed(
    listing: Listing, get: Callable[[str], Fetched], *, name: str, limit_chars: int
) -> Iterator[Article | InputError]:
    """The article of each item, or why there is none; sitemaps that an index names are read when it is their turn."""
    for item in listing.items:
        try:
            yield read_item(item, get, name=name, limit_chars=limit_chars)
        except InputError as error:
            yield error
    for below in listing.more:
        try:
            found = _below(below, get)
        except InputError as error:
            yield error
        else:
            yield from read_listed(found, get, name=below.id, limit_chars=limit_chars)


def _below(one: Item, get: Callable[[str], Fetched]) -> Listing:
    """A sitemap of an index; an index among them, which the protocol does not allow, is not followed: it could lead in a circle."""
    found = read_listing(get(one.id), name=one.id)
    if found is None or found.kind != "sitemap":
        raise UnreadableInput(one.id, "no sitemap, though an index of sitemaps names it")
    return found._replace(more=())


def _root(page: Fetched) -> str:
    """The name of the outermost element, in lower case; "json" for a JSON Feed; empty where there is no telling."""
    start = page.data[:BEGINNING]
    wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))
    text = start.decode("utf-16" if wide else "utf-8", "replace").lstrip("\ufeff \t\r\n")
    if text.startswith("{"):
        return "json" if page.kind == "application/feed+json" or "://jsonfeed.org/version/" in text else ""
    while text.startswith(("<?", "<!")):
        text = _after_first(text).lstrip()
    found = _ROOT.match(text)
    return found[1].lower() if found else ""


def _after_first(text: str) -> str:
    """What follows the instruction, the comment or the document type that a text begins with."""
    if text.startswith("<?"):
        return text.partition("?>")[2]
    if text.startswith("<!--"):
        return text.partition("-->")[2]
    head, _, rest = text.partition(">")
    return rest if "[" not in head else text.partition("]")[2].partition(">")[2]
