"""Sitemaps (sitemaps.org, version 0.9), their indexes, and the news in them (Google's news sitemaps, version 0.9)."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from sayso.errors import UnreadableInput
from sayso.reading.dates import published
from sayso.reading.items import Item, Listing
from sayso.reading.web import Fetched, joined

MOST = 50_000
"""Addresses of a sitemap, and sitemaps of an index: more the protocol does not allow."""


def read_sitemap(page: Fetched, *, name: str) -> Listing:
    """The pages that a sitemap lists, or the sitemaps that an index does; broken XML is read as far as it goes.

    Raises UnreadableInput where that gives nothing.
    """
    from lxml import etree  # type: ignore[import-untyped]

    pages: list[Item] = []
    maps: list[Item] = []
    options = {"recover": True, "resolve_entities": False, "no_network": True, "huge_tree": False}
    walk = etree.iterparse(BytesIO(page.data), events=("end",), tag=("{*}url", "{*}sitemap"), **options)
    try:
        for _, element in walk:
            item = _item(element, page.url)
            if item is not None:
                (pages if etree.QName(element).localname == "url" else maps).append(item)
            element.clear()
            if max(len(pages), len(maps)) >= MOST:
                break
    except (etree.LxmlError, ValueError) as error:  # names of elements that are none
        if not pages and not maps:
            raise UnreadableInput(name, f"a broken sitemap: {str(error)[:120]}") from error
    if not pages and not maps and len(walk.error_log):
        raise UnreadableInput(name, f"a broken sitemap: {walk.error_log[0].message[:120]}")
    return Listing("sitemap", tuple(pages), tuple(maps))


def _item(element: Any, base: str) -> Item | None:
    """`loc` and `lastmod`; of news the title, the day of publication, the outlet's name, its language, the keywords."""
    said: dict[str, str] = {}
    for one in element.iter("{*}*"):
        text = _words(one)
        if text:
            said.setdefault(one.tag.rpartition("}")[2], text)
    url = joined(base, said.get("loc", ""))
    if url is None:
        return None
    day, changed = published(said.get("publication_date", "")), published(said.get("lastmod", ""))
    keywords = tuple(word.strip() for word in said.get("keywords", "").split(",") if word.strip())
    return Item(url, url, said.get("title"), day, changed, None, keywords, said.get("language"), said.get("name"))


def _words(element: Any) -> str:
    try:
        return " ".join((element.text or "").split())
    except UnicodeDecodeError:  # a reference to half a surrogate pair, which lxml reads and cannot give
        return ""
