"""A watch reads what is new, each article once, and comes through whatever hosts and ledger do."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from email.utils import formatdate
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from sayso.errors import LedgerError
from sayso.ledger import Kept, Ledger
from sayso.ledger.database import engine_of
from sayso.records import Article, Coding
from sayso.watching.keeping import Keeper, Outcome
from sayso.watching.memory import Memory
from sayso.watching.sources import Plan
from sayso.watching.watch import Watch
from sites import FILLER, Site, answer, item, other, page, rss, site
from watching.watched import DAY, Desk, Quick, source

__all__ = ["other", "site"]
RUSSIAN = "В четверг в Алматы полиция задержала девять человек, сообщили в министерстве. " * 4
FULL = f"<content:encoded><![CDATA[<p>{FILLER}</p><p>{FILLER}</p>]]></content:encoded>"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.ledger.close()


def feed(site: Site, *numbers: int | str, more: str = "", path: str = "/feed", **headers: str) -> str:
    """A feed of these stories, and its address. Their pages are at /1, /2, …"""
    for number in numbers:
        site.acts.setdefault(f"/{number}", lambda one, n=number: answer(one, page(f"Story {n}").encode(), "text/html"))  # type: ignore[misc]
    items = (item(number, site.at(f"/{number}"), more) for number in numbers)
    site.give(path, rss(*items), "application/rss+xml", **headers)
    return site.at(path)


def test_what_is_new_is_kept_and_nothing_twice(site: Site, desk: Desk) -> None:
    one = source(feed(site, 1, 2))
    assert desk.once(one) == {"added": 2}
    assert desk.once(one) == {}
    feed(site, 2, 3)
    assert desk.once(one) == {"added": 1}
    assert desk.titles() == ["Story 1", "Story 2", "Story 3"]
    assert [site.paths.count(f"/{number}") for number in (1, 2, 3)] == [1, 1, 1]


def test_a_ledger_may_be_of_either_kind(site: Site, tmp_path: Path, new_url: Callable[[], str]) -> None:
    desk = Desk(tmp_path, new_url())
    with closing(desk.ledger):
        site.give("/2", page("Story 2", "A \N{NULL} and a \N{BELL}."))
        assert desk.once(source(feed(site, 1, 2))) == {"added": 2}
        assert desk.titles() == ["Story 1", "Story 2"]


def test_an_article_in_two_feeds_or_under_another_name_is_read_once(site: Site, desk: Desk) -> None:
    first, second = feed(site, 1, 2), feed(site, 2, 3, path="/second")
    desk.once(source(first))
    desk.once(source(second))
    site.give("/feed", rss(item("renamed", site.at("/1#comments"))))
    desk.once(source(first))
    assert desk.titles() == ["Story 1", "Story 2", "Story 3"]
    assert site.paths.count("/2") == site.paths.count("/1") == 1


def test_a_feed_that_has_not_changed_is_not_sent_again(site: Site, desk: Desk) -> None:
    one = source(feed(site, 1))
    given = site.acts["/feed"]

    def tagged(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["If-None-Match"] == '"v1"':
            answer(handler, b"", None, 304)
        else:
            answer(handler, rss(item(1, site.at("/1"))).encode(), "text/xml", headers={"ETag": '"v1"'})

    site.act("/feed", tagged)
    desk.once(one)
    desk.once(one)
    assert (desk.number("not_modified_total", source=one.name), desk.number("fetched_total", source=one.name)) == (1, 2)
    site.act("/feed", given)
    desk.once(one)
    assert desk.titles() == ["Story 1"]


def test_the_file_of_sources_names_the_outlet(site: Site, desk: Desk) -> None:
    desk.once(source(feed(site, 1), outlet="Oruro Today"))
    assert [one.outlet for one in desk.articles()] == ["Oruro Today"]


def test_a_source_in_trouble_is_left_alone_longer_each_time(site: Site, desk: Desk) -> None:
    one = source(feed(site, 1), every=1.0)
    good = site.acts["/feed"]
    site.give("/feed", status=500)
    desk.once(one)
    for failures, pause in enumerate((60, 120, 240, 480), 1):
        desk.clock.now += pause - 2
        desk.once(one)
        assert site.paths.count("/feed") == failures
        desk.clock.now += 1
        desk.once(one)
        assert site.paths.count("/feed") == failures + 1
    assert desk.number("failed_total", reason="answer 500") == 5
    site.act("/feed", good)
    desk.clock.now += DAY
    assert desk.once(one) == {"added": 1}


@pytest.mark.parametrize("by", ["seconds", "date"])
def test_a_source_that_asks_for_patience_gets_it(site: Site, desk: Desk, by: str) -> None:
    one = source(feed(site, 1))
    good = site.acts["/feed"]
    site.give(
        "/feed", status=503, Retry_After="7200" if by == "seconds" else formatdate(time.time() + 7200, usegmt=True)
    )
    assert desk.once(one) == {"failed": 1}
    site.act("/feed", good)
    desk.clock.now += 7000
    assert desk.once(one) == {}
    desk.clock.now += 300
    assert desk.once(one) == {"added": 1}


def test_a_page_that_cannot_be_had_yet_is_read_when_it_can(site: Site, desk: Desk) -> None:
    one = source(feed(site, 1, 2))
    good = site.acts["/1"]
    site.give("/1", status=500)
    assert desk.once(one) == {"added": 1}
    feed(site, 2)  # the feed has forgotten it
    desk.clock.now += 61
    assert desk.once(one) == {}
    site.act("/1", good)
    desk.clock.now += 121
    assert desk.once(one) == {"added": 1}
    assert desk.titles() == ["Story 2", "Story 1"]


def test_a_page_that_never_comes_is_given_up_after_days_and_one_that_is_gone_at_once(site: Site, desk: Desk) -> None:
    one = source(feed(site, 1, 2))
    site.give("/1", status=500)
    site.give("/2", status=404)
    assert desk.once(one) == {"failed": 1}
    for _ in range(5):
        desk.clock.now += DAY
        desk.once(one)
    count = site.paths.count("/1")
    assert count == 4
    desk.clock.now += DAY
    assert desk.once(one) == {}
    assert (site.paths.count("/1"), site.paths.count("/2")) == (count, 1)


def test_the_text_of_the_feed_is_taken_where_the_page_does_not_come(site: Site, desk: Desk) -> None:
    """At once where the page is gone or forbidden, after some tries where it may come."""
    one = source(feed(site, 1, 2, more=FULL))
    site.give("/1", status=404)
    site.give("/2", status=500)
    assert desk.once(one) == {"added": 1}
    for _ in range(3):
        desk.clock.now += 1000
        desk.once(one)
    assert [found.text for found in desk.articles()] == [f"Story {n}\n\n{FILLER}\n\n{FILLER}" for n in (1, 2)]


def test_a_host_in_trouble_is_asked_once_and_others_meanwhile(site: Site, other: Site, desk: Desk) -> None:
    first, second = source(feed(site, 1, 2, 3)), source(feed(other, 4))
    for number in (1, 2, 3):
        site.give(f"/{number}", status=429, Retry_After="600")
    assert desk.once(first, second) == {"added": 1}
    assert sum(site.paths.count(f"/{number}") for number in (1, 2, 3)) == 1
    assert desk.titles() == ["Story 4"]


def test_what_robots_txt_forbids_is_not_asked_and_what_it_cannot_say_waits(site: Site, desk: Desk) -> None:
    site.give("/robots.txt", status=500)
    one = source(feed(site, 1, 2))
    assert desk.once(one) == {"failed": 1}
    assert site.paths == ["/robots.txt"]
    site.give("/robots.txt", "User-agent: *\nDisallow: /1")
    desk.clock.now += 1000
    assert desk.once(one) == {"added": 1, "failed": 1}
    assert "/1" not in site.paths
    assert desk.number("failed_total", reason="robots") == 2


def test_who_is_asked_is_told_whom_to_write_to(site: Site, desk: Desk) -> None:
    feed(site, 1)
    with closing(Memory(desk.folder / "memory")) as memory:
        plan = Plan((source(site.at("/feed")),), contact="https://example.org/bot", pause=0.0)
        Watch(plan, memory, Keeper(desk.ledger, Quick()), settings=desk.settings()).run(once=True)
    assert {one.headers["user-agent"] for one in site.asked} == {"sayso (news coder; +https://example.org/bot)"}


def test_a_page_in_place_of_a_feed_leads_to_the_feed_that_it_names(site: Site, desk: Desk) -> None:
    feed(site, 1, path="/hidden")
    site.give("/", page("News", head="<link rel=alternate type='application/rss+xml' href='/hidden'>"))
    one = source(site.at("/"))
    assert desk.once(one) == {"added": 1}
    feed(site, 1, 2, path="/hidden")
    assert desk.once(one) == {"added": 1}
    assert site.paths.count("/") == 1
    site.give("/hidden", status=404)
    feed(site, 3, path="/moved")
    site.give("/", page("News", head="<link rel=alternate type='application/rss+xml' href='/moved'>"))
    assert desk.once(one) == {"failed": 1}
    desk.clock.now += 1000
    assert desk.once(one) == {"added": 1}


@pytest.mark.parametrize("kind", ["feed", "sitemap"])
def test_a_page_that_names_no_feed_is_a_failure_that_says_so(
    site: Site, desk: Desk, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    site.give("/x", page("No feed"))
    assert desk.once(source(site.at("/x"), kind=kind)) == {"failed": 1}
    assert f"no {kind}" in caplog.text


def test_a_sitemap_gives_its_new_pages_and_not_its_past(site: Site, desk: Desk) -> None:
    entry = "<url><loc>/{}</loc>{}</url>"
    news = "<n:news xmlns:n='http://www.google.com/schemas/sitemap-news/0.9'><n:publication_date>{}</n:publication_date><n:title>T</n:title></n:news>"
    new, old = news.format("2022-01-06T10:00:00Z"), "<lastmod>2021-12-01</lastmod>"

    def give(*entries: str) -> None:
        site.give("/map.xml", f"<urlset>{''.join(entries)}</urlset>", "text/xml")

    for number in range(1, 6):
        site.give(f"/{number}", page(f"Story {number}"))
    one = source(site.at("/map.xml"), kind="sitemap", within=2 * DAY)
    give(entry.format(1, new), entry.format(2, old), entry.format(3, ""))
    assert desk.once(one) == {"added": 1}
    give(entry.format(1, new), entry.format(2, old), entry.format(3, ""), entry.format(4, ""), entry.format(5, new))
    assert desk.once(one) == {"added": 2}
    assert desk.titles() == ["Story 1", "Story 4", "Story 5"]


def test_of_an_index_only_sitemaps_that_may_have_changed_are_read(site: Site, desk: Desk) -> None:
    below = "<urlset><url><loc>/{}</loc><lastmod>2022-01-06</lastmod></url></urlset>"
    site.give("/new.xml", below.format(1))
    site.give("/old.xml", below.format(2))
    site.give("/1", page("Story 1"))
    site.give("/2", page("Story 2"))
    index = "<sitemapindex><sitemap><loc>/old.xml</loc><lastmod>2021-01-01</lastmod></sitemap><sitemap><loc>/new.xml</loc></sitemap></sitemapindex>"
    site.give("/map.xml", index)
    one = source(site.at("/map.xml"), kind="sitemap", within=2 * DAY)
    assert desk.once(one) == {"added": 2}
    assert desk.once(one) == {}
    assert (site.paths.count("/old.xml"), site.paths.count("/new.xml")) == (1, 2)


def test_an_index_that_is_what_it_was_is_asked_for_all_the_same_and_a_dead_sitemap_costs_no_other(
    site: Site, desk: Desk
) -> None:
    below = "<urlset>{}</urlset>"
    entry = "<url><loc>/{}</loc><lastmod>2022-01-06</lastmod></url>"

    def index(handler: BaseHTTPRequestHandler) -> None:
        if handler.headers["If-None-Match"]:
            answer(handler, b"", None, 304)
        else:
            maps = "<sitemap><loc>/dead.xml</loc></sitemap><sitemap><loc>/a.xml</loc></sitemap>"
            answer(handler, f"<sitemapindex>{maps}</sitemapindex>".encode(), "text/xml", headers={"ETag": '"v1"'})

    site.act("/map.xml", index)
    site.give("/1", page("Story 1"))
    site.give("/2", page("Story 2"))
    one = source(site.at("/map.xml"), kind="sitemap", within=2 * DAY)
    site.give("/a.xml", below.format(entry.format(1)))
    assert desk.once(one) == {"added": 1}
    site.give("/a.xml", below.format(entry.format(1) + entry.format(2)))
    assert desk.once(one) == {"added": 1}
    del site.acts["/a.xml"]
    assert desk.once(one) == {"failed": 1}


def test_a_page_that_changes_is_one_article_in_several_versions(site: Site, desk: Desk) -> None:
    one = source(site.at("/live"), kind="page")
    site.give("/live", page("Live"))
    assert desk.once(one) == {"added": 1}
    assert desk.once(one) == {}
    site.give("/live", page("Live", "Nine more were arrested on Saturday."))
    desk.clock.now += 1
    assert desk.once(one) == {"changed": 1}
    site.give("/live", page("Live"))
    desk.clock.now += 1
    assert desk.once(one) == {"changed": 1}
    (found,) = desk.articles()
    assert len(desk.ledger.revisions(found.id)) == 3


def test_articles_in_other_languages_are_counted_and_kept_without_a_coding(
    site: Site, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    one = source(feed(site, 1, 2))
    site.give(
        "/1",
        page("Новости")
        .replace(FILLER, RUSSIAN)
        .replace("Police shot dead two miners in Oruro on Friday, officials said.", RUSSIAN),
    )
    assert desk.once(one) == {"added": 1, "foreign": 1}
    assert desk.number("foreign_total", language="ru") == 1
    assert f"{site.at('/1')}: not in English (ru), kept without a coding" in caplog.messages
    assert desk.ledger.stats()["uncoded"] == 1
    assert desk.once(one) == {}


def test_an_article_that_cannot_be_coded_costs_no_other(site: Site, desk: Desk) -> None:
    one = source(feed(site, 1, 2))
    site.give("/1", page("Story 1", f"It {Quick.refuses}."))
    assert desk.once(one) == {"added": 1, "failed": 1}
    assert desk.number("failed_total", reason="coding") == 1
    assert desk.once(one) == {}


def test_a_feed_whose_items_cannot_be_written_down_does_not_end_the_watch(
    site: Site, other: Site, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    listed = Memory.listed

    def broken(memory: Memory, url: str, *given: Any) -> int:
        if url.startswith(site.root):
            raise UnicodeEncodeError("utf-8", "x", 0, 1, "no")
        return listed(memory, url, *given)

    monkeypatch.setattr(Memory, "listed", broken)
    assert desk.once(source(feed(site, 1)), source(feed(other, 2))) == {"added": 1, "failed": 1}


def test_a_server_that_is_not_there_is_a_ledger_that_is_away(site: Site, desk: Desk) -> None:
    nowhere = Ledger(engine_of("postgresql://127.0.0.1:1/none?connect_timeout=2"))
    with closing(nowhere):
        assert desk.once(source(feed(site, 1)), ledger=nowhere) == {"ledger away": 1}
    assert desk.number("failed_total", reason="ledger away") == 1
    desk.clock.now += 10
    assert desk.once(source(site.at("/feed"))) == {"added": 1}


class Faulty(Ledger):
    """A ledger with trouble: `away`, so many times nothing can be done; `refuses`, it does not take some words."""

    away = 0
    refuses = "\0"

    def add(self, made: Coding, *, personal: bool = False) -> Kept:
        if self.away:
            self.away -= 1
            raise LedgerError("server: connection refused") from OperationalError("x", {}, Exception())
        if self.refuses in made.article.text:
            raise LedgerError("server: it does not take that")
        return super().add(made, personal=personal)


def test_while_the_ledger_is_away_what_was_read_waits_and_sources_are_asked(site: Site, desk: Desk) -> None:
    one = source(feed(site, 1))
    with Faulty.open(desk.url) as ledger:
        assert isinstance(ledger, Faulty)
        ledger.away = 2
        assert desk.once(one, ledger=ledger) == {"ledger away": 1}
        feed(site, 1, 2)
        desk.clock.now += 61
        assert desk.once(one, ledger=ledger) == {"ledger away": 1}
        site.give("/1", page("Story 1", "In other words."))
        desk.clock.now += 121
        assert desk.once(one, ledger=ledger) == {"added": 2}
    assert [site.paths.count(path) for path in ("/1", "/2")] == [1, 1]
    assert "In other words" not in desk.articles()[0].text


def test_an_article_that_the_ledger_does_not_take_is_given_up_in_the_end_and_costs_no_other(
    site: Site, desk: Desk
) -> None:
    one = source(feed(site, 1, 2))
    with Faulty.open(desk.url) as ledger:
        ledger.refuses = "Story 1"  # type: ignore[attr-defined]
        counted: dict[str, int] = {}
        for _ in range(7):
            counted |= desk.once(one, ledger=ledger)
            desk.clock.now += 3600
    assert counted == {"added": 1, "failed": 1}
    assert desk.number("failed_total", reason="ledger") == 5


class Dying(Keeper):
    """Dies when an article is in the ledger, before anybody knows."""

    def keep(self, article: Article) -> Outcome:
        super().keep(article)
        raise SystemExit


def test_a_death_between_the_ledger_and_the_memory_leaves_one_article_as_it_was_read(site: Site, desk: Desk) -> None:
    one = source(feed(site, 1))
    with closing(Memory(desk.folder / "memory")) as memory, pytest.raises(SystemExit):
        Watch(Plan((one,), pause=0.0), memory, Dying(desk.ledger, Quick()), settings=desk.settings()).run(once=True)
    (before,) = desk.articles()
    site.give("/1", page("Story 1", "In other words."))
    assert desk.once(one) == {"same": 1}
    assert desk.articles() == [before]


def test_sources_that_are_not_watched_any_more_rest_with_what_they_listed(site: Site, desk: Desk) -> None:
    one, two = source(feed(site, 1)), source(feed(site, 2, path="/second"))
    good = site.acts["/1"]
    site.give("/1", status=500)
    desk.once(one)
    site.act("/1", good)
    desk.clock.now += 1000
    assert desk.once(two) == {"added": 1}
    assert desk.once(one) == {"added": 1}


def test_a_memory_that_is_lost_costs_no_doubles(site: Site, desk: Desk) -> None:
    one = source(feed(site, 1, 2))
    desk.once(one)
    for path in desk.folder.glob("memory*"):
        path.unlink()
    assert desk.once(one) == {"same": 2}
    assert len(desk.articles()) == 2


def test_the_private_network_is_asked_only_where_the_file_says_so(
    site: Site, desk: Desk, caplog: pytest.LogCaptureFixture
) -> None:
    assert desk.once(source(feed(site, 1), private=False)) == {"failed": 1}
    assert "not on the public internet" in caplog.text
    assert site.asked == []


def test_it_goes_on_until_it_is_stopped_and_ends_after_the_article_in_hand(site: Site, desk: Desk) -> None:
    one = source(feed(site, *range(1, 30)), every=1.0)
    with closing(Memory(desk.folder / "memory")) as memory:
        settings = desk.settings(clock=time.time)
        watch = Watch(Plan((one,), pause=0.0), memory, Keeper(desk.ledger, Quick()), settings=settings)
        timer = threading.Timer(0.3, watch.stop)
        timer.start()
        began = time.monotonic()
        counted = watch.run()
        assert time.monotonic() - began < 10
        waiting = memory.waiting()
    assert counted["added"] + waiting == 29
    assert len(desk.articles()) == counted["added"]
    desk.clock.now = time.time()
    assert desk.once(one).get("added", 0) == waiting
    assert len(desk.articles()) == 29


def test_the_heart_beats_when_a_round_is_over(site: Site, desk: Desk) -> None:
    desk.once(source(feed(site, 1)), heartbeat=desk.folder / "heartbeat")
    assert (desk.folder / "heartbeat").read_text() == "2022-01-06T20:13:20.000Z\n"
    assert desk.number("last_round_timestamp_seconds") == desk.clock.now
    assert desk.number("queue") == 0
    assert desk.number("coding_seconds_count") == 1


def test_a_slow_host_does_not_hold_up_the_others(site: Site, other: Site, desk: Desk) -> None:
    def slow(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.8)
        answer(handler, page("Slow").encode(), "text/html")

    first, second = source(feed(site, 1)), source(feed(other, 2, 3))
    site.act("/1", slow)
    desk.once(first, second)
    assert desk.titles() == ["Story 2", "Story 3", "Slow"]
