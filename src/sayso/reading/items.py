"""What feeds and sitemaps list, and the article behind an item of theirs."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal, NamedTuple

from sayso.errors import InputError, InvalidArticle, UnreadableInput
from sayso.reading.articles import LIMIT_CHARS, make_article
from sayso.reading.fragments import paragraphs_of
from sayso.reading.html import read_html
from sayso.reading.web import Fetched
from sayso.records import Article

ENOUGH = 200
"""Characters from which the text that a feed gives is taken for the report: shorter ones only say that there is one."""
PAGES = ("text/html", "application/xhtml+xml", "")


class Item(NamedTuple):
    """`id` is how its list calls it. `published` and `changed` are ISO 8601; `content` is HTML, as long as the list gives it."""

    id: str
    url: str | None
    title: str | None = None
    published: str | None = None
    changed: str | None = None
    byline: str | None = None
    categories: tuple[str, ...] = ()
    language: str | None = None
    outlet: str | None = None
    content: str | None = None


class Listing(NamedTuple):
    """What a feed or sitemap lists, in its order; `more`: the sitemaps that an index names."""

    kind: Literal["feed", "sitemap"]
    items: tuple[Item, ...]
    more: tuple[Item, ...] = ()


def sound(item: Item) -> Item:
    """The item without what no text holds: halves of surrogate pairs, which JSON and references to characters can make, and NUL."""

    def clean(value: str) -> str:
        return value.encode("utf-8", "replace").decode().replace("\0", "")

    given = (tuple(map(clean, one)) if isinstance(one, tuple) else one and clean(one) for one in item)
    return Item(*given)  # type: ignore[arg-type]


def read_item(
    item: Item,
    get: Callable[[str], Fetched],
    *,
    name: str,
    limit_chars: int = LIMIT_CHARS,
    again: Callable[[InputError], bool] = lambda error: False,
) -> Article:
    """The article of an item: its page's or, where that cannot be had or read, the list's own text of it, if that is full.

    `get` fetches an address; `name` is how errors call an item without one; `again` says of what is wrong with the page that
    it is to be raised though there is a text, since the page may be had later. Raises InputError.
    """
    try:
        if item.url is None:
            raise UnreadableInput(name, f"the item {item.id[:80]!r} has no address and no text")
        return of_page(item, get(item.url), limit_chars=limit_chars)
    except InputError as error:
        if again(error) or not is_full(item):
            raise
        return of_content(item, name=name, limit_chars=limit_chars)


def of_page(item: Item, page: Fetched, *, limit_chars: int = LIMIT_CHARS) -> Article:
    """The article of an item's page; what the page lacks is filled from the list. Raises InputError."""
    name = item.url or item.id
    if page.kind not in PAGES:
        raise UnreadableInput(name, f"{page.kind} is no web page")
    return filled(
        read_html(page.data, name=name, source=page.url, url=page.url, declared=page.charset, limit_chars=limit_chars),
        item,
    )


def is_full(item: Item) -> bool:
    """Whether the list gives the report itself."""
    return item.content is not None and sum(map(len, paragraphs_of(item.content))) >= ENOUGH


def of_content(item: Item, *, name: str, limit_chars: int = LIMIT_CHARS) -> Article:
    """The article of the text that the list gives. Raises InputError where there is none."""
    paragraphs = paragraphs_of(item.content or "")
    if not paragraphs:
        raise UnreadableInput(name, f"the item {item.id[:80]!r} has no text")
    if item.title and item.title != paragraphs[0]:
        paragraphs = [item.title, *paragraphs]
    fields = {field: value for field, value in item._asdict().items() if field in ("title", "byline", "outlet")}
    fields |= {"text": "\n\n".join(paragraphs), "published": item.published, "categories": item.categories}
    source = item.url or item.id
    try:
        made = make_article(fields, name=source, source=source, limit_chars=limit_chars)
    except InvalidArticle as error:
        raise UnreadableInput(source, error.reason) from error
    return filled(made, item).made_of((item.content or "").encode("utf-8", "replace"))


def filled(article: Article, item: Item) -> Article:
    """The article with what the list says of it and it does not itself."""
    given = item._asdict()
    named = ("title", "published", "byline", "categories", "language", "outlet")
    lacking = {field: given[field] for field in named if given[field] and not getattr(article, field)}
    return article.model_copy(update=lacking) if lacking else article
