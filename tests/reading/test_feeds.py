"""Feeds of every kind give their items, however broken they are; sitemaps give their pages; nothing of them takes long or ends otherwise."""

from __future__ import annotations

import gzip
import json
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.errors import InputError, TooMuchInput, UnreadableInput
from sayso.reading.discovery import declared
from sayso.reading.feeds import LIMIT_BYTES
from sayso.reading.fragments import paragraphs_of, plain
from sayso.reading.items import Item, Listing, is_full, of_content
from sayso.reading.listings import LIMIT_UNPACKED, read_listing
from sayso.reading.web import Fetched
from sites import FILLER, item, rss

URL = "https://news.example/world/feed"
NEWS = "https://news.example"


def fetched(data: str | bytes, kind: str = "application/rss+xml", charset: str | None = None) -> Fetched:
    return Fetched(data.encode() if isinstance(data, str) else data, URL, kind, charset)


def listed(data: str | bytes, kind: str = "application/rss+xml", charset: str | None = None) -> Listing:
    found = read_listing(fetched(data, kind, charset), name="the feed")
    assert found is not None
    return found


ATOM = f"""<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:base="{NEWS}/" xml:lang="en">
<title>The Post</title><entry><id>tag:news.example,2022:1</id><title type="html">Two &lt;b&gt;dead&lt;/b&gt; &amp;amp; more</title>
<link rel="alternate" href="a/1"/><link rel="self" href="x"/><published>2022-01-06T10:00:00+06:00</published><updated>2022-01-07T00:00:00Z</updated>
<author><name>Jane Roe</name></author><author><name>John Doe</name></author><category term="w" label="World"/>
<summary>Short.</summary><content type="html">&lt;p&gt;{FILLER}&lt;/p&gt;</content></entry></feed>"""
RSS = rss(
    item(
        1,
        "/a/1",
        "<pubDate>Thu, 06 Jan 2022 10:00:00 +0600</pubDate><dc:creator>Jane Roe</dc:creator><dc:creator>John Doe</dc:creator>"
        f"<category>World</category><description>Short.</description><content:encoded><![CDATA[<p>{FILLER}</p>]]></content:encoded>",
    ),
    head="<title>The Post</title><language>en</language>",
)
JSON = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1", "title": "The Post", "language": "en",
        "items": [{
            "id": 1, "url": "/a/1", "title": "Story 1", "date_published": "2022-01-06T10:00:00+06:00",
            "authors": [{"name": "Jane Roe"}, {"name": "John Doe"}], "tags": ["World"], "content_html": f"<p>{FILLER}</p>", "summary": "Short.",
        }],
    }
)  # fmt: skip
RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel><title>The Post</title></channel><item rdf:about="https://news.example/a/1"><title>Story 1</title><link>https://news.example/a/1</link></item></rdf:RDF>"""


@pytest.mark.parametrize("data", [ATOM, RSS, JSON], ids=["atom", "rss", "json"])
def test_a_feed_gives_what_it_says_of_each_item(data: str) -> None:
    (found,) = listed(data).items
    assert found.url == f"{NEWS}/a/1"
    assert found.published == "2022-01-06T10:00:00+06:00"
    assert (found.byline, found.categories) == ("Jane Roe, John Doe", ("World",))
    assert (found.outlet, found.language) == ("The Post", "en")
    assert paragraphs_of(found.content or "") == [FILLER]


def test_older_feeds_are_read_too() -> None:
    (found,) = listed(RDF, "text/xml").items
    assert (found.url, found.title) == (f"{NEWS}/a/1", "Story 1")


def test_a_title_is_one_line_without_markup() -> None:
    (found,) = listed(ATOM).items
    assert found.title == "Two dead & more"
    assert found.id == "tag:news.example,2022:1"
    assert found.changed == "2022-01-07T00:00:00+00:00"


@pytest.mark.parametrize("kind", ["text/html", "application/octet-stream", "", "text/plain", "application/xml"])
def test_a_feed_is_known_by_its_beginning_whatever_the_server_calls_it(kind: str) -> None:
    start = "\ufeff<!-- made by -->\n<?xml-stylesheet href='x'?><!DOCTYPE rss SYSTEM 'x.dtd'>\n"
    assert len(listed(start + RSS.partition("?>")[2], kind).items) == 1
    assert len(listed(RSS.encode("utf-16"), kind).items) == 1


@pytest.mark.parametrize(
    "data",
    [
        "<!DOCTYPE html><html><body>rss</body></html>",
        "plain words",
        "",
        '{"id": "x", "text": "hello"}',
        "<html><rss/></html>",
        "<rssx/>",
    ],
)
def test_what_is_no_feed_is_none(data: str) -> None:
    assert read_listing(fetched(data), name="x") is None


@pytest.mark.parametrize(
    "data",
    [
        rss(item(1, "/a"), item(2, "/b")).replace("</channel></rss>", ""),
        rss(item(1, "/a"), item(2, "/b")).replace("Story 2", "R&D <b> & more"),
        rss(item(1, "/a"), item(2, "/b")).replace("Story 2", "Caf&eacute;&nbsp;\x07 closed"),
        "<?xml version='1.0' encoding='utf-16'?>" + rss(item(1, "/a"), item(2, "/b")).partition("?>")[2],
        "\n\n " + rss(item(1, "/a"), item(2, "/b")),
    ],
    ids=["cut off", "bare ampersand", "names of HTML and controls", "wrong encoding told", "blank lines before"],
)
def test_a_broken_feed_is_read_as_far_as_it_goes(data: str) -> None:
    assert [one.url for one in listed(data).items] == [f"{NEWS}/a", f"{NEWS}/b"]


def test_names_of_characters_are_read() -> None:
    (found,) = listed(rss(item("Caf&eacute;&nbsp;R&amp;D", "/a"))).items
    assert found.title == "Story Café R&D"


def test_the_bytes_decide_on_the_character_set_before_the_server() -> None:
    (found,) = listed(rss(item("Łódź", "/a")), charset="koi8-r").items
    assert found.title == "Story Łódź"
    (found,) = listed(rss(item("Łódź", "/a")).replace("utf-8", "iso-8859-2").encode("iso8859-2")).items
    assert found.title == "Story Łódź"


@pytest.mark.parametrize(
    "data",
    ["<rss", "<rss version='2.0'><chan", "<feed xmlns='x'><entry>&", '{"version": "https://jsonfeed.org/version/1"}'],
)
def test_a_feed_of_which_nothing_can_be_read_is_an_error(data: str) -> None:
    with pytest.raises(UnreadableInput, match="broken feed"):
        read_listing(fetched(data + " "), name="the feed")


def test_a_feed_without_items_is_empty() -> None:
    assert listed(rss()).items == ()


def test_items_without_anything_to_read_are_left_out_and_others_keep_a_name() -> None:
    nameless = f"<item><description>{FILLER}</description></item>"
    first, second = listed(rss("<item></item>", nameless, nameless.replace("road", "bridge"))).items
    assert first.url is second.url is None
    assert first.id != second.id


@pytest.mark.parametrize("link", ["javascript:alert(1)", "file:///etc/passwd", "http://[bad", "mailto:x@example.org"])
def test_an_item_leads_to_the_web_or_nowhere(link: str) -> None:
    (found,) = listed(rss(item(1, link))).items
    assert found.url is None


def test_no_entity_is_read_from_elsewhere_and_none_grows() -> None:
    grown = "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    bomb = f'<!DOCTYPE rss [<!ENTITY a "{"x" * 100}"><!ENTITY f SYSTEM "file:///etc/passwd">{grown}]>'
    began = time.perf_counter()
    try:
        found = str(listed(bomb + rss(item("&i;&f;", "/a")).partition("?>")[2]))
    except UnreadableInput as error:
        found = error.reason
    assert time.perf_counter() - began < 2
    assert "root:" not in found
    assert len(found) < 5000


@pytest.mark.parametrize(
    "broken", ["<a>", "<item>", "<", "&", "&#x", "<![CDATA[", "<!--", "<!a ", "<?a ", "a='b' ", "<p>x", "&nbsp;", "]]>"]
)
@pytest.mark.parametrize("length", [99_000, 900_000])
def test_what_is_broken_on_purpose_takes_no_time(broken: str, length: int) -> None:
    data = "<rss version='2.0'><channel><item><title>" + broken * (length // len(broken))
    began = time.perf_counter()
    with suppress(InputError):
        read_listing(fetched(data), name="x")
    assert time.perf_counter() - began < 10


def test_a_feed_too_large_is_refused() -> None:
    with pytest.raises(TooMuchInput, match="bytes"):
        listed(RSS + " " * LIMIT_BYTES)


@pytest.mark.parametrize(
    "data",
    [
        rss(item("a&#xD800;b&#0;", "http://h/&#xDFFF;")),
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1",
                "items": [
                    {"id": "\ud800\0", "url": "http://h/\udfff", "title": "a\ud800b\0", "content_html": "\ud800"}
                ],
            }
        ),
    ],
)
def test_what_no_text_holds_is_in_no_item(data: str) -> None:
    (found,) = listed(data).items
    assert found.url is None or found.url.isprintable()
    assert "\0" not in str(tuple(found))
    assert json.dumps(found, ensure_ascii=False).encode()
    assert "a" in (found.title or "")


BEGINNINGS = (RSS[:200], ATOM[:300], JSON[:60], "<urlset><url><loc>", "<sitemapindex>", "<rdf:RDF ", "\x1f\x8b\x08")


@given(st.sampled_from(BEGINNINGS), st.binary(max_size=300))
def test_any_bytes_after_a_good_beginning_are_a_listing_or_an_error(start: str, rest: bytes) -> None:
    try:
        found = read_listing(fetched(start.encode("latin-1") + rest), name="x")
    except InputError:
        return
    assert found is None or all(isinstance(one, Item) for one in found.items)


PIECES = (
    *(
        "<item>",
        "</item>",
        "<title>",
        "</title>",
        "<link>",
        "</link>",
        "<link href='x'/>",
        "<pubDate>",
        "</pubDate>",
        "<guid>",
        "<entry>",
    ),
    *(
        "&#xD800;",
        "&#0;",
        "&#99999999999;",
        "&#x;",
        "&amp;",
        "&nbsp;",
        "&bogus;",
        "<![CDATA[",
        "]]>",
        "<!--",
        "-->",
        "<?x",
        "?>",
        "<br>",
    ),
    *(
        "Thu, 32 Foo 99999 25:61:61 +9999",
        "0000-00-00T99:99:99Z",
        "2022-01-06",
        "http://[x",
        "http://h:99999/a",
        "//",
        "é\0\ud7ff",
        "<a:b c='d'>",
    ),
    *(
        "<content type='xhtml'><div>",
        "</content>",
        "<author><name>",
        "</author>",
        "<category term='x'/>",
        "<geo:lat>x</geo:lat>",
        "<itunes:x/>",
    ),
)


@given(st.sampled_from(BEGINNINGS[:5]), st.lists(st.sampled_from(PIECES), max_size=30))
def test_any_pieces_of_feeds_are_a_listing_or_an_error(start: str, pieces: list[str]) -> None:
    with suppress(InputError):
        found = read_listing(fetched(start + "".join(pieces)), name="x")
        assert found is not None
        assert all(json.dumps(one, ensure_ascii=False).encode() for one in found.items)


@given(st.text(max_size=300) | st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_html_has_paragraphs(html: str) -> None:
    assert all(line == " ".join(line.split()) != "" for line in paragraphs_of(html))
    assert "\n" not in plain(html)


def test_the_paragraphs_of_a_fragment_are_its_blocks() -> None:
    html = f"<p>One <b>bold</b> word.</p>Loose<br>lines<script>x()</script> here<!-- no --><ul><li>a</li><li>b</li></ul><p>{'<i>' * 100}deep"
    assert paragraphs_of(html) == ["One bold word.", "Loose", "lines here", "a", "b", "deep"]


def test_the_text_of_a_feed_is_an_article_where_it_is_full() -> None:
    told = Item(
        "x",
        f"{NEWS}/a",
        "Two dead",
        "2022-01-06",
        None,
        "Jane Roe",
        ("World",),
        "en",
        "The Post",
        f"<p>{FILLER}</p><p>{FILLER}</p>",
    )
    assert is_full(told)
    assert not is_full(told._replace(content="<p>Read more</p>"))
    found = of_content(told, name="the feed")
    assert found.text == f"Two dead\n\n{FILLER}\n\n{FILLER}"
    assert (found.title, found.published, found.byline, found.outlet) == (
        "Two dead",
        "2022-01-06",
        "Jane Roe",
        "The Post",
    )
    assert (found.source, found.categories) == (f"{NEWS}/a", ("World",))
    assert found.raw == (told.content or "").encode()


NEWS_MAP = """<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc> https://news.example/a/1 </loc><lastmod>2022-01-07</lastmod><news:news><news:publication><news:name>The Post</news:name>
<news:language>en</news:language></news:publication><news:publication_date>2022-01-06T10:00:00Z</news:publication_date>
<news:title>Two dead &amp; more</news:title><news:keywords>Oruro, mines</news:keywords></news:news></url>
<url><loc>/a/2</loc></url><url><loc>javascript:1</loc></url><url></url></urlset>"""


def test_a_sitemap_gives_its_pages_and_what_it_says_of_news() -> None:
    first, second = listed(NEWS_MAP, "text/xml").items
    assert first == Item(
        f"{NEWS}/a/1", f"{NEWS}/a/1", "Two dead & more", "2022-01-06T10:00:00+00:00", "2022-01-07", None, ("Oruro", "mines"), "en", "The Post"
    )  # fmt: skip
    assert (second.url, second.published, second.title) == (f"{NEWS}/a/2", None, None)


def test_an_index_names_its_sitemaps() -> None:
    data = "<sitemapindex><sitemap><loc>/s1.xml</loc><lastmod>2022-01-07</lastmod></sitemap><sitemap><loc>/s2.xml.gz</loc></sitemap>"
    found = listed(data)
    assert found.items == ()
    assert [(one.id, one.changed) for one in found.more] == [
        (f"{NEWS}/s1.xml", "2022-01-07"),
        (f"{NEWS}/s2.xml.gz", None),
    ]


def test_a_packed_sitemap_is_unpacked_within_bounds() -> None:
    assert len(listed(gzip.compress(NEWS_MAP.encode()), "application/x-gzip").items) == 2
    with pytest.raises(TooMuchInput, match="unpacked"):
        listed(gzip.compress(NEWS_MAP.encode() + b" " * LIMIT_UNPACKED, 1))
    with pytest.raises(UnreadableInput, match="gzip"):
        listed(b"\x1f\x8bxxxx")


def test_a_page_declares_its_feeds_and_those_of_comments_come_last() -> None:
    head = (
        "<link rel='alternate' type='application/rss+xml' title='Comments' href='/comments/feed'><link rel=stylesheet href=x.css>"
        "<link rel='ALTERNATE home' type='application/atom+xml; charset=utf-8' href='atom.xml'><link rel=alternate hreflang=fr href=/fr>"
        "<link rel='alternate' type='application/rss+xml' href='javascript:1'>"
    )
    found = declared(fetched(f"<html><head>{head}</head><body>\0</body></html>"), name="x")
    assert found == [f"{NEWS}/world/atom.xml", f"{NEWS}/comments/feed"]
