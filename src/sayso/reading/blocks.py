"""The parts of a page: title, standfirst, byline, date, body, captions, quotations, and furniture never to be coded."""

from __future__ import annotations

from typing import Any

from sayso.reading.bylines import byline
from sayso.reading.dateline import Dateline
from sayso.reading.dates import date_in_address, printed_dates, says_published
from sayso.reading.head import mark_head, split_title
from sayso.reading.middle import mark_middle
from sayso.reading.page import HEAD, Page, mark_datelines, mark_furniture
from sayso.records import Article, Block, BlockKind, Span

NOTICES = 3
"""So many paragraphs that were not told for notices of the site may stand before the date line."""


def segment(article: Article) -> Article:
    """The article with `blocks` filled, and with title, byline and day of publication where the text gives them.

    Blocks are in order, never overlap, and together hold every character that is not white space. What the
    article already says of itself is not changed; an article that has blocks comes back as it is. `published` comes
    from a date line, else from a dateline, else from the address. Linear in the length of the text.
    """
    if article.blocks:
        return article
    page = Page.of(article.text)
    known: dict[str, Any] = {"blocks": tuple(_blocks(page, article.title))}
    if article.title is None:
        known["title"] = _first(page, "title")
    if article.byline is None:
        known["byline"] = _signature(page)
    if article.published is None:
        known["published"] = _published(page, article.source)
    return article.model_copy(update=known)


def _blocks(page: Page, title: str | None) -> list[Block]:
    split_title(page, title)
    mark_furniture(page)
    mark_datelines(page)
    mark_head(page, title)
    mark_middle(page)
    blocks: list[Block] = []
    for at, (span, kind) in enumerate(zip(page.spans, page.kinds, strict=True)):
        if kind == "body" and at in page.datelines:
            blocks += _with_dateline(page.text, span, page.datelines[at])
        else:
            blocks.append(Block(kind=kind or "body", start=span.start, end=span.end))
    return blocks


def _with_dateline(text: str, span: Span, line: Dateline) -> list[Block]:
    head = text[span.start : span.start + line.end].rstrip()
    body = span.start + line.end
    while body < span.end and text[body].isspace():
        body += 1
    date = Block(kind="date", start=span.start, end=span.start + len(head))
    return [date, Block(kind="body", start=body, end=span.end)] if body < span.end else [date]


def _signature(page: Page) -> str | None:
    """Who wrote it by the first byline; who else contributed is no byline of its own."""
    lines = [page.lines[at] for at, kind in enumerate(page.kinds) if kind == "byline"]
    first = next((line for line in lines if "contribut" not in line), None)
    return (byline(first) or first.strip("-–— ")) if first else None


def _first(page: Page, kind: BlockKind) -> str | None:
    at = next((at for at, one in enumerate(page.kinds) if one == kind), None)
    return None if at is None else page.lines[at]


def _published(page: Page, source: str) -> str | None:
    """The printed day; a date without a year takes it from the address or from another date at the head."""
    dates = [date for at in _date_lines(page) for date in printed_dates(page.lines[at][:200])]
    dates += [line.date for _, line in sorted(page.datelines.items()) if line.date]
    address = date_in_address(source)
    year = next((date.year for date in dates if date.year), int(address[:4]) if address else None)
    return next((iso for date in dates if (iso := date.iso(year))), address)


def _date_lines(page: Page) -> list[int]:
    """The date lines at the head, and elsewhere those that say "published": other dates there belong to other things."""
    head = next((at for at, kind in enumerate(page.kinds) if kind == "body"), HEAD) + NOTICES
    dated = [at for at, kind in enumerate(page.kinds) if kind == "date"]
    return [at for at in dated if at <= head or says_published(page.lines[at])]
