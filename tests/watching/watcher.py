"""A process that runs `sayso watch`: what the tests kill. Its coder takes no time.

    python watcher.py ARGUMENT…

Without arguments it serves such watches (`kills.serve`).
"""

from __future__ import annotations

import sys

import sayso
import sayso.cli.watching
from kills import serve
from sayso.cli import main
from sayso.reading.feeds import read_feed
from sayso.reading.html import read_html
from sayso.reading.web import Fetched
from sites import item, page, rss
from watching.watched import Quick


def watch(arguments: list[str]) -> None:
    sayso.load = lambda *_, **__: Quick()  # type: ignore[assignment, return-value]
    sys.argv = ["sayso", "watch", *arguments]
    main()


def serve_watches() -> None:
    # what they import on their first use
    read_html(page("Story").encode(), name="x", source="x")
    read_feed(Fetched(rss(item(1, "/1")).encode(), "http://h/", "text/xml", None), name="x")
    serve(watch)


if __name__ == "__main__":
    if sys.argv[1:]:
        watch(sys.argv[1:])
    else:
        serve_watches()
