"""The address of a feed or a sitemap gives the articles that it lists, one after the other, as their hosts allow."""

from __future__ import annotations

import gzip
from functools import partial

import pytest

from sayso.errors import InputError, NotFetched
from sayso.reading import open_articles, sources
from sayso.reading.discovery import find_feed
from sayso.reading.polite import Polite
from sayso.reading.web import fetch
from sayso.records import Article
from sites import FILLER, Site, item, other, page, rss, site

__all__ = ["other", "site"]
FULL = f"<content:encoded><![CDATA[<p>{FILLER}</p><p>{FILLER}</p>]]></content:encoded>"


@pytest.fixture(autouse=True)
def _no_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "Polite", partial(Polite, pause=0.0))


def read(url: str) -> list[Article | InputError]:
    return list(open_articles(url))


def one(url: str) -> Article:
    (found,) = read(url)
    assert isinstance(found, Article), found
    return found


def test_a_feed_gives_the_articles_of_its_pages(site: Site) -> None:
    site.give("/feed", rss(item(1, "/1"), item(2, "/2")), "application/rss+xml")
    site.give("/1", page("First"))
    site.give("/2", page("Second"))
    first, second = read(site.at("/feed"))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.title, second.title) == ("First", "Second")
    assert first.source == site.at("/1")
    assert first.text.startswith("First\n\nPolice shot dead two miners")
    assert first.raw == page("First").encode()


def test_what_the_page_lacks_is_filled_from_the_feed_and_nothing_else_is(site: Site) -> None:
    more = "<pubDate>Fri, 07 Jan 2022 10:00:00 GMT</pubDate><dc:creator>Jane Roe</dc:creator><category>World</category>"
    site.give("/feed", rss(item(1, "/1", more)), "application/rss+xml")
    site.give("/1", page("First", head="<meta name='author' content='John Doe'>"))
    found = one(site.at("/feed"))
    assert (found.published, found.categories, found.outlet) == (
        "2022-01-07T10:00:00+00:00",
        ("World",),
        "The Oruro Post",
    )
    assert (found.title, found.byline) == ("First", "John Doe")


@pytest.mark.parametrize("status", [404, 500])
def test_where_a_page_cannot_be_had_the_text_of_the_feed_is_read(site: Site, status: int) -> None:
    site.give("/feed", rss(item(1, "/1", FULL), item(2, "/2")), "application/rss+xml")
    site.give("/1", status=status)
    site.give("/2", status=status)
    first, second = read(site.at("/feed"))
    assert isinstance(first, Article)
    assert first.text == f"Story 1\n\n{FILLER}\n\n{FILLER}"
    assert first.source == site.at("/1")
    assert isinstance(second, NotFetched)
    assert (second.name, second.status) == (site.at("/2"), status)


def test_items_may_lie_on_another_host(site: Site, other: Site) -> None:
    site.give("/feed", rss(item(1, "/1"), item(2, other.at("/2"))), "application/rss+xml")
    site.give("/1", status=301, Location=other.at("/moved"))
    other.give("/moved", page("First"))
    other.give("/2", page("Second"))
    found = read(site.at("/feed"))
    assert [one.source for one in found if isinstance(one, Article)] == [other.at("/moved"), other.at("/2")]
    assert other.paths.count("/robots.txt") == 1


def test_what_robots_txt_forbids_is_an_error_of_that_item(site: Site) -> None:
    site.give("/robots.txt", "User-agent: *\nDisallow: /1", "text/plain")
    site.give("/feed", rss(item(1, "/1"), item(2, "/2")), "application/rss+xml")
    site.give("/2", page("Second"))
    first, second = read(site.at("/feed"))
    assert isinstance(first, NotFetched)
    assert first.hindrance == "robots"
    assert isinstance(second, Article)
    assert "/1" not in site.paths


def test_pages_that_are_no_reports_are_errors_and_the_others_come(site: Site) -> None:
    site.give("/feed", rss(item(1, "/1"), item(2, "/2"), item(3, "/3"), item(4, "javascript:1")), "application/rss+xml")
    site.give("/1", b"%PDF-1.4", "application/pdf")
    site.give("/2", "<html><body></body></html>")
    site.give("/3", page("Third"))
    found = read(site.at("/feed"))
    assert [type(one).__name__ for one in found] == ["UnreadableInput", "UnreadableInput", "Article", "UnreadableInput"]


def test_an_index_of_packed_sitemaps_gives_the_articles_of_all_their_pages(site: Site) -> None:
    below = "<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>{}</loc></url></urlset>"
    index = "<sitemapindex><sitemap><loc>/a.xml.gz</loc></sitemap><sitemap><loc>/gone.xml</loc></sitemap><sitemap><loc>/sitemap.xml</loc></sitemap></sitemapindex>"
    site.give("/sitemap.xml", index, "application/xml")
    site.give("/a.xml.gz", gzip.compress(below.format(site.at("/1")).encode()), "application/x-gzip")
    site.give("/1", page("First"))
    found = read(site.at("/sitemap.xml"))
    assert isinstance(found[0], Article)
    assert isinstance(found[1], NotFetched)
    assert len(found) == 2  # an index that names itself leads nowhere


def test_a_page_in_place_of_a_feed_is_a_page(site: Site) -> None:
    site.give("/feed", page("First"), "application/rss+xml; charset=utf-8")
    (error,) = read(site.at("/feed"))
    assert isinstance(error, InputError)
    assert "no feed and no sitemap, though the server calls it application/rss+xml" in error.reason
    site.give("/feed", page("First"))
    assert one(site.at("/feed")).title == "First"


def test_the_feed_of_a_site_is_found_by_its_page_or_at_a_usual_place(site: Site) -> None:
    site.give("/", page("News", head="<link rel=alternate type='application/rss+xml' href='/gone'>"))
    site.give("/feed", page("No feed"))
    site.give("/atom.xml", rss(item(1, "/1")))
    front = fetch(site.at("/"))
    found = find_feed(front, fetch, name="the site")
    assert found is not None
    assert found[0].url == site.at("/atom.xml")
    site.give("/declared", rss(item(1, "/1")))
    site.give("/", page("News", head="<link rel=alternate type='application/rss+xml' href='/declared'>"))
    found = find_feed(fetch(site.at("/")), fetch, name="the site")
    assert found is not None
    assert found[0].url == site.at("/declared")
    del site.acts["/declared"], site.acts["/atom.xml"]
    assert find_feed(front, fetch, name="the site") is None
