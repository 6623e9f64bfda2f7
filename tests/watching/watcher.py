"""A process that runs `sayso watch`: what the tests kill. Its coder takes no time.

    python watcher.py ARGUMENT…

Without arguments it reads lines of tab-separated arguments and gives each to a child whose number it prints: what takes
longest, to import everything, is done once.
"""

from __future__ import annotations

import os
import signal
import sys

import sayso
import sayso.cli.watching
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


def serve() -> None:
    # what they import on their first use
    read_html(page("Story").encode(), name="x", source="x")
    read_feed(Fetched(rss(item(1, "/1")).encode(), "http://h/", "text/xml", None), name="x")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    for asked in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                watch(asked.rstrip("\n").split("\t"))
            except SystemExit:
                pass
            finally:
                os._exit(0)
        sys.stdout.write(f"{child}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:]:
        watch(sys.argv[1:])
    else:
        serve()
