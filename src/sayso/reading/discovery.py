"""Where a site keeps its feed: what its pages declare, else the places where feeds are usual.

Source: RSS Advisory Board, RSS Autodiscovery 1.0; WHATWG HTML 4.6.7.1 (rel=alternate).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import urljoin

from sayso.errors import InputError
from sayso.reading.encodings import decode
from sayso.reading.items import Listing
from sayso.reading.listings import read_listing
from sayso.reading.web import Fetched, joined

TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
PLACES = ("/feed", "/rss.xml", "/feed.xml", "/atom.xml", "/index.xml", "/rss", "/feed.json")
"""Under the root of a site."""
MOST = 5
"""Declared feeds that are looked at."""


def declared(page: Fetched, *, name: str) -> list[str]:
    """The addresses of the feeds that a page declares, in its order; feeds of comments come last."""
    from lxml import etree  # type: ignore[import-untyped]
    from lxml import html as lxml_html

    text = decode(page.data, name=name, declared=page.charset).text.replace("\x00", "")
    try:
        tree = lxml_html.document_fromstring(
            text.encode("utf-8", "replace"), parser=lxml_html.HTMLParser(encoding="utf-8")
        )
    except (etree.LxmlError, ValueError):
        return []
    found: dict[str, bool] = {}
    for link in tree.iter("link"):
        kind = (link.get("type") or "").split(";")[0].strip().lower()
        if "alternate" in (link.get("rel") or "").lower().split() and kind in TYPES and link.get("href"):
            address = joined(page.url, link.get("href"))
            if address:
                found.setdefault(address, "comment" in f"{link.get('title')} {address}".lower())
    return sorted(found, key=lambda address: found[address])


def find_feed(page: Fetched, get: Callable[[str], Fetched], *, name: str) -> tuple[Fetched, Listing] | None:
    """The feed of the site that this page is of: the first declared one that is one, else the first at a usual place."""
    for address in _candidates(page, name):
        try:
            found = get(address)
            listing = read_listing(found, name=address)
        except InputError:
            continue
        if listing is not None and listing.kind == "feed":
            return found, listing
    return None


def _candidates(page: Fetched, name: str) -> Iterator[str]:
    yield from declared(page, name=name)[:MOST]
    yield from (urljoin(page.url, place) for place in PLACES)
