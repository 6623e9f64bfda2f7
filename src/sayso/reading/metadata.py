"""What a web page says of itself: JSON-LD NewsArticle, OpenGraph, `<time>`, `<meta>`, the language of `<html>`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sayso.reading.bylines import byline
from sayso.reading.dates import date_in_address, published

DEEPEST = 8
"""Levels of JSON-LD that are looked through."""
MOST_NODES = 2000
LONGEST_BYLINE = 100
_TYPES = (
    "NewsArticle",
    "ReportageNewsArticle",
    "Article",
    "BlogPosting",
    "LiveBlogPosting",
    "AnalysisNewsArticle",
    "OpinionNewsArticle",
)
_META = {
    "title": ("og:title", "twitter:title", "dc.title", "headline"),
    "published": (
        *(
            "article:published_time",
            "og:published_time",
            "datepublished",
            "date",
            "dc.date",
            "dc.date.issued",
            "dcterms.created",
        ),
        *(
            "pubdate",
            "publishdate",
            "publish-date",
            "publication_date",
            "parsely-pub-date",
            "sailthru.date",
            "article.published",
        ),
    ),
    "outlet": ("og:site_name", "application-name", "dc.publisher", "publisher"),
    "byline": ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author"),
    "language": ("og:locale", "content-language", "dc.language"),
    "categories": ("article:section", "parsely-section"),
    "url": ("og:url",),
}


def page_metadata(tree: Any, *, url: str | None = None) -> dict[str, Any]:
    """Fields for `make_article` that a page declares, the surest source first: JSON-LD, meta, `<time>`, its address.

    `tree` is an lxml element. Values are strings, or a list for `categories`; absent ones are left out.
    """
    found: dict[str, Any] = {}
    for part in (_from_json_ld(tree), _from_meta(tree), _from_elements(tree)):
        for field, value in part.items():
            if value and not found.get(field):
                found[field] = value
    address = url or found.get("url") or _canonical(tree)
    if address:
        found["url"] = address
        found.setdefault("published", date_in_address(address))
    return {field: value for field, value in found.items() if value}


def _from_json_ld(tree: Any) -> dict[str, Any]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or ""):
            continue
        try:
            data = json.loads((script.text or "").strip())
        except (ValueError, RecursionError):
            continue
        for node in _nodes(data):
            if any(kind in _TYPES for kind in _strings(node.get("@type"))):
                return _article(node)
    return {}


def _nodes(data: Any) -> Iterator[dict[str, Any]]:
    """The objects in some JSON, breadth first, so many and so deep."""
    level, seen = [data], 0
    for _ in range(DEEPEST):
        below: list[Any] = []
        for item in level:
            seen += 1
            if seen > MOST_NODES:
                return
            if isinstance(item, dict):
                yield item
                below += item.values()
            elif isinstance(item, list):
                below += item
        level = below


def _article(node: dict[str, Any]) -> dict[str, Any]:
    return {
        "title": next(iter(_strings(node.get("headline")) or _strings(node.get("name"))), None),
        "published": next((iso for value in _strings(node.get("datePublished")) if (iso := published(value))), None),
        "byline": ", ".join(_names(node.get("author"))) or None,
        "outlet": next(iter(_names(node.get("publisher"))), None),
        "language": next(iter(_strings(node.get("inLanguage"))), None),
        "categories": _strings(node.get("articleSection")),
    }


def _from_meta(tree: Any) -> dict[str, Any]:
    said: dict[str, list[str]] = {}
    for meta in tree.iter("meta"):
        key = (meta.get("property") or meta.get("name") or meta.get("itemprop") or meta.get("http-equiv") or "").lower()
        value = " ".join((meta.get("content") or "").split())
        if key and value:
            said.setdefault(key, []).append(value)
    found: dict[str, Any] = {}
    for field, keys in _META.items():
        values = [value for key in keys for value in said.get(key, ())]
        if field == "published":
            found[field] = next((iso for value in values if (iso := published(value))), None)
        elif field == "categories":
            found[field] = values[:5]
        elif field == "byline":
            found[field] = next((value for value in values if not value.startswith("http")), None)
        else:
            found[field] = next(iter(values), None)
    if found["language"]:
        found["language"] = found["language"].replace("_", "-").split(",")[0].strip()
    return found


def _from_elements(tree: Any) -> dict[str, Any]:
    times = [element.get("datetime") or "" for element in tree.iter("time")][:20]
    headings = [" ".join("".join(element.itertext()).split()) for element in tree.iter("h1")][:5]
    page = next((" ".join((element.text or "").split()) for element in tree.iter("title")), "")
    return {
        "title": next((heading for heading in headings if heading), None) or page or None,
        "published": next((iso for value in times if (iso := published(value))), None),
        "byline": _signature(tree),
        "language": (tree.getroottree().getroot().get("lang") or "").strip() or None,
    }


def _signature(tree: Any) -> str | None:
    """Who signs the page, where its markup shows it: rel=author, itemprop=author, or a byline by its class."""
    for element in tree.iter("a", "span", "p", "div", "address"):
        declared = "author" in (element.get("rel"), element.get("itemprop"))
        if declared or "byline" in (element.get("class") or "").lower().split():
            text = " ".join("".join(element.itertext()).split())
            name = byline(text) or (text if declared else None)
            if name and len(name) <= LONGEST_BYLINE:
                return name
    return None


def _canonical(tree: Any) -> str | None:
    return next(
        (link.get("href") for link in tree.iter("link") if link.get("rel") == "canonical" and link.get("href")), None
    )


def _strings(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [" ".join(one.split()) for one in values if isinstance(one, str) and one.strip()]


def _names(value: Any) -> list[str]:
    values = value if isinstance(value, list) else [value]
    names = [name for one in values for name in _strings(one.get("name") if isinstance(one, dict) else one)]
    return [name for name in names if not name.startswith("http")][:10]
