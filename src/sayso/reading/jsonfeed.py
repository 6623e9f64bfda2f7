"""JSON Feed (jsonfeed.org, versions 1 and 1.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from sayso.errors import InvalidArticle, UnreadableInput
from sayso.reading.dates import published
from sayso.reading.encodings import decode
from sayso.reading.items import Item, Listing
from sayso.reading.rows import parse
from sayso.reading.web import Fetched, joined

MOST_ITEMS = 5_000


def read_json_feed(page: Fetched, *, name: str) -> Listing:
    """The items of a JSON Feed. Raises UnreadableInput where it is none."""
    try:
        feed = parse(decode(page.data, name=name, declared=page.charset).text, name)
    except InvalidArticle as error:
        raise UnreadableInput(name, f"a broken feed: {error.reason}") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        raise UnreadableInput(name, "a broken feed: a JSON Feed without a list of items")
    return Listing("feed", tuple(_items(feed, items[:MOST_ITEMS], page.url)))


def _items(feed: Mapping[str, Any], items: list[Any], base: str) -> Iterator[Item]:
    outlet, language = _string(feed, "title"), _string(feed, "language")
    for one in items:
        if not isinstance(one, dict):
            continue
        url = joined(base, _string(one, "url") or _string(one, "external_url") or "")
        name = _string(one, "id") or url
        if name:
            yield Item(
                name, url, _string(one, "title"), _day(one, "date_published"), _day(one, "date_modified"),
                _names(one) or _names(feed), _tags(one), _string(one, "language") or language, outlet, _content(one),
            )  # fmt: skip


def _string(given: Mapping[str, Any], key: str) -> str | None:
    """Its text; identifiers may be numbers (version 1.1, "id")."""
    value = given.get(key)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return (" ".join(value.split()) or None) if isinstance(value, str) else None


def _day(given: Mapping[str, Any], key: str) -> str | None:
    value = given.get(key)
    return published(value) if isinstance(value, str) else None


def _names(given: Mapping[str, Any]) -> str | None:
    """`authors`, or `author` as version 1 had it."""
    authors = given.get("authors") or [given.get("author")]
    names = [_string(one, "name") for one in authors if isinstance(one, dict)] if isinstance(authors, list) else []
    return ", ".join(name for name in names if name) or None


def _tags(given: Mapping[str, Any]) -> tuple[str, ...]:
    tags = given.get("tags")
    return (
        tuple(" ".join(one.split()) for one in tags if isinstance(one, str) and one.strip())
        if isinstance(tags, list)
        else ()
    )


def _content(given: Mapping[str, Any]) -> str | None:
    html, text = given.get("content_html"), given.get("content_text")
    if isinstance(html, str) and html.strip():
        return html
    if isinstance(text, str) and text.strip():
        return "".join(f"<p>{escape(one)}</p>" for one in text.split("\n") if one.strip())
    return None
