"""No kill loses an article or keeps one twice, though the feed forgets and pages are never the same twice."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from kills import ended, serving, start
from sayso.ledger import Ledger
from sayso.watching.memory import Memory
from sites import Site, answer, item, page, rss, site

__all__ = ["site"]
WATCHER = Path(__file__).with_name("watcher.py")
KILLS = 6
STORIES, WINDOW, STEP = 72, 24, 6
"""A feed lists so many of its stories, and moves on by so many each time that it is asked."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """The process of which watches are children."""
    with serving(WATCHER, tmp_path / "log") as made:
        yield made


def moving(site: Site) -> None:
    """A feed that moves on and pages that differ each time that they are asked."""

    def feed(handler: BaseHTTPRequestHandler) -> None:
        first = min(STEP * (site.paths.count("/feed") - 1), STORIES - WINDOW)
        listed = (item(number, f"/{number}") for number in range(first, first + WINDOW))
        answer(handler, rss(*listed).encode(), "text/xml", headers={"ETag": f'"{first}"'})

    def story(handler: BaseHTTPRequestHandler) -> None:
        answer(handler, page(f"Story {handler.path}", f"This was asked {len(site.asked)} times.").encode(), "text/html")

    site.act("/feed", feed)
    for number in range(STORIES):
        site.act(f"/{number}", story)


def test_no_kill_loses_an_article_or_keeps_one_twice(site: Site, server: subprocess.Popen[str], tmp_path: Path) -> None:
    moving(site)
    file, url, draw = tmp_path / "sources.toml", tmp_path / "ledger.db", random.Random(7)
    file.write_text(f'pause = "0s"\n[[source]]\nurl = "{site.at("/feed")}"\nevery = "1s"\nprivate = true\n')
    kept = [0]
    for _ in range(KILLS):
        before = len(site.asked)
        watch = start(server, file, "-l", url)
        while len(site.asked) == before:
            time.sleep(0.01)
        time.sleep(draw.uniform(0.0, 0.8))
        ended(watch, signal.SIGKILL)
        with Ledger.open(url) as ledger:
            assert list(ledger.check()) == []
            kept.append(int(ledger.stats()["articles"]))
    assert kept[1] < kept[-1] < STORIES, f"the kills did not come while articles were added: {kept}"
    while site.paths.count("/feed") <= (STORIES - WINDOW) // STEP + 1:
        ended(start(server, file, "-l", url, "--once"))
    with Ledger.open(url) as ledger, closing(Memory(Path(f"{url}.watch"))) as memory:
        told = [one.article.title for one in ledger.codings()]
        assert sorted(map(str, told)) == sorted(f"Story /{number}" for number in range(STORIES))
        assert memory.waiting() == 0
        assert memory.unsettled() == []
        assert list(ledger.check()) == []


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_watch_that_is_told_to_end_finishes_and_says_so(
    site: Site, server: subprocess.Popen[str], tmp_path: Path, number: int
) -> None:
    moving(site)
    file, url = tmp_path / "sources.toml", tmp_path / "ledger.db"
    file.write_text(f'pause = "0s"\n[[source]]\nurl = "{site.at("/feed")}"\nprivate = true\n')
    watch = start(server, file, "-l", url)
    while len(site.asked) < 8:
        time.sleep(0.01)
    ended(watch, number)
    log = (tmp_path / "log").read_text()
    assert log.splitlines()[-1].split(" ", 1)[1].startswith("stopped")
    with Ledger.open(url) as ledger, closing(Memory(Path(f"{url}.watch"))) as memory:
        assert memory.waiting() + int(ledger.stats()["articles"]) == WINDOW
        assert memory.unsettled() == []
