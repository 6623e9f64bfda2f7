"""What holds of any bytes under any name: articles whose offsets hold, or errors that name the input; in time."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args

from fuzz.seeds import named, seeds
from reading.archives import REPORT, SENTENCE
from sayso.errors import InputError, NotFetched
from sayso.reading import open_articles, segment
from sayso.reading.items import is_full, of_content
from sayso.reading.listings import read_listing
from sayso.reading.web import Fetched
from sayso.records import Article, BlockKind

ADDRESS = "https://example.org/list"
MOST_ARTICLES = 200
"""Articles of one input that are looked at."""
KINDS = frozenset(get_args(BlockKind))
_SURROGATE = re.compile("[\ud800-\udfff]")

ITEM = f"<p>{'</p><p>'.join(REPORT)}</p>".replace("<", "&lt;").replace(">", "&gt;")
LISTS: dict[str, bytes] = {
    "rss": f"""<?xml version="1.0"?><rss version="2.0"><channel><title>North Wire</title><language>en</language><item><title>Two dead</title>
<link>/2022/a</link><guid>1</guid><pubDate>Fri, 07 Jan 2022 10:00:00 GMT</pubDate><category>Mining</category><description>{ITEM}</description>
</item></channel></rss>""".encode(),
    "atom": f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>North Wire</title><entry><id>urn:1</id><title type="html">Two &amp;amp; dead</title>
<link href="/a"/><updated>2022-01-07T10:00:00Z</updated><author><name>A. Writer</name></author><content type="html">{ITEM}</content></entry></feed>""".encode(),
    "feed.json": b'{"version": "https://jsonfeed.org/version/1.1", "title": "North Wire", "items": [{"id": 1, "url": "/a", "title": "Two dead",'
    b'"date_published": "2022-01-07T10:00:00Z", "content_text": "' + SENTENCE.encode() + b'", "tags": ["a"], "authors": [{"name": "A"}]}]}',
    "sitemap": b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://example.org/a</loc><lastmod>2022-01-07</lastmod>'
    b"</url></urlset>",
}  # fmt: skip
"""Lists of reports as they stand at addresses; no page of theirs can be had."""


class Broken(AssertionError):
    """A promise that did not hold."""


def kinds() -> dict[str, bytes]:
    """A sound input of every kind that can be checked, by the name of its folder in the corpus."""
    return {**{kind.lstrip("."): data for kind, data in seeds().items()}, **LISTS}


def shapes(kind: str, data: bytes, folder: Path) -> list[str]:
    """What comes of these bytes, in outline. Raises Broken where a promise does not hold, and whatever the reader should not raise."""
    found: list[str] = []
    for one in _read(kind, data, folder):
        found.append(_outline(one))
        if isinstance(one, Article):
            check(one)
        elif not one.name or not one.reason:
            raise Broken(f"an error that does not name its input: {one!r}")
        if len(found) >= MOST_ARTICLES:
            break
    return found


def _read(kind: str, data: bytes, folder: Path) -> Iterator[Article | InputError]:
    if kind in LISTS:
        yield from _listed(data)
        return
    path = folder / named(kind if kind in seeds() else f".{kind}")
    path.write_bytes(data)
    yield from open_articles(path)


def _listed(data: bytes) -> Iterator[Article | InputError]:
    try:
        listing = read_listing(Fetched(data, ADDRESS, "application/xml", None), name=ADDRESS)
    except InputError as error:
        yield error
        return
    for item in () if listing is None else listing.items:
        if is_full(item):
            try:
                yield of_content(item, name=ADDRESS)
            except InputError as error:
                yield error
        else:
            yield NotFetched(item.url or item.id or ADDRESS, "not asked for", "address")


def check(article: Article) -> None:
    """Raises Broken where an article's text or its blocks are not what RECORDS promises."""
    if not article.text.strip() or _SURROGATE.search(article.text):
        raise Broken("the text is empty or no Unicode")
    made = segment(article)
    if made.text != article.text:
        raise Broken("the blocks changed the text")
    at = 0
    for block in made.blocks:
        if block.kind not in KINDS or not at <= block.start < block.end <= len(made.text):
            raise Broken(f"a block out of bounds or of order: {block}")
        if made.text[at : block.start].strip():
            raise Broken(f"words in no block before {block}")
        at = block.end
    if made.text[at:].strip():
        raise Broken("words in no block at the end")
    made.model_dump_json()


def _outline(one: Article | InputError) -> str:
    if isinstance(one, Article):
        given = ("title", "byline", "published", "outlet", "language", "categories")
        return (
            "article " + "".join(str(int(bool(getattr(one, name)))) for name in given) + str(len(one.text).bit_length())
        )
    return re.sub(r"\d+|'[^']*'", "0", f"{type(one).__name__} {one.reason}")[:80]


def smaller(data: bytes, fails: Callable[[bytes], bool], tries: int = 400) -> bytes:
    """The least of the bytes that still fails, as far as some tries find it: halves are left out, then smaller parts."""
    size = max(1, len(data) // 2)
    while size and tries > 0:
        at = 0
        while at < len(data) and tries > 0:
            tries -= 1
            shorter = data[:at] + data[at + size :]
            if shorter and fails(shorter):
                data = shorter
            else:
                at += size
        size //= 2
    return data
